import type { Db } from '../platform/database/index.ts';
import { readHouse } from '../platform/house/index.ts';
import { listMessages, listProviders, type MessageRow } from '../messages/index.ts';
import type { Platform } from '../platform/platform.ts';
import { getIncident } from './answer-incident.ts';
import type { IncidentView, TimelineEntry } from './contract.ts';
import type { IncidentEventRow, IncidentRow } from './incident.ts';
import { shownIncident, whoIs } from './list-incidents.ts';
import { findKnown, listChanges, listIncidents, listSameAddress, namesOf, namesOfGuards } from './show-store.ts';
import { listEvents, listMerged, listSites } from './store.ts';

const changesOfDays = 14;

/** Everything about one incident: what was hit, the timeline with the proof, and what else is known. */
export async function showIncident(
  platform: Pick<Platform, 'db' | 'clock' | 'config'>,
  reference: string,
): Promise<IncidentView> {
  const { db } = platform;
  const now = platform.clock.now();
  const { timeZone } = await readHouse(platform);
  const incident = await getIncident(db, reference);
  const {
    rows: [row],
  } = await listIncidents(db, { ids: [incident.id], now, offset: 0, limit: 1 });
  if (!row) throw new Error('an incident that was there is gone');
  const all = [incident.id, ...(await listMerged(db, incident.id))];
  const [events, sites, messages] = await Promise.all([
    listEvents(db, all),
    listSites(db, incident.id),
    Promise.all(all.map((id) => listMessages(db, { incidentId: id }))).then((lists) => lists.flat()),
  ]);
  const actors = [...events.map((one) => one.actor), incident.acknowledged_by ?? ''];
  const names = await namesOf(db, actors);
  const listed = shownIncident(row, names);
  const urls = new Map(listed.sites.map((one) => [one.id, one]));
  const named = (id: string | null) => (id === null ? null : (urls.get(id) ?? null));
  const targets = new Map(sites.map((one) => [one.target_id, named(one.site_id)]));
  const siteIds = listed.sites.map((one) => one.id);
  const since = new Date(incident.first_failure_at.getTime() - changesOfDays * 86_400_000);
  const changes =
    siteIds.length === 0 ? [] : await listChanges(db, siteIds.slice(0, 10), since, incident.first_failure_at);
  return {
    ...listed,
    at: now.toISOString(),
    timeZone,
    causeNote: incident.cause_note,
    mergedInto: incident.merged_into,
    stretches: sites.map((one) => ({
      site: named(one.site_id),
      from: one.from_at.toISOString(),
      to: one.to_at?.toISOString() ?? null,
      cause: one.cause,
      detail: one.detail,
      address: one.address,
      inMaintenance: one.in_maintenance,
    })),
    timeline: [
      ...events.filter((one) => isTold(one, incident)).map((one) => eventEntry(one, names, targets)),
      ...(await messageEntries(db, messages)),
    ].toSorted((a, b) => a.at.localeCompare(b.at)),
    recentChanges: changes.flatMap((one) => {
      const site = named(one.site_id);
      return site === null ? [] : [{ at: one.at.toISOString(), site, what: one.what, details: one.details }];
    }),
    known: await knownOf(db, siteIds, sites[0]?.address ?? null),
  };
}

/** Of incidents that were merged in, only their beginning is of interest: the rest stands in the group's own lines. */
function isTold(event: IncidentEventRow, incident: IncidentRow): boolean {
  return event.incident_id === incident.id || event.kind === 'first-failure' || event.kind === 'confirmed';
}

function eventEntry(
  event: IncidentEventRow,
  names: ReadonlyMap<string, string>,
  targets: ReadonlyMap<string, { id: string; url: string } | null>,
): TimelineEntry {
  const target = event.facts['target'];
  return {
    at: event.at.toISOString(),
    kind: event.kind,
    by: whoIs(event.actor, names),
    facts: event.facts,
    site: typeof target === 'string' ? (targets.get(target) ?? null) : null,
    message: null,
  };
}

/** Each thing that became of a message, at its own time. */
async function messageEntries(db: Db, messages: readonly MessageRow[]): Promise<TimelineEntry[]> {
  const [guards, providers] = await Promise.all([
    namesOfGuards(
      db,
      messages.flatMap((one) => (one.guard_id === null ? [] : [one.guard_id])),
    ),
    listProviders(db),
  ]);
  const carriers = new Map(providers.map((one) => [one.id, one.name]));
  return messages.flatMap((row) => {
    const message = {
      means: row.means,
      purpose: row.purpose,
      to: row.recipient,
      guard: row.guard_id === null ? null : (guards.get(row.guard_id) ?? null),
      provider: carriers.get(row.provider_id) ?? row.provider_id,
      attempt: row.attempt,
      step: row.step,
      text: row.content.text.replaceAll(/\/g\/[\w-]{8,}/g, '/g/…'),
      problem: row.error,
    };
    const entry = (kind: TimelineEntry['kind'], at: Date | null): TimelineEntry[] =>
      at === null
        ? []
        : [
            {
              at: at.toISOString(),
              kind,
              by: { kind: 'house', name: row.sent_by ?? 'messages' },
              facts: {},
              site: null,
              message,
            },
          ];
    return [
      ...entry('queued', row.created_at),
      ...entry('accepted', row.accepted_at),
      ...entry('delivered', row.delivered_at),
      ...entry('failed', row.failed_at),
      ...entry('unsure', row.state === 'unknown' ? (row.claimed_at ?? row.created_at) : null),
    ];
  });
}

async function knownOf(db: Db, siteIds: readonly string[], seenAt: string | null): Promise<IncidentView['known']> {
  const [first] = siteIds;
  const row = first === undefined ? undefined : await findKnown(db, first);
  if (!row) return null;
  const address = row.address ?? seenAt;
  const others = address === null ? [] : await listSameAddress(db, address, siteIds);
  const failing = others.filter((one) => !one.well).map(({ id, url }) => ({ id, url }));
  return {
    site: { id: row.id, url: row.url },
    customer: { id: row.customer_id, name: row.customer, contact: row.contact, phone: row.phone, email: row.email },
    lastBackupAt: row.last_good_at?.toISOString() ?? null,
    certificateExpiresAt: row.certificate_expires_at?.toISOString() ?? null,
    address,
    sameAddress: { sites: others.length, well: others.length - failing.length, failing: failing.slice(0, 20) },
  };
}
