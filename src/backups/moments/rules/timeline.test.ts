import { describe, expect, test } from 'vitest';
import { chooseUnit, isInGap, MOST_BARS, unitAround, unitsWithin } from './timeline.ts';

const at = (text: string): number => Date.parse(text);
const zone = 'Europe/Amsterdam';
const DAY = 86_400_000;

describe('how the line of snapshots is cut', () => {
  test.each([
    ['95 snapshots of a year', 95, 365, 'moment'],
    ['a week of hourly ones, few', 120, 7, 'moment'],
    ['four days of many', 400, 4, 'hour'],
    ['90 days, hourly', 2160, 90, 'day'],
    ['a year, hourly', 8760, 365, 'week'],
    ['ten years', 50_000, 3650, 'month'],
  ] as const)('%s', (_name, count, days, unit) => {
    const choice = chooseUnit(count, 0, days * DAY);
    expect(choice.unit).toBe(unit);
    if (choice.unit === 'month' || choice.unit === 'moment') return;
    expect(unitsWithin(0, days * DAY, choice.unit, zone).length).toBeLessThanOrEqual(MOST_BARS);
  });

  test('days and weeks are those of the zone, also when the clock is set back', () => {
    expect(unitAround(at('2026-11-22T23:30:00Z'), 'day', zone)).toEqual([
      at('2026-11-22T23:00:00Z'),
      at('2026-11-23T23:00:00Z'),
    ]);
    const [begin, end] = unitAround(at('2026-10-25T12:00:00Z'), 'day', zone);
    expect((end - begin) / 3_600_000).toBe(25);
    expect(unitAround(at('2026-11-25T12:00:00Z'), 'week', zone)[0]).toBe(at('2026-11-22T23:00:00Z'));
    expect(unitAround(at('2026-11-25T12:00:00Z'), 'month', zone)[0]).toBe(at('2026-10-31T23:00:00Z'));
    const hours = unitsWithin(at('2026-10-25T00:10:00Z'), at('2026-10-25T02:10:00Z'), 'hour', zone);
    expect(hours.map((hour) => hour.to - hour.from)).toEqual([3_600_000, 3_600_000, 3_600_000]);
  });

  test('a bar lies in a gap when nothing was taken in all of it', () => {
    expect(isInGap({ from: 10, to: 20 }, [{ from: 5, to: 25 }])).toBe(true);
    expect(isInGap({ from: 10, to: 20 }, [{ from: 5, to: 15 }])).toBe(false);
  });
});
