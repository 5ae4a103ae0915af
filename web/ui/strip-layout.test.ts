import { describe, expect, test } from 'vitest';
import { layoutStrip, type StripFacts } from './strip-layout.ts';

const hour = 3_600_000;
const to = Date.parse('2026-11-25T11:00:00Z');
const day: StripFacts = { from: to - 24 * hour, to, timeZone: 'Europe/Amsterdam', span: 'day', backups: [] };

describe('a watch strip', () => {
  test('the night is darker, by the clock of the agency', () => {
    // 23:00 to 07:00 in Amsterdam is 22:00 to 06:00 UTC: 11 to 19 hours after the start.
    expect(layoutStrip(day).shades).toEqual([{ x: 45.83, width: 33.34 }]);
    expect(layoutStrip({ ...day, timeZone: 'Asia/Kolkata' }).shades).toEqual([{ x: 27.08, width: 33.34 }]);
  });

  test('a strip that begins or ends at night has two pieces', () => {
    const [first, last, ...more] = layoutStrip({ ...day, from: day.from - 8 * hour, to: to - 8 * hour }).shades;
    expect(first?.x).toBe(0);
    expect((last?.x ?? 0) + (last?.width ?? 0)).toBe(100);
    expect(more).toEqual([]);
  });

  test('the night of a clock change has its true length', () => {
    const spring = Date.parse('2026-03-29T10:00:00Z');
    const [night] = layoutStrip({ ...day, from: spring - 24 * hour, to: spring }).shades;
    expect(Math.round((night?.width ?? 0) * 0.24)).toBe(7);
  });

  test('ticks where backups began; those beside the strip are left out', () => {
    const backups = [-1, 0, 12, 24, 25].map((hours) => ({ at: day.from + hours * hour, good: true }));
    expect(layoutStrip({ ...day, backups }).ticks.map((tick) => tick.x)).toEqual([0, 50, 100]);
  });

  test('a year of hours becomes at most 181 ticks, and a bad one is not lost', () => {
    const from = to - 365 * 24 * hour;
    const backups = Array.from({ length: 365 * 24 }, (_, at) => ({ at: from + at * hour, good: at !== 4000 }));
    const { ticks, shades } = layoutStrip({ ...day, from, span: 'year', backups });
    expect(ticks.length).toBeLessThanOrEqual(181);
    expect(ticks.filter((tick) => !tick.good)).toHaveLength(1);
    expect(ticks.reduce((sum, tick) => sum + tick.count, 0)).toBe(backups.length);
    expect(shades).toHaveLength(6);
  });

  test('an outage can be seen however short, also one that lasts', () => {
    const outages = [
      { from: to - hour, until: to - hour + 1000 },
      { from: to - 1000, until: null },
      { from: day.from - 2 * hour, until: day.from - hour },
    ];
    const bars = layoutStrip({ ...day, outages }).outages;
    expect(bars).toHaveLength(2);
    for (const bar of bars) expect(bar.x + bar.width).toBeLessThanOrEqual(100);
    for (const bar of bars) expect(bar.width).toBeGreaterThanOrEqual(0.8);
  });

  test('what nobody watched is not told as well', () => {
    expect(layoutStrip(day).watched).toBeUndefined();
    expect(layoutStrip({ ...day, outages: [] }).watched).toEqual({ x: 0, width: 100 });
    expect(layoutStrip({ ...day, outages: [], watchedFrom: to - 6 * hour }).watched).toEqual({ x: 75, width: 25 });
  });

  test('work is a diamond where it began', () => {
    const work = [{ at: day.from + 6 * hour, until: null, what: 'restore' }];
    expect(layoutStrip({ ...day, work }).diamonds).toEqual([{ x: 25, at: day.from + 6 * hour, what: 'restore' }]);
  });
});
