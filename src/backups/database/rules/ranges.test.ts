import { expect, test } from 'vitest';
import {
  changedRanges,
  groupOf,
  howToRefresh,
  nextStep,
  planSums,
  ROWS_PER_SUM_REQUEST,
  splitGrown,
  TARGET_BYTES,
  TARGET_ROWS,
  widthFor,
} from './ranges.ts';

test('a range keeps its bounds until it has doubled', () => {
  expect(splitGrown(Array.from({ length: 1000 }, () => 300))).toEqual([]);
  const grown = splitGrown(Array.from({ length: 3000 }, () => 300));
  expect(grown.length).toBe(3);
  expect(splitGrown(Array.from({ length: TARGET_ROWS * 2 + 1 }, () => 10))).toEqual([TARGET_ROWS, TARGET_ROWS * 2]);
  expect(splitGrown([TARGET_BYTES * 40])).toEqual([]);
  expect(splitGrown([10, TARGET_BYTES * 40, 10])).toEqual([1, 2]);
});

test('compares sums by count and checksum', () => {
  const known = [
    { rows: 2, sum: 'a' },
    { rows: 2, sum: 'b' },
    { rows: 2, sum: 'c' },
  ];
  const seen = [
    [2, 'a'],
    [3, 'b'],
    [2, 'x'],
    [7, 'y'],
  ] as const;
  expect(changedRanges(known, seen)).toEqual({ changed: [1, 2], tailRows: 7 });
  expect(changedRanges(known, [])).toEqual({ changed: [0, 1, 2], tailRows: 0 });
});

test('summing is cut into requests of about equal work, each range in exactly one', () => {
  const ranges = (count: number): { rows: number }[] => Array.from({ length: count }, () => ({ rows: 2000 }));
  const tables = [{ ranges: ranges(3) }, { ranges: [] }, { ranges: ranges(1000) }, { ranges: ranges(2) }];
  const requests = planSums(tables);
  expect(requests.length).toBe(9);
  const seen = requests.flat();
  for (const [table, { ranges: mine }] of tables.entries()) {
    const units = seen.filter((unit) => unit.table === table);
    expect(units[0]?.from).toBe(0);
    expect(units.at(-1)?.to).toBe(mine.length);
    expect(units.filter((unit) => unit.tail)).toHaveLength(1);
    expect(units.slice(1).map((unit) => unit.from)).toEqual(units.slice(0, -1).map((unit) => unit.to));
  }
  for (const request of requests.slice(0, -1)) {
    const rows = request.reduce((sum, unit) => sum + unit.rows, 0);
    expect(rows).toBeLessThanOrEqual(ROWS_PER_SUM_REQUEST + 2000);
  }
  expect(planSums([])).toEqual([]);
});

test.each([
  ['a range of usual rows', { rows: 1300, rowBytes: 200, level: 0, divisible: true }, 'look'],
  ['a few small rows', { rows: 5, rowBytes: 60, level: 2, divisible: true }, 'fetch'],
  ['a few large rows', { rows: 5, rowBytes: 6000, level: 2, divisible: true }, 'look'],
  ['one key only', { rows: 500, rowBytes: 6000, level: 2, divisible: false }, 'fetch'],
  ['deep enough', { rows: 500, rowBytes: 6000, level: 5, divisible: true }, 'fetch'],
  ['rows that are gone', { rows: 0, rowBytes: 6000, level: 1, divisible: true }, 'fetch'],
] as const)('next step for %s', (_name, cell, step) => {
  expect(nextStep(cell).step).toBe(step);
});

test('groups of keys', () => {
  expect(widthFor(1, 1600, 16)).toBe(100);
  expect(widthFor(7, 7, 16)).toBe(1);
  expect([groupOf(-1, 8), groupOf(-8, 8), groupOf(-9, 8), groupOf(0, 8), groupOf(8, 8)]).toEqual([-1, -1, -2, 0, 1]);
});

test.each([
  ['a usual range', { rows: 2000, knownRows: 2000, knownBytes: 250_000 }, 'splice'],
  ['one that has doubled', { rows: 4000, knownRows: 2000, knownBytes: 250_000 }, 'splice'],
  ['few rows, though large', { rows: 40, knownRows: 20, knownBytes: 20_000_000 }, 'splice'],
  ['many small rows that still fit', { rows: 50_000, knownRows: 2000, knownBytes: 200_000 }, 'splice'],
  ['two million rows where a few were', { rows: 2_000_000, knownRows: 100, knownBytes: 20_000 }, 'read-anew'],
  ['the same where none were', { rows: 2_000_000, knownRows: 0, knownBytes: 0 }, 'read-anew'],
])('a changed range: %s', (_name, range, how) => {
  expect(howToRefresh(range)).toMatchObject({ how });
});
