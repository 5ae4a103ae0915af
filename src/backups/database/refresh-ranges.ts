import { RowScanner, type RowsPart, type RowsRead } from '../../connector/index.ts';
import type { Id, RepositoryApi, Writer } from '../../restic/types.ts';
import { findChanges, readsFor, splice, type ChangedRange, type Finding, type SumSource } from './find-changes.ts';
import { RowList, rowsOfBytes, rowsOfText } from './known-rows.ts';
import { BETWEEN, END, RangeBuilder, saveText, type StoredRange } from './range-builder.ts';
import { HELD_BYTES, howToRefresh, splitGrown } from './rules/ranges.ts';
import { refuseOtherColumns, type TableShape } from './table-shape.ts';

/** A range of the parent whose sum is another now. */
export interface StaleRange {
  shape: TableShape;
  /** Bound of the range before, null for the first. */
  lo: StoredRange['bound'];
  known: StoredRange;
  rows: number;
  sum: string;
}

/** What reading again needs of the site. */
export interface RowSource extends SumSource {
  /** Row bytes of each read, in order. */
  rows(reads: readonly RowsRead[]): AsyncIterable<Pick<RowsPart, 'i' | 'columns' | 'bytes'>>;
}

/**
 * Brings ranges up to date: only rows that changed travel, the rest is spliced in from the repository. What does not fit
 * its sum afterwards (the table is being written to and there is no snapshot) is read again as a whole. A range that
 * does not fit in memory any more is read anew, straight into the repository, whatever the site said of its size.
 */
export async function refreshRanges(
  stale: readonly StaleRange[],
  source: RowSource,
  repo: Pick<RepositoryApi, 'readBlob' | 'hasBlob'>,
  writer: Pick<Writer, 'saveBlob'>,
): Promise<StoredRange[][]> {
  const fits = stale.map(
    ({ rows, known }) => howToRefresh({ rows, knownRows: known.rows, knownBytes: known.bytes }).how === 'splice',
  );
  const small = stale.filter((_range, i) => fits[i]);
  let spliced: StoredRange[][] | undefined;
  try {
    spliced = await spliceRanges(small, source, repo, writer);
  } catch (error) {
    if (!(error instanceof MoreThanHeld)) throw error;
  }
  const fresh: StoredRange[][] = [];
  for (const [i, range] of stale.entries()) {
    const ready = fits[i] ? spliced?.shift() : undefined;
    fresh.push(ready ?? (await readAnew(range, source, writer)));
  }
  return fresh;
}

/** All rows of one range, as they come. */
async function readAnew(
  { shape, lo, known }: StaleRange,
  source: RowSource,
  writer: Pick<Writer, 'saveBlob'>,
): Promise<StoredRange[]> {
  const builder = new RangeBuilder(shape, writer);
  const read = {
    table: shape.name,
    ...(lo === null ? {} : { lo }),
    ...(known.bound === null ? {} : { hi: known.bound }),
  };
  for await (const { columns, bytes } of source.rows([read])) {
    refuseOtherColumns(shape, columns, bytes.length);
    await builder.add(new RowScanner(bytes, shape.columns.length));
  }
  const ranges = await builder.close();
  // The last one ends where the old range ended, so that the next one still begins there.
  const last = ranges.pop();
  return last === undefined ? [] : [...ranges, { ...last, bound: known.bound }];
}

async function spliceRanges(
  stale: readonly StaleRange[],
  source: RowSource,
  repo: Pick<RepositoryApi, 'readBlob' | 'hasBlob'>,
  writer: Pick<Writer, 'saveBlob'>,
): Promise<StoredRange[][]> {
  const ranges = await Promise.all(stale.map(async (range) => await withOldRows(range, repo)));
  const wanted = ranges.map((range, i) => ({ range, i })).filter(({ range }) => range.rows > 0);
  const findings = await findChanges(
    wanted.map(({ range }) => range),
    source,
  );
  const fresh = new Map<number, RowList>();
  const again: number[] = [];
  const read = await readAll(
    wanted.map(({ range }, w) => ({ range, finding: findings[w] ?? { kind: 'all' } })),
    source,
  );
  for (const [w, { range, i }] of wanted.entries()) {
    const finding = findings[w] ?? { kind: 'all' };
    const rows = splice(range, finding, read[w] ?? []);
    const sum = rows.sum();
    if (finding.kind !== 'all' && (sum.rows !== range.rows || sum.hex !== range.sum)) again.push(i);
    else fresh.set(i, rows);
  }
  const all: Finding = { kind: 'all' };
  const reread = await readAll(
    again.map((i) => ({ range: ranges[i]!, finding: all })),
    source,
  );
  for (const [a, i] of again.entries()) fresh.set(i, splice(ranges[i]!, all, reread[a] ?? []));
  return await Promise.all(stale.map(async (range, i) => await saveRows(range, fresh.get(i), writer)));
}

async function withOldRows(
  range: StaleRange,
  repo: Pick<RepositoryApi, 'readBlob' | 'hasBlob'>,
): Promise<ChangedRange> {
  const { shape, lo, known, rows, sum } = range;
  const base = { shape, lo, hi: known.bound, rows, sum };
  const id = known.ids[0];
  const none = { ...base, old: new RowList(shape) };
  // Large rows are in several blobs: nothing to splice there. A blob that is lost is read from the site again.
  if (rows === 0 || known.ids.length !== 1 || id === undefined || !repo.hasBlob('data', id)) return none;
  const old = rowsOfText(await repo.readBlob('data', id), shape);
  const kept = old.sum();
  return kept.rows === known.rows && kept.hex === known.sum ? { ...base, old } : none;
}

async function readAll(
  wanted: readonly { range: ChangedRange; finding: Finding }[],
  source: RowSource,
): Promise<RowList[][]> {
  const reads: RowsRead[] = [];
  const owner: { w: number; part: number }[] = [];
  for (const [w, { range, finding }] of wanted.entries()) {
    for (const [part, read] of readsFor(range, finding).entries()) {
      reads.push(read);
      owner.push({ w, part });
    }
  }
  const lists: RowList[][] = wanted.map(() => []);
  let held = 0;
  for await (const { i, columns, bytes } of source.rows(reads)) {
    const { w, part } = owner[i]!;
    const { shape } = wanted[w]!.range;
    refuseOtherColumns(shape, columns, bytes.length);
    held += bytes.length + rowsIn(bytes, shape, (HELD_BYTES - held) / ROW_COST) * ROW_COST;
    if (held > HELD_BYTES) throw new MoreThanHeld();
    const list = (lists[w]![part] ??= new RowList(shape));
    for (const line of rowsOfBytes(bytes, shape).lines) list.lines.push(line);
  }
  return lists.map((parts, w) => {
    const filled: RowList[] = [];
    for (let part = 0; part < parts.length; part++) filled.push(parts[part] ?? new RowList(wanted[w]!.range.shape));
    return filled;
  });
}

/** What a row costs in memory beside its bytes: it is an object with its hashes. Bytes, about. */
const ROW_COST = 256;

/** How many rows there are; no more than one above `atMost` are counted. */
function rowsIn(bytes: Buffer, shape: TableShape, atMost: number): number {
  const scanner = new RowScanner(bytes, shape.columns.length);
  let rows = 0;
  while (rows <= atMost && scanner.next()) rows += 1;
  return rows;
}

/** More rows came than the sums of the ranges let expect. */
class MoreThanHeld extends Error {}

async function saveRows(
  range: StaleRange,
  rows: RowList | undefined,
  writer: Pick<Writer, 'saveBlob'>,
): Promise<StoredRange[]> {
  if (rows === undefined || rows.length === 0) return [];
  const cuts = splitGrown(rows.lines.map((line) => line.text.length + 2));
  const starts = [0, ...cuts];
  return await Promise.all(
    starts.map(async (from, part): Promise<StoredRange> => {
      const to = starts[part + 1] ?? rows.length;
      const bound = to === rows.length ? range.known.bound : rows.keyAt(to - 1);
      const text = textOf(rows, from, to);
      const { rows: count, hex } = rows.sum(from, to);
      const ids: Id[] = await saveText(writer, text);
      return { bound, rows: count, sum: hex, bytes: text.length, blobs: ids.length, ids };
    }),
  );
}

function textOf(rows: RowList, from: number, to: number): Buffer {
  const parts: Buffer[] = [rows.shape.insertHead];
  for (let i = from; i < to; i++) parts.push(rows.lines[i]!.text, i === to - 1 ? END : BETWEEN);
  return Buffer.concat(parts);
}
