import { NachtwachtError } from '../platform/errors.ts';
import type { Actor } from './actor.ts';
import { freshMs } from './sign-in/rules/session-life.ts';

/** How long after a sign-in the most sensitive things are open. */
export const freshMinutes = freshMs / 60_000;

/**
 * Throws `sign-in-not-fresh` unless a person proved less than ten minutes ago who he is: a page that was left open must
 * not hand out the keys to all backups. Tokens and the house itself have no sign-in and pass.
 */
export function requireFreshSignIn(actor: Actor, now: Date): void {
  if (actor.kind !== 'person') return;
  const age = actor.signedInAt === undefined ? Infinity : now.getTime() - actor.signedInAt.getTime();
  if (age <= freshMs) return;
  throw new NachtwachtError({
    code: 'sign-in-not-fresh',
    kind: 'not-allowed',
    message: `For this you must have signed in less than ${freshMinutes} minutes ago.`,
    nextStep: 'Confirm that it is you, and do it again.',
    retryable: false,
  });
}
