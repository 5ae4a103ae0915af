import { createHash } from 'node:crypto';
import type { Hash } from 'node:crypto';
import { damaged } from './errors.ts';
import { SEAL_OVERHEAD } from './seal.ts';
import type { Sealer } from './seal.ts';
import type { BlobType } from './types.ts';

/** restic's default target size of a pack. */
export const DEFAULT_PACK_SIZE = 16 * 1024 * 1024;
/** Keeps the header far below restic's limit of 16 MiB. */
export const MAX_BLOBS_IN_PACK = 10_000;

const PLAIN_ENTRY = 1 + 4 + 32;
const COMPRESSED_ENTRY = PLAIN_ENTRY + 4;

/** One blob inside a pack. */
export interface PackedBlob {
  type: BlobType;
  /** 32 raw bytes. */
  id: Buffer;
  offset: number;
  /** Sealed length in the pack. */
  length: number;
  /** Plain length when compressed, 0 when stored uncompressed. */
  uncompressedLength: number;
}

/** Bytes of a pack file that holds these blobs and nothing else. */
export function packFileSize(blobs: { length: number; uncompressedLength: number }[]): number {
  let size = SEAL_OVERHEAD + 4;
  for (const blob of blobs) {
    size += blob.length + (blob.uncompressedLength > 0 ? COMPRESSED_ENTRY : PLAIN_ENTRY);
  }
  return size;
}

/**
 * Fills one pack: sealed blobs one after the other, then the sealed header and its length.
 * The file's hash is kept up along the way, so no long stretch of hashing holds up the event loop.
 */
export class PackBuilder {
  readonly type: BlobType;
  readonly blobs: PackedBlob[] = [];
  readonly #hash: Hash = createHash('sha256');
  #buffer: Buffer;
  #used = 0;

  /** `buffer` may be a used one; it is replaced by a larger one when a blob does not fit. */
  constructor(type: BlobType, buffer: Buffer) {
    this.type = type;
    this.#buffer = buffer;
  }

  get size(): number {
    return this.#used;
  }

  get buffer(): Buffer {
    return this.#buffer;
  }

  /** Seals `stored` (plain or compressed bytes of the blob) into the pack. */
  add(sealer: Sealer, id: Buffer, stored: Uint8Array, uncompressedLength: number): void {
    this.#makeRoom(stored.length + SEAL_OVERHEAD);
    const length = sealer.sealInto(stored, this.#buffer, this.#used);
    this.#take(id, length, uncompressedLength);
  }

  /** Takes over a blob that is sealed already. */
  addSealed(id: Buffer, sealed: Uint8Array, uncompressedLength: number): void {
    this.#makeRoom(sealed.length);
    this.#buffer.set(sealed, this.#used);
    this.#take(id, sealed.length, uncompressedLength);
  }

  /** The whole file and its id. The builder must not be used afterwards. */
  finish(sealer: Sealer): { id: string; file: Buffer } {
    const header = sealer.seal(encodeHeader(this.blobs));
    this.#makeRoom(header.length + 4);
    this.#buffer.set(header, this.#used);
    const end = this.#used + header.length + 4;
    this.#buffer.writeUInt32LE(header.length, end - 4);
    this.#hash.update(this.#buffer.subarray(this.#used, end));
    this.#used = end;
    return { id: this.#hash.digest('hex'), file: this.#buffer.subarray(0, end) };
  }

  #take(id: Buffer, length: number, uncompressedLength: number): void {
    const offset = this.#used;
    this.blobs.push({ type: this.type, id, offset, length, uncompressedLength });
    this.#used += length;
    this.#hash.update(this.#buffer.subarray(offset, this.#used));
  }

  #makeRoom(length: number): void {
    if (this.#used + length <= this.#buffer.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(this.#used + length + 512 * 1024, this.#buffer.length * 2));
    this.#buffer.copy(larger, 0, 0, this.#used);
    this.#buffer = larger;
  }
}

function encodeHeader(blobs: PackedBlob[]): Buffer {
  const header = Buffer.alloc(blobs.length * COMPRESSED_ENTRY);
  let at = 0;
  for (const blob of blobs) {
    const compressed = blob.uncompressedLength > 0;
    header[at] = (blob.type === 'tree' ? 1 : 0) + (compressed ? 2 : 0);
    header.writeUInt32LE(blob.length, at + 1);
    at += 5;
    if (compressed) {
      header.writeUInt32LE(blob.uncompressedLength, at);
      at += 4;
    }
    blob.id.copy(header, at);
    at += 32;
  }
  return header.subarray(0, at);
}

/** Blobs named by a decrypted header, in order. Throws `damaged`. */
export function decodeHeader(header: Buffer, what: string): PackedBlob[] {
  const blobs: PackedBlob[] = [];
  let offset = 0;
  for (let at = 0; at < header.length;) {
    const kind = header[at] ?? 255;
    if (kind > 3) throw damaged(`${what} has an unknown blob type ${kind} in its header`);
    const compressed = kind >= 2;
    const size = compressed ? COMPRESSED_ENTRY : PLAIN_ENTRY;
    if (at + size > header.length) throw damaged(`${what} has a header that ends early`);
    const length = header.readUInt32LE(at + 1);
    const uncompressedLength = compressed ? header.readUInt32LE(at + 5) : 0;
    const id = Buffer.from(header.subarray(at + size - 32, at + size));
    blobs.push({ type: kind % 2 === 1 ? 'tree' : 'data', id, offset, length, uncompressedLength });
    offset += length;
    at += size;
  }
  return blobs;
}

/** Reads the header at the end of a whole pack file. Throws `damaged`. */
export function readHeader(sealer: Sealer, file: Buffer, what: string): PackedBlob[] {
  if (file.length < SEAL_OVERHEAD + 4) throw damaged(`${what} is too short`);
  const headerLength = file.readUInt32LE(file.length - 4);
  const start = file.length - 4 - headerLength;
  if (start < 0) throw damaged(`${what} has a header longer than itself`);
  const blobs = decodeHeader(sealer.open(file.subarray(start, file.length - 4), `the header of ${what}`), what);
  const last = blobs.at(-1);
  if ((last ? last.offset + last.length : 0) !== start) throw damaged(`${what} has a header that does not fit it`);
  return blobs;
}
