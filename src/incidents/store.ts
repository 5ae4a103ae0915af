import { sql, type Generated } from 'kysely';
import { json, type Db } from '../platform/database/index.ts';
import type { EventKind, IncidentEventRow, IncidentKind, IncidentRow, IncidentSiteRow } from './incident.ts';

declare module '../platform/database/tables.ts' {
  interface Tables {
    incidents: Omit<IncidentRow, 'number' | 'title' | 'reason' | 'reopened'> & {
      number: Generated<number>;
      title: Generated<Record<string, unknown>>;
      reason: Generated<Record<string, unknown>>;
      reopened: Generated<number>;
    };
    incident_sites: IncidentSiteRow;
    incident_events: Omit<IncidentEventRow, 'id'> & { id: Generated<number> };
  }
}

export type NewIncident = Pick<
  IncidentRow,
  'id' | 'kind' | 'urgency' | 'subject' | 'cause' | 'first_failure_at' | 'confirmed_at' | 'opened_at' | 'quiet_until'
> & { title: Record<string, unknown>; reason: Record<string, unknown> };

/** Openings and mergers exclude each other: who groups must see all that were opened before. Until the transaction ends. */
export async function lockOpenings(db: Db): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('incidents', 0))`.execute(db);
}

/** False when this incident, or another open one of its subject, is there already. */
export async function insertIncident(db: Db, incident: NewIncident): Promise<boolean> {
  const inserted = await db
    .insertInto('incidents')
    .values({
      ...incident,
      title: json(incident.title),
      reason: json(incident.reason),
      acknowledged_at: null,
      acknowledged_by: null,
      fixed_at: null,
      resolved_at: null,
      cause_note: null,
      merged_into: null,
      given_up_at: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  return inserted !== undefined;
}

export async function findIncident(db: Db, id: string): Promise<IncidentRow | undefined> {
  return db.selectFrom('incidents').selectAll().where('id', '=', id).executeTakeFirst();
}

export async function findByNumber(db: Db, number: number): Promise<IncidentRow | undefined> {
  return db.selectFrom('incidents').selectAll().where('number', '=', number).executeTakeFirst();
}

/** The open incident of a subject that was not merged into another. */
export async function findOpen(db: Db, subject: string): Promise<IncidentRow | undefined> {
  return db
    .selectFrom('incidents')
    .selectAll()
    .where('subject', '=', subject)
    .where('resolved_at', 'is', null)
    .where('merged_into', 'is', null)
    .executeTakeFirst();
}

/** Adds a stretch unless one of this incident and target begins at the same moment. */
export async function insertSite(db: Db, site: IncidentSiteRow): Promise<void> {
  await db
    .insertInto('incident_sites')
    .values(site)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export function listSites(db: Db, incidentId: string): Promise<IncidentSiteRow[]> {
  return db.selectFrom('incident_sites').selectAll().where('incident_id', '=', incidentId).orderBy('from_at').execute();
}

export function listOpenSites(db: Db, targetId: string): Promise<IncidentSiteRow[]> {
  return db
    .selectFrom('incident_sites')
    .selectAll()
    .where('target_id', '=', targetId)
    .where('to_at', 'is', null)
    .execute();
}

/** Ends the open stretches of a target; gives the incidents that it was part of. */
export async function closeSites(db: Db, targetId: string, to: Date): Promise<string[]> {
  const rows = await db
    .updateTable('incident_sites')
    .set({ to_at: sql<Date>`greatest(${to}::timestamptz, from_at)` })
    .where('target_id', '=', targetId)
    .where('to_at', 'is', null)
    .returning('incident_id')
    .execute();
  return [...new Set(rows.map((row) => row.incident_id))];
}

/** Ends the open stretch of one target in one incident. */
export async function endStretch(db: Db, incidentId: string, targetId: string, to: Date): Promise<void> {
  await db
    .updateTable('incident_sites')
    .set({ to_at: to })
    .where('incident_id', '=', incidentId)
    .where('target_id', '=', targetId)
    .where('to_at', 'is', null)
    .execute();
}

export async function moveSites(db: Db, from: string, to: string, targetId?: string): Promise<void> {
  let query = db.updateTable('incident_sites').set({ incident_id: to }).where('incident_id', '=', from);
  if (targetId !== undefined) query = query.where('target_id', '=', targetId);
  await query.execute();
}

export async function countOpenSites(db: Db, incidentId: string): Promise<number> {
  const row = await db
    .selectFrom('incident_sites')
    .select(sql<number>`count(*)::int`.as('n'))
    .where('incident_id', '=', incidentId)
    .where('to_at', 'is', null)
    .executeTakeFirstOrThrow();
  return row.n;
}

/** Changes an incident; true when it was there in the wanted state (`onlyOpen`: not resolved yet). */
export async function updateIncident(
  db: Db,
  id: string,
  set: Partial<
    Pick<
      IncidentRow,
      | 'acknowledged_at'
      | 'acknowledged_by'
      | 'fixed_at'
      | 'resolved_at'
      | 'reopened'
      | 'cause_note'
      | 'merged_into'
      | 'quiet_until'
      | 'given_up_at'
      | 'first_failure_at'
    >
  >,
  only: { open?: boolean; resolved?: boolean; unacknowledged?: boolean; notOfOthers?: string } = {},
): Promise<boolean> {
  let query = db.updateTable('incidents').set(set).where('id', '=', id);
  if (only.open) query = query.where('resolved_at', 'is', null);
  if (only.resolved) query = query.where('resolved_at', 'is not', null);
  if (only.unacknowledged) query = query.where('acknowledged_at', 'is', null);
  const { notOfOthers } = only;
  if (notOfOthers !== undefined)
    query = query.where((is) => is.or([is('acknowledged_by', 'is', null), is('acknowledged_by', '=', notOfOthers)]));
  const row = await query.returning('id').executeTakeFirst();
  return row !== undefined;
}

/** The same key twice stands once. True = it is new. */
export async function insertEvent(
  db: Db,
  event: { incidentId: string; at: Date; kind: EventKind; facts: Record<string, unknown>; actor: string; key: string },
): Promise<boolean> {
  const row = await db
    .insertInto('incident_events')
    .values({
      incident_id: event.incidentId,
      at: event.at,
      kind: event.kind,
      facts: json(event.facts),
      actor: event.actor,
      key: event.key,
    })
    .onConflict((conflict) => conflict.columns(['incident_id', 'key']).doNothing())
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

/** In order of time; of an incident and of those that were merged into it. */
export function listEvents(db: Db, incidentIds: readonly string[]): Promise<IncidentEventRow[]> {
  if (incidentIds.length === 0) return Promise.resolve([]);
  return db
    .selectFrom('incident_events')
    .selectAll()
    .where('incident_id', 'in', incidentIds)
    .orderBy('at')
    .orderBy('id')
    .execute();
}

export async function listMerged(db: Db, into: string): Promise<string[]> {
  const rows = await db.selectFrom('incidents').select('id').where('merged_into', '=', into).execute();
  return rows.map((row) => row.id);
}

/** Somebody has to be asked now: open, not taken, not merged, not given up, and not quiet any more. */
export function listUnanswered(db: Db, now: Date): Promise<IncidentRow[]> {
  return db
    .selectFrom('incidents')
    .selectAll()
    .where('resolved_at', 'is', null)
    .where('merged_into', 'is', null)
    .where('acknowledged_at', 'is', null)
    .where('given_up_at', 'is', null)
    .where((is) => is.or([is('quiet_until', 'is', null), is('quiet_until', '<=', now)]))
    .orderBy('opened_at')
    .execute();
}

export function listOpenOfKind(db: Db, kind: IncidentKind): Promise<IncidentRow[]> {
  return db
    .selectFrom('incidents')
    .selectAll()
    .where('kind', '=', kind)
    .where('resolved_at', 'is', null)
    .where('merged_into', 'is', null)
    .orderBy('opened_at')
    .execute();
}

/** All guards were asked in vain: nobody is asked again by itself. False = it was taken, is over, or was given up before. */
export async function giveUp(db: Db, id: string, at: Date): Promise<boolean> {
  const row = await db
    .updateTable('incidents')
    .set({ given_up_at: at })
    .where('id', '=', id)
    .where('resolved_at', 'is', null)
    .where('acknowledged_at', 'is', null)
    .where('given_up_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}
