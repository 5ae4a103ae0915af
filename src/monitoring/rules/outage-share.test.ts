import { expect, test } from 'vitest';
import { outMs, shareWell } from './outage-share.ts';

const hour = 3_600_000;

test.each([
  ['none', [], 0],
  ['one within', [{ from: hour, to: 2 * hour }], hour],
  [
    'one that began before and one that goes on',
    [
      { from: -hour, to: hour },
      { from: 9 * hour, to: null },
    ],
    2 * hour,
  ],
  [
    'two that overlap count once',
    [
      { from: hour, to: 3 * hour },
      { from: 2 * hour, to: 4 * hour },
    ],
    3 * hour,
  ],
  [
    'one inside another',
    [
      { from: hour, to: 5 * hour },
      { from: 2 * hour, to: 3 * hour },
    ],
    4 * hour,
  ],
  ['one after the span', [{ from: 11 * hour, to: 12 * hour }], 0],
])('outage of a span: %s', (_name, stretches, out) => {
  expect(outMs(stretches, 0, 10 * hour)).toBe(out);
});

test('the share of a span, and none of one that is too short to say', () => {
  expect(shareWell([{ from: 0, to: hour }], 0, 10 * hour)).toBeCloseTo(0.9);
  expect(shareWell([], 0, hour / 2)).toBeNull();
});
