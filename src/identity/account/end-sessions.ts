import { recordAudit } from '../../audit/index.ts';
import { NachtwachtError } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import { requireScope, type Actor } from '../actor.ts';
import { endSessions } from '../sign-in/store.ts';
import { ownPerson } from './own-person.ts';

/** Signs this person out in one place. Errors: `session-not-found` (also when it is somebody else's). */
export async function endOneSession(platform: Platform, actor: Actor, session: string): Promise<void> {
  requireScope(actor, 'own');
  const { userId } = ownPerson(actor);
  const at = platform.clock.now();
  await platform.db.transaction().execute(async (trx) => {
    if ((await endSessions(trx, userId, { only: session })) === 0) throw sessionNotFound();
    await recordAudit(trx, actor, { action: 'session-ended', subject: `person:${userId}`, at });
  });
}

/** Signs this person out everywhere but here. */
export async function endOtherSessions(platform: Platform, actor: Actor): Promise<void> {
  requireScope(actor, 'own');
  const { userId, sessionId } = ownPerson(actor);
  const at = platform.clock.now();
  await platform.db.transaction().execute(async (trx) => {
    const ended = await endSessions(trx, userId, { except: sessionId });
    const details = { ended };
    await recordAudit(trx, actor, { action: 'sessions-ended', subject: `person:${userId}`, details, at });
  });
}

function sessionNotFound(): NachtwachtError {
  return new NachtwachtError({
    code: 'session-not-found',
    kind: 'not-found',
    message: 'This sign-in has ended already.',
    nextStep: 'Look at the list again.',
    retryable: false,
  });
}
