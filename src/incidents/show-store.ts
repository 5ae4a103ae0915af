import { sql } from 'kysely';
import type { Db } from '../platform/database/index.ts';
import type { IncidentRow } from './incident.ts';

export interface StretchRow {
  incident_id: string;
  number: number;
  site_id: string;
  from_at: Date;
  to_at: Date | null;
  cause: string | null;
  in_maintenance: boolean;
}

/** Stretches of sites that lie at least partly in [from, to), oldest first. Fire drills are nobody's outage. */
export async function listStretches(
  db: Db,
  siteIds: readonly string[] | 'all',
  from: Date,
  to: Date,
): Promise<StretchRow[]> {
  const { rows } = await sql<StretchRow>`
    select s.incident_id, i.number, s.site_id, s.from_at, s.to_at, s.cause, s.in_maintenance
    from incident_sites s join incidents i on i.id = s.incident_id
    where s.site_id is not null and i.kind in ('outage', 'group') and s.from_at < ${to} and (s.to_at is null or s.to_at > ${from})
      ${siteIds === 'all' ? sql`` : sql`and s.site_id = any (${[...siteIds]}::text[])`}
    order by s.from_at`.execute(db);
  return rows;
}

/** Since when a site is watched. */
export async function findWatchedSince(db: Db, siteId: string): Promise<Date | undefined> {
  const { rows } = await sql<{ added_at: Date }>`select added_at from watch_targets where site_id = ${siteId}`.execute(
    db,
  );
  return rows[0]?.added_at;
}

/** An incident with what its row in a list needs. */
export interface ListedRow extends IncidentRow {
  /** `ID URL` of each site, the first fifty. */
  urls: string[];
  site_count: number;
  out_minutes: number | null;
  detail: string | null;
  sms_accepted_at: Date | null;
  sms_delivered: boolean;
}

export interface ListFilter {
  open?: boolean | undefined;
  kind?: string | undefined;
  siteId?: string | undefined;
  from?: Date | undefined;
  to?: Date | undefined;
  search?: string | undefined;
  ids?: readonly string[] | undefined;
  now: Date;
  offset: number;
  limit: number;
}

/** Open ones first, then the newest; with how many there are altogether. */
export async function listIncidents(db: Db, filter: ListFilter): Promise<{ rows: ListedRow[]; total: number }> {
  const conditions = conditionsOf(filter);
  const { rows } = await sql<ListedRow & { total: number }>`
    with found as (
      select i.*, count(*) over ()::int as total from incidents i where ${conditions}
      order by i.resolved_at is not null, i.opened_at desc, i.number desc offset ${filter.offset} limit ${filter.limit}
    )
    select f.*, coalesce(s.urls, '{}') as urls, coalesce(s.site_count, 0) as site_count,
      s.out_minutes, coalesce(s.detail, f.reason->>'detail') as detail, m.sms_accepted_at, coalesce(m.sms_delivered, false) as sms_delivered
    from found f
    left join lateral (
      select (array_agg(distinct x.site_id || ' ' || x.url) filter (where x.url is not null))[1:50] as urls,
        count(distinct x.site_id)::int as site_count,
        ceil(extract(epoch from max(coalesce(x.to_at, ${filter.now})) - min(x.from_at)) / 60)::int as out_minutes,
        min(x.detail) as detail
      from (
        select t.site_id, w.url, t.from_at, t.to_at, t.detail from incident_sites t left join sites w on w.id = t.site_id
        where t.incident_id = f.id
        union all
        select w.id, w.url, null::timestamptz, null::timestamptz, null::text from jsonb_array_elements_text(
          case when jsonb_typeof(f.title->'sites') = 'array' then f.title->'sites' else '[]' end) named (id)
        join sites w on w.id = named.id
      ) x
    ) s on true
    left join lateral (
      select min(coalesce(m.accepted_at, m.delivered_at)) as sms_accepted_at, bool_or(m.delivered_at is not null) as sms_delivered
      from messages m where m.means = 'sms' and m.purpose in ('alarm', 'drill')
        and (m.incident_id = f.id or m.incident_id in (select x.id from incidents x where x.merged_into = f.id))
    ) m on true
    order by f.resolved_at is not null, f.opened_at desc, f.number desc`.execute(db);
  return { rows, total: rows[0]?.total ?? 0 };
}

function conditionsOf({ open, kind, siteId, from, to, search, ids }: ListFilter) {
  const all = [sql`i.merged_into is null`];
  if (ids !== undefined) all[0] = sql`i.id = any (${[...ids]}::text[])`;
  if (open === true) all.push(sql`i.resolved_at is null`);
  if (open === false) all.push(sql`i.resolved_at is not null`);
  if (kind !== undefined) all.push(sql`i.kind = ${kind}`);
  if (from !== undefined) all.push(sql`i.opened_at >= ${from}`);
  if (to !== undefined) all.push(sql`i.opened_at < ${to}`);
  const ofSite = (where: ReturnType<typeof sql>) => sql`(exists (
      select 1 from incident_sites t join sites w on w.id = t.site_id join customers c on c.id = w.customer_id
      where t.incident_id = i.id and ${where})
    or exists (select 1 from sites w join customers c on c.id = w.customer_id where i.title->'sites' ? w.id and ${where}))`;
  if (siteId !== undefined) all.push(ofSite(sql`w.id = ${siteId}`));
  const word = search?.toLowerCase();
  if (word) {
    const like = `%${word.replaceAll(/[%_\\]/g, String.raw`\$&`)}%`;
    const byNumber = /^#?(\d{1,9})$/.exec(word)?.[1];
    all.push(
      sql`(${ofSite(sql`(lower(w.url) like ${like} or lower(c.name) like ${like})`)} or lower(coalesce(i.cause, '')) like ${like}
        ${byNumber === undefined ? sql`` : sql`or i.number = ${Number(byNumber)}`})`,
    );
  }
  return sql.join(all, sql` and `);
}

/** How many are open, and in which months of the agency there were any. */
export async function countIncidents(
  db: Db,
  timeZone: string,
): Promise<{ open: number; months: { month: string; incidents: number }[] }> {
  const [open, months] = await Promise.all([
    sql<{
      n: number;
    }>`select count(*)::int as n from incidents where resolved_at is null and merged_into is null`.execute(db),
    sql<{ month: string; incidents: number }>`
      select to_char(opened_at at time zone ${timeZone}, 'YYYY-MM') as month, count(*)::int as incidents from incidents
      where merged_into is null group by 1 order by 1 desc limit 60`.execute(db),
  ]);
  return { open: open.rows[0]?.n ?? 0, months: months.rows };
}

/** Names of those who did something: guards by their id, persons by their address. */
export async function namesOf(db: Db, actors: readonly string[]): Promise<Map<string, string>> {
  const guards = actors.flatMap((one) => (one.startsWith('guard:') ? [one.slice(6)] : []));
  const people = actors.flatMap((one) => (one.startsWith('person:') ? [one.slice(7)] : []));
  const { rows } = await sql<{ actor: string; name: string }>`
    select 'guard:' || id as actor, name from guards where id = any (${guards}::text[])
    union all
    select 'person:' || email, coalesce(nullif(name, ''), email) from auth_users where email = any (${people}::text[])`.execute(
    db,
  );
  return new Map(rows.map((row) => [row.actor, row.name]));
}

export async function namesOfGuards(db: Db, ids: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; name: string }>`
    select id, name from guards where id = any (${[...ids]}::text[])`.execute(db);
  return new Map(rows.map((row) => [row.id, row.name]));
}

export interface KnownRow {
  id: string;
  url: string;
  customer_id: string;
  customer: string;
  contact: string | null;
  phone: string | null;
  email: string | null;
  last_good_at: Date | null;
  certificate_expires_at: Date | null;
  address: string | null;
}

export async function findKnown(db: Db, siteId: string): Promise<KnownRow | undefined> {
  const { rows } = await sql<KnownRow>`
    select w.id, w.url, c.id as customer_id, c.name as customer, c.contact, c.phone, c.email, o.last_good_at,
      s.certificate_expires_at, s.address
    from sites w join customers c on c.id = w.customer_id left join site_overview o on o.site_id = w.id
    left join watch_states s on s.target_id = w.id where w.id = ${siteId}`.execute(db);
  return rows[0];
}

/** Other sites at an address, and whether they answer. */
export async function listSameAddress(
  db: Db,
  address: string,
  without: readonly string[],
): Promise<{ id: string; url: string; well: boolean }[]> {
  const { rows } = await sql<{ id: string; url: string; well: boolean }>`
    select w.id, w.url, s.phase in ('well', 'back') as well from watch_states s join sites w on w.id = s.target_id
    where s.address = ${address} and w.removed_at is null and not w.id = any (${[...without]}::text[]) order by w.url`.execute(
    db,
  );
  return rows;
}

export interface ChangeRow {
  at: Date;
  site_id: string;
  what: 'backup' | 'backup-failed' | 'restore' | 'restore-failed' | 'inventory' | 'settings';
  details: Record<string, unknown>;
}

/** What was done to sites in a span, newest first: our own work, and what people changed here. */
export async function listChanges(db: Db, siteIds: readonly string[], from: Date, to: Date): Promise<ChangeRow[]> {
  const ids = [...siteIds];
  const { rows } = await sql<ChangeRow>`
    select * from (
      select coalesce(r.finished_at, r.started_at, r.created_at) as at, split_part(r.subject, ':', 2) as site_id,
        case when r.saga = 'restore-site' then 'restore' else 'backup' end || case when r.state = 'failed' then '-failed' else '' end as what,
        jsonb_build_object('run', r.id) as details
      from saga_runs r where r.subject = any (${ids.map((id) => `site:${id}`)}::text[])
        and (r.saga = 'restore-site' or (r.saga = 'backup-site' and r.state = 'failed')) and r.created_at between ${from} and ${to}
      union all
      select s.stored_at, s.site_id, 'backup', '{}'::jsonb from (
        select distinct on (site_id) site_id, stored_at from snapshots
        where site_id = any (${ids}::text[]) and stored_at between ${from} and ${to} order by site_id, stored_at desc
      ) s
      union all
      select a.at, a.site_id, 'settings', jsonb_build_object('action', a.action, 'by', a.actor) from audit a
      where a.site_id = any (${ids}::text[]) and a.at between ${from} and ${to} and a.action in ('site-changed', 'watch-changed', 'site-paired', 'site-unpaired')
    ) x order by at desc limit 40`.execute(db);
  return rows;
}
