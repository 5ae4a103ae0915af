import { expect, test } from 'vitest';
import { planTables, type TableFacts } from './plan-restore.ts';

const table = (create: string, ...sums: string[]): TableFacts => ({
  create,
  ranges: sums.map((sum, i) => ({ bound: String(i), rows: 10, sum, bytes: 100 })),
});
const wanted = new Map([
  ['same', table('a', '1', '2')],
  ['rows', table('a', '1', '2')],
  ['form', table('a', '1')],
  ['gone', table('a', '1')],
]);
const now = new Map([
  ['same', table('a', '1', '2')],
  ['rows', table('a', '1', '3', '4')],
  ['form', table('b', '1')],
  ['new', table('a', '1')],
]);

test('says what happens to every table, and why', () => {
  const plans = planTables(now, wanted);
  expect(
    plans.map(({ name, action, rowsNow, rowsThen, rangesChanged }) => [name, action, rowsNow, rowsThen, rangesChanged]),
  ).toEqual([
    ['form', 'replace', 10, 10, 1],
    ['gone', 'create', undefined, 10, 1],
    ['new', 'drop', 10, 0, 0],
    ['rows', 'replace', 30, 20, 1],
    ['same', 'same', 20, 20, 0],
  ]);
  for (const plan of plans) expect(plan.reason).not.toBe('');
});

test('chosen tables only: nothing else is touched', () => {
  expect(planTables(now, wanted, new Set(['rows'])).map(({ name, action }) => [name, action])).toEqual([
    ['rows', 'replace'],
  ]);
});

test('a present that is not known drops nothing and replaces all', () => {
  const plans = planTables(undefined, wanted);
  expect(plans.every(({ action, rowsNow }) => action === 'replace' && rowsNow === undefined)).toBe(true);
});
