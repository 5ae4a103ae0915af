import { expect, test } from 'vitest';
import { sumOfDays, type DayFacts } from './day-bars.ts';
import { daysInWords } from './DayBars.tsx';

const day = (date: number, worst: DayFacts['worst'], outageMinutes = 0): DayFacts => ({
  day: `2026-11-${String(date).padStart(2, '0')}`,
  worst,
  outageMinutes,
  outages: outageMinutes > 0 ? 1 : 0,
});

test('days are summed: those that nobody watched and those of our own work are no outage', () => {
  const days = [day(1, 'none'), day(2, 'well'), day(3, 'out', 12), day(4, 'maintenance'), day(5, 'unknown')];
  expect(sumOfDays(days)).toEqual({ watchedDays: 4, bad: ['2026-11-03'], outageMinutes: 12 });
});

test('a screen reader hears which days, or that there were none', () => {
  const minutes = (ms: number): string => `${ms / 60_000} min`;
  const days = [day(2, 'well'), day(3, 'out', 12)];
  expect(daysInWords(days, 'nl', minutes)).toBe(
    'Afgelopen 2 dagen: storing op één dag, samen 12 min: 3 november 2026.',
  );
  expect(daysInWords(days, 'en', minutes)).toBe('Last 2 days: outage on one day, 12 min together: 3 November 2026.');
  expect(daysInWords([day(2, 'well')], 'nl', minutes)).toBe('Afgelopen 1 dagen: geen storing.');
  expect(daysInWords([day(2, 'none')], 'en', minutes)).toBe('Not watched yet.');
});
