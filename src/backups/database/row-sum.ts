import { hash } from 'node:crypto';
import type { RowScanner } from '../../connector/index.ts';

const COMMA = 44;
const NULL_MARK = 78;

/** Makes the row hash of PROTOCOL.md section 5 ("Row sum"): after `hash` it is in `high` and `low` (signed 32 bits each). */
export class RowHasher {
  high = 0;
  low = 0;
  #text = Buffer.allocUnsafe(16 * 1024);

  hash(scanner: RowScanner): void {
    const { bytes, starts, lengths } = scanner;
    const columns = lengths.length;
    const room = scanner.rowEnd - scanner.rowStart + columns * 12;
    if (room > this.#text.length) this.#text = Buffer.allocUnsafe(room * 2);
    const text = this.#text;
    let at = 0;
    for (let c = 0; c < columns; c++) {
      if (c > 0) text[at++] = COMMA;
      const length = lengths[c]!;
      if (length < 0) text[at++] = NULL_MARK;
      else if (length < 10) text[at++] = 48 + length;
      else at = writeDecimal(text, at, length);
    }
    for (let c = 0; c < columns; c++) {
      const length = lengths[c]!;
      if (length < 0) continue;
      text[at++] = COMMA;
      const start = starts[c]!;
      if (length > 40) {
        bytes.copy(text, at, start, start + length);
      } else {
        for (let i = 0; i < length; i++) text[at + i] = bytes[start + i]!;
      }
      at += length;
    }
    // Latin-1 text ('binary') is three times faster to get than a Buffer.
    const digest = hash('sha1', text.subarray(0, at), 'binary');
    this.high = word(digest, 0);
    this.low = word(digest, 4);
  }
}

function writeDecimal(text: Buffer, at: number, value: number): number {
  let digits = 1;
  for (let limit = 10; value >= limit; limit *= 10) digits += 1;
  let left = value;
  for (let i = at + digits - 1; i >= at; i--) {
    text[i] = 48 + (left % 10);
    left = Math.floor(left / 10);
  }
  return at + digits;
}

function word(digest: string, at: number): number {
  return (
    (digest.charCodeAt(at) << 24) |
    (digest.charCodeAt(at + 1) << 16) |
    (digest.charCodeAt(at + 2) << 8) |
    digest.charCodeAt(at + 3)
  );
}

/**
 * Sum of the rows of a range: XOR of their hashes; for tables without a key (where equal rows occur, which a XOR would
 * cancel out) their SUM modulo 2^64.
 */
export class RangeSummer {
  rows = 0;
  #high = 0;
  #low = 0;
  readonly #adds: boolean;

  constructor(adds: boolean) {
    this.#adds = adds;
  }

  /** Signed 32-bit halves of a row hash. */
  add(high: number, low: number): void {
    this.rows += 1;
    if (!this.#adds) {
      this.#high ^= high;
      this.#low ^= low;
      return;
    }
    const lowSum = (this.#low >>> 0) + (low >>> 0);
    this.#low = lowSum | 0;
    this.#high = (this.#high + high + (lowSum > 0xffff_ffff ? 1 : 0)) | 0;
  }

  /** 16 lower hex. */
  get hex(): string {
    return hexOf(this.#high, this.#low);
  }
}

/** Two 32-bit halves as 16 lower hex. */
export function hexOf(high: number, low: number): string {
  return (high >>> 0).toString(16).padStart(8, '0') + (low >>> 0).toString(16).padStart(8, '0');
}

/** Sum of all ranges of a table without a key. */
export function addSums(sums: readonly string[]): string {
  const total = sums.reduce((sum, hex) => BigInt.asUintN(64, sum + BigInt(`0x${hex}`)), 0n);
  return total.toString(16).padStart(16, '0');
}
