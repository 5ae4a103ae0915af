import type { Db } from '../platform/database/index.ts';
import type { IncidentRow } from './incident.ts';
import { groupOutage } from './group-outages.ts';
import { groupPolicy } from './rules/group.ts';
import {
  findIncident,
  findOpen,
  insertEvent,
  insertIncident,
  insertSite,
  listOpenSites,
  lockOpenings,
  updateIncident,
} from './store.ts';

/** An outage as the watch has confirmed it. */
export interface OutageSeen {
  targetId: string;
  /** Null: a thing of our own. */
  siteId: string | null;
  firstFailureAt: Date;
  confirmedAt: Date;
  cause: string;
  /** A few words more: a status, an error code. */
  detail: string;
  /** The rule's reason (monitoring/rules/confirm.ts). */
  reason: unknown;
  address: string | null;
  /** Which process saw it. */
  watcher: string;
  inMaintenance: boolean;
  /** Nobody is called before it; null = at once. */
  quietUntil?: Date | null;
  at: Date;
  kind?: 'outage' | 'drill';
}

/** The same for the same outage, whoever tells it and how often. */
export function outageId(targetId: string, firstFailureAt: Date): string {
  return `out:${targetId}:${firstFailureAt.getTime()}`;
}

/**
 * Opens the incident of an outage, or adds the site to the one of its host when many fail together (rules/group.ts).
 * Call it in the transaction that makes it known; doing it again changes nothing.
 */
export async function openOutage(db: Db, seen: OutageSeen): Promise<{ incidentId: string; isNew: boolean }> {
  await lockOpenings(db);
  const id = outageId(seen.targetId, seen.firstFailureAt);
  const known = await findIncident(db, id);
  if (known) return { incidentId: known.merged_into ?? id, isNew: false };
  const subject = `target:${seen.targetId}`;
  const open = await findOpen(db, subject);
  if (open) return goOn(db, open, seen);
  const { kind = 'outage', cause, confirmedAt, firstFailureAt, at, watcher, detail } = seen;
  await insertIncident(db, {
    id,
    kind,
    urgency: 'high',
    subject,
    title: {},
    cause,
    reason: { ...(typeof seen.reason === 'object' ? seen.reason : {}), detail },
    first_failure_at: firstFailureAt,
    confirmed_at: confirmedAt,
    opened_at: at,
    quiet_until: seen.quietUntil ?? null,
  });
  await insertSite(db, stretchOf(id, seen));
  const actor = `watch:${watcher}`;
  const facts = { cause, detail, target: seen.targetId };
  await insertEvent(db, {
    incidentId: id,
    at: firstFailureAt,
    kind: 'first-failure',
    facts,
    actor,
    key: 'first-failure',
  });
  await insertEvent(db, {
    incidentId: id,
    at: confirmedAt,
    kind: 'confirmed',
    facts: { ...facts, reason: seen.reason ?? null },
    actor,
    key: 'confirmed',
  });
  if (kind !== 'outage' || seen.inMaintenance) return { incidentId: id, isNew: true };
  const { group, neighbours } = await groupOutage(db, seen, at);
  if (group === undefined && neighbours >= groupPolicy.sites && !seen.quietUntil) {
    await updateIncident(db, id, { quiet_until: new Date(at.getTime() + lookAroundMs) });
  }
  return { incidentId: group ?? id, isNew: true };
}

/** Before a site among others wakes somebody, the watch looks once more whether its whole host is going down. */
const lookAroundMs = 8000;

/**
 * Its incident is open already. Either the watch forgot that it had told of it (its state was lost): the same outage goes
 * on. Or somebody opened it again while the site was well, and it is out anew: a stretch of its own.
 */
async function goOn(db: Db, open: IncidentRow, seen: OutageSeen): Promise<{ incidentId: string; isNew: boolean }> {
  const standing = (await listOpenSites(db, seen.targetId)).some((one) => one.incident_id === open.id);
  if (!standing) {
    await insertSite(db, stretchOf(open.id, seen));
    await insertEvent(db, {
      incidentId: open.id,
      at: seen.firstFailureAt,
      kind: 'site-out',
      facts: { target: seen.targetId, cause: seen.cause },
      actor: `watch:${seen.watcher}`,
      key: `out:${outageId(seen.targetId, seen.firstFailureAt)}`,
    });
  }
  return { incidentId: open.id, isNew: false };
}

function stretchOf(incidentId: string, seen: OutageSeen) {
  return {
    incident_id: incidentId,
    target_id: seen.targetId,
    site_id: seen.siteId,
    from_at: seen.firstFailureAt,
    to_at: null,
    cause: seen.cause,
    detail: seen.detail,
    address: seen.address,
    in_maintenance: seen.inMaintenance,
  };
}
