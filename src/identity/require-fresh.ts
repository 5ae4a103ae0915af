import { NachtwachtError } from '../platform/errors.ts';
import type { Platform } from '../platform/platform.ts';
import type { Actor } from './actor.ts';
import { freshMs } from './sign-in/rules/session-life.ts';

/**
 * Throws `sign-in-not-fresh` unless this person proved within the last ten minutes who he is. Tokens and the house itself
 * pass: what they are was decided when they were made.
 */
export function requireFresh(platform: Pick<Platform, 'clock'>, actor: Actor): void {
  if (actor.kind !== 'person') return;
  const now = platform.clock.now().getTime();
  if (actor.signedInAt && now - actor.signedInAt.getTime() <= freshMs) return;
  throw new NachtwachtError({
    code: 'sign-in-not-fresh',
    kind: 'not-allowed',
    message: 'For this you must show again that it is you.',
    nextStep: 'Confirm with your password and code, or with a passkey.',
    retryable: false,
  });
}
