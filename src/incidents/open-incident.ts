import type { Db } from '../platform/database/index.ts';
import type { IncidentKind, Urgency } from './incident.ts';
import { findOpen, insertEvent, insertIncident, lockOpenings, updateIncident } from './store.ts';

export interface NewlySeen {
  /** Made of what it is, so that telling it twice makes one. */
  id: string;
  kind: IncidentKind;
  urgency: Urgency;
  /** One open incident per subject: `probe:ID`, `provider:ID`, `duty:KIND:site:ID`. */
  subject: string;
  title?: Record<string, unknown>;
  cause?: string | null;
  reason?: Record<string, unknown>;
  firstFailureAt: Date;
  at: Date;
  /** Nobody is called before it; null = at once. */
  quietUntil?: Date | null;
  /** Sites that it is about: shown with it. They do not count as out. */
  siteIds?: readonly string[];
}

/**
 * Opens an incident of another kind than an outage, unless one of its subject is open; doing it again changes nothing.
 * Gives the incident that stands.
 */
export async function openIncident(db: Db, seen: NewlySeen): Promise<{ incidentId: string; isNew: boolean }> {
  await lockOpenings(db);
  const standing = await findOpen(db, seen.subject);
  if (standing) return { incidentId: standing.id, isNew: false };
  const { id, kind, urgency, subject, firstFailureAt, at } = seen;
  const isNew = await insertIncident(db, {
    id,
    kind,
    urgency,
    subject,
    title: { ...seen.title, ...(seen.siteIds ? { sites: seen.siteIds } : {}) },
    cause: seen.cause ?? null,
    reason: seen.reason ?? {},
    first_failure_at: firstFailureAt,
    confirmed_at: at,
    opened_at: at,
    quiet_until: seen.quietUntil ?? null,
  });
  if (isNew) {
    const facts = { cause: seen.cause ?? null, ...seen.reason };
    await insertEvent(db, { incidentId: id, at, kind: 'opened', facts, actor: 'system:watch', key: 'opened' });
  }
  return { incidentId: id, isNew };
}

/** What it tells of is over. False = there was no open incident of this subject. */
export async function resolveIncident(
  db: Db,
  done: { subject: string; at: Date; actor: string; why?: string },
): Promise<boolean> {
  await lockOpenings(db);
  const standing = await findOpen(db, done.subject);
  if (!standing) return false;
  const { at, actor, why } = done;
  await updateIncident(db, standing.id, { fixed_at: at, resolved_at: at }, { open: true });
  const facts = why === undefined ? {} : { why };
  const key = `resolved:${standing.reopened}`;
  await insertEvent(db, { incidentId: standing.id, at, kind: 'resolved', facts, actor, key });
  return true;
}

/** The site is watched from elsewhere and answers there: told, and nobody is woken. `partial:TARGET` is its subject. */
export async function openPartial(
  db: Db,
  seen: { targetId: string; siteId: string | null; firstFailureAt: Date; cause: string; detail: string; at: Date },
): Promise<{ incidentId: string; isNew: boolean }> {
  const { targetId, siteId, firstFailureAt, cause, detail, at } = seen;
  return openIncident(db, {
    id: `partial:${targetId}:${firstFailureAt.getTime()}`,
    kind: 'partial',
    urgency: 'low',
    subject: `partial:${targetId}`,
    cause,
    reason: { detail },
    firstFailureAt,
    at,
    ...(siteId === null ? {} : { siteIds: [siteId] }),
  });
}
