import { BlobIndex } from './blob-index.ts';
import type { PackRun } from './blob-index.ts';
import { compress } from './compress.ts';
import { damaged, ResticError } from './errors.ts';
import { assertExclusive } from './forget.ts';
import { isId } from './hash.ts';
import { INDEX_FILE_BLOBS, readIndexFiles, writeIndexFiles } from './index-files.ts';
import { DEFAULT_PACK_SIZE, packFileSize } from './pack.ts';
import { planPrune } from './prune-plan.ts';
import type { PackUse } from './prune-plan.ts';
import { BlobReader } from './read.ts';
import { listSnapshots } from './snapshot.ts';
import type { OpenState } from './state.ts';
import type { FileType, Id, Lock } from './types.ts';
import { walkTrees } from './walk.ts';
import { PackWriter } from './writer.ts';

export interface PruneOptions {
  /** Unused bytes that may stay, as a share of the used ones; default 0.05 as restic's. */
  maxUnusedShare?: number;
  /** Target size of packs; default 16 MiB. */
  packSize?: number;
  onProgress?: (text: string) => void;
}

export interface PruneResult {
  packsRemoved: number;
  packsRepacked: number;
  bytesFreed: number;
}

const REMOVALS_AT_ONCE = 8;

/**
 * Removes what no snapshot uses. Whole at every line where the process may die:
 * 1. read everything, and stop at the first blob that is missing; 2. copy what stays of the packs that go;
 * 3. write a new, complete index; 4. remove the old index files; 5. only then remove packs.
 * Left over after a kill are at most files that the next prune removes.
 */
export async function pruneRepository(state: OpenState, lock: Lock, options: PruneOptions = {}): Promise<PruneResult> {
  await assertExclusive(lock);
  if (state.unindexed.length > 0) {
    throw new ResticError('writer-open', 'A writer of this repository has packs in no index yet.', {
      nextStep: 'Close the writer, then prune.',
    });
  }
  try {
    return await prune(state, lock, options);
  } finally {
    // What is in memory may name packs that are gone: whoever goes on must read the index anew.
    state.index = new BlobIndex();
    state.indexReadAt = undefined;
    state.indexFiles = [];
  }
}

async function prune(state: OpenState, lock: Lock, options: PruneOptions): Promise<PruneResult> {
  const say = options.onProgress ?? ((): void => {});
  const { backend, sealer } = state;
  const packSize = options.packSize ?? DEFAULT_PACK_SIZE;

  say('reading the index');
  const stored = new Map<Id, number>();
  for await (const { name, size } of backend.list('data')) if (isId(name)) stored.set(name, size);
  const index = new BlobIndex();
  const indexFiles = await readIndexFiles(backend, sealer, index, (pack) => stored.has(pack));
  const own: OpenState = { ...state, index, indexFiles, unindexed: [], indexing: Promise.resolve() };

  say('finding what the snapshots use');
  const used = await markUsed(own);
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
  const { runs: added, bytes: addedBytes } = await repack(
    own,
    lock,
    used,
    new Set(plan.repack.map((p) => p.pack)),
    packSize,
  );

  say('writing the new index');
  if (going.size > 0 || tooManyIndexes) {
    await assertExclusive(lock);
    const fresh = new Set(await writeIndexFiles(backend, sealer, index, [...before, ...added]));
    await removeAll(
      own,
      lock,
      'index',
      own.indexFiles.filter((id) => !fresh.has(id)),
    );
  }

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

/** One byte per index entry, 1 when a snapshot needs it. Throws when anything a snapshot needs is missing. */
async function markUsed(state: OpenState): Promise<Uint8Array> {
  const { index } = state;
  const reader = new BlobReader(state);
  const used = new Uint8Array(index.size);
  const roots = (await listSnapshots(state.backend, state.sealer)).map((snapshot) => snapshot.tree);
  await walkTrees(reader, roots, {
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

/** Copies the used blobs of these packs into new packs, each verified on the way; its seal is kept as it is. */
async function repack(
  state: OpenState,
  lock: Lock,
  used: Uint8Array,
  packs: Set<number>,
  packSize: number,
): Promise<{ runs: PackRun[]; bytes: number }> {
  if (packs.size === 0) return { runs: [], bytes: 0 };
  const { index, sealer } = state;
  const firstNew = index.size;
  const entries: number[] = [];
  for (const pack of packs) {
    for (const run of index.runsOf(pack)) {
      for (let entry = run.first; entry < run.first + run.count; entry++) if (used[entry] === 1) entries.push(entry);
    }
  }
  const writer = new PackWriter(state, lock, { packSize });
  await new BlobReader(state).readEntries(entries, async (entry, plain, sealed) => {
    const type = index.type(entry);
    const id = Buffer.from(index.idBytes(entry));
    const rawTree = type === 'tree' && index.uncompressedLength(entry) === 0;
    if (rawTree) await writer.addSealed(type, id, sealer.seal(compress(plain)), plain.length);
    else await writer.addSealed(type, id, sealed, index.uncompressedLength(entry));
  });
  await writer.flush();
  return { runs: index.runs.filter((run) => run.first >= firstNew), bytes: writer.stats.bytesStored };
}

/** Removes files some at a time, and makes sure before each handful that the lock is still ours. */
async function removeAll(state: OpenState, lock: Lock, type: FileType, ids: Id[]): Promise<void> {
  for (let i = 0; i < ids.length; i += REMOVALS_AT_ONCE) {
    if (i % (REMOVALS_AT_ONCE * 16) === 0) await assertExclusive(lock);
    await Promise.all(ids.slice(i, i + REMOVALS_AT_ONCE).map((id) => state.backend.remove(type, id)));
  }
}
