import { readHouse } from '../platform/house/index.ts';
import type { Db } from '../platform/database/index.ts';
import type { Platform } from '../platform/platform.ts';
import { getSite } from '../sites/index.ts';
import type { Incident, IncidentsPage, Who } from './contract.ts';
import { monthOf } from './rules/month.ts';
import { countIncidents, listIncidents, namesOf, type ListedRow } from './show-store.ts';

export interface ListAsked {
  open?: boolean | undefined;
  kind?: string | undefined;
  site?: string | undefined;
  month?: string | undefined;
  search?: string | undefined;
  page: number;
  pageSize: number;
}

/** One page of incidents, as the console shows them: open ones first, then the newest. */
export async function showIncidents(platform: Platform, asked: ListAsked): Promise<IncidentsPage> {
  const { db } = platform;
  const now = platform.clock.now();
  const { timeZone } = await readHouse(platform);
  const site = asked.site === undefined ? undefined : await getSite(db, asked.site, { removedToo: true });
  const month = asked.month === undefined ? undefined : monthOf(timeZone, now, asked.month);
  const { page, pageSize } = asked;
  const [{ rows, total }, counts] = await Promise.all([
    listIncidents(db, {
      open: asked.open,
      kind: asked.kind,
      siteId: site?.id,
      from: month?.from,
      to: month?.to,
      search: asked.search,
      now,
      offset: (page - 1) * pageSize,
      limit: pageSize,
    }),
    countIncidents(db, timeZone),
  ]);
  return { at: now.toISOString(), timeZone, rows: await shown(db, rows), total, page, pageSize, ...counts };
}

/** All that are open, as the first screen tells them, with the actor who has it; at most 200. */
export async function listOpenIncidents(
  db: Db,
  now: Date,
): Promise<(Incident & { acknowledgedActor: string | null })[]> {
  const { rows } = await listIncidents(db, { open: true, now, offset: 0, limit: 200 });
  const all = await shown(db, rows);
  return all.map((one, i) => ({ ...one, acknowledgedActor: rows[i]?.acknowledged_by ?? null }));
}

export async function shown(db: Db, rows: readonly ListedRow[]): Promise<Incident[]> {
  const names = await namesOf(
    db,
    rows.flatMap((row) => (row.acknowledged_by === null ? [] : [row.acknowledged_by])),
  );
  return rows.map((row) => shownIncident(row, names));
}

export function shownIncident(row: ListedRow, names: ReadonlyMap<string, string>): Incident {
  const isOut = row.kind === 'outage' || row.kind === 'group' || row.kind === 'drill';
  const sms = row.sms_accepted_at;
  return {
    id: row.id,
    number: row.number,
    kind: row.kind,
    urgency: row.urgency,
    subject: row.subject,
    title: row.title,
    cause: row.cause,
    detail: row.detail,
    reason: row.reason,
    sites: row.urls.map(siteOf),
    siteCount: row.site_count,
    firstFailureAt: row.first_failure_at.toISOString(),
    confirmedAt: row.confirmed_at.toISOString(),
    openedAt: row.opened_at.toISOString(),
    acknowledged:
      row.acknowledged_at === null
        ? null
        : { at: row.acknowledged_at.toISOString(), by: whoIs(row.acknowledged_by ?? '', names) },
    fixedAt: row.fixed_at?.toISOString() ?? null,
    resolvedAt: row.resolved_at?.toISOString() ?? null,
    reopened: row.reopened,
    outMinutes: isOut ? row.out_minutes : null,
    quietUntil: row.quiet_until?.toISOString() ?? null,
    givenUpAt: row.given_up_at?.toISOString() ?? null,
    smsAfterSeconds:
      sms === null ? null : Math.max(0, Math.round((sms.getTime() - row.first_failure_at.getTime()) / 1000)),
    smsDelivered: row.sms_delivered,
  };
}

function siteOf(pair: string): { id: string; url: string } {
  const blank = pair.indexOf(' ');
  return { id: pair.slice(0, blank), url: pair.slice(blank + 1) };
}

/** `guard:ID`, `person:EMAIL`, `token:NAME`, `system:PART`, `watch:PROCESS`: by the name that people know. */
export function whoIs(actor: string, names: ReadonlyMap<string, string>): Who {
  const colon = actor.indexOf(':');
  const [kind, rest] = [actor.slice(0, colon), actor.slice(colon + 1)];
  if (kind === 'guard') return { kind: 'guard', name: names.get(actor) ?? rest };
  if (kind === 'person') return { kind: 'person', name: names.get(actor) ?? rest };
  if (kind === 'token') return { kind: 'token', name: rest };
  return { kind: 'house', name: kind === 'system' ? rest : 'watch' };
}
