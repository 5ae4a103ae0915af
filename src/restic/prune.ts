import type { BlobIndex } from './blob-index.ts';
import { damaged, ResticError } from './errors.ts';
import { INDEX_FILE_BLOBS } from './index-files.ts';
import { DEFAULT_PACK_SIZE, packFileSize } from './pack.ts';
import { planPrune } from './prune-plan.ts';
import type { PackUse } from './prune-plan.ts';
import { BlobReader } from './read.ts';
import { copyBlobs, listPacks, readAnew, removeAll, replaceIndex, rewriting } from './rewrite.ts';
import { listSnapshots } from './snapshot.ts';
import type { OpenState } from './state.ts';
import type { BlobType, Id, Lock } from './types.ts';
import { walkTrees } from './walk.ts';

export interface PruneOptions {
  /** Unused bytes that may stay, as a share of the used ones; default 0.05 as restic's. */
  maxUnusedShare?: number;
  /** Target size of packs; default 16 MiB. */
  packSize?: number;
  /** Snapshots known to be damaged: what they need and is not there does not stop the prune. */
  mayMiss?: readonly Id[];
  onProgress?: (text: string) => void;
}

export interface PruneResult {
  packsRemoved: number;
  packsRepacked: number;
  bytesFreed: number;
}

/**
 * Removes what no snapshot uses. Whole at every line where the process may die:
 * 1. read everything, and stop at the first blob that is missing; 2. copy what stays of the packs that go;
 * 3. write a new, complete index; 4. remove the old index files; 5. only then remove packs.
 * Left over after a kill are at most files that the next prune removes.
 */
export function pruneRepository(state: OpenState, lock: Lock, options: PruneOptions = {}): Promise<PruneResult> {
  return rewriting(state, lock, () => prune(state, lock, options));
}

async function prune(state: OpenState, lock: Lock, options: PruneOptions): Promise<PruneResult> {
  const say = options.onProgress ?? ((): void => {});
  const packSize = options.packSize ?? DEFAULT_PACK_SIZE;

  say('reading the index');
  const stored = await listPacks(state);
  const own = await readAnew(state, (pack) => stored.has(pack));
  const { index, indexFiles } = own;

  say('finding what the snapshots use');
  const used = await markUsed(own, new Set(options.mayMiss));
  const uses = measurePacks(index, used, stored);
  const plan = planPrune(uses, { maxUnusedShare: options.maxUnusedShare ?? 0.05, packSize });
  const orphans = [...stored.keys()].filter((id) => index.packNumber(id) === undefined);
  const going = new Set([...plan.remove, ...plan.repack].map(({ pack }) => pack));
  const tooManyIndexes = indexFiles.length > 10 + (2 * index.size) / INDEX_FILE_BLOBS;
  if (going.size === 0 && orphans.length === 0 && !tooManyIndexes) {
    return { packsRemoved: 0, packsRepacked: 0, bytesFreed: 0 };
  }

  const before = index.runs.filter((run) => !going.has(run.pack));
  say(`repacking ${plan.repack.length} packs`);
  const copied = plan.repack.flatMap(({ pack }) => usedEntries(index, used, pack));
  const { runs: added, bytes: addedBytes } = await copyBlobs(own, lock, copied, packSize);

  say('writing the new index');
  if (going.size > 0 || tooManyIndexes) await replaceIndex(own, lock, [...before, ...added]);

  const doomed = [...[...going].map((pack) => index.packId(pack)), ...orphans];
  say(`removing ${doomed.length} packs`);
  await removeAll(own, lock, 'data', doomed);
  const removedBytes = doomed.reduce((sum, id) => sum + (stored.get(id) ?? 0), 0);
  return {
    packsRemoved: plan.remove.length + orphans.length,
    packsRepacked: plan.repack.length,
    bytesFreed: removedBytes - addedBytes,
  };
}

/** One byte per index entry, 1 when a snapshot needs it. Throws when anything that a snapshot needs is missing. */
async function markUsed(state: OpenState, mayMiss: ReadonlySet<Id>): Promise<Uint8Array> {
  const { index } = state;
  const reader = new BlobReader(state);
  const used = new Uint8Array(index.size);
  const snapshots = await listSnapshots(state.backend, state.sealer);
  const rootsOf = (isDamaged: boolean): Id[] =>
    snapshots.filter(({ id }) => mayMiss.has(id) === isDamaged).map(({ tree }) => tree);
  await walkTrees(reader, rootsOf(false), {
    enter(tree) {
      const entry = reader.entry('tree', tree);
      if (used[entry] === 1) return false;
      used[entry] = 1;
      return true;
    },
    take(_tree, _plain, contents) {
      for (const id of contents) used[reader.entry('data', id)] = 1;
    },
  });
  // What is left of a damaged snapshot stays: its other files can still be put back.
  const isNew = (type: BlobType, id: Id): boolean => {
    const entry = index.find(type, id);
    if (entry < 0 || used[entry] === 1) return false;
    used[entry] = 1;
    return true;
  };
  await walkTrees(reader, rootsOf(true), {
    enter: (tree) => isNew('tree', tree),
    take: (_tree, _plain, contents) => contents.forEach((id) => isNew('data', id)),
    onBroken(_tree, error) {
      if (!(error instanceof ResticError) || error.retryable) throw error;
    },
  });
  return used;
}

/** Throws `damaged` when a pack that is needed does not have the size its index says: better not to touch anything. */
function measurePacks(index: BlobIndex, used: Uint8Array, stored: Map<Id, number>): PackUse[] {
  const uses: PackUse[] = [];
  for (let pack = 0; pack < index.packCount; pack++) {
    const use: PackUse = { pack, fileSize: 0, type: 'data', usedBytes: 0, unusedBytes: 0, rawTree: false };
    const blobs: { length: number; uncompressedLength: number }[] = [];
    for (const run of index.runsOf(pack)) {
      for (let entry = run.first; entry < run.first + run.count; entry++) {
        const length = index.length(entry);
        blobs.push({ length, uncompressedLength: index.uncompressedLength(entry) });
        if (index.type(entry) === 'tree') use.type = 'tree';
        if (used[entry] !== 1) use.unusedBytes += length;
        else {
          use.usedBytes += length;
          if (index.type(entry) === 'tree' && index.uncompressedLength(entry) === 0) use.rawTree = true;
        }
      }
    }
    use.fileSize = stored.get(index.packId(pack)) ?? 0;
    if (use.usedBytes > 0 && use.fileSize < packFileSize(blobs)) {
      throw damaged(`pack ${index.packId(pack)} is shorter than its index says; nothing was pruned`);
    }
    uses.push(use);
  }
  return uses;
}

function usedEntries(index: BlobIndex, used: Uint8Array, pack: number): number[] {
  const entries: number[] = [];
  for (const run of index.runsOf(pack)) {
    for (let entry = run.first; entry < run.first + run.count; entry++) if (used[entry] === 1) entries.push(entry);
  }
  return entries;
}
