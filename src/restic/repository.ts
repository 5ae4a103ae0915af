import { BlobIndex } from './blob-index.ts';
import { checkRepository } from './check.ts';
import { gearTable } from './chunker.ts';
import { createConfig, hasConfig, readConfig, writeConfig } from './config.ts';
import { diffTrees } from './diff.ts';
import { ResticError } from './errors.ts';
import { forgetSnapshots } from './forget.ts';
import { readIndexFiles } from './index-files.ts';
import { createMasterKey, listKeyFiles, openMasterKey, writeKeyFile } from './keys.ts';
import type { KeyInfo, ScryptCost } from './keys.ts';
import { HeldLock, takeLock } from './lock.ts';
import type { LockRequest } from './lock.ts';
import { pruneRepository } from './prune.ts';
import type { PruneOptions, PruneResult } from './prune.ts';
import { BlobReader } from './read.ts';
import { repairPacks } from './repair.ts';
import type { RepairResult } from './repair.ts';
import { restoreTree } from './restore.ts';
import type { RestoreOptions } from './restore.ts';
import { Sealer } from './seal.ts';
import type { KeyMaterial } from './seal.ts';
import { listSnapshots, readSnapshot, writeSnapshot } from './snapshot.ts';
import type { OpenState } from './state.ts';
import type { Backend, BlobType, Id, Lock, RepositoryApi, Snapshot, TreeChange, TreeNode, Writer } from './types.ts';
import type { CheckOptions, CheckResult } from './check.ts';
import { PackWriter, writeUnindexed } from './writer.ts';
import type { WriterOptions } from './writer.ts';

export interface InitOptions {
  /** Cost of the password derivation; tests may lower it. */
  cost?: ScryptCost;
  /** Written into the key file; facts for people. */
  hostname?: string;
  username?: string;
}

/** Creates a repository of version 2 and opens it. Throws `exists` when there is one. */
export async function initRepository(
  backend: Backend,
  password: string,
  options: InitOptions = {},
): Promise<RepositoryApi> {
  refuseEmpty(password);
  if (await hasConfig(backend)) throw alreadyThere(backend);
  const master = createMasterKey();
  const origin = {
    hostname: options.hostname ?? '',
    username: options.username ?? '',
    created: new Date(),
  };
  // Key first: a config without a key can never be opened, a key without a config is no repository yet.
  const keyId = await writeKeyFile(backend, password, master, origin, options.cost);
  const sealer = new Sealer(master);
  const config = createConfig();
  try {
    await writeConfig(backend, sealer, config);
  } catch (error) {
    await backend.remove('key', keyId).catch(() => {});
    throw error;
  }
  return new Repository(openState(backend, sealer, master, keyId, config));
}

/** Throws `not-a-repository`, `wrong-password`, `unknown-version` or `damaged`. */
export async function openRepository(backend: Backend, password: string): Promise<RepositoryApi> {
  refuseEmpty(password);
  const { id, master } = await openMasterKey(backend, password);
  const sealer = new Sealer(master);
  return new Repository(openState(backend, sealer, master, id, await readConfig(backend, sealer)));
}

function openState(
  backend: Backend,
  sealer: Sealer,
  master: KeyMaterial,
  keyId: Id,
  config: OpenState['config'],
): OpenState {
  return {
    backend,
    sealer,
    master,
    keyId,
    config,
    gear: gearTable(master.encrypt),
    index: new BlobIndex(),
    indexReadAt: undefined,
    indexFiles: [],
    unindexed: [],
    indexing: Promise.resolve(),
  };
}

function refuseEmpty(password: string): void {
  if (password === '')
    throw new ResticError('bad-password', 'The password is empty.', { nextStep: 'Give a password.' });
}

function alreadyThere(backend: Backend): ResticError {
  return new ResticError('exists', `There is a repository at ${backend.description} already.`, {
    nextStep: 'Open it, or choose another place.',
  });
}

class Repository implements RepositoryApi {
  readonly #state: OpenState;
  readonly #reader: BlobReader;

  constructor(state: OpenState) {
    this.#state = state;
    this.#reader = new BlobReader(state);
  }

  get id(): string {
    return this.#state.config.id;
  }

  get backend(): Backend {
    return this.#state.backend;
  }

  lock(request: LockRequest): Promise<Lock> {
    return takeLock(this.#state.backend, this.#state.sealer, request);
  }

  async loadIndex(): Promise<void> {
    if (this.#state.unindexed.length > 0) {
      throw new ResticError('writer-open', 'The index cannot be loaded while a writer has packs in no index.', {
        nextStep: 'Close the writer first.',
      });
    }
    const indexReadAt = performance.now();
    const index = new BlobIndex();
    const indexFiles = await readIndexFiles(this.#state.backend, this.#state.sealer, index);
    this.#state.index = index;
    this.#state.indexReadAt = indexReadAt;
    this.#state.indexFiles = indexFiles;
    this.#reader.clear();
  }

  hasBlob(type: BlobType, id: Id): boolean {
    return this.#state.index.find(type, id) >= 0;
  }

  blobLength(type: BlobType, id: Id): number | undefined {
    const entry = this.#state.index.find(type, id);
    return entry < 0 ? undefined : this.#state.index.plainLength(entry);
  }

  readBlob(type: BlobType, id: Id): Promise<Buffer> {
    return this.#reader.readBlob(type, id);
  }

  writer(lock: Lock, options?: WriterOptions): Writer {
    const { indexReadAt } = this.#state;
    // Blobs it names may be gone since: a prune could run while we held no lock.
    if (indexReadAt !== undefined && lock instanceof HeldLock && indexReadAt < lock.takenAt) {
      throw new ResticError('index-too-old', 'The index was read before the lock was taken.', {
        nextStep: 'Call loadIndex() after lock().',
      });
    }
    return new PackWriter(this.#state, lock, options);
  }

  loadTree(id: Id): Promise<TreeNode[]> {
    return this.#reader.loadTree(id);
  }

  findNode(tree: Id, path: (string | Buffer)[]): Promise<TreeNode | undefined> {
    return this.#reader.findNode(tree, path);
  }

  readFile(node: TreeNode): AsyncIterable<Buffer> {
    return this.#reader.readFile(node);
  }

  async saveSnapshot(lock: Lock, snapshot: Omit<Snapshot, 'id'>): Promise<Snapshot> {
    await writeUnindexed(this.#state, lock);
    this.#reader.entry('tree', snapshot.tree);
    await lock.assertHeld();
    return writeSnapshot(this.#state.backend, this.#state.sealer, snapshot);
  }

  listSnapshots(): Promise<Snapshot[]> {
    return listSnapshots(this.#state.backend, this.#state.sealer);
  }

  loadSnapshot(id: Id): Promise<Snapshot> {
    return readSnapshot(this.#state.backend, this.#state.sealer, id);
  }

  diffTrees(before: Id | undefined, after: Id | undefined): AsyncIterable<TreeChange> {
    return diffTrees(this.#reader, before, after);
  }

  restore(tree: Id, target: string, options?: RestoreOptions): Promise<{ files: number; bytes: number }> {
    return restoreTree(this.#state, this.#reader, tree, target, options);
  }

  forget(lock: Lock, snapshots: Id[]): Promise<void> {
    return forgetSnapshots(this.#state.backend, lock, snapshots);
  }

  async prune(lock: Lock, options?: PruneOptions): Promise<PruneResult> {
    const result = await pruneRepository(this.#state, lock, options);
    this.#reader.clear();
    return result;
  }

  async repair(lock: Lock, packs: readonly Id[]): Promise<RepairResult> {
    const result = await repairPacks(this.#state, lock, packs);
    this.#reader.clear();
    return result;
  }

  check(options?: CheckOptions): Promise<CheckResult> {
    return checkRepository(this.#state, options);
  }

  listKeys(): Promise<(KeyInfo & { current: boolean })[]> {
    return listKeyFiles(this.#state.backend).then((keys) =>
      keys.map((key) => ({ ...key, current: key.id === this.#state.keyId })),
    );
  }

  async addKey(password: string, options: InitOptions = {}): Promise<Id> {
    refuseEmpty(password);
    const origin = { hostname: options.hostname ?? '', username: options.username ?? '', created: new Date() };
    return writeKeyFile(this.#state.backend, password, this.#state.master, origin, options.cost);
  }

  async removeKey(id: Id): Promise<void> {
    if (id === this.#state.keyId) {
      throw new ResticError('key-in-use', 'The key this repository was opened with cannot be removed.', {
        nextStep: 'Open the repository with another password first.',
      });
    }
    await this.#state.backend.remove('key', id);
  }

  close(): Promise<void> {
    return this.#state.backend.close();
  }
}
