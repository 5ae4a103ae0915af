import { decompress } from './compress.ts';
import { damaged, hasCode, ResticError } from './errors.ts';
import { sha256 } from './hash.ts';
import type { OpenState } from './state.ts';
import { decodeTree, compareNames } from './tree.ts';
import type { BlobType, Id, TreeNode } from './types.ts';

/** restic itself never writes a blob above 8 MiB; beyond this the repository is hostile. */
export const MAX_BLOB = 256 * 1024 * 1024;
/** Tree packs are read in pieces of this size: trees of one snapshot lie together, and each read costs a round trip. */
const WINDOW = 4 * 1024 * 1024;
const WINDOWS_KEPT = 8;
/** Neighbours in a pack with a smaller gap than this are read in one go. */
const GAP = 64 * 1024;
const LONGEST_READ = 16 * 1024 * 1024;
const READ_AHEAD_BYTES = 16 * 1024 * 1024;
const READ_AHEAD_BLOBS = 32;

/** Reads and verifies blobs through the index of an open repository. */
export class BlobReader {
  readonly #state: OpenState;
  /** Pieces of tree packs, the most recently used last. Promises, so that two readers share one request. */
  readonly #windows = new Map<string, Promise<Buffer>>();

  constructor(state: OpenState) {
    this.#state = state;
  }

  /** Throws `missing-blob` or `damaged`. */
  async readBlob(type: BlobType, id: Id): Promise<Buffer> {
    const entry = this.entry(type, id);
    const { index, backend } = this.#state;
    const pack = index.packId(index.pack(entry));
    const range = { offset: index.offset(entry), length: index.length(entry) };
    const sealed =
      type === 'tree'
        ? await this.#readThroughWindows(pack, index.pack(entry), range)
        : await readRange(backend, pack, range);
    return this.openBlob(entry, sealed);
  }

  entry(type: BlobType, id: Id): number {
    const entry = this.#state.index.find(type, id);
    if (entry >= 0) return entry;
    throw new ResticError('missing-blob', `The ${type} blob ${id} is in no index of the repository.`, {
      nextStep: 'Run a check; "restic repair index" finds blobs that are in packs but in no index.',
    });
  }

  /** Plain bytes of an entry from its sealed bytes: authenticated, decompressed, and equal to its id. */
  openBlob(entry: number, sealed: Buffer): Buffer {
    const { index, sealer } = this.#state;
    const id = index.id(entry);
    const what = `blob ${id}`;
    const stored = sealer.open(sealed, what);
    const plainLength = index.uncompressedLength(entry);
    if (plainLength > MAX_BLOB) throw damaged(`${what} claims ${plainLength} bytes`);
    const plain = plainLength > 0 ? decompress(stored, plainLength, what) : stored;
    if (plain.length !== index.plainLength(entry)) throw damaged(`${what} does not have the length its index says`);
    if (sha256(plain) !== id) throw damaged(`${what} does not have the content its id says`);
    return plain;
  }

  /**
   * Reads many blobs with few requests: neighbours in a pack come in one read. Calls `take` for each entry, in
   * the order of the store; memory is bounded by one read.
   */
  async readEntries(
    entries: Iterable<number>,
    take: (entry: number, plain: Buffer, sealed: Buffer) => Promise<void>,
  ): Promise<void> {
    const { index } = this.#state;
    const sorted = [...new Set(entries)].toSorted(
      (a, b) => index.pack(a) - index.pack(b) || index.offset(a) - index.offset(b),
    );
    for (let i = 0; i < sorted.length;) {
      const first = sorted[i]!;
      const offset = index.offset(first);
      let end = offset + index.length(first);
      let next = i + 1;
      for (; next < sorted.length; next++) {
        const entry = sorted[next]!;
        const from = index.offset(entry);
        const to = from + index.length(entry);
        if (index.pack(entry) !== index.pack(first) || from > end + GAP || to - offset > LONGEST_READ) break;
        end = Math.max(end, to);
      }
      const pack = index.packId(index.pack(first));
      const bytes = await readRange(this.#state.backend, pack, { offset, length: end - offset });
      for (; i < next; i++) {
        const entry = sorted[i]!;
        const from = index.offset(entry) - offset;
        const sealed = bytes.subarray(from, from + index.length(entry));
        await take(entry, this.openBlob(entry, sealed), sealed);
      }
    }
  }

  async loadTree(id: Id): Promise<TreeNode[]> {
    return decodeTree(await this.readBlob('tree', id), `tree ${id}`);
  }

  /** Undefined when absent, or when a part on the way is no folder. The empty path has no node. */
  async findNode(tree: Id, path: (string | Buffer)[]): Promise<TreeNode | undefined> {
    let at: Id | undefined = tree;
    let node: TreeNode | undefined;
    for (const part of path) {
      if (at === undefined) return undefined;
      const nodes: TreeNode[] = await this.loadTree(at);
      node = nodes.find((candidate) => compareNames(candidate.name, part) === 0);
      if (node === undefined) return undefined;
      at = node.subtree;
    }
    return node;
  }

  /** Bytes of a file in order, with some blobs read ahead. Throws when its size is not the sum of its blobs. */
  async *readFile(node: TreeNode): AsyncGenerator<Buffer> {
    if (node.type !== 'file') throw new ResticError('not-a-file', 'Only files have contents.');
    const content = node.content ?? [];
    const { index } = this.#state;
    let total = 0;
    for (const id of content) total += index.plainLength(this.entry('data', id));
    if (total !== (node.size ?? 0)) throw damaged(`a file says ${node.size} bytes but its blobs have ${total}`);
    const ahead: { length: number; blob: Promise<Buffer> }[] = [];
    let aheadBytes = 0;
    let next = 0;
    try {
      while (next < content.length || ahead.length > 0) {
        while (next < content.length && ahead.length < READ_AHEAD_BLOBS) {
          const id = content[next]!;
          const length = index.plainLength(this.entry('data', id));
          if (ahead.length > 0 && aheadBytes + length > READ_AHEAD_BYTES) break;
          const blob = this.readBlob('data', id);
          blob.catch(() => {});
          ahead.push({ length, blob });
          aheadBytes += length;
          next++;
        }
        const first = ahead.shift()!;
        aheadBytes -= first.length;
        yield await first.blob;
      }
    } finally {
      // A consumer that stops early must not leave reads running behind its back.
      await Promise.allSettled(ahead.map(({ blob }) => blob));
    }
  }

  async #readThroughWindows(pack: Id, packNumber: number, range: { offset: number; length: number }): Promise<Buffer> {
    const window = Math.floor(range.offset / WINDOW);
    const start = window * WINDOW;
    const inWindow = range.offset - start;
    const { backend } = this.#state;
    if (inWindow + range.length > WINDOW) return readRange(backend, pack, range);
    const key = `${packNumber}:${window}`;
    let bytes = this.#windows.get(key);
    this.#windows.delete(key);
    bytes ??= this.#readWindow(pack, packNumber, start);
    this.#windows.set(key, bytes);
    if (this.#windows.size > WINDOWS_KEPT) this.#windows.delete(this.#windows.keys().next().value!);
    try {
      const data = await bytes;
      if (inWindow + range.length > data.length) throw damaged(`pack ${pack} is shorter than its index says`);
      return data.subarray(inWindow, inWindow + range.length);
    } catch (error) {
      this.#windows.delete(key);
      throw error;
    }
  }

  /** As much of the window as the index knows blobs in. */
  #readWindow(pack: Id, packNumber: number, start: number): Promise<Buffer> {
    const end = Math.min(this.#packEnd(packNumber), start + WINDOW);
    return readRange(this.#state.backend, pack, { offset: start, length: end - start });
  }

  #packEnd(packNumber: number): number {
    const { index } = this.#state;
    let end = 0;
    for (const run of index.runsOf(packNumber)) {
      for (let entry = run.first; entry < run.first + run.count; entry++) {
        end = Math.max(end, index.offset(entry) + index.length(entry));
      }
    }
    return end;
  }

  /** Forgets cached pieces; needed when the index is replaced, since pack numbers change. */
  clear(): void {
    this.#windows.clear();
  }
}

async function readRange(
  backend: OpenState['backend'],
  pack: Id,
  range: { offset: number; length: number },
): Promise<Buffer> {
  try {
    return await backend.read('data', pack, range);
  } catch (error) {
    if (!hasCode(error, 'not-found')) throw error;
    throw new ResticError('missing-pack', `The pack ${pack} is in the index but not in the store.`, {
      nextStep:
        'Run a check; restore the file in the store, or use "restic repair index" and "restic repair snapshots".',
      cause: error,
    });
  }
}
