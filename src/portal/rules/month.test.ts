import { expect, test } from 'vitest';
import { monthOf } from './month.ts';

test.each([
  ['2026-11-25T12:00:00Z', '2026-10-31T23:00:00.000Z', '2026-11-30T23:00:00.000Z'],
  ['2026-10-31T23:30:00Z', '2026-10-31T23:00:00.000Z', '2026-11-30T23:00:00.000Z'],
  ['2026-03-31T21:59:59Z', '2026-02-28T23:00:00.000Z', '2026-03-31T22:00:00.000Z'],
  ['2026-12-31T23:30:00Z', '2026-12-31T23:00:00.000Z', '2027-01-31T23:00:00.000Z'],
])('%s lies in the month from %s to %s in Amsterdam', (now, from, to) => {
  const month = monthOf(new Date(now), 'Europe/Amsterdam');
  expect([month.from.toISOString(), month.to.toISOString()]).toEqual([from, to]);
});
