import { HARD_FACTOR } from '../../rules/too-large.ts';

// P14: 5 GB in total, larger by quote. A database over its limit is still backed up whole and marked 'quote needed'
// (sites/rules); only what goes far beyond is left out, and that is said: the snapshot is not complete.

/**
 * Which tables are left out before anything is read: the largest, until the rest is at most twice what the contract
 * allows. `bytes` is what the server says of each; it may lie, and then `judgeRowBytes` stops it.
 */
export function leaveOutTables(tables: readonly { name: string; bytes: number }[], limitBytes: number): string[] {
  let total = 0;
  for (const { bytes } of tables) total += bytes;
  const out: string[] = [];
  for (const { name, bytes } of tables.toSorted((a, b) => b.bytes - a.bytes)) {
    if (total <= limitBytes * HARD_FACTOR) break;
    out.push(name);
    total -= bytes;
  }
  return out;
}

/** How many row bytes one snapshot holds. */
export interface RowBudget {
  perTable: number;
  total: number;
}

/** Above what `leaveOutTables` lets through, since the server's sizes are estimates and tables grow meanwhile. */
export function rowBudgetOf(limitBytes: number): RowBudget {
  return { perTable: limitBytes * HARD_FACTOR, total: limitBytes * (HARD_FACTOR + 1) };
}

export type RowVerdict = { code: 'go-on' } | { code: 'table-over-limit' | 'database-over-limit'; limitBytes: number };

/** Whether a table may go on with so many bytes of it and of all tables: a site whose rows never end fills no disk. */
export function judgeRowBytes(taken: { table: number; total: number }, budget: RowBudget): RowVerdict {
  if (taken.table > budget.perTable) return { code: 'table-over-limit', limitBytes: budget.perTable };
  if (taken.total > budget.total) return { code: 'database-over-limit', limitBytes: budget.total };
  return { code: 'go-on' };
}
