import type { Db } from '../platform/database/index.ts';
import type { NewMessage } from './message.ts';
import { retryPolicyOf } from './rules/give-up.ts';
import { insertMessage } from './store.ts';

/**
 * Puts a message into the outbox; it is sent once the transaction of `db` is committed. False = the same was there already
 * (same id, or the same person at the same step of the same incident), and nothing happened.
 */
export async function queueMessage(db: Db, message: NewMessage): Promise<boolean> {
  const { giveUpAfterMs = retryPolicyOf(message.purpose).giveUpAfterMs, at } = message;
  return insertMessage(db, { ...rowOf(message), give_up_at: new Date(at.getTime() + giveUpAfterMs) });
}

/**
 * Puts one on record that a watcher or a second location sent while the database or the core was away. Telling it again
 * changes nothing; one that had been told as 'unknown' may become what it turned out to be.
 */
export async function recordSentElsewhere(
  db: Db,
  message: NewMessage & {
    state: 'accepted' | 'failed' | 'unknown';
    acceptedAt?: Date;
    providerRef?: string;
    error?: string;
    sentBy: string;
  },
): Promise<void> {
  const { state, at } = message;
  await insertMessage(db, {
    ...rowOf(message),
    state,
    give_up_at: at,
    tries: 1,
    accepted_at: state === 'accepted' ? (message.acceptedAt ?? at) : null,
    failed_at: state === 'failed' ? at : null,
    provider_ref: message.providerRef ?? null,
    error: message.error ?? null,
    sent_by: message.sentBy,
  });
}

function rowOf(message: NewMessage) {
  return {
    id: message.id,
    purpose: message.purpose,
    means: message.means,
    provider_id: message.providerId,
    incident_id: message.incidentId,
    guard_id: message.guardId,
    recipient: message.recipient,
    content: message.content,
    step: message.step,
    attempt: message.attempt,
    short_code: message.shortCode ?? null,
    created_at: message.at,
  };
}
