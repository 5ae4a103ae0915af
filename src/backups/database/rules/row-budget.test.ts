import { describe, expect, it } from 'vitest';
import { judgeRowBytes, leaveOutTables, rowBudgetOf } from './row-budget.ts';

describe('tables that are left out before anything is read', () => {
  it.each<[string, Record<string, number>, string[]]>([
    ['all fit', { posts: 2e9, options: 1e6 }, []],
    ['over the limit of the contract, and still whole', { posts: 6e9, meta: 4e9 }, []],
    ['the largest goes, the core stays', { log: 6e9, visits: 6e9, posts: 1e9, options: 1e6 }, ['log']],
    ['as many as it takes', { log: 20e9, visits: 12e9, posts: 1e9 }, ['log', 'visits']],
    ['one that is all there is', { log: 11e9 }, ['log']],
  ])('%s', (_name, sizes, out) => {
    const tables = Object.entries(sizes).map(([name, bytes]) => ({ name, bytes }));
    expect(leaveOutTables(tables, 5e9)).toEqual(out);
  });
});

describe('row bytes while they come', () => {
  const budget = rowBudgetOf(5e9);

  it.each([
    ['nothing yet', { table: 0, total: 0 }, { code: 'go-on' }],
    ['a table of twice the limit', { table: 10e9, total: 10e9 }, { code: 'go-on' }],
    ['a table beyond', { table: 10e9 + 1, total: 10e9 + 1 }, { code: 'table-over-limit', limitBytes: 10e9 }],
    ['all together three times the limit', { table: 1, total: 15e9 }, { code: 'go-on' }],
    ['all together beyond', { table: 1, total: 15e9 + 1 }, { code: 'database-over-limit', limitBytes: 15e9 }],
    ['both', { table: 11e9, total: 16e9 }, { code: 'table-over-limit', limitBytes: 10e9 }],
  ])('%s', (_name, taken, verdict) => {
    expect(judgeRowBytes(taken, budget)).toEqual(verdict);
  });
});
