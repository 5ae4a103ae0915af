import { ConnectorError, toWireCell, type KeyTuple, type RowScanner } from '../../connector/index.ts';
import type { Id, Writer } from '../../restic/types.ts';
import type { ManifestRange } from './manifest.ts';
import { isFull, TARGET_BYTES } from './rules/ranges.ts';
import { RangeSummer, RowHasher } from './row-sum.ts';
import { appendRow, GrowingBytes } from './sql-text.ts';
import type { TableShape } from './table-shape.ts';

/** A range as it is in the repository. */
export interface StoredRange extends ManifestRange {
  ids: Id[];
}

// A range beyond this (one very large row) is cut into several blobs: restic keeps its own chunks below 8 MiB.
const MAX_BLOB = 8 * 1024 * 1024;
// Without a key the cut is made where a row's hash says so, so that cuts stay when rows before them come and go.
const CUT_MASK = 0x1ff;

/** Saves the text of a range; `text` must not be changed afterwards. */
export async function saveText(writer: Pick<Writer, 'saveBlob'>, text: Buffer): Promise<Id[]> {
  const ids: Promise<{ id: Id }>[] = [];
  for (let at = 0; at < text.length; at += MAX_BLOB)
    ids.push(writer.saveBlob('data', text.subarray(at, at + MAX_BLOB)));
  return (await Promise.all(ids)).map((saved) => saved.id);
}

/** Takes rows in order and makes ranges of them. */
export class RangeBuilder {
  readonly #shape: TableShape;
  readonly #writer: Pick<Writer, 'saveBlob'>;
  readonly #hasher = new RowHasher();
  readonly #done: Promise<StoredRange>[] = [];
  #text = new GrowingBytes(0);
  #sum: RangeSummer;
  #bound: KeyTuple | null = null;

  constructor(shape: TableShape, writer: Pick<Writer, 'saveBlob'>) {
    this.#shape = shape;
    this.#writer = writer;
    this.#sum = new RangeSummer(shape.kind === 'none');
  }

  /** Ranges that are in the writer's hands already, in order. */
  async stored(): Promise<StoredRange[]> {
    return await Promise.all(this.#done);
  }

  get rangesBegun(): number {
    return this.#done.length;
  }

  /** Adds all rows of these row bytes. */
  async add(scanner: RowScanner): Promise<number> {
    let rows = 0;
    while (scanner.next()) {
      rows += 1;
      if (this.#sum.rows === 0) this.#begin();
      else this.#text.append(BETWEEN);
      appendRow(this.#text, scanner, this.#shape.columns);
      this.#hasher.hash(scanner);
      this.#sum.add(this.#hasher.high, this.#hasher.low);
      if (this.#isComplete()) await this.#finish(keyOf(scanner, this.#shape));
    }
    // The scanner's bytes may go: remember where the range would end.
    if (rows > 0 && this.#sum.rows > 0) this.#bound = keyOf(scanner, this.#shape);
    return rows;
  }

  /** Ends the last range; all ranges in order. */
  async close(): Promise<StoredRange[]> {
    if (this.#sum.rows > 0) await this.#finish(this.#bound);
    return await this.stored();
  }

  #isComplete(): boolean {
    const bytes = this.#text.length;
    if (this.#shape.kind !== 'none') return isFull(bytes, this.#sum.rows);
    return bytes >= TARGET_BYTES * 2 || (bytes >= TARGET_BYTES / 4 && (this.#hasher.low & CUT_MASK) === 0);
  }

  #begin(): void {
    this.#text = new GrowingBytes(TARGET_BYTES + 32 * 1024);
    this.#text.append(this.#shape.insertHead);
  }

  async #finish(bound: KeyTuple | null): Promise<void> {
    this.#text.append(END);
    const text = this.#text.bytes.subarray(0, this.#text.length);
    const { rows, hex } = this.#sum;
    this.#sum = new RangeSummer(this.#shape.kind === 'none');
    this.#text = new GrowingBytes(0);
    const saved = saveText(this.#writer, text).then((ids) => ({
      bound,
      rows,
      sum: hex,
      bytes: text.length,
      blobs: ids.length,
      ids,
    }));
    // Awaited later; without this a failure in between would end the process.
    saved.catch(() => undefined);
    this.#done.push(saved);
    // Some are saved at a time; the writer itself waits when it has too much at hand.
    await this.#done.at(-4);
  }
}

export const BETWEEN = Buffer.from(',\n', 'latin1');
export const END = Buffer.from(';\n', 'latin1');

// InnoDB's longest key has 3,072 bytes; each range keeps its last key in memory and in the manifest.
const LONGEST_KEY = 8 * 1024;

/** Key of the scanner's present row; null without a key. Throws `table-too-large` for one that no index holds. */
export function keyOf(scanner: RowScanner, shape: TableShape): KeyTuple | null {
  if (shape.kind === 'none') return null;
  const bytes = shape.keyAt.reduce((sum, column) => sum + Math.max(0, scanner.lengths[column] ?? 0), 0);
  if (bytes > LONGEST_KEY)
    throw new ConnectorError('table-too-large', {
      message: `The table ${shape.name} has keys of ${bytes} bytes: it needs a shorter primary key.`,
      details: { table: shape.name },
    });
  return shape.keyAt.map((column) => toWireCell(scanner.cell(column)));
}
