import { describe, expect, test } from 'vitest';
import { nextTurn } from '../wheel/rules/due-times.ts';
import { firstDue, hash32, watcherOf } from './share-targets.ts';

const targets = Array.from({ length: 6000 }, (_, i) => `site${i}`);

describe('which watcher has which site', () => {
  test('nobody without watchers; the only one has all', () => {
    expect(watcherOf('a', [])).toBeUndefined();
    expect(targets.every((id) => watcherOf(id, ['w1']) === 'w1')).toBe(true);
  });

  test('shares are even, whatever the order of the list', () => {
    const watchers = ['w1', 'w2', 'w3'];
    const counts = new Map<string, number>();
    for (const id of targets) {
      const has = watcherOf(id, watchers) ?? '';
      expect(watcherOf(id, watchers.toReversed())).toBe(has);
      counts.set(has, (counts.get(has) ?? 0) + 1);
    }
    for (const watcher of watchers) expect(Math.abs((counts.get(watcher) ?? 0) - 2000)).toBeLessThan(200);
  });

  test('only the share of who goes moves', () => {
    const moved = targets.filter((id) => watcherOf(id, ['w1', 'w2', 'w3']) !== watcherOf(id, ['w1', 'w3']));
    expect(moved.length).toBeGreaterThan(1000);
    expect(moved.every((id) => watcherOf(id, ['w1', 'w2', 'w3']) === 'w2')).toBe(true);
  });
});

describe('when a watcher that takes a site over looks first', () => {
  test('one that was missed is seen soon, one that was not at its moment', () => {
    const now = 10_000_000;
    const due = nextTurn('a', 60_000, now);
    expect(firstDue({ id: 'a', intervalMs: 60_000, lastCheckAt: due - 60_000 }, now, 5000)).toBe(due);
    for (const lastCheckAt of [null, due - 120_000]) {
      const first = firstDue({ id: 'a', intervalMs: 60_000, lastCheckAt }, now, 5000);
      expect(first).toBeLessThanOrEqual(now + 5000);
    }
    expect(hash32('a')).not.toBe(hash32('b'));
  });
});
