import { describe, expect, test } from 'vitest';
import { dailyWindow, hourlyWindow } from './due-times.ts';

const zone = 'Europe/Amsterdam';
const iso = (window: { opensAt: Date; due: Date; closesAt: Date }): string[] =>
  [window.opensAt, window.due, window.closesAt].map((date) => date.toISOString().slice(0, 16));

describe('daily', () => {
  test.each([
    ['winter', '2026-01-15T12:00Z', ['2026-01-14T23:00', '2026-01-15T05:00', '2026-01-15T23:00']],
    ['summer', '2026-07-15T12:00Z', ['2026-07-14T22:00', '2026-07-15T04:00', '2026-07-15T22:00']],
    ['just before midnight', '2026-07-15T21:59:59Z', ['2026-07-14T22:00', '2026-07-15T04:00', '2026-07-15T22:00']],
    ['just after midnight', '2026-07-15T22:00Z', ['2026-07-15T22:00', '2026-07-16T04:00', '2026-07-16T22:00']],
    ['the day of 23 hours', '2026-03-29T10:00Z', ['2026-03-28T23:00', '2026-03-29T04:00', '2026-03-29T22:00']],
    ['the day of 25 hours', '2026-10-25T10:00Z', ['2026-10-24T22:00', '2026-10-25T05:00', '2026-10-25T23:00']],
  ])('%s', (_name, now, expected) => {
    expect(iso(dailyWindow(new Date(now), zone))).toEqual(expected);
  });

  test('every moment of a year lies in one window, and the windows join up', () => {
    let window = dailyWindow(new Date('2026-01-01T00:00Z'), zone);
    for (let day = 0; day < 365; day++) {
      const next = dailyWindow(window.closesAt, zone);
      expect(next.opensAt).toEqual(window.closesAt);
      expect(next.due.getTime()).toBeGreaterThan(next.opensAt.getTime());
      window = next;
    }
  });
});

describe('hourly', () => {
  test.each([
    ['on the hour', zone, '2026-07-15T12:00:00Z', '2026-07-15T12:00', '2026-07-15T13:00'],
    ['just before', zone, '2026-07-15T11:59:59.999Z', '2026-07-15T11:00', '2026-07-15T12:00'],
    ['first of the repeated hours', zone, '2026-10-25T00:30Z', '2026-10-25T00:00', '2026-10-25T01:00'],
    ['second of the repeated hours', zone, '2026-10-25T01:30Z', '2026-10-25T01:00', '2026-10-25T02:00'],
    ['around the skipped hour', zone, '2026-03-29T01:10Z', '2026-03-29T01:00', '2026-03-29T02:00'],
    ['a half-hour zone', 'Asia/Kolkata', '2026-07-15T12:10Z', '2026-07-15T11:30', '2026-07-15T12:30'],
  ])('%s', (_name, timeZone, now, opens, due) => {
    expect(iso(hourlyWindow(new Date(now), timeZone))).toEqual([opens, due, due]);
  });
});
