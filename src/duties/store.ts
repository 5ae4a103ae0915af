import { sql, type Generated } from 'kysely';
import { json, type Db } from '../platform/database/index.ts';

export type DutyState = 'open' | 'kept' | 'late' | 'missed' | 'withdrawn';

export interface DutyRow {
  id: number;
  promise: string;
  kind: string;
  subject: string;
  opens_at: Date;
  due: Date;
  closes_at: Date;
  state: DutyState;
  settled_at: Date | null;
  evidence: unknown;
  alarmed_at: Date | null;
}

declare module '../platform/database/tables.ts' {
  interface Tables {
    duties: Omit<DutyRow, 'id' | 'state'> & { id: Generated<number>; state: Generated<DutyState> };
  }
}

type NewDuty = Pick<DutyRow, 'promise' | 'kind' | 'subject' | 'opens_at' | 'due' | 'closes_at'>;

/** True when it was not there yet. */
export async function insertDuty(db: Db, duty: NewDuty): Promise<boolean> {
  const inserted = await db
    .insertInto('duties')
    .values({ ...duty, settled_at: null, evidence: null, alarmed_at: null })
    .onConflict((conflict) => conflict.columns(['kind', 'subject', 'due']).doNothing())
    .returning('id')
    .executeTakeFirst();
  return inserted !== undefined;
}

/** Locked: settling and alarming exclude each other. */
export function lockOpen(db: Db, filter: { kind: string; subject: string } | { dueBefore: Date }): Promise<DutyRow[]> {
  let query = db.selectFrom('duties').selectAll().where('state', '=', 'open');
  query =
    'kind' in filter
      ? query.where('kind', '=', filter.kind).where('subject', '=', filter.subject)
      : query.where('due', '<', filter.dueBefore).where('alarmed_at', 'is', null);
  return query.orderBy('due').forUpdate().execute();
}

export async function settle(
  db: Db,
  id: number,
  set: { state: DutyState; at: Date; evidence?: Record<string, unknown> },
): Promise<void> {
  await db
    .updateTable('duties')
    .set({ state: set.state, settled_at: set.at, evidence: set.evidence ? json(set.evidence) : null })
    .where('id', '=', id)
    .execute();
}

export async function markAlarmed(db: Db, id: number, at: Date): Promise<void> {
  await db.updateTable('duties').set({ alarmed_at: at }).where('id', '=', id).execute();
}

export function listDuties(
  db: Db,
  filter: { subject?: string; states?: DutyState[]; limit: number },
): Promise<DutyRow[]> {
  let query = db.selectFrom('duties').selectAll();
  if (filter.subject !== undefined) query = query.where('subject', '=', filter.subject);
  if (filter.states) query = query.where('state', 'in', filter.states);
  return query.orderBy('due', 'desc').limit(filter.limit).execute();
}

/** Duties of a subject that fell due in [from, to), by what became of them. */
export async function countDuties(
  db: Db,
  subject: string,
  span: { from: Date; to: Date },
): Promise<{ state: DutyState; count: number }[]> {
  return db
    .selectFrom('duties')
    .select(['state', sql<number>`count(*)::int`.as('count')])
    .where('subject', '=', subject)
    .where('due', '>=', span.from)
    .where('due', '<', span.to)
    .groupBy('state')
    .execute();
}

/** Gives the kinds that were withdrawn. */
export async function withdraw(db: Db, subject: string, at: Date): Promise<{ kind: string }[]> {
  return db
    .updateTable('duties')
    .set({ state: 'withdrawn', settled_at: at })
    .where('subject', '=', subject)
    .where('state', '=', 'open')
    .returning('kind')
    .execute();
}
