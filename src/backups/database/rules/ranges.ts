// How a table is cut into ranges, what of it has to be read again, and how deep to look.

/** Bytes of SQL text of a usual range. */
export const TARGET_BYTES = 256 * 1024;
/** Rows of a usual range: checksums of few bytes each decide about this many rows. */
export const TARGET_ROWS = 2000;

/** A range that is complete: the next row begins a new one. */
export function isFull(bytes: number, rows: number): boolean {
  return bytes >= TARGET_BYTES || rows >= TARGET_ROWS;
}

/**
 * Where to cut the rows of a range that was read again: indexes of the first row of each further part. Ranges keep
 * their bounds until they have doubled, so that a later comparison still fits.
 */
export function splitGrown(sizes: readonly number[]): number[] {
  const bytes = sizes.reduce((sum, size) => sum + size, 0);
  if (bytes <= TARGET_BYTES * 2 && sizes.length <= TARGET_ROWS * 2) return [];
  const cuts: number[] = [];
  let partBytes = 0;
  let partRows = 0;
  for (const [i, size] of sizes.entries()) {
    if (partRows > 0 && (isFull(partBytes, partRows) || partBytes + size > TARGET_BYTES * 2)) {
      cuts.push(i);
      partBytes = 0;
      partRows = 0;
    }
    partBytes += size;
    partRows += 1;
  }
  return cuts;
}

/** SQL text of changed ranges that is held in memory at a time to splice rows into it. Bytes. */
export const HELD_BYTES = 32 * 1024 * 1024;

/** Whether a changed range is spliced in memory, or has grown so far that it is read from start to end as a new table. */
export function howToRefresh(range: { rows: number; knownRows: number; knownBytes: number }): {
  how: 'splice' | 'read-anew';
  reason: string;
} {
  const rowBytes = range.knownRows === 0 ? TARGET_BYTES / TARGET_ROWS : range.knownBytes / range.knownRows;
  if (range.rows <= TARGET_ROWS * 2 || range.rows * rowBytes <= HELD_BYTES / 4)
    return { how: 'splice', reason: 'it fits in memory, and what did not change need not travel' };
  return { how: 'read-anew', reason: 'most of it is new: its rows go from the site into the repository as they come' };
}

/** Whether a range is so small that the rows after it should join it. */
export function isSmall(bytes: number, rows: number): boolean {
  return bytes < TARGET_BYTES / 2 && rows < TARGET_ROWS / 2;
}

export interface KnownRange {
  rows: number;
  sum: string;
}

/**
 * Indexes of the known ranges whose sum is another now. `seen` has one entry more than `known`: what came after the
 * last bound.
 */
export function changedRanges(
  known: readonly KnownRange[],
  seen: readonly (readonly [rows: number, sum: string])[],
): { changed: number[]; tailRows: number } {
  const changed: number[] = [];
  for (const [i, range] of known.entries()) {
    const now = seen[i];
    if (now === undefined || now[0] !== range.rows || now[1] !== range.sum) changed.push(i);
  }
  return { changed, tailRows: seen[known.length]?.[0] ?? 0 };
}

export interface SumUnit {
  /** Index of the table. */
  table: number;
  /** Known ranges from .. to (exclusive); `tail`: and what comes after the last bound. */
  from: number;
  to: number;
  tail: boolean;
  rows: number;
}

/** Rows that one request is asked to sum: half a second on a usual host, so that two lanes share the work evenly. */
export const ROWS_PER_SUM_REQUEST = 250_000;

/** Cuts the summing of all tables into requests of about equal work; small tables share one. */
export function planSums(tables: readonly { ranges: readonly { rows: number }[] }[]): SumUnit[][] {
  const requests: SumUnit[][] = [];
  let present: SumUnit[] = [];
  let rows = 0;
  for (const [table, { ranges }] of tables.entries()) {
    let unit: SumUnit = { table, from: 0, to: 0, tail: false, rows: 0 };
    for (let i = 0; i < ranges.length; i++) {
      unit.to = i + 1;
      unit.rows += ranges[i]?.rows ?? 0;
      if (rows + unit.rows >= ROWS_PER_SUM_REQUEST && i + 1 < ranges.length) {
        requests.push([...present, unit]);
        present = [];
        rows = 0;
        unit = { table, from: i + 1, to: i + 1, tail: false, rows: 0 };
      }
    }
    unit.tail = true;
    present.push(unit);
    rows += unit.rows;
    if (rows >= ROWS_PER_SUM_REQUEST) {
      requests.push(present);
      present = [];
      rows = 0;
    }
  }
  if (present.length > 0) requests.push(present);
  return requests;
}

/** Bytes that a row costs on the wire, as a share of its SQL text: text shrinks to about a third. */
const WIRE_SHARE = 0.35;
/** Bytes that looking closer costs at least: 8 groups of about 7 bytes. */
const LOOK_BYTES = 60;
const MAX_LEVELS = 5;

export interface CellFacts {
  rows: number;
  /** Bytes of SQL text of an average row of the range. */
  rowBytes: number;
  /** How many times it was looked closer already. */
  level: number;
  /** Whether smaller groups exist (width above 1, or more than one row). */
  divisible: boolean;
}

/** Whether to ask for the rows of a changed part now, or for the sums of smaller parts first. */
export function nextStep(cell: CellFacts): { step: 'fetch' | 'look'; reason: string } {
  const fetchBytes = cell.rows * cell.rowBytes * WIRE_SHARE;
  if (!cell.divisible || cell.rows <= 2) return { step: 'fetch', reason: 'it cannot be divided' };
  if (cell.level >= MAX_LEVELS) return { step: 'fetch', reason: 'looked close enough' };
  if (fetchBytes < LOOK_BYTES * 2) return { step: 'fetch', reason: 'its rows cost less than another look' };
  return { step: 'look', reason: 'sums of smaller parts cost less than its rows' };
}

/** Into how many parts a changed part is divided: wide at first, where one round decides about many rows. */
export function partsFor(level: number): number {
  return level === 0 ? 16 : 8;
}

/** Width of groups that divides the keys `low` .. `high` (inclusive) into about `parts`. */
export function widthFor(low: number, high: number, parts: number): number {
  return Math.max(1, Math.ceil((high - low + 1) / parts));
}

/** Group number of a key: floor, also for negative keys. */
export function groupOf(key: number, width: number): number {
  return Math.floor(key / width);
}
