import { expect, test } from 'vitest';
import { readMoment } from './local-moment.ts';

test.each([
  ['2026-12-01 18:00', '2026-12-01T17:00:00.000Z'],
  ['2026-07-01T18:00', '2026-07-01T16:00:00.000Z'],
  ['2026-12-01T18:00+05:00', '2026-12-01T13:00:00.000Z'],
  ['2026-12-01T18:00Z', '2026-12-01T18:00:00.000Z'],
  // The clock skips half past two, and has it twice.
  ['2026-03-29 02:30', '2026-03-29T01:30:00.000Z'],
  ['2026-10-25 02:30', '2026-10-25T00:30:00.000Z'],
  ['tomorrow', undefined],
  ['2026-13-01 10:00', undefined],
])('%j in Amsterdam is %j', (text, moment) => {
  expect(readMoment(text, 'Europe/Amsterdam')).toBe(moment);
});
