import { expect, test } from 'vitest';
import { calendarDays, dayBars } from './day-bars.ts';

const zone = 'Europe/Amsterdam';
const now = Date.parse('2026-10-26T11:00:00Z');

test('days are those of the agency, also the one of 25 hours', () => {
  const days = calendarDays(now, zone, 3);
  expect(days.map((each) => each.day)).toEqual(['2026-10-24', '2026-10-25', '2026-10-26']);
  expect(days.map((each) => (each.to - each.from) / 3_600_000)).toEqual([24, 25, 24]);
  expect(new Date(days[2]?.from ?? 0).toISOString()).toBe('2026-10-25T23:00:00.000Z');
});

test('bars: out, our own work, cannot tell, well, not watched', () => {
  const days = calendarDays(now, zone, 5);
  const at = (text: string): number => Date.parse(text);
  const bars = dayBars(days, {
    now,
    watchedFrom: at('2026-10-22T22:00:00Z'),
    checks: [
      { day: '2026-10-23', checks: 1440, down: 0, unknown: 3 },
      { day: '2026-10-24', checks: 1440, down: 0, unknown: 200 },
      { day: '2026-10-25', checks: 1500, down: 10, unknown: 0 },
      { day: '2026-10-26', checks: 600, down: 20, unknown: 0 },
    ],
    outages: [
      { from: at('2026-10-25T10:00:00Z'), to: at('2026-10-25T10:20:00Z'), inMaintenance: true },
      { from: at('2026-10-26T10:30:00Z'), to: null, inMaintenance: false },
    ],
  });
  expect(bars.days.map((each) => each.worst)).toEqual(['none', 'well', 'unknown', 'maintenance', 'out']);
  expect(bars.days[4]).toMatchObject({ outageMinutes: 30, outages: 1 });
  expect(bars).toMatchObject({ outageMinutes: 30, outages: 1 });
  expect(bars.availability).toBeCloseTo(1 - 0.5 / 85, 5);
});

test('an outage over midnight counts on both days, and once in all', () => {
  const bars = dayBars(calendarDays(now, 'UTC', 2), {
    now,
    watchedFrom: 0,
    checks: [],
    outages: [
      { from: Date.parse('2026-10-25T23:50:00Z'), to: Date.parse('2026-10-26T00:05:00Z'), inMaintenance: false },
    ],
  });
  expect(bars.days.map((each) => each.outageMinutes)).toEqual([10, 5]);
  expect(bars).toMatchObject({ outageMinutes: 15, outages: 1 });
});
