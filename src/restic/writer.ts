import { setImmediate as nextTurn } from 'node:timers/promises';
import { Chunker } from './chunker.ts';
import { compress } from './compress.ts';
import { ResticError } from './errors.ts';
import { sha256 } from './hash.ts';
import { release, releaseZipped } from './memory.ts';
import { INDEX_FILE_BLOBS, writeIndexFiles } from './index-files.ts';
import { DEFAULT_PACK_SIZE, MAX_BLOBS_IN_PACK, PackBuilder } from './pack.ts';
import type { OpenState } from './state.ts';
import { encodeTree } from './tree.ts';
import type { BlobType, Id, Lock, SavedBlob, TreeNode, Writer, WriterStats } from './types.ts';

/** Larger blobs would make every reader hold that much; streams are cut far below. */
const MAX_SAVED_BLOB = 64 * 1024 * 1024;
const MIN_PACK_SIZE = 64 * 1024;
const MAX_PACK_SIZE = 128 * 1024 * 1024;
const DEFAULT_IN_FLIGHT = 64 * 1024 * 1024;
/** Work done in one go before other work of the process gets its turn; some milliseconds. */
const BYTES_PER_TURN = 1024 * 1024;
const BLOBS_PER_TURN = 64;
const TREE_PACK_BEGINS = 256 * 1024;

export interface WriterOptions {
  packSize?: number;
  maxInFlightBytes?: number;
}

/**
 * Gathers blobs into packs, one open pack for data and one for trees. A blob counts as known as soon as it is in an
 * open pack; it gets into the shared index when its pack is in the store, and into an index file at a checkpoint.
 */
export class PackWriter implements Writer {
  readonly stats: WriterStats = { blobsNew: 0, blobsReused: 0, bytesNew: 0, bytesStored: 0, packs: 0 };
  readonly #state: OpenState;
  readonly #lock: Lock;
  readonly #packSize: number;
  readonly #maxInFlight: number;
  readonly #open = new Map<BlobType, PackBuilder>();
  /** Blobs in open packs and packs under way, by type and id. */
  readonly #pending = new Set<string>();
  readonly #uploads = new Set<Promise<void>>();
  #inFlight = 0;
  /** Buffers of finished packs, used again: mapping fresh memory for each pack costs more than sealing it. */
  readonly #spare: Buffer[] = [];
  #failure: unknown;
  #closed = false;
  #turnBytes = 0;
  #turnBlobs = 0;

  constructor(state: OpenState, lock: Lock, options: WriterOptions = {}) {
    this.#state = state;
    this.#lock = lock;
    this.#packSize = Math.min(Math.max(options.packSize ?? DEFAULT_PACK_SIZE, MIN_PACK_SIZE), MAX_PACK_SIZE);
    this.#maxInFlight = Math.max(options.maxInFlightBytes ?? DEFAULT_IN_FLIGHT, this.#packSize);
  }

  async saveBlob(type: BlobType, plain: Buffer, options: { compress?: boolean } = {}): Promise<SavedBlob> {
    this.#refuseWhenOver();
    const saved = this.#save(type, plain, options.compress !== false);
    if (this.#isDue(saved)) await this.#breathe();
    return saved;
  }

  async saveBlobs(type: BlobType, blobs: readonly { plain: Buffer; compress?: boolean }[]): Promise<SavedBlob[]> {
    const all: SavedBlob[] = [];
    for (const { plain, compress: mayCompress } of blobs) {
      this.#refuseWhenOver();
      const saved = this.#save(type, plain, mayCompress !== false);
      all.push(saved);
      if (this.#isDue(saved)) await this.#breathe();
    }
    return all;
  }

  #save(type: BlobType, plain: Buffer, mayCompress: boolean): SavedBlob {
    if (plain.length > MAX_SAVED_BLOB) {
      throw new ResticError('blob-too-large', `A blob of ${plain.length} bytes is too large.`, {
        nextStep: 'Save it as a stream, which cuts it into chunks.',
      });
    }
    const id = sha256(plain);
    return { id, isNew: this.#add(type, id, plain, mayCompress), length: plain.length };
  }

  /** Counts the work done and says whether others should get their turn, or this writer must wait for the store. */
  #isDue({ isNew, length }: SavedBlob): boolean {
    if (isNew) this.#turnBytes += length;
    return (
      ++this.#turnBlobs >= BLOBS_PER_TURN ||
      this.#turnBytes >= BYTES_PER_TURN ||
      (isNew && (this.#isFull || this.#failure !== undefined))
    );
  }

  get #isFull(): boolean {
    return this.#inFlight + this.#packSize > this.#maxInFlight && this.#uploads.size > 0;
  }

  async saveTree(nodes: TreeNode[]): Promise<Id> {
    return (await this.saveBlob('tree', encodeTree(nodes))).id;
  }

  async saveStream(
    source: AsyncIterable<Buffer>,
    options: { compress?: boolean } = {},
  ): Promise<{ content: Id[]; size: number; bytesNew: number }> {
    const content: Id[] = [];
    let size = 0;
    let bytesNew = 0;
    const save = async (chunk: Buffer): Promise<void> => {
      const saved = await this.saveBlob('data', chunk, options);
      content.push(saved.id);
      size += saved.length;
      if (saved.isNew) bytesNew += saved.length;
    };
    const chunker = new Chunker(this.#state.gear);
    for await (const piece of source) for (const chunk of chunker.push(piece)) await save(chunk);
    const rest = chunker.end();
    if (rest !== undefined) await save(rest);
    return { content, size, bytesNew };
  }

  /** Copies a blob that is sealed already, whether known or not: for prune. */
  async addSealed(type: BlobType, id: Buffer, sealed: Buffer, uncompressedLength: number): Promise<void> {
    this.#refuseWhenOver();
    const pack = this.#openPack(type);
    pack.addSealed(id, sealed, uncompressedLength);
    this.#finishWhenFull(pack);
    if (this.#isDue({ id: '', isNew: true, length: sealed.length })) await this.#breathe();
  }

  async checkpoint(): Promise<void> {
    this.#refuseWhenOver();
    await this.flush();
    await this.#writeIndex();
  }

  async close(): Promise<WriterStats> {
    await this.checkpoint();
    this.#closed = true;
    this.#spare.length = 0;
    return this.stats;
  }

  /** All blobs saved so far are in packs in the store when this resolves, not yet in an index file. */
  async flush(): Promise<void> {
    for (const pack of this.#open.values()) this.#finish(pack);
    await Promise.all(this.#uploads);
    this.#refuseWhenOver();
  }

  #refuseWhenOver(): void {
    if (this.#failure !== undefined) throw this.#failure;
    if (this.#closed)
      throw new ResticError('writer-closed', 'This writer was closed.', { nextStep: 'Open a new one.' });
  }

  /** False when the blob is known already. */
  #add(type: BlobType, id: Id, plain: Buffer, mayCompress: boolean): boolean {
    const key = type === 'tree' ? `t${id}` : id;
    if (this.#pending.has(key) || this.#state.index.find(type, id) >= 0) {
      this.stats.blobsReused++;
      return false;
    }
    this.#pending.add(key);
    const pack = this.#openPack(type);
    // An uncompressed tree would be packed again by every prune of restic; data that does not shrink stays as it is.
    const packed = type === 'tree' || (mayCompress && plain.length > 0) ? compress(plain) : plain;
    const stored = type === 'tree' || packed.length < plain.length ? packed : plain;
    pack.add(this.#state.sealer, Buffer.from(id, 'hex'), stored, stored === plain ? 0 : plain.length);
    if (packed !== plain) releaseZipped(packed);
    this.stats.blobsNew++;
    this.stats.bytesNew += plain.length;
    this.#finishWhenFull(pack);
    return true;
  }

  #openPack(type: BlobType): PackBuilder {
    let pack = this.#open.get(type);
    if (pack === undefined) {
      // Trees are small: their pack grows as needed.
      const memory =
        type === 'tree'
          ? Buffer.allocUnsafeSlow(TREE_PACK_BEGINS)
          : (this.#spare.pop() ?? Buffer.allocUnsafeSlow(this.#packSize + 512 * 1024));
      pack = new PackBuilder(type, memory);
      this.#open.set(type, pack);
    }
    return pack;
  }

  #finishWhenFull(pack: PackBuilder): void {
    if (pack.size >= this.#packSize || pack.blobs.length >= MAX_BLOBS_IN_PACK) this.#finish(pack);
  }

  /** Closes the pack and sends it off. Failures end the writer: later calls throw them. */
  #finish(pack: PackBuilder): void {
    this.#open.delete(pack.type);
    if (pack.blobs.length === 0) return;
    const upload = this.#upload(pack).catch((error: unknown) => {
      this.#failure ??= error;
    });
    this.#uploads.add(upload);
    void upload.finally(() => this.#uploads.delete(upload));
  }

  async #upload(pack: PackBuilder): Promise<void> {
    const { id, file } = pack.finish(this.#state.sealer);
    this.#inFlight += file.length;
    try {
      await this.#state.backend.write('data', id, file);
    } finally {
      this.#inFlight -= file.length;
    }
    const run = this.#state.index.addPack(id, pack.blobs);
    this.#state.unindexed.push(run);
    for (const blob of pack.blobs) {
      const hex = blob.id.toString('hex');
      this.#pending.delete(blob.type === 'tree' ? `t${hex}` : hex);
    }
    this.stats.packs++;
    this.stats.bytesStored += file.length;
    if (pack.type === 'data' && this.#spare.length < 2) this.#spare.push(pack.buffer);
    else release(pack.buffer);
  }

  /** Waits while too much is under way, and lets other work of the process run. */
  async #breathe(): Promise<void> {
    while (this.#isFull) await Promise.race(this.#uploads);
    if (this.#failure !== undefined) throw this.#failure;
    this.#turnBytes = 0;
    this.#turnBlobs = 0;
    await nextTurn();
    if (unindexedBlobs(this.#state) >= INDEX_FILE_BLOBS) await this.#writeIndex();
  }

  async #writeIndex(): Promise<void> {
    try {
      await writeUnindexed(this.#state, this.#lock);
    } catch (error) {
      this.#failure ??= error;
      throw error;
    }
  }
}

function unindexedBlobs(state: OpenState): number {
  let count = 0;
  for (const run of state.unindexed) count += run.count;
  return count;
}

/** Writes index files for all packs that have none, while the lock is held. What fails stays listed for the next try. */
export async function writeUnindexed(state: OpenState, lock: Lock): Promise<void> {
  const before = state.indexing;
  const turn = (async (): Promise<void> => {
    await before;
    if (state.unindexed.length === 0) return;
    await lock.assertHeld();
    const runs = [...state.unindexed];
    const files = await writeIndexFiles(state.backend, state.sealer, state.index, runs);
    state.indexFiles.push(...files);
    const done = new Set(runs);
    state.unindexed = state.unindexed.filter((run) => !done.has(run));
  })();
  state.indexing = turn.catch(() => {});
  await turn;
}
