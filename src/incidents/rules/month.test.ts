import { describe, expect, test } from 'vitest';
import { monthBefore, monthOf } from './month.ts';

const zone = 'Europe/Amsterdam';
const hours = ({ from, to }: { from: Date; to: Date }): number => (to.getTime() - from.getTime()) / 3_600_000;

describe('a month on the wall’s clock', () => {
  test.each([
    ['2026-11-15T12:00:00Z', '2026-11', '2026-10-31T23:00:00.000Z', '2026-11-30T23:00:00.000Z'],
    // An hour before the year ends here, it has in Amsterdam.
    ['2026-12-31T23:00:00Z', '2027-01', '2026-12-31T23:00:00.000Z', '2027-01-31T23:00:00.000Z'],
    ['2026-12-31T22:59:59Z', '2026-12', '2026-11-30T23:00:00.000Z', '2026-12-31T23:00:00.000Z'],
  ])('%s lies in %s', (now, month, from, to) => {
    const found = monthOf(zone, new Date(now));
    expect([found.month, found.from.toISOString(), found.to.toISOString()]).toEqual([month, from, to]);
  });

  test('daylight saving makes March an hour shorter and October an hour longer', () => {
    const of = (month: string): number => hours(monthOf(zone, new Date(), month)) - 31 * 24;
    expect([of('2026-03'), of('2026-10'), of('2026-12')]).toEqual([-1, 1, 0]);
    expect(hours(monthOf('UTC', new Date(), '2026-03'))).toBe(31 * 24);
  });

  test('February knows its leap year', () => {
    expect(hours(monthOf(zone, new Date(), '2028-02'))).toBe(29 * 24);
  });
});

test.each([
  ['2026-11-25T12:00:00Z', '2026-10-31T23:00:00.000Z', '2026-11-30T23:00:00.000Z'],
  ['2026-10-31T23:30:00Z', '2026-10-31T23:00:00.000Z', '2026-11-30T23:00:00.000Z'],
  ['2026-03-31T21:59:59Z', '2026-02-28T23:00:00.000Z', '2026-03-31T22:00:00.000Z'],
  ['2026-12-31T23:30:00Z', '2026-12-31T23:00:00.000Z', '2027-01-31T23:00:00.000Z'],
])('%s lies in the month from %s to %s in Amsterdam', (now, from, to) => {
  const month = monthOf(zone, new Date(now));
  expect([month.from.toISOString(), month.to.toISOString()]).toEqual([from, to]);
});

test.each([
  ['2026-01-31T22:59:00Z', '2025-12'],
  ['2026-03-31T21:59:00Z', '2026-02'],
  ['2026-03-31T22:00:00Z', '2026-03'],
  ['2026-12-31T23:30:00Z', '2026-12'],
])('the month before that of %s is %s', (now, month) => {
  expect(monthBefore(zone, new Date(now))).toBe(month);
});
