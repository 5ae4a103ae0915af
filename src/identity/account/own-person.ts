import { NachtwachtError } from '../../platform/errors.ts';
import type { Actor } from '../actor.ts';

/** An actor that is a person, with a session. */
export type PersonActor = Actor & { userId: string; email: string; sessionId: string };

/** Throws unless a person asks: tokens and the house have no account. */
export function ownPerson(actor: Actor): PersonActor {
  const { userId, email, sessionId } = actor;
  if (actor.kind === 'person' && userId !== undefined && email !== undefined && sessionId !== undefined) {
    return { ...actor, userId, email, sessionId };
  }
  throw new NachtwachtError({
    code: 'not-a-person',
    kind: 'conflict',
    message: 'This is for people; a token has no account.',
    nextStep: 'Sign in as a person.',
    retryable: false,
  });
}
