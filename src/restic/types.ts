// The public surface of the restic repository library. `index.ts` exports an implementation of it.

/** 64 lower-case hex digits (SHA-256). */
export type Id = string;
export type BlobType = 'data' | 'tree';
export type FileType = 'config' | 'key' | 'data' | 'index' | 'snapshot' | 'lock';

/** Where repository files live. All implementations pass `backend-suite.ts`. */
export interface Backend {
  readonly description: string;
  list(type: FileType): AsyncIterable<{ name: string; size: number }>;
  /** Throws `ResticError` code `not-found` when absent. Range reads when offset/length are given. */
  read(type: FileType, name: string, range?: { offset: number; length: number }): Promise<Buffer>;
  /** Atomic and durable when it resolves. `ifAbsent`: fails with `exists` rather than replace. */
  write(type: FileType, name: string, data: Buffer, options?: { ifAbsent?: boolean }): Promise<void>;
  /** Removing what is absent is no error. */
  remove(type: FileType, name: string): Promise<void>;
  close(): Promise<void>;
}

export interface TreeNode {
  /** Raw bytes as a Buffer when the name is not valid UTF-8, else a string. */
  name: string | Buffer;
  type: 'file' | 'dir' | 'symlink';
  /** Unix permission bits incl. setuid, setgid, sticky (0o7777); the library makes Go's FileMode of it. */
  mode: number;
  /** Nanoseconds since 1970, UTC. */
  mtimeNs: bigint;
  atimeNs?: bigint;
  ctimeNs?: bigint;
  uid?: number;
  gid?: number;
  user?: string;
  group?: string;
  inode?: number;
  /** Files: sum of the blob lengths. */
  size?: number;
  /** Files: blob ids in order; empty file: []. */
  content?: Id[];
  /** Dirs. */
  subtree?: Id;
  linktarget?: string | Buffer;
}

export interface Snapshot {
  id: Id;
  time: Date;
  tree: Id;
  parent?: Id;
  paths: string[];
  hostname: string;
  username?: string;
  tags: string[];
  /** restic >= 0.17 summary object, passed through. */
  summary?: Record<string, unknown>;
  programVersion?: string;
}

export interface Lock {
  readonly exclusive: boolean;
  /** Throws `lock-lost` when somebody removed our lock file: call before writing index or snapshot. */
  assertHeld(): Promise<void>;
  release(): Promise<void>;
}

export interface SavedBlob {
  id: Id;
  isNew: boolean;
  length: number;
}

export interface WriterStats {
  blobsNew: number;
  blobsReused: number;
  bytesNew: number;
  /** Bytes as stored (compressed and sealed). */
  bytesStored: number;
  packs: number;
}

/** Gathers blobs into packs. Bounded memory: `save*` waits when too much is in flight. */
export interface Writer {
  saveBlob(type: BlobType, plain: Buffer, options?: { compress?: boolean }): Promise<SavedBlob>;
  /** Many small blobs at once: nearly without a promise for each. Their bytes are not looked at any more when it resolves. */
  saveBlobs(type: BlobType, blobs: readonly { plain: Buffer; compress?: boolean }[]): Promise<SavedBlob[]>;
  /** Canonical tree JSON of these nodes (any order in, sorted by name bytes out). */
  saveTree(nodes: TreeNode[]): Promise<Id>;
  /** Content-defined chunks of a stream, hashed here. */
  saveStream(
    source: AsyncIterable<Buffer>,
    options?: { compress?: boolean },
  ): Promise<{ content: Id[]; size: number; bytesNew: number }>;
  /** All blobs saved so far are in packs and in an index file in the store when this resolves. */
  checkpoint(): Promise<void>;
  /** checkpoint, then no more writes. */
  close(): Promise<WriterStats>;
  readonly stats: WriterStats;
}

export interface CheckProblem {
  code: string;
  message: string;
  id?: Id;
}

export type TreeChange =
  | { kind: 'added' | 'removed'; path: (string | Buffer)[]; node: TreeNode }
  | { kind: 'changed'; path: (string | Buffer)[]; before: TreeNode; after: TreeNode; contentChanged: boolean };

export interface RepositoryApi {
  readonly id: string;
  readonly backend: Backend;
  /** Shared for writing, exclusive for forget + prune. Cleans up our own stale locks; waits up to `waitMs`. */
  lock(options: { exclusive: boolean; waitMs?: number; holder: string; signal?: AbortSignal }): Promise<Lock>;
  /** (Re)reads all index files. Call once per run, under the lock. */
  loadIndex(): Promise<void>;
  hasBlob(type: BlobType, id: Id): boolean;
  /** Plain length of a known blob, undefined when unknown. */
  blobLength(type: BlobType, id: Id): number | undefined;
  readBlob(type: BlobType, id: Id): Promise<Buffer>;
  writer(lock: Lock, options?: { packSize?: number; maxInFlightBytes?: number }): Writer;
  loadTree(id: Id): Promise<TreeNode[]>;
  /** Node at a path inside a tree, undefined when absent. */
  findNode(tree: Id, path: (string | Buffer)[]): Promise<TreeNode | undefined>;
  /** The bytes of a file node, in order, verified against the blob ids, a few blobs ahead. */
  readFile(node: TreeNode): AsyncIterable<Buffer>;
  /** Writes the snapshot file after asserting the lock and that the tree is in the index. */
  saveSnapshot(lock: Lock, snapshot: Omit<Snapshot, 'id'>): Promise<Snapshot>;
  listSnapshots(): Promise<Snapshot[]>;
  /** One snapshot by its full id. Throws `not-found` or `damaged`. */
  loadSnapshot(id: Id): Promise<Snapshot>;
  /**
   * Depth-first difference of two trees; equal subtrees are not read. `undefined` = the empty tree. Another kind under
   * the same name is one `changed` (contentChanged), then what was or is below it as `removed` or `added`.
   */
  diffTrees(before: Id | undefined, after: Id | undefined): AsyncIterable<TreeChange>;
  /** Into a local folder; never writes outside it. `only`: paths (arrays of names) to restore, default all. */
  restore(
    tree: Id,
    target: string,
    options?: {
      only?: (string | Buffer)[][];
      verify?: boolean;
      /** Owners and setuid/setgid bits too; default off. */
      owners?: boolean;
      /** Folders keep u+rwx and files u+r, whatever the snapshot says. */
      openToOwner?: boolean;
      /** Fails with `too-much` before writing more than this. */
      maxEntries?: number;
      maxBytes?: number;
      signal?: AbortSignal;
      onProgress?: (done: { files: number; bytes: number }) => void;
    },
  ): Promise<{ files: number; bytes: number }>;
  forget(lock: Lock, snapshots: Id[]): Promise<void>;
  prune(
    lock: Lock,
    options?: {
      maxUnusedShare?: number;
      packSize?: number;
      /** Snapshots known to be damaged: what they need and is not there does not stop the prune. */
      mayMiss?: readonly Id[];
      onProgress?: (text: string) => void;
    },
  ): Promise<{ packsRemoved: number; packsRepacked: number; bytesFreed: number }>;
  /** `readData`: share of the packs to read back: none, all, or slice `part` (1 to `of`) of `of` (rolling). Hold a lock. */
  check(options?: { readData?: 'none' | 'all' | { part: number; of: number } }): Promise<{
    problems: CheckProblem[];
    packsRead: number;
    bytesRead: number;
    snapshots: number;
    /** Those that cannot be restored whole: they need something that was found missing or damaged. */
    brokenSnapshots: Id[];
    /** Those with anything missing or damaged in them: what `repair` takes. */
    brokenPacks: Id[];
  }>;
  /**
   * Takes damaged or missing packs out of the index, their whole blobs copied first; the next backup stores again what
   * was lost. Needs an exclusive lock; afterwards call `loadIndex`. Throws `store-missing` when most packs are gone.
   */
  repair(lock: Lock, packs: readonly Id[]): Promise<{ blobsKept: number; blobsLost: number }>;
  /** Key files: one for each password. `current` is the one this repository was opened with. */
  listKeys(): Promise<{ id: Id; created: string; hostname: string; username: string; current: boolean }[]>;
  addKey(password: string): Promise<Id>;
  /** Throws `key-in-use` for the current one. */
  removeKey(id: Id): Promise<void>;
  close(): Promise<void>;
}
