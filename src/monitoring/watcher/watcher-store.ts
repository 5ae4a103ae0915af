import { sql } from 'kysely';
import type { Db } from '../../platform/database/index.ts';
import { leaseSeconds } from '../store.ts';
import type { WatchTarget } from './target.ts';

export interface FoundTarget extends WatchTarget {
  /** False: leave it. */
  wanted: boolean;
}

/** Targets whose revision is above one that is known (0 = all), also those that are no longer wanted. */
export async function listTargets(db: Db, aboveRevision: number): Promise<FoundTarget[]> {
  const found = await sql<{
    id: string;
    no: number;
    site_id: string | null;
    kind: 'site' | 'drill';
    url: string | null;
    enabled: boolean;
    removed: boolean;
    interval_ms: number;
    keyword: string | null;
    expected_status: number | null;
    extra_hosts: string[];
    learn_from: Date | null;
    check_asked_at: Date | null;
    revision: number;
  }>`
    select t.id, t.no, t.site_id, t.kind, coalesce(t.url, s.url) as url, t.enabled, s.removed_at is not null as removed,
      t.interval_ms, t.keyword, t.expected_status, t.extra_hosts, t.learn_from, t.check_asked_at, t.revision
    from watch_targets t left join sites s on s.id = t.site_id
    where t.revision > ${aboveRevision}`.execute(db);
  return found.rows.map((row) => ({
    id: row.id,
    no: row.no,
    siteId: row.site_id,
    kind: row.kind,
    url: row.url ?? '',
    intervalMs: row.interval_ms,
    keyword: row.keyword,
    expectedStatus: row.expected_status,
    extraHosts: row.extra_hosts,
    learnFrom: row.learn_from?.getTime() ?? null,
    checkAskedAt: row.check_asked_at?.getTime() ?? null,
    revision: row.revision,
    wanted: row.enabled && !row.removed && row.url !== null,
  }));
}

export interface Pulse {
  id: string;
  processName: string;
  startedAt: Date;
  targets: number;
  checksAMinute: number;
  latenessMs: number;
  loopDelayMs: number;
  blindSince: Date | null;
  blindCause: string | null;
  spooled: number;
  dropped: number;
}

/** Says that this watcher lives, and gives all that do (itself too). By the database's clock: those of machines differ. */
export async function beat(db: Db, pulse: Pulse, timeScale: number): Promise<string[]> {
  await sql`
    insert into watchers (id, process_name, started_at, heartbeat_at, targets, checks_a_minute, lateness_ms, loop_delay_ms,
      blind_since, blind_cause, spooled, dropped)
    values (${pulse.id}, ${pulse.processName}, ${pulse.startedAt}, clock_timestamp(), ${pulse.targets},
      ${pulse.checksAMinute}, ${pulse.latenessMs}, ${pulse.loopDelayMs}, ${pulse.blindSince}, ${pulse.blindCause},
      ${pulse.spooled}, ${pulse.dropped})
    on conflict (id) do update set process_name = excluded.process_name, started_at = excluded.started_at,
      heartbeat_at = excluded.heartbeat_at, targets = excluded.targets, checks_a_minute = excluded.checks_a_minute,
      lateness_ms = excluded.lateness_ms, loop_delay_ms = excluded.loop_delay_ms, blind_since = excluded.blind_since,
      blind_cause = excluded.blind_cause, spooled = excluded.spooled, dropped = excluded.dropped`.execute(db);
  const alive = await sql<{ id: string }>`
    select id from watchers
    where heartbeat_at > clock_timestamp() - make_interval(secs => ${leaseSeconds / timeScale}) order by id`.execute(
    db,
  );
  return alive.rows.map((row) => row.id);
}

/** A watcher that ends says so: its sites need not wait for its lease to run out. */
export async function leaveWatch(db: Db, id: string): Promise<void> {
  await db.deleteFrom('watchers').where('id', '=', id).execute();
}

/** Whether another watcher that lives is blind as well. */
export async function isAnotherBlind(db: Db, id: string, timeScale: number): Promise<boolean> {
  const found = await sql<{ blind: boolean }>`
    select exists (select 1 from watchers where id <> ${id} and blind_since is not null
      and heartbeat_at > clock_timestamp() - make_interval(secs => ${leaseSeconds / timeScale})) as blind`.execute(db);
  return found.rows[0]?.blind === true;
}

/** How far the results of one life of a spool are in the database, by target. */
export async function readFlushed(db: Db, spool: string, nos: readonly number[]): Promise<Map<number, number>> {
  const found = await sql<{ no: number; seq: number }>`
    select no, seq from watch_flushes where spool = ${spool} and no = any (${[...nos]}::int[])`.execute(db);
  return new Map(found.rows.map((row) => [row.no, row.seq]));
}

export async function writeFlushed(db: Db, spool: string, rows: readonly { no: number; seq: number }[]): Promise<void> {
  await sql`
    insert into watch_flushes (spool, no, seq)
    select ${spool}, no, seq from unnest(${rows.map((row) => row.no)}::int[], ${rows.map((row) => row.seq)}::bigint[]) as row (no, seq)
    on conflict (spool, no) do update set seq = greatest(watch_flushes.seq, excluded.seq)`.execute(db);
}

export async function forgetFlushed(db: Db, spools: readonly string[]): Promise<void> {
  await db.deleteFrom('watch_flushes').where('spool', 'in', spools).execute();
}

/** One flush of a spool at a time, even when one whose connection was given up still commits. In a transaction. */
export async function lockSpool(db: Db, spool: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`nachtwacht spool ${spool}`}, 0))`.execute(db);
}
