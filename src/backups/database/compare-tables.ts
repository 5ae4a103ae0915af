import { ConnectorError, type SumsOf } from '../../connector/index.ts';
import type { StaleRange } from './refresh-ranges.ts';
import { changedRanges, planSums, type SumUnit } from './rules/ranges.ts';
import { addSums } from './row-sum.ts';
import type { SiteDatabase } from './site-database.ts';
import type { TableDump } from './table-dump.ts';

/** What of a table has to be read. */
export interface Comparison {
  dump: TableDump;
  /** Nothing has changed. */
  isSame: boolean;
  stale: (StaleRange & { index: number })[];
  /** Rows after the last known range, as far as known; at least 1 when the table was never read. */
  tailRows: number;
}

/** Asks the server for the sums of all known ranges and compares. Tables that the server cannot sum are skipped. */
export async function compareTables(
  dumps: readonly TableDump[],
  site: SiteDatabase,
  onSkip: (dump: TableDump, error: ConnectorError) => void,
): Promise<Comparison[]> {
  const known = dumps.filter((dump) => dump.known.length > 0);
  const sums = await sumRanges(known, site, onSkip);
  return dumps
    .filter((dump) => !dump.isSkipped)
    .map((dump): Comparison => {
      const seen = sums.get(dump);
      if (seen === undefined) return { dump, isSame: false, stale: [], tailRows: 1 };
      if (dump.shape.kind === 'none') {
        const now = seen[0];
        const isSame = now?.[0] === dump.rowsKept && now[1] === addSums(dump.known.map((range) => range.sum));
        return { dump, isSame, stale: [], tailRows: 0 };
      }
      const { changed, tailRows } = changedRanges(dump.known, seen);
      const stale = changed.map((index) => ({
        index,
        shape: dump.shape,
        lo: dump.known[index - 1]?.bound ?? null,
        known: dump.known[index]!,
        rows: seen[index]?.[0] ?? 0,
        sum: seen[index]?.[1] ?? '',
      }));
      return { dump, isSame: stale.length === 0 && tailRows === 0, stale, tailRows };
    });
}

async function sumRanges(
  dumps: readonly TableDump[],
  site: SiteDatabase,
  onSkip: (dump: TableDump, error: ConnectorError) => void,
): Promise<Map<TableDump, [number, string][]>> {
  const requests = planSums(dumps.map((dump) => ({ ranges: dump.shape.kind === 'none' ? [] : dump.known })));
  const answers: [number, string][][][] = requests.map(() => []);
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let mine = next++; mine < requests.length; mine = next++) {
      answers[mine] = await sumUnits(requests[mine]!, dumps, site, onSkip);
    }
  };
  await Promise.all(Array.from({ length: site.lanes }, lane));
  const sums = new Map<TableDump, [number, string][]>();
  for (const [r, units] of requests.entries()) {
    for (const [u, unit] of units.entries()) {
      const dump = dumps[unit.table]!;
      const list = sums.get(dump) ?? [];
      list.push(...(answers[r]?.[u] ?? []));
      sums.set(dump, list);
    }
  }
  return sums;
}

async function sumUnits(
  units: readonly SumUnit[],
  dumps: readonly TableDump[],
  site: SiteDatabase,
  onSkip: (dump: TableDump, error: ConnectorError) => void,
): Promise<[number, string][][]> {
  try {
    return await site.sums(units.map((unit) => questionOf(unit, dumps[unit.table]!)));
  } catch (error) {
    if (!isTableError(error)) throw error;
    const first = units[0];
    if (first === undefined) return [];
    if (units.length === 1) {
      onSkip(dumps[first.table]!, error);
      return [[]];
    }
    // One table of several is broken: halve until it is alone.
    const middle = Math.ceil(units.length / 2);
    const halves = [units.slice(0, middle), units.slice(middle)];
    const results: [number, string][][] = [];
    for (const half of halves) results.push(...(await sumUnits(half, dumps, site, onSkip)));
    return results;
  }
}

/** What leaves one table out: the database said no to it, it has no end for us, or is beyond the site's limit. */
const tableCodes = new Set([
  'db-error',
  'no-table',
  'table-gone',
  'table-too-large',
  'table-over-limit',
  'database-over-limit',
]);

/** Whether the error is about one table, as against the site not answering. */
export function isTableError(error: unknown): error is ConnectorError {
  return error instanceof ConnectorError && !error.retryable && isTableCode(error.code);
}

/** Whether the code is about one table. */
export function isTableCode(code: string): boolean {
  return tableCodes.has(code);
}

function questionOf(unit: SumUnit, dump: TableDump): SumsOf {
  const { known, shape } = dump;
  if (shape.kind === 'none') return { name: shape.name, bounds: [] };
  const bounds = known.slice(unit.from, unit.to).map((range) => range.bound ?? []);
  const lo = known[unit.from - 1]?.bound ?? null;
  if (unit.tail) return { name: shape.name, bounds, ...(lo === null ? {} : { lo }) };
  // Not the last part: its last bound is where it ends.
  const hi = bounds.pop();
  return { name: shape.name, bounds, ...(lo === null ? {} : { lo }), ...(hi === undefined ? {} : { hi }) };
}
