import { describe, expect, test } from 'vitest';
import { isOverdue, settleDuties, type OpenDuty } from './settle-duties.ts';

const at = (time: string): Date => new Date(`2026-07-${time}:00Z`);
const daily = (id: number, day: string): OpenDuty => ({
  id,
  opensAt: at(`${day}T00:00`),
  due: at(`${day}T06:00`),
  closesAt: new Date(at(`${day}T00:00`).getTime() + 86_400_000),
});

describe('evidence', () => {
  test.each([
    ['in the night keeps that night', '15T02:00', [{ id: 15, state: 'kept', reason: 'in-time' }]],
    ['at the due moment still keeps it', '15T06:00', [{ id: 15, state: 'kept', reason: 'in-time' }]],
    ['in the afternoon is late', '15T15:00', [{ id: 15, state: 'late', reason: 'after-due' }]],
    ['of the evening before counts for nothing yet', '14T23:59', []],
  ])('%s', (_name, time, expected) => {
    expect(settleDuties(at(time), [daily(15, '15')])).toEqual(expected);
  });

  test('after days of nothing keeps tonight and closes the missed ones', () => {
    expect(settleDuties(at('17T03:00'), [daily(15, '15'), daily(16, '16'), daily(17, '17'), daily(18, '18')])).toEqual([
      { id: 15, state: 'missed', reason: 'next-one-kept' },
      { id: 16, state: 'missed', reason: 'next-one-kept' },
      { id: 17, state: 'kept', reason: 'in-time' },
    ]);
  });
});

describe('overdue', () => {
  const hourly = { opensAt: at('15T13:00'), due: at('15T14:00') };
  test.each([
    ['before', '15T13:59', hourly, false],
    ['within the grace of 5 minutes', '15T14:05', hourly, false],
    ['after it', '15T14:06', hourly, true],
    ['daily: within 15 minutes', '15T06:15', daily(15, '15'), false],
    ['daily: after them', '15T06:16', daily(15, '15'), true],
  ])('%s', (_name, now, duty, expected) => {
    expect(isOverdue(at(now), duty)).toBe(expected);
  });
});
