import { describe, expect, test } from 'vitest';
import { insideHours, nextInsideHours, type Hours } from './hours.ts';

const zone = 'Europe/Amsterdam';
const office: Hours = { days: [1, 2, 3, 4, 5], from: '09:00', to: '17:00' };
const night: Hours = { days: [5, 6], from: '22:00', to: '06:00' };

describe('whether a moment lies in hours', () => {
  // 2026-11-25 is a Wednesday; in November Amsterdam is an hour ahead of UTC.
  test.each<[string, Hours, string, boolean]>([
    ['their first minute', office, '2026-11-25T08:00:00Z', true],
    ['a second before', office, '2026-11-25T07:59:59Z', false],
    ['their last second', office, '2026-11-25T15:59:59Z', true],
    ['their end is outside', office, '2026-11-25T16:00:00Z', false],
    ['Saturday', office, '2026-11-28T10:00:00Z', false],
    ['Friday night', night, '2026-11-27T21:30:00Z', true],
    ['the morning after belongs to the night', night, '2026-11-28T04:00:00Z', true],
    ['Sunday morning after Saturday’s night', night, '2026-11-29T04:59:00Z', true],
    ['Monday morning: Sunday has no such night', night, '2026-11-30T04:00:00Z', false],
    ['Friday morning: Thursday has none', night, '2026-11-27T04:00:00Z', false],
    ['in summer the wall counts', office, '2026-07-01T07:00:00Z', true],
  ])('%s', (_case, hours, at, expected) => {
    expect(insideHours(hours, zone, new Date(at))).toBe(expected);
  });
});

describe('when hours begin next', () => {
  test.each<[string, Hours, string, string | null]>([
    ['inside: at once', office, '2026-11-25T12:34:56Z', '2026-11-25T12:34:56.000Z'],
    ['before them: today', office, '2026-11-25T03:00:00Z', '2026-11-25T08:00:00.000Z'],
    ['after them: tomorrow', office, '2026-11-25T20:00:00Z', '2026-11-26T08:00:00.000Z'],
    ['Friday evening: Monday', office, '2026-11-27T20:00:00Z', '2026-11-30T08:00:00.000Z'],
    // The clock goes forward on 29 March 2026: Monday at nine is an hour earlier by UTC.
    ['over the change to summer time', office, '2026-03-27T20:00:00Z', '2026-03-30T07:00:00.000Z'],
    ['over the change to winter time', office, '2026-10-23T20:00:00Z', '2026-10-26T08:00:00.000Z'],
    ['once a week, just missed', { ...office, days: [3] }, '2026-11-25T16:00:00Z', '2026-12-02T08:00:00.000Z'],
    ['on no day', { ...office, days: [] }, '2026-11-25T03:00:00Z', null],
    // 02:30 does not exist on that day: the wall shows 03:30 then.
    [
      'at a time that the clock jumps over',
      { days: [7], from: '02:30', to: '05:00' },
      '2026-03-28T12:00:00Z',
      '2026-03-29T01:30:00.000Z',
    ],
  ])('%s', (_case, hours, at, expected) => {
    expect(nextInsideHours(hours, zone, new Date(at))?.toISOString() ?? null).toBe(expected);
  });
});
