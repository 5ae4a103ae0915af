/** How many attempts may go wrong, counted within `windowMs` of the first, before the door stays shut for `lockMs`. */
export interface Limit {
  most: number;
  windowMs: number;
  lockMs: number;
}

export interface Attempts {
  count: number;
  firstAt: Date;
  lockedUntil: Date | null;
}

const minute = 60_000;

/**
 * Which limits hold. `pair`: one account from one address, what a person who forgot his password meets. `account`: one
 * account from anywhere. `address`: all accounts from one address. `person`: codes and passwords of who is half or
 * wholly signed in.
 */
export const limits = {
  pair: { most: 5, windowMs: 15 * minute, lockMs: 15 * minute },
  account: { most: 20, windowMs: 60 * minute, lockMs: 15 * minute },
  address: { most: 60, windowMs: 60 * minute, lockMs: 15 * minute },
  person: { most: 5, windowMs: 15 * minute, lockMs: 15 * minute },
} satisfies Record<string, Limit>;

export type LimitName = keyof typeof limits;

export type Attempt =
  | { allowed: true; attempts: Attempts; reason: 'first' | 'counted' | 'last' }
  | { allowed: false; until: Date };

/**
 * Takes one attempt, before it is known whether it is right: so a burst of guesses at once gets no more than the
 * limit. The last one allowed shuts the door behind it; a right attempt opens it again (the row is removed).
 */
export function takeAttempt(before: Attempts | undefined, limit: Limit, now: Date): Attempt {
  if (before?.lockedUntil && before.lockedUntil > now) return { allowed: false, until: before.lockedUntil };
  const goesOn =
    before && before.lockedUntil === null && now.getTime() - before.firstAt.getTime() < limit.windowMs
      ? before
      : undefined;
  const count = (goesOn?.count ?? 0) + 1;
  const isLast = count >= limit.most;
  const lockedUntil = isLast ? new Date(now.getTime() + limit.lockMs) : null;
  const reason = isLast ? 'last' : goesOn ? 'counted' : 'first';
  return { allowed: true, attempts: { count, firstAt: goesOn?.firstAt ?? now, lockedUntil }, reason };
}
