import { sql, type RawBuilder } from 'kysely';
import type { Db } from '../platform/database/index.ts';
import type { SearchTerm } from './rules/read-search.ts';

declare module '../platform/database/tables.ts' {
  interface Tables {
    /** One row per site, kept by triggers (migration 0080): nobody else writes it. */
    site_overview: {
      site_id: string;
      last_good_at: Date | null;
      last_good_id: string | null;
      last_stored_at: Date | null;
      wordpress_version: string | null;
      php_version: string | null;
    };
    site_software: { site_id: string; lines: string };
  }
}

/** What the list needs of every site. */
export interface OverviewRow {
  id: string;
  url: string;
  customer_id: string;
  customer_name: string;
  plan: 'daily' | 'hourly';
  paused: boolean;
  /** Milliseconds since 1970: three thousand dates are slow to read. */
  paired_at: number | null;
  last_good_at: number | null;
  wordpress: string | null;
  php: string | null;
  measured: boolean;
  files_bytes: number;
  database_bytes: number;
  limit_bytes: number;
  /** False: a person said that it is not to be watched. */
  watched: boolean;
  watched_since: number;
  verdict: 'up' | 'down' | 'unknown' | null;
  checked_at: number | null;
  certificate_ends_at: number | null;
}

/** Sites under care, by address. All terms must be found; `ids`: only these. */
export async function listOverview(
  db: Db,
  filter: { terms?: readonly SearchTerm[]; ids?: readonly string[] } = {},
): Promise<OverviewRow[]> {
  const conditions = [sql`s.removed_at is null`];
  if (filter.ids) conditions.push(sql`s.id = any (${[...filter.ids]}::text[])`);
  for (const { text, version } of filter.terms ?? []) {
    const like = `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
    const line = `${inRegex(text)}[^\n]* v?${inRegex(version ?? '')}`;
    conditions.push(
      version === undefined
        ? sql`(s.url like ${like} or lower(c.name) like ${like} or w.lines like ${like})`
        : sql`(w.lines like ${like} and w.lines ~ ${line})`,
    );
  }
  const found = await sql<OverviewRow>`
    select s.id, s.url, s.customer_id, c.name as customer_name, s.backup_plan as plan,
      ${ms('s.paired_at')} as paired_at, ${ms('o.last_good_at')} as last_good_at,
      o.wordpress_version as wordpress, o.php_version as php, coalesce(p.paused, false) as paused,
      s.measured_at is not null as measured, coalesce(s.files_bytes, 0)::float8 as files_bytes,
      coalesce(s.database_bytes, 0)::float8 as database_bytes, s.limit_bytes::float8 as limit_bytes,
      t.enabled as watched, ${ms('t.added_at')} as watched_since, h.verdict, ${ms('h.checked_at')} as checked_at,
      ${ms('h.certificate_expires_at')} as certificate_ends_at
    from sites s
    join customers c on c.id = s.customer_id
    join site_overview o on o.site_id = s.id
    ${filter.terms?.length ? sql`join site_software w on w.site_id = s.id` : sql``}
    left join backup_settings p on p.site_id = s.id
    join watch_targets t on t.site_id = s.id
    left join watch_states h on h.target_id = t.id
    where ${sql.join(conditions, sql` and `)}
    order by s.url`.execute(db);
  return found.rows;
}

/** `extract` would reckon in numerics: five columns of three thousand rows feel that. */
function ms(column: string): RawBuilder<number | null> {
  return sql`date_part('epoch', ${sql.ref(column)}) * 1000`;
}

function inRegex(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}

/** Sites under care. */
export async function countSites(db: Db): Promise<number> {
  const found = await sql<{ n: number }>`select count(*)::int as n from sites where removed_at is null`.execute(db);
  return found.rows[0]?.n ?? 0;
}

/** Standing alarms; `site` is the id in their subject, which may be of something else. */
export async function listStandingAlarms(
  db: Db,
): Promise<{ site: string; subject: string; code: string; raised_at: Date; facts: unknown }[]> {
  const found = await sql<{ site: string; subject: string; code: string; raised_at: Date; facts: unknown }>`
    select split_part(subject, ':', 2) as site, subject, code, raised_at,
      jsonb_build_object('code', facts->'code', 'message', facts->'message') as facts
    from alarms where cleared_at is null`.execute(db);
  return found.rows;
}

/** Duties whose due time has passed without evidence. */
export async function listOpenDuties(
  db: Db,
  dueBefore: Date,
): Promise<{ site: string; kind: string; opens_at: Date; due: Date }[]> {
  const found = await sql<{ site: string; kind: string; opens_at: Date; due: Date }>`
    select split_part(subject, ':', 2) as site, kind, opens_at, due from duties
    where state = 'open' and due < ${dueBefore} and subject like 'site:%'`.execute(db);
  return found.rows;
}

/** Sites that are out by an incident and not for our own work; since its first failure, the earliest of each. */
export async function listOut(
  db: Db,
): Promise<{ site: string; since: Date; cause: string | null; incident: number }[]> {
  const found = await sql<{ site: string; since: Date; cause: string | null; incident: number }>`
    select distinct on (o.site_id) o.site_id as site, o.from_at as since, o.cause, i.number as incident
    from incident_sites o join incidents i on i.id = o.incident_id
    where o.to_at is null and not o.in_maintenance and o.site_id is not null and i.kind in ('outage', 'group')
    order by o.site_id, o.from_at`.execute(db);
  return found.rows;
}

/** Incidents that are open, and those of them that nobody took. Fire drills are none. */
export async function countOpenIncidents(db: Db): Promise<{ open: number; untaken: number }> {
  const found = await sql<{ open: number; untaken: number }>`
    select count(*)::int as open, (count(*) filter (where acknowledged_at is null))::int as untaken from incidents
    where resolved_at is null and merged_into is null and kind <> 'drill'`.execute(db);
  return found.rows[0] ?? { open: 0, untaken: 0 };
}

export interface LiveRun {
  site: string;
  id: string;
  saga: string;
  state: 'queued' | 'running';
  progress: unknown;
}

/** Work on sites that is queued or running, with how far it is. */
export async function listLiveRuns(db: Db): Promise<LiveRun[]> {
  const found = await sql<LiveRun>`
    select split_part(r.subject, ':', 2) as site, r.id, r.saga, r.state, p.progress
    from saga_runs r left join saga_progress p on p.run_id = r.id
    where r.state in ('queued', 'running')
    order by r.subject like 'site:%', r.created_at desc`.execute(db);
  return found.rows;
}

/** Backups of these sites that began since a moment, oldest first. */
export async function listBackupsSince(
  db: Db,
  ids: readonly string[],
  since: Date,
): Promise<{ site: string; at: Date; good: boolean }[]> {
  const found = await sql<{ site: string; at: Date; good: boolean }>`
    select site_id as site, taken_at as at, complete and wrong_since is null as good from snapshots
    where site_id = any (${[...ids]}::text[]) and forgotten_at is null and taken_at >= ${since}
    order by taken_at`.execute(db);
  return found.rows;
}

export interface PastWork {
  site: string;
  saga: string;
  state: string;
  at: Date;
  until: Date | null;
}

/** Our own work at these sites since a moment, oldest first: what changed the site, and backups that failed. */
export async function listWorkSince(db: Db, ids: readonly string[], since: Date): Promise<PastWork[]> {
  const found = await sql<PastWork>`
    select split_part(subject, ':', 2) as site, saga, state, coalesce(started_at, created_at) as at, finished_at as until
    from saga_runs
    where subject = any (${ids.map((id) => `site:${id}`)}::text[]) and created_at >= ${since}
      and (saga in ('restore-site') or (saga = 'backup-site' and state = 'failed'))
    order by created_at`.execute(db);
  return found.rows;
}
