import { describe, expect, test } from 'vitest';
import { endOfSession, idleMs, longestMs, mustSetUp } from './session-life.ts';

describe('the end of a session', () => {
  const madeAt = new Date('2026-01-01T00:00:00Z');

  test('moves with its use, up to the longest', () => {
    expect(endOfSession(madeAt, madeAt).getTime() - madeAt.getTime()).toBe(idleMs);
    const late = new Date(madeAt.getTime() + longestMs - 1000);
    expect(endOfSession(madeAt, late).getTime() - madeAt.getTime()).toBe(longestMs);
  });
});

describe('a second factor', () => {
  const person = { role: 'operator', strength: 'second-factor', secondFactor: true, passkeys: 0 } as const;

  test('is needed by operators and guards, not by customers', () => {
    const bare = { strength: 'password', secondFactor: false, passkeys: 0 } as const;
    expect(mustSetUp({ ...bare, role: 'operator' })).toBe(true);
    expect(mustSetUp({ ...bare, role: 'guard' })).toBe(true);
    expect(mustSetUp({ ...bare, role: 'customer' })).toBe(false);
  });

  test('an authenticator app or a passkey will do', () => {
    expect(mustSetUp(person)).toBe(false);
    expect(mustSetUp({ ...person, strength: 'passkey', secondFactor: false, passkeys: 1 })).toBe(false);
  });

  test('removing the last one shuts the house again', () => {
    expect(mustSetUp({ ...person, secondFactor: false })).toBe(true);
  });

  test('a session of a customer who became operator has proved only a password', () => {
    expect(mustSetUp({ ...person, strength: 'password', passkeys: 1 })).toBe(true);
  });
});
