import { RowScanner, type KeyTuple } from '../../connector/index.ts';
import { keyOf } from './range-builder.ts';
import { RangeSummer, RowHasher } from './row-sum.ts';
import { GrowingBytes, appendRow, parseText } from './sql-text.ts';
import type { TableShape } from './table-shape.ts';

/** Rows with their text, hashes and leading keys: what ranges are compared and put together from. */
export class RowList {
  readonly shape: TableShape;
  readonly lines: RowLine[];

  constructor(shape: TableShape, lines: RowLine[] = []) {
    this.shape = shape;
    this.lines = lines;
  }

  get length(): number {
    return this.lines.length;
  }

  /** Whether all leading keys are whole numbers that a double holds exactly. */
  get hasNumericKeys(): boolean {
    return this.shape.kind === 'integer' && this.lines.every((line) => Number.isSafeInteger(line.key));
  }

  /** Sum of the lines from .. to (exclusive). */
  sum(from = 0, to = this.lines.length): { rows: number; hex: string } {
    const summer = new RangeSummer(this.shape.kind === 'none');
    for (let i = from; i < to; i++) summer.add(this.lines[i]!.high, this.lines[i]!.low);
    return { rows: summer.rows, hex: summer.hex };
  }

  /** Key tuple of a line. */
  keyAt(index: number): KeyTuple {
    const line = this.lines[index]!;
    const { rowBytes } = parseText(
      Buffer.concat([this.shape.insertHead, line.text, Buffer.from(';\n')]),
      this.shape.insertHead,
      this.shape.columns.length,
    );
    const scanner = new RowScanner(rowBytes, this.shape.columns.length);
    scanner.next();
    return keyOf(scanner, this.shape) ?? [];
  }
}

export interface RowLine {
  /** `(...)` */
  text: Buffer;
  high: number;
  low: number;
  /** Leading key as a number; NaN when the table has no whole-number key. */
  key: number;
}

/** Rows of a range's SQL text, as it is in the repository. */
export function rowsOfText(text: Buffer, shape: TableShape): RowList {
  const { rowBytes, starts, ends } = parseText(text, shape.insertHead, shape.columns.length);
  const list = new RowList(shape);
  walk(rowBytes, shape, (row, key, hasher) => {
    list.lines.push({ text: text.subarray(starts[row], ends[row]), high: hasher.high, low: hasher.low, key });
  });
  return list;
}

/** Rows of row bytes, as the site sends them. */
export function rowsOfBytes(rowBytes: Buffer, shape: TableShape): RowList {
  const list = new RowList(shape);
  const text = new GrowingBytes(rowBytes.length * 2 + 1024);
  const ends: number[] = [];
  walk(rowBytes, shape, (_row, key, hasher, scanner) => {
    appendRow(text, scanner, shape.columns);
    ends.push(text.length);
    list.lines.push({ text: EMPTY, high: hasher.high, low: hasher.low, key });
  });
  // The buffer may have moved while it grew: cut the lines out of it at the end.
  for (const [i, line] of list.lines.entries()) line.text = text.bytes.subarray(i === 0 ? 0 : ends[i - 1], ends[i]);
  return list;
}

const EMPTY = Buffer.alloc(0);

function walk(
  rowBytes: Buffer,
  shape: TableShape,
  visit: (row: number, key: number, hasher: RowHasher, scanner: RowScanner) => void,
): void {
  const scanner = new RowScanner(rowBytes, shape.columns.length);
  const hasher = new RowHasher();
  const leading = shape.kind === 'integer' ? (shape.keyAt[0] ?? -1) : -1;
  for (let row = 0; scanner.next(); row++) {
    hasher.hash(scanner);
    visit(row, leading < 0 ? Number.NaN : wholeNumber(scanner, leading), hasher, scanner);
  }
}

function wholeNumber(scanner: RowScanner, column: number): number {
  const length = scanner.lengths[column]!;
  const start = scanner.starts[column]!;
  const { bytes } = scanner;
  if (length < 1 || length > 20) return Number.NaN;
  const negative = bytes[start] === 45;
  let value = 0;
  for (let i = negative ? start + 1 : start; i < start + length; i++) {
    const digit = bytes[i]! - 48;
    if (digit < 0 || digit > 9) return Number.NaN;
    value = value * 10 + digit;
  }
  return negative ? -value : value;
}
