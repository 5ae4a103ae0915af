import { describe, expect, test } from 'vitest';
import { addSighting, paceOf, type Sighting } from './pace.ts';

const seen = (...pairs: [number, number][]): Sighting[] =>
  pairs.reduce<Sighting[]>((all, [atMs, done]) => addSighting(all, { atMs, done }), []);

describe('the pace of work', () => {
  test('is not told in the first moments', () => {
    expect(paceOf(seen([0, 0], [1000, 500]), 1000)).toBeUndefined();
  });

  test('tells rate and time left', () => {
    expect(paceOf(seen([0, 0], [2000, 500]), 1500)).toEqual({ rate: 250, secondsLeft: 4 });
  });

  test('forgets what was long ago', () => {
    expect(paceOf(seen([0, 0], [60_000, 1_000_000], [70_000, 1_001_000]), undefined)?.rate).toBe(100);
  });

  test('begins anew with the next step', () => {
    expect(seen([0, 0], [5000, 9000], [6000, 10])).toEqual([{ atMs: 6000, done: 10 }]);
  });

  test('knows no end when nothing moves or the total is not known', () => {
    expect(paceOf(seen([0, 5], [3000, 5]), 10)).toEqual({ rate: 0, secondsLeft: undefined });
    expect(paceOf(seen([0, 0], [3000, 5]), undefined)?.secondsLeft).toBeUndefined();
  });
});
