import { hasCode, ResticError } from './errors.ts';
import { DEFAULT_PACK_SIZE } from './pack.ts';
import { BlobReader } from './read.ts';
import { copyBlobs, listPacks, readAnew, replaceIndex, rewriting } from './rewrite.ts';
import type { OpenState } from './state.ts';
import type { Id, Lock } from './types.ts';

export interface RepairResult {
  /** Blobs of these packs that were whole: they lie in new packs now. */
  blobsKept: number;
  /** Blobs that no pack holds any more: the index does not name them, so the next backup stores them again. */
  blobsLost: number;
}

/** More of the packs than this gone at once is a store that was not mounted, rather than damage. */
const MOST_MISSING = 0.5;

/**
 * Takes damaged or missing packs out of the index. Their blobs that are whole are copied first; what is lost is in no
 * index afterwards, so that nobody relies on it. The packs themselves stay until the next prune. Whole at every line
 * where the process may die: new packs, then the new index, then the old one goes. As `restic repair packs`.
 */
export function repairPacks(state: OpenState, lock: Lock, packs: readonly Id[]): Promise<RepairResult> {
  return rewriting(state, lock, () => repair(state, lock, packs));
}

async function repair(state: OpenState, lock: Lock, packs: readonly Id[]): Promise<RepairResult> {
  const stored = await listPacks(state);
  const own = await readAnew(state);
  const { index } = own;
  const numbers = packs.map((id) => index.packNumber(id)).filter((pack) => pack !== undefined);
  const missing = numbers.filter((pack) => !stored.has(index.packId(pack))).length;
  if (missing > 1 && missing > index.packCount * MOST_MISSING) {
    throw new ResticError('store-missing', `${missing} of ${index.packCount} packs are not in the store.`, {
      nextStep: 'Look whether the store is mounted and is the right one; nothing was changed.',
    });
  }
  const going = new Set<number>();
  const whole: number[] = [];
  const bad: number[] = [];
  for (const pack of numbers) {
    const file = stored.has(index.packId(pack)) ? await own.backend.read('data', index.packId(pack)) : Buffer.alloc(0);
    const entries = index.runsOf(pack).flatMap(entriesOf);
    const found = Map.groupBy(entries, (entry) => isWhole(own, entry, file));
    if (!found.has(false)) continue;
    going.add(pack);
    whole.push(...(found.get(true) ?? []));
    bad.push(...(found.get(false) ?? []));
  }
  if (going.size === 0) return { blobsKept: 0, blobsLost: 0 };
  const kept = index.runs.filter((run) => !going.has(run.pack));
  const { runs } = await copyBlobs(own, lock, whole, DEFAULT_PACK_SIZE);
  await replaceIndex(own, lock, [...kept, ...runs]);
  // A second copy of a blob, in another pack, is as good as the first.
  const after = (await readAnew(state)).index;
  const lost = new Set(
    bad.filter((entry) => after.find(index.type(entry), index.id(entry)) < 0).map((entry) => index.id(entry)),
  );
  return { blobsKept: whole.length, blobsLost: lost.size };
}

const entriesOf = (run: { first: number; count: number }): number[] =>
  Array.from({ length: run.count }, (_, i) => run.first + i);

/** `file`: the bytes of its pack, empty when that is gone. */
function isWhole(state: OpenState, entry: number, file: Buffer): boolean {
  const { index } = state;
  const from = index.offset(entry);
  try {
    new BlobReader(state).openBlob(entry, file.subarray(from, from + index.length(entry)));
    return true;
  } catch (error) {
    if (hasCode(error, 'damaged')) return false;
    throw error;
  }
}
