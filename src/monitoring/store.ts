import { sql, type Generated, type Updateable } from 'kysely';
import type { Db } from '../platform/database/index.ts';
import type { Watched } from './rules/confirm.ts';

export interface WatchTargetsTable {
  /** Of a site: its own id. */
  id: string;
  no: Generated<number>;
  site_id: string | null;
  kind: Generated<'site' | 'drill'>;
  url: string | null;
  enabled: Generated<boolean>;
  interval_ms: Generated<number>;
  keyword: string | null;
  expected_status: number | null;
  extra_hosts: Generated<string[]>;
  learn_from: Date | null;
  check_asked_at: Date | null;
  added_at: Generated<Date>;
  revision: Generated<number>;
}

export interface WatchersTable {
  id: string;
  process_name: string;
  started_at: Date;
  heartbeat_at: Date;
  targets: Generated<number>;
  checks_a_minute: Generated<number>;
  lateness_ms: Generated<number>;
  loop_delay_ms: Generated<number>;
  blind_since: Date | null;
  blind_cause: string | null;
  spooled: Generated<number>;
  dropped: Generated<number>;
}

export interface WatchStatesTable {
  target_id: string;
  watcher_id: string;
  watched: Watched;
  phase: Watched['phase'];
  verdict: 'up' | 'down' | 'unknown';
  cause: string | null;
  detail: string | null;
  reason: unknown;
  checked_at: Date;
  status: number | null;
  total_ms: number | null;
  address: string | null;
  certificate_expires_at: Date | null;
  certificate_issuer: string | null;
  learnt: unknown;
  updated_at: Date;
}

declare module '../platform/database/tables.ts' {
  interface Tables {
    watch_targets: WatchTargetsTable;
    watchers: WatchersTable;
    watch_states: WatchStatesTable;
    watch_settings: { only_row: Generated<boolean>; reference_hosts: string[] };
    watch_flushes: { spool: string; no: number; seq: number };
  }
}

/** A watcher that was silent for so long is dead, and its sites are with others. Seconds, by the database's clock. */
export const leaseSeconds = 15;

/** A site with how the watch sees it; times in milliseconds since 1970 (thousands of dates are slow to read). */
export interface WatchRowFound {
  id: string;
  no: number;
  url: string;
  customer_id: string;
  customer_name: string;
  enabled: boolean;
  interval_ms: number;
  added_at: number;
  /** The rest is null before the first check. */
  phase: Watched['phase'] | null;
  verdict: 'up' | 'down' | 'unknown' | null;
  cause: string | null;
  detail: string | null;
  reason: unknown;
  since: number | null;
  checked_at: number | null;
  status: number | null;
  total_ms: number | null;
  certificate_expires_at: number | null;
}

/** Sites under care, by address. `words`: each must be in the address or the customer's name; `ids`: only these. */
export async function listWatchRows(
  db: Db,
  filter: { words?: readonly string[]; ids?: readonly string[] } = {},
): Promise<WatchRowFound[]> {
  const conditions = [sql`s.removed_at is null`];
  if (filter.ids) conditions.push(sql`s.id = any (${[...filter.ids]}::text[])`);
  for (const word of filter.words ?? []) {
    const like = `%${word.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
    conditions.push(sql`(s.url like ${like} or lower(c.name) like ${like})`);
  }
  const found = await sql<WatchRowFound>`
    select s.id, t.no, s.url, c.id as customer_id, c.name as customer_name, t.enabled, t.interval_ms,
      (extract(epoch from t.added_at) * 1000)::float8 as added_at,
      w.phase, w.verdict, w.cause, w.detail, w.reason, (w.watched->>'firstFailureAt')::float8 as since,
      (extract(epoch from w.checked_at) * 1000)::float8 as checked_at, w.status, w.total_ms,
      (extract(epoch from w.certificate_expires_at) * 1000)::float8 as certificate_expires_at
    from sites s
    join customers c on c.id = s.customer_id
    join watch_targets t on t.site_id = s.id
    left join watch_states w on w.target_id = t.id
    where ${sql.join(conditions, sql` and `)}
    order by s.url`.execute(db);
  return found.rows;
}

/** Everything about one site's watch. */
export async function findWatchedSite(
  db: Db,
  siteId: string,
): Promise<{ target: TargetRow; state: WatchStatesTable | undefined } | undefined> {
  const target = await db.selectFrom('watch_targets').selectAll().where('site_id', '=', siteId).executeTakeFirst();
  if (!target) return undefined;
  const state = await db.selectFrom('watch_states').selectAll().where('target_id', '=', target.id).executeTakeFirst();
  return { target, state };
}

export interface TargetRow {
  id: string;
  no: number;
  site_id: string | null;
  kind: 'site' | 'drill';
  url: string | null;
  enabled: boolean;
  interval_ms: number;
  keyword: string | null;
  expected_status: number | null;
  extra_hosts: string[];
  learn_from: Date | null;
  check_asked_at: Date | null;
  added_at: Date;
}

/** Changes a target; the watchers see it because its revision rises. */
export async function updateTarget(db: Db, id: string, set: Updateable<WatchTargetsTable>): Promise<void> {
  await db
    .updateTable('watch_targets')
    .set({ ...set, revision: sql<number>`nextval('watch_revisions')` })
    .where('id', '=', id)
    .execute();
}

export interface WatcherRow extends WatchersRow {
  alive: boolean;
}
interface WatchersRow {
  id: string;
  process_name: string;
  started_at: Date;
  heartbeat_at: Date;
  targets: number;
  checks_a_minute: number;
  lateness_ms: number;
  loop_delay_ms: number;
  blind_since: Date | null;
  blind_cause: string | null;
  spooled: number;
  dropped: number;
}

/** Watchers of the last day, those that live first. Whether one lives is by the database's clock, as its lease is. */
export async function listWatchers(db: Db, timeScale: number): Promise<WatcherRow[]> {
  const found = await sql<WatcherRow>`
    select *, heartbeat_at > clock_timestamp() - make_interval(secs => ${leaseSeconds / timeScale}) as alive
    from watchers where heartbeat_at > clock_timestamp() - interval '1 day'
    order by alive desc, started_at`.execute(db);
  return found.rows;
}

/** Sites that are to be watched, and those among them that no living watcher told of within three intervals and two minutes. */
export async function countTargets(db: Db): Promise<{ targets: number; unwatched: number }> {
  const found = await sql<{ targets: number; unwatched: number }>`
    select count(*)::int as targets,
      (count(*) filter (where w.checked_at is null
        or w.checked_at < clock_timestamp() - make_interval(secs => 120 + 3 * t.interval_ms / 1000.0)))::int as unwatched
    from watch_targets t
    join sites s on s.id = t.site_id and s.removed_at is null
    left join watch_states w on w.target_id = t.id
    where t.enabled`.execute(db);
  return found.rows[0] ?? { targets: 0, unwatched: 0 };
}

/** Sites under care. */
export async function countSites(db: Db): Promise<number> {
  const found = await sql<{ n: number }>`select count(*)::int as n from sites where removed_at is null`.execute(db);
  return found.rows[0]?.n ?? 0;
}

export async function readReferenceHosts(db: Db): Promise<string[]> {
  const row = await db.selectFrom('watch_settings').select('reference_hosts').executeTakeFirst();
  return row?.reference_hosts ?? [];
}

export async function writeReferenceHosts(db: Db, hosts: readonly string[]): Promise<void> {
  await db
    .updateTable('watch_settings')
    .set({ reference_hosts: [...hosts] })
    .execute();
  await sql`select pg_notify('watch_targets', '')`.execute(db);
}

/** Work of our own that runs on sites now: from when, of which kind. */
export async function listOwnWork(
  db: Db,
  sagas: readonly string[],
): Promise<{ site_id: string; saga: string; started_at: Date }[]> {
  const found = await sql<{ site_id: string; saga: string; started_at: Date }>`
    select split_part(subject, ':', 2) as site_id, saga, coalesce(started_at, created_at) as started_at
    from saga_runs where state = 'running' and saga = any (${[...sagas]}::text[]) and subject like 'site:%'`.execute(
    db,
  );
  return found.rows;
}
