import type { Incoming } from '../channels/sender.ts';
import type { Db } from '../platform/database/index.ts';
import { newId } from '../platform/new-id.ts';
import { readCanary } from './rules/canary-text.ts';
import { insertInbound } from './store.ts';
import { takeReceipt } from './take-receipt.ts';

/**
 * Stores what came in from a phone, once: false = it was told before. On-call looks at it (listUnhandled). Our own daily
 * test message that came back to us is the receipt of that, and no reply.
 */
export async function takeInbound(db: Db, providerId: string, message: Incoming, at: Date): Promise<boolean> {
  const canary = readCanary(message.text);
  const isNew = await insertInbound(db, {
    id: newId(),
    provider_id: providerId,
    provider_ref: message.providerRef.slice(0, 300),
    sender: message.sender.slice(0, 100),
    text: message.text.replaceAll('\0', '').slice(0, 2000),
    received_at: at,
    handled_at: canary === undefined ? null : at,
    outcome: canary === undefined ? null : 'canary',
  });
  if (canary !== undefined && isNew) await takeReceipt(db, providerId, { reference: canary, state: 'delivered' }, at);
  return isNew;
}
