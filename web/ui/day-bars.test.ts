import { describe, expect, test } from 'vitest';
import { daysOf, stateOfDay, sumOfDays } from './day-bars.ts';

const hour = 3_600_000;
const zone = { timeZone: 'Europe/Amsterdam', count: 90 };

describe('bars of days', () => {
  test('ninety days that end today, by the agency`s calendar', () => {
    const days = daysOf([], { ...zone, now: Date.parse('2026-11-25T23:30:00Z'), watchedSince: 0 });
    expect(days).toHaveLength(90);
    expect(days.at(-1)?.day).toBe('2026-11-26');
    expect(days[0]?.day).toBe('2026-08-29');
    expect(new Set(days.map(({ day }) => day)).size).toBe(90);
  });

  test('an outage over midnight is on both days, each with its own part', () => {
    const from = Date.parse('2026-11-24T22:00:00Z');
    const days = daysOf([{ from, until: from + 3 * hour, inMaintenance: false }], {
      ...zone,
      now: Date.parse('2026-11-25T12:00:00Z'),
      watchedSince: 0,
    });
    expect(days.slice(-2).map(({ outageMs }) => outageMs / hour)).toEqual([1, 2]);
    expect(sumOfDays(days)).toMatchObject({ outDays: 2, outageMs: 3 * hour, watchedDays: 90 });
  });

  test('days of a clock change are 25 and 23 hours long', () => {
    for (const [now, length] of [
      ['2026-10-25T22:00:00Z', 25],
      ['2026-03-29T21:00:00Z', 23],
    ] as const) {
      const from = Date.parse(now) - 40 * hour;
      const days = daysOf([{ from, until: null, inMaintenance: true }], {
        ...zone,
        now: Date.parse(now) + hour,
        watchedSince: 0,
      });
      expect(days.at(-2)?.maintenanceMs).toBe(length * hour);
      expect(stateOfDay(days.at(-2)!)).toBe('maintenance');
    }
  });

  test('before anybody watched nothing is claimed', () => {
    const now = Date.parse('2026-11-25T12:00:00Z');
    const days = daysOf([], { ...zone, now, watchedSince: now - 30 * hour });
    expect(days.slice(-3).map(stateOfDay)).toEqual(['unwatched', 'well', 'well']);
  });
});
