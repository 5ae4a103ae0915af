import { BlobIndex } from './blob-index.ts';
import type { PackRun } from './blob-index.ts';
import { compress } from './compress.ts';
import { ResticError } from './errors.ts';
import { assertExclusive } from './forget.ts';
import { isId } from './hash.ts';
import { readIndexFiles, writeIndexFiles } from './index-files.ts';
import { BlobReader } from './read.ts';
import type { OpenState } from './state.ts';
import type { FileType, Id, Lock } from './types.ts';
import { PackWriter } from './writer.ts';

// What prune and repair share: both read everything that is stored, copy blobs, and put a new index for the old one.

const REMOVALS_AT_ONCE = 8;

/** Runs what rewrites the index: under an exclusive lock, and while no writer has packs in no index. */
export async function rewriting<T>(state: OpenState, lock: Lock, work: () => Promise<T>): Promise<T> {
  await assertExclusive(lock);
  if (state.unindexed.length > 0) {
    throw new ResticError('writer-open', 'A writer of this repository has packs in no index yet.', {
      nextStep: 'Close the writer first.',
    });
  }
  try {
    return await work();
  } finally {
    // What is in memory may name packs that are gone: whoever goes on must read the index anew.
    state.index = new BlobIndex();
    state.indexReadAt = undefined;
    state.indexFiles = [];
  }
}

/** Sizes of the packs in the store. */
export async function listPacks({ backend }: OpenState): Promise<Map<Id, number>> {
  const stored = new Map<Id, number>();
  for await (const { name, size } of backend.list('data')) if (isId(name)) stored.set(name, size);
  return stored;
}

/** A state of its own with the whole index read anew, without the packs that `keep` refuses. */
export async function readAnew(state: OpenState, keep?: (pack: Id) => boolean): Promise<OpenState> {
  const index = new BlobIndex();
  const indexFiles = await readIndexFiles(state.backend, state.sealer, index, keep);
  return { ...state, index, indexFiles, unindexed: [], indexing: Promise.resolve() };
}

/** Copies these blobs into new packs, each verified on the way; its seal is kept as it is. Gives the runs they lie in. */
export async function copyBlobs(
  state: OpenState,
  lock: Lock,
  entries: readonly number[],
  packSize: number,
): Promise<{ runs: PackRun[]; bytes: number }> {
  if (entries.length === 0) return { runs: [], bytes: 0 };
  const { index, sealer } = state;
  const firstNew = index.size;
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

/** Writes a complete index of these runs, then removes the index files it was read from. */
export async function replaceIndex(state: OpenState, lock: Lock, runs: readonly PackRun[]): Promise<void> {
  await assertExclusive(lock);
  const fresh = new Set(await writeIndexFiles(state.backend, state.sealer, state.index, runs));
  const old = state.indexFiles.filter((id) => !fresh.has(id));
  await removeAll(state, lock, 'index', old);
}

/** Removes files some at a time, and makes sure before each handful that the lock is still ours. */
export async function removeAll(state: OpenState, lock: Lock, type: FileType, ids: Id[]): Promise<void> {
  for (let i = 0; i < ids.length; i += REMOVALS_AT_ONCE) {
    if (i % (REMOVALS_AT_ONCE * 16) === 0) await assertExclusive(lock);
    await Promise.all(ids.slice(i, i + REMOVALS_AT_ONCE).map((id) => state.backend.remove(type, id)));
  }
}
