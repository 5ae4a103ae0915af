import type { Platform } from '../../platform/platform.ts';
import { locked } from './api-error.ts';
import { limits, takeAttempt, type LimitName } from './rules/lock-out.ts';
import { forgetAttempts, giveAttemptBack, updateAttempts } from './store.ts';

/** One counter that an attempt counts under. */
export interface Counter {
  limit: LimitName;
  key: string;
}

/** For a password: the account from here, the account from anywhere, and everything from here. */
export function signInCounters(email: string, address: string): Counter[] {
  const account = email.trim().toLowerCase().slice(0, 200);
  return [
    { limit: 'pair', key: `pair:${account}|${address}` },
    { limit: 'account', key: `account:${account}` },
    { limit: 'address', key: `address:${address}` },
  ];
}

/** For codes and passwords of somebody who is known already. */
export function personCounter(userId: string): Counter[] {
  return [{ limit: 'person', key: `person:${userId}` }];
}

/** Takes one attempt under each counter; throws `locked-out` when one is shut. Gives those that it was the last of. */
export async function takeAttempts(platform: Platform, counters: Counter[]): Promise<Counter[]> {
  const now = platform.clock.now();
  const shut: Counter[] = [];
  for (const counter of counters) {
    const attempt = await updateAttempts(platform.db, counter.key, now, (before) => {
      const taken = takeAttempt(before, limits[counter.limit], now);
      return { keep: taken.allowed ? taken.attempts : undefined, answer: taken };
    });
    if (!attempt.allowed) throw locked(attempt.until);
    if (attempt.reason === 'last') shut.push(counter);
  }
  return shut;
}

/** It was right: the counters of this person begin anew; that of the address only gets this one attempt back. */
export async function settleAttempts(platform: Platform, counters: Counter[]): Promise<void> {
  const own = counters.filter(({ limit }) => limit !== 'address').map(({ key }) => key);
  await forgetAttempts(platform.db, own);
  for (const { limit, key } of counters) if (limit === 'address') await giveAttemptBack(platform.db, key);
}
