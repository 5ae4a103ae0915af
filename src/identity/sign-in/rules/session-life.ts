const minute = 60_000;
const day = 24 * 60 * minute;

/** A session that is not used ends after this; each use puts the end further away. */
export const idleMs = 7 * day;
/** A session ends this long after it was made, however much it is used. */
export const longestMs = 30 * day;
/** How long after a proof (password, passkey) the dangerous deeds are open. */
export const freshMs = 10 * minute;
/** How exactly the last use is kept. */
export const useEveryMs = minute;

/** When a session that is used now will end. */
export function endOfSession(madeAt: Date, now: Date): Date {
  return new Date(Math.min(madeAt.getTime() + longestMs, now.getTime() + idleMs));
}

/** What a session proved when it was made. */
export type Strength = 'password' | 'second-factor' | 'passkey';

/** Which roles work with a password alone. */
export function needsSecondFactor(role: 'operator' | 'guard' | 'customer'): boolean {
  return role !== 'customer';
}

/**
 * Whether this person must set up a second factor before anything else is open to him: his role needs one, and this
 * session did not prove one.
 */
export function mustSetUp(person: {
  role: 'operator' | 'guard' | 'customer';
  strength: Strength;
  secondFactor: boolean;
  passkeys: number;
}): boolean {
  if (!needsSecondFactor(person.role)) return false;
  return person.strength === 'password' || (!person.secondFactor && person.passkeys === 0);
}
