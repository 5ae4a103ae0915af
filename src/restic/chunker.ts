import { hkdfSync } from 'node:crypto';

/** Sizes as restic's: at least 512 KiB, about 1 MiB, at most 8 MiB. */
export const MIN_CHUNK = 512 * 1024;
export const MAX_CHUNK = 8 * 1024 * 1024;
/** 19 bits: a cut on average 512 KiB after the smallest size. The high bits, which have seen the most bytes. */
const CUT_MASK = 0xffffe000 | 0;
/** A byte moves out of the 32-bit hash after this many more. */
const WINDOW = 32;
const FIRST_BUFFER = MIN_CHUNK * 2;

/** 256 numbers for the gear hash, from the repository's key: chunk sizes then tell nothing about known files. */
export function gearTable(secret: Uint8Array): Int32Array {
  const bytes = Buffer.from(hkdfSync('sha256', secret, '', 'gear table of the chunker', 1024));
  return Int32Array.from({ length: 256 }, (_, i) => bytes.readInt32LE(i * 4));
}

/**
 * Cuts a stream at places that its content decides (gear hash), so an insertion changes only the chunks around it.
 * Every byte is copied once and looked at once; memory is one buffer of at most the largest chunk.
 */
export class Chunker {
  readonly #gear: Int32Array;
  #buffer = Buffer.allocUnsafeSlow(FIRST_BUFFER);
  #used = 0;
  #scanned = MIN_CHUNK - WINDOW;
  #hash = 0;

  constructor(gear: Int32Array) {
    this.#gear = gear;
  }

  /** Whole chunks that this piece completes. Each is valid until the next is asked for. */
  *push(piece: Buffer): Generator<Buffer> {
    for (let at = 0; at < piece.length;) {
      const take = Math.min(piece.length - at, MAX_CHUNK - this.#used);
      this.#append(piece, at, take);
      at += take;
      for (let cut = this.#findCut(); cut > 0; cut = this.#findCut()) {
        yield this.#buffer.subarray(0, cut);
        this.#buffer.copyWithin(0, cut, this.#used);
        this.#used -= cut;
      }
    }
  }

  /** What is left at the end of the stream; undefined when nothing is. */
  end(): Buffer | undefined {
    return this.#used === 0 ? undefined : this.#buffer.subarray(0, this.#used);
  }

  #append(piece: Buffer, from: number, length: number): void {
    if (this.#used + length > this.#buffer.length) {
      const size = Math.min(MAX_CHUNK, Math.max(this.#buffer.length * 2, this.#used + length));
      const larger = Buffer.allocUnsafeSlow(size);
      this.#buffer.copy(larger, 0, 0, this.#used);
      this.#buffer = larger;
    }
    piece.copy(this.#buffer, this.#used, from, from + length);
    this.#used += length;
  }

  /** Length of the first chunk in the buffer, 0 when more bytes are needed to know. */
  #findCut(): number {
    const gear = this.#gear;
    const data = this.#buffer;
    const end = this.#used;
    let hash = this.#hash;
    let i = this.#scanned;
    for (; i < MIN_CHUNK && i < end; i++) hash = ((hash << 1) + gear[data[i]!]!) | 0;
    for (; i < end; i++) {
      hash = ((hash << 1) + gear[data[i]!]!) | 0;
      if ((hash & CUT_MASK) === 0) return this.#cutAt(i + 1);
    }
    if (end === MAX_CHUNK) return this.#cutAt(end);
    this.#scanned = Math.max(i, MIN_CHUNK - WINDOW);
    this.#hash = hash;
    return 0;
  }

  #cutAt(length: number): number {
    this.#scanned = MIN_CHUNK - WINDOW;
    this.#hash = 0;
    return length;
  }
}
