import { ConnectorError } from './errors.ts';

/** One cell: the column's raw bytes, or null. */
export type Cell = Buffer | null;

/** Row bytes (PROTOCOL.md section 5): NULL = 0x00, else LEB128 of length + 1, then the bytes. */
export function encodeRows(rows: Iterable<readonly Cell[]>): Buffer {
  const parts: Buffer[] = [];
  for (const row of rows) {
    for (const cell of row) {
      if (cell === null) parts.push(NULL);
      else parts.push(varint(cell.length + 1), cell);
    }
  }
  return Buffer.concat(parts);
}

const NULL = Buffer.from([0]);
const SMALL = Array.from({ length: 128 }, (_, value) => Buffer.from([value]));

function varint(value: number): Buffer {
  const small = SMALL[value];
  if (small !== undefined) return small;
  const bytes: number[] = [];
  for (let left = value; left > 0; left = Math.floor(left / 128)) bytes.push((left % 128) | (left >= 128 ? 0x80 : 0));
  return Buffer.from(bytes);
}

/** Writes the LEB128 form of a whole number into `out`; returns the position after it (at most 8 bytes). */
export function writeVarint(out: Buffer, at: number, value: number): number {
  let left = value;
  while (left >= 128) {
    out[at++] = (left % 128) | 0x80;
    left = Math.floor(left / 128);
  }
  out[at++] = left;
  return at;
}

/**
 * Walks over row bytes without making objects: after each `next()` the cells of the row are at
 * `starts[c] .. starts[c] + lengths[c]` of `bytes`; length -1 is NULL. Throws `answer-corrupt` on a broken row.
 */
export class RowScanner {
  readonly bytes: Buffer;
  readonly starts: Int32Array;
  readonly lengths: Int32Array;
  /** Where the present row begins and ends. */
  rowStart = 0;
  rowEnd = 0;

  constructor(bytes: Buffer, columns: number) {
    if (columns < 1) throw new ConnectorError('answer-corrupt', { details: { reason: 'row without columns' } });
    this.bytes = bytes;
    this.starts = new Int32Array(columns);
    this.lengths = new Int32Array(columns);
  }

  /** Moves to the next row; false at the end. */
  next(): boolean {
    const { bytes, starts, lengths } = this;
    const end = bytes.length;
    let at = this.rowEnd;
    if (at >= end) return false;
    this.rowStart = at;
    for (let column = 0; column < starts.length; column++) {
      if (at >= end) throw broken();
      let value = bytes[at++]!;
      if (value >= 0x80) {
        value &= 0x7f;
        let scale = 128;
        for (;;) {
          if (at >= end || scale > 2 ** 35) throw broken();
          const byte = bytes[at++]!;
          value += (byte & 0x7f) * scale;
          scale *= 128;
          if (byte < 0x80) {
            // Only the shortest form counts, else the same row would have several.
            if (byte === 0) throw broken();
            break;
          }
        }
      }
      if (value === 0) {
        starts[column] = at;
        lengths[column] = -1;
      } else {
        if (value - 1 > end - at) throw broken();
        starts[column] = at;
        lengths[column] = value - 1;
        at += value - 1;
      }
    }
    this.rowEnd = at;
    return true;
  }

  /** The present row's cell as bytes (a view), or null. */
  cell(column: number): Cell {
    const length = this.lengths[column]!;
    const start = this.starts[column]!;
    return length < 0 ? null : this.bytes.subarray(start, start + length);
  }
}

/** All rows as cells; for small things and tests. */
export function decodeRows(bytes: Buffer, columns: number): Cell[][] {
  const scanner = new RowScanner(bytes, columns);
  const rows: Cell[][] = [];
  while (scanner.next()) rows.push(Array.from({ length: columns }, (_, column) => scanner.cell(column)));
  return rows;
}

function broken(): ConnectorError {
  return new ConnectorError('answer-corrupt', { details: { reason: 'row bytes' } });
}

/** A key value in JSON args: text as it is, other bytes as base64 (PROTOCOL.md section 4). */
export type WireCell = { t: string } | { b: string } | null;

/** The wire form of one key value. */
export function toWireCell(cell: Cell): WireCell {
  if (cell === null) return null;
  const text = cell.toString('utf8');
  // Only bytes that survive the way through JSON text are sent as text.
  return Buffer.byteLength(text) === cell.length && !text.includes('\ufffd')
    ? { t: text }
    : { b: cell.toString('base64') };
}

/** The bytes of a wire cell. */
export function fromWireCell(cell: WireCell): Cell {
  if (cell === null) return null;
  return 't' in cell ? Buffer.from(cell.t, 'utf8') : Buffer.from(cell.b, 'base64');
}
