import type { DueLoop } from '../platform/due/index.ts';
import type { Db } from '../platform/database/index.ts';
import type { Platform } from '../platform/platform.ts';
import type { GroupTitle, IncidentRow, IncidentSiteRow } from './incident.ts';
import { listNeighbours } from './neighbours-store.ts';
import type { OutageSeen } from './open-outage.ts';
import { groupOf, leftBehind, networkOf, type GroupMember, type Grouping } from './rules/group.ts';
import {
  endStretch,
  findOpen,
  insertEvent,
  insertIncident,
  insertSite,
  listOpenOfKind,
  listSites,
  lockOpenings,
  moveSites,
  updateIncident,
} from './store.ts';

const actor = 'system:incidents';

/**
 * Makes the outage of one site part of its host's, when many fail there together: one incident, one alarm. `group`: the
 * incident of the group; undefined = it stands alone. `neighbours`: how many sites live there, itself included.
 */
export async function groupOutage(
  db: Db,
  seen: Pick<OutageSeen, 'targetId' | 'address' | 'firstFailureAt'>,
  at: Date,
): Promise<{ group: string | undefined; neighbours: number }> {
  const { address, targetId, firstFailureAt } = seen;
  if (address === null) return { group: undefined, neighbours: 1 };
  const network = networkOf(address);
  const prefix = network === null ? null : network.slice(0, -'0/24'.length);
  const neighbours = await listNeighbours(db, address, prefix);
  const grouping = groupOf({ targetId, address, since: firstFailureAt.getTime() }, neighbours);
  if (!grouping) {
    const places = [address, ...(network === null ? [] : [network])];
    return { group: await joinStanding(db, targetId, places, at), neighbours: neighbours.length };
  }
  const group = await standingOrNew(db, grouping, firstFailureAt, at);
  for (const target of grouping.targets) await mergeOutage(db, target, group.id, at);
  return { group: group.id, neighbours: neighbours.length };
}

/** A straggler of a collapse that is known: it belongs to that incident while it stands. */
async function joinStanding(db: Db, targetId: string, places: string[], at: Date): Promise<string | undefined> {
  for (const [i, place] of places.entries()) {
    const group = await findOpen(db, `group:${i === 0 ? 'address' : 'network'}:${place}`);
    if (!group) continue;
    const members = membersOf(await listSites(db, group.id));
    // Half of it is back already: what fails now fails for a reason of its own.
    if (members.filter((one) => one.backAt === null).length * 2 < members.length) continue;
    await mergeOutage(db, targetId, group.id, at);
    return group.id;
  }
  return undefined;
}

async function standingOrNew(db: Db, grouping: Grouping, firstFailureAt: Date, at: Date): Promise<{ id: string }> {
  const { by, value, of, targets } = grouping;
  const subject = `group:${by}:${value}`;
  const standing = await findOpen(db, subject);
  if (standing) return standing;
  const id = `${subject}:${firstFailureAt.getTime()}`;
  await insertIncident(db, {
    id,
    kind: 'group',
    urgency: 'high',
    subject,
    title: { by, value } satisfies GroupTitle,
    cause: null,
    reason: { code: 'fail-together', sites: targets.length, of },
    first_failure_at: firstFailureAt,
    confirmed_at: at,
    opened_at: at,
    quiet_until: null,
  });
  await insertEvent(db, {
    incidentId: id,
    at,
    kind: 'opened',
    facts: { by, value, sites: targets.length, of },
    actor,
    key: 'opened',
  });
  return { id };
}

/** Moves the open outage of a site into the group's incident. One that somebody took already stays his. */
async function mergeOutage(db: Db, targetId: string, groupId: string, at: Date): Promise<void> {
  const own = await findOpen(db, `target:${targetId}`);
  if (!own || own.kind !== 'outage' || own.acknowledged_at !== null) return;
  await moveSites(db, own.id, groupId);
  await updateIncident(db, own.id, { merged_into: groupId, resolved_at: at });
  await insertEvent(db, { incidentId: own.id, at, kind: 'merged', facts: { into: groupId }, actor, key: 'merged' });
  await insertEvent(db, {
    incidentId: groupId,
    at,
    kind: 'site-out',
    facts: { target: targetId, cause: own.cause },
    actor,
    key: `out:${own.id}`,
  });
}

/**
 * Looks again at what was opened lately: the rest of a host may have been confirmed down since, and of a group that is
 * over a site may have stayed behind. Safe to repeat.
 */
export async function settleGroups(platform: Pick<Platform, 'db' | 'clock'>): Promise<void> {
  const now = platform.clock.now();
  await platform.db.transaction().execute(async (trx) => {
    await lockOpenings(trx);
    for (const outage of await listOpenOfKind(trx, 'outage')) {
      if (now.getTime() - outage.opened_at.getTime() > lookBackMs || outage.acknowledged_at !== null) continue;
      // One that lives alone has nobody to be one with (open-outage.ts); a neighbour that goes out later looks by itself.
      if (outage.quiet_until === null) continue;
      const [site] = await listSites(trx, outage.id);
      if (!site || site.in_maintenance) continue;
      await groupOutage(
        trx,
        { targetId: site.target_id, address: site.address, firstFailureAt: outage.first_failure_at },
        now,
      );
    }
    for (const group of await listOpenOfKind(trx, 'group')) await splitLeftBehind(trx, group, now);
  });
}

const lookBackMs = 120_000;

async function splitLeftBehind(db: Db, group: IncidentRow, now: Date): Promise<void> {
  const sites = await listSites(db, group.id);
  const members = membersOf(sites);
  const left = leftBehind(members, now.getTime());
  for (const targetId of left) {
    const site = sites.find((one) => one.target_id === targetId && one.to_at === null);
    if (site) await openLeftBehind(db, group, site, now);
  }
  if (left.length > 0) {
    const back = members.flatMap((one) => (one.backAt === null ? [] : [one.backAt]));
    const fixedAt = new Date(Math.max(...back));
    await updateIncident(db, group.id, { fixed_at: fixedAt, resolved_at: now }, { open: true });
    await insertEvent(db, {
      incidentId: group.id,
      at: now,
      kind: 'resolved',
      facts: { left: left.length },
      actor,
      key: `resolved:${group.reopened}`,
    });
  }
}

/** One for each site: one that was back and is out again is out. */
function membersOf(sites: readonly IncidentSiteRow[]): GroupMember[] {
  const stretches = Map.groupBy(sites, (one) => one.target_id);
  return Array.from(stretches, ([targetId, all]) => {
    const ends = all.map((one) => one.to_at?.getTime() ?? null);
    return { targetId, backAt: ends.includes(null) ? null : Math.max(...ends.map((end) => end ?? 0)) };
  });
}

async function openLeftBehind(db: Db, group: IncidentRow, site: IncidentSiteRow, now: Date): Promise<void> {
  const id = `out:${site.target_id}:${site.from_at.getTime()}:alone`;
  await insertIncident(db, {
    id,
    kind: 'outage',
    urgency: 'high',
    subject: `target:${site.target_id}`,
    title: {},
    cause: site.cause,
    reason: { code: 'left-behind', detail: site.detail ?? '' },
    first_failure_at: site.from_at,
    confirmed_at: now,
    opened_at: now,
    quiet_until: null,
  });
  await insertSite(db, { ...site, incident_id: id, from_at: now });
  // No minute counts twice: in the group's incident the stretch ends where the new one begins.
  await endStretch(db, group.id, site.target_id, now);
  await insertEvent(db, {
    incidentId: id,
    at: now,
    kind: 'split',
    facts: { from: group.id, target: site.target_id, cause: site.cause },
    actor,
    key: 'split',
  });
}

/** Both loops of incidents look every few seconds: an alarm waits for neither. */
export const groupLoop: DueLoop = {
  name: 'incidents-group',
  everyMs: 3000,
  run: (platform) => settleGroups(platform),
};
