import { sql, type Generated } from 'kysely';
import { json, type Db } from '../platform/database/index.ts';
import type { InboundRow, MessageRow, MessageState, Purpose } from './message.ts';

declare module '../platform/database/tables.ts' {
  interface Tables {
    messages: Omit<MessageRow, 'tries' | 'state'> & { tries: Generated<number>; state: Generated<MessageState> };
    inbound_messages: InboundRow;
  }
}

/** False when the same was there already: by its id, or asked by this incident of this person at this step. */
export async function insertMessage(
  db: Db,
  row: Pick<
    MessageRow,
    | 'id'
    | 'purpose'
    | 'means'
    | 'provider_id'
    | 'incident_id'
    | 'guard_id'
    | 'recipient'
    | 'content'
    | 'step'
    | 'attempt'
    | 'short_code'
    | 'created_at'
    | 'give_up_at'
  > &
    Partial<MessageRow>,
): Promise<boolean> {
  const inserted = await db
    .insertInto('messages')
    .values({
      next_try_at: row.created_at,
      claimed_by: null,
      claimed_at: null,
      accepted_at: null,
      delivered_at: null,
      failed_at: null,
      provider_ref: null,
      error: null,
      sent_by: null,
      ...row,
      content: json(row.content),
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  return inserted !== undefined;
}

export function findMessage(db: Db, id: string): Promise<MessageRow | undefined> {
  return db.selectFrom('messages').selectAll().where('id', '=', id).executeTakeFirst();
}

/** Messages by a filter; of an incident the oldest first, else the newest first. */
export function listMessages(
  db: Db,
  filter: { incidentId?: string; state?: MessageState; purpose?: Purpose; guardId?: string; limit?: number },
): Promise<MessageRow[]> {
  let query = db.selectFrom('messages').selectAll();
  if (filter.incidentId !== undefined) query = query.where('incident_id', '=', filter.incidentId);
  if (filter.state !== undefined) query = query.where('state', '=', filter.state);
  if (filter.purpose !== undefined) query = query.where('purpose', '=', filter.purpose);
  if (filter.guardId !== undefined) query = query.where('guard_id', '=', filter.guardId);
  const order = filter.incidentId === undefined ? 'desc' : 'asc';
  return query
    .orderBy('created_at', order)
    .orderBy('id', order)
    .limit(filter.limit ?? 1000)
    .execute();
}

/** What waits to be sent now, alarms before all else. `busy`: providers that can take no more at the moment. */
export function listDue(db: Db, given: { now: Date; busy: string[]; limit: number }): Promise<MessageRow[]> {
  let query = db.selectFrom('messages').selectAll().where('state', '=', 'queued').where('next_try_at', '<=', given.now);
  if (given.busy.length > 0) query = query.where('provider_id', 'not in', given.busy);
  return query
    .orderBy(sql`purpose in ('alarm', 'drill')`, 'desc')
    .orderBy('next_try_at')
    .orderBy('id')
    .limit(given.limit)
    .execute();
}

/** Takes one for sending; undefined when somebody else has it or it waits no more. */
export function claimMessage(db: Db, id: string, claim: { by: string; at: Date }): Promise<MessageRow | undefined> {
  return db
    .updateTable('messages')
    .set((eb) => ({ state: 'sending', claimed_by: claim.by, claimed_at: claim.at, tries: eb('tries', '+', 1) }))
    .where('id', '=', id)
    .where('state', '=', 'queued')
    .returningAll()
    .executeTakeFirst();
}

/** Messages whose sender has not been heard of: nobody knows whether they left. Gives their ids. */
export async function abandonClaims(db: Db, claimedBefore: Date): Promise<string[]> {
  const rows = await db
    .updateTable('messages')
    .set({ state: 'unknown', error: 'sender-died' })
    .where('state', '=', 'sending')
    .where('claimed_at', '<', claimedBefore)
    .returning('id')
    .execute();
  return rows.map((row) => row.id);
}

/** Back into the queue: it is certain that it did not leave. Only by who holds it. */
export async function requeueMessage(
  db: Db,
  id: string,
  given: { by: string; nextTryAt: Date; error: string },
): Promise<void> {
  await db
    .updateTable('messages')
    .set({ state: 'queued', claimed_by: null, claimed_at: null, next_try_at: given.nextTryAt, error: given.error })
    .where('id', '=', id)
    .where('state', '=', 'sending')
    .where('claimed_by', '=', given.by)
    .execute();
}

/**
 * What its sender knows now. A receipt that was quicker stands: the state changes only from 'sending', or from 'unknown'
 * when the sender was thought dead.
 */
export async function settleSending(
  db: Db,
  id: string,
  given: {
    state: 'accepted' | 'delivered' | 'failed' | 'unknown';
    at: Date;
    providerRef?: string | null;
    error?: string;
  },
): Promise<void> {
  const { state, at } = given;
  const open = sql<boolean>`state in ('sending', 'unknown')`;
  const taken = state === 'accepted' || state === 'delivered';
  await db
    .updateTable('messages')
    .set({
      state: sql<MessageState>`case when ${open} then ${state} else state end`,
      error: taken
        ? sql<string | null>`case when ${open} then null else error end`
        : sql<string | null>`case when ${open} then ${given.error ?? null}::text else error end`,
      ...(given.providerRef == null ? {} : { provider_ref: given.providerRef }),
      ...(taken ? { accepted_at: sql<Date>`coalesce(accepted_at, ${at})` } : {}),
      ...(state === 'delivered' ? { delivered_at: sql<Date>`coalesce(delivered_at, ${at})` } : {}),
      ...(state === 'failed'
        ? { failed_at: sql<Date>`case when ${open} then ${at}::timestamptz else failed_at end` }
        : {}),
    })
    .where('id', '=', id)
    .where('state', '<>', 'queued')
    .execute();
}

/** One that waits is given up without being sent. True = it still waited. */
export async function failQueued(db: Db, id: string, given: { at: Date; error: string }): Promise<boolean> {
  const row = await db
    .updateTable('messages')
    .set({ state: 'failed', failed_at: given.at, error: given.error })
    .where('id', '=', id)
    .where('state', '=', 'queued')
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

/** The message that a receipt is about: our own reference before the provider's, the number last. Locked. */
export async function lockForReceipt(
  db: Db,
  given: {
    providerId: string;
    reference?: string | undefined;
    providerRefs?: string[] | undefined;
    recipient?: { number: string; since: Date } | undefined;
  },
): Promise<MessageRow | undefined> {
  const of = db.selectFrom('messages').selectAll().where('provider_id', '=', given.providerId).forUpdate();
  if (given.reference !== undefined) {
    const own = await of.where('id', '=', given.reference).executeTakeFirst();
    if (own !== undefined) return own;
  }
  if (given.providerRefs !== undefined && given.providerRefs.length > 0) {
    const its = of.where('provider_ref', 'in', given.providerRefs);
    // As it was given before another spelling of it: two messages may differ by that only.
    const isExact = sql`provider_ref = ${given.providerRefs[0]}`;
    return its.orderBy(isExact, 'desc').orderBy('created_at', 'desc').limit(1).executeTakeFirst();
  }
  if (given.recipient === undefined) return undefined;
  return of
    .where('recipient', '=', given.recipient.number)
    .where('created_at', '>=', given.recipient.since)
    .where('state', 'in', ['sending', 'accepted', 'unknown'])
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst();
}

export async function updateByReceipt(
  db: Db,
  id: string,
  set: Partial<Pick<MessageRow, 'state' | 'accepted_at' | 'delivered_at' | 'failed_at' | 'error' | 'provider_ref'>>,
): Promise<void> {
  await db.updateTable('messages').set(set).where('id', '=', id).execute();
}

/** Undefined when it was there already. */
export async function insertInbound(db: Db, row: InboundRow): Promise<boolean> {
  const inserted = await db
    .insertInto('inbound_messages')
    .values(row)
    .onConflict((conflict) => conflict.columns(['provider_id', 'provider_ref']).doNothing())
    .returning('id')
    .executeTakeFirst();
  return inserted !== undefined;
}

/** What came in and nobody has looked at, the oldest first. */
export function listUnhandled(db: Db, limit = 100): Promise<InboundRow[]> {
  return db
    .selectFrom('inbound_messages')
    .selectAll()
    .where('handled_at', 'is', null)
    .orderBy('received_at')
    .orderBy('id')
    .limit(limit)
    .execute();
}

/** True for the first who says so. `outcome`: a word for the record, such as `taken`. */
export async function markHandled(db: Db, id: string, done: { outcome: string; at: Date }): Promise<boolean> {
  const row = await db
    .updateTable('inbound_messages')
    .set({ handled_at: done.at, outcome: done.outcome })
    .where('id', '=', id)
    .where('handled_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}
