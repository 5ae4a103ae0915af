/** A table as the restore plan needs it. */
export interface TableFacts {
  create: string;
  /** Key of the last row of each range as JSON, '' without a key. */
  ranges: readonly { bound: string; rows: number; sum: string; bytes: number }[];
}

export interface TablePlan {
  name: string;
  /** create: it is not there now. replace: rows or form differ. drop: the snapshot does not have it. */
  action: 'create' | 'replace' | 'drop' | 'same';
  /** Rows now; undefined when not known. */
  rowsNow?: number;
  rowsThen: number;
  /** Ranges of the snapshot that are not so now. */
  rangesChanged: number;
  ranges: number;
  /** Bytes of SQL text that have to be written from the snapshot. */
  bytes: number;
  reason: string;
}

/**
 * What a restore of the database changes: `now` are the tables of the present state (undefined = not known), `wanted`
 * those of the snapshot. `only`: just these tables; then nothing is dropped.
 */
export function planTables(
  now: ReadonlyMap<string, TableFacts> | undefined,
  wanted: ReadonlyMap<string, TableFacts>,
  only?: ReadonlySet<string>,
): TablePlan[] {
  const plans: TablePlan[] = [];
  for (const [name, then] of wanted) {
    if (only !== undefined && !only.has(name)) continue;
    plans.push(planTable(name, now?.get(name), then, now !== undefined));
  }
  if (only === undefined && now !== undefined) {
    for (const [name, present] of now) {
      if (wanted.has(name)) continue;
      const rowsNow = countRows(present);
      const reason = 'it did not exist at the time of the snapshot';
      plans.push({ name, action: 'drop', rowsNow, rowsThen: 0, rangesChanged: 0, ranges: 0, bytes: 0, reason });
    }
  }
  return plans.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

function planTable(name: string, now: TableFacts | undefined, then: TableFacts, isNowKnown: boolean): TablePlan {
  const rowsThen = countRows(then);
  const ranges = then.ranges.length;
  const all = {
    rowsThen,
    rangesChanged: ranges,
    ranges,
    bytes: then.ranges.reduce((sum, range) => sum + range.bytes, 0),
  };
  if (now === undefined) {
    const reason = isNowKnown ? 'it is gone' : 'what is there now is not known';
    return { name, action: isNowKnown ? 'create' : 'replace', ...all, reason };
  }
  const rowsNow = countRows(now);
  if (now.create !== then.create)
    return { name, action: 'replace', rowsNow, ...all, reason: 'its columns or keys differ' };
  const present = new Set(now.ranges.map(identity));
  const changed = then.ranges.filter((range) => !present.has(identity(range)));
  if (changed.length === 0 && rowsNow === rowsThen) {
    return {
      name,
      action: 'same',
      rowsNow,
      rowsThen,
      rangesChanged: 0,
      ranges,
      bytes: 0,
      reason: 'nothing in it has changed',
    };
  }
  const bytes = changed.reduce((sum, range) => sum + range.bytes, 0);
  return {
    name,
    action: 'replace',
    rowsNow,
    rowsThen,
    rangesChanged: changed.length,
    ranges,
    bytes,
    reason: 'rows differ',
  };
}

function identity(range: TableFacts['ranges'][number]): string {
  return `${range.bound} ${range.rows} ${range.sum}`;
}

function countRows(table: TableFacts): number {
  return table.ranges.reduce((sum, range) => sum + range.rows, 0);
}
