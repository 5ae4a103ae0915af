import { expect, test } from 'vitest';
import { planPrune } from './prune-plan.ts';
import type { PackUse } from './prune-plan.ts';

const MB = 1_000_000;
const options = { maxUnusedShare: 0.05, packSize: 16 * MB };
const use = (pack: number, usedBytes: number, unusedBytes: number, more: Partial<PackUse> = {}): PackUse => ({
  pack,
  type: 'data',
  usedBytes,
  unusedBytes,
  fileSize: usedBytes + unusedBytes,
  rawTree: false,
  ...more,
});

test('a pack without anything used goes, a full one stays', () => {
  expect(planPrune([use(0, 0, 16 * MB), use(1, 16 * MB, 0)], options)).toEqual({
    remove: [{ pack: 0, reason: 'unused' }],
    repack: [],
  });
});

test('the emptiest packs are written anew until little enough is unused', () => {
  const packs = [use(0, 15 * MB, MB), use(1, 8 * MB, 8 * MB), use(2, 10 * MB, 6 * MB), use(3, 16 * MB, 0)];
  expect(planPrune(packs, options).repack).toEqual([
    { pack: 1, reason: 'mostly-unused' },
    { pack: 2, reason: 'mostly-unused' },
  ]);
});

test('waste below the limit stays', () => {
  expect(planPrune([use(0, 15.5 * MB, 0.5 * MB)], options)).toEqual({ remove: [], repack: [] });
});

test('a share of 0 leaves nothing unused', () => {
  const plan = planPrune([use(0, 15.99 * MB, 10_000), use(1, 16 * MB, 0)], { ...options, maxUnusedShare: 0 });
  expect(plan.repack).toEqual([{ pack: 0, reason: 'mostly-unused' }]);
});

test('trees stored uncompressed are written anew', () => {
  expect(planPrune([use(0, MB, 0, { type: 'tree', rawTree: true })], options).repack).toEqual([
    { pack: 0, reason: 'raw-tree' },
  ]);
});

test('ten small packs of a kind are joined, nine are not', () => {
  const small = (count: number): PackUse[] => Array.from({ length: count }, (_, i) => use(i, MB, 0));
  const trees = Array.from({ length: 5 }, (_, i) => use(20 + i, MB, 0, { type: 'tree' }));
  expect(planPrune([...small(9), ...trees], options).repack).toEqual([]);
  expect(planPrune([...small(10), ...trees], options).repack.map((p) => p.reason)).toEqual(Array(10).fill('small'));
});
