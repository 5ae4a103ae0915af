import { describe, expect, test } from 'vitest';
import { limits, takeAttempt, type Attempts } from './lock-out.ts';

const at = (minutes: number): Date => new Date(Date.UTC(2026, 0, 1, 0, minutes));

function take(times: number, from: Attempts | undefined, now: Date): Attempts {
  let attempts = from;
  for (let each = 0; each < times; each++) {
    const taken = takeAttempt(attempts, limits.pair, now);
    if (!taken.allowed) throw new Error('refused');
    attempts = taken.attempts;
  }
  if (!attempts) throw new Error('none taken');
  return attempts;
}

describe('attempts to sign in', () => {
  test('the first five are let through, the sixth is told when it may come back', () => {
    const five = take(5, undefined, at(0));
    expect(takeAttempt(five, limits.pair, at(1))).toEqual({ allowed: false, until: at(15) });
  });

  test('the last one allowed says so', () => {
    const four = take(4, undefined, at(0));
    expect(four.lockedUntil).toBeNull();
    expect(takeAttempt(four, limits.pair, at(0))).toMatchObject({ allowed: true, reason: 'last' });
  });

  test('after the lock it begins anew', () => {
    const locked = take(5, undefined, at(0));
    const next = takeAttempt(locked, limits.pair, at(15));
    expect(next).toMatchObject({ allowed: true, reason: 'first', attempts: { count: 1, lockedUntil: null } });
  });

  test('what went wrong long ago no longer counts', () => {
    const four = take(4, undefined, at(0));
    expect(takeAttempt(four, limits.pair, at(15))).toMatchObject({ allowed: true, attempts: { count: 1 } });
    expect(takeAttempt(four, limits.pair, at(14))).toMatchObject({ allowed: true, attempts: { count: 5 } });
  });
});
