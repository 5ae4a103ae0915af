import { hasCode, ResticError } from './errors.ts';
import { assertExclusive } from './forget.ts';
import { DEFAULT_PACK_SIZE } from './pack.ts';
import { BlobReader } from './read.ts';
import { copyBlobs, forgetIndex, listPacks, readAnew, replaceIndex } from './rewrite.ts';
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
export async function repairPacks(state: OpenState, lock: Lock, packs: readonly Id[]): Promise<RepairResult> {
  await assertExclusive(lock);
  try {
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
    const lost = new Set<string>();
    for (const pack of numbers) {
      const isThere = stored.has(index.packId(pack));
      const found = { whole: [] as number[], bad: [] as number[] };
      for (const entry of index.runsOf(pack).flatMap(entriesOf)) {
        found[isThere && (await isWhole(own, entry)) ? 'whole' : 'bad'].push(entry);
      }
      if (found.bad.length === 0) continue;
      going.add(pack);
      whole.push(...found.whole);
      for (const entry of found.bad) lost.add(keyOf(own, entry));
    }
    const before = index.runs.filter((run) => !going.has(run.pack));
    // A second copy of a blob is as good as the first.
    for (const entry of [...whole, ...before.flatMap(entriesOf)]) lost.delete(keyOf(own, entry));
    const { runs } = await copyBlobs(own, lock, whole, DEFAULT_PACK_SIZE);
    if (going.size > 0) await replaceIndex(own, lock, [...before, ...runs]);
    return { blobsKept: whole.length, blobsLost: lost.size };
  } finally {
    forgetIndex(state);
  }
}

const entriesOf = (run: { first: number; count: number }): number[] =>
  Array.from({ length: run.count }, (_, i) => run.first + i);

const keyOf = ({ index }: OpenState, entry: number): string => `${index.type(entry)}${index.id(entry)}`;

async function isWhole(state: OpenState, entry: number): Promise<boolean> {
  try {
    await new BlobReader(state).readEntries([entry], () => Promise.resolve());
    return true;
  } catch (error) {
    if (hasCode(error, 'damaged') || hasCode(error, 'missing-pack')) return false;
    throw error;
  }
}
