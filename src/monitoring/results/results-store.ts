import { sql } from 'kysely';
import type { Db } from '../../platform/database/index.ts';

declare module '../../platform/database/tables.ts' {
  interface Tables {
    check_packs: {
      no: number;
      from_at: Date;
      to_at: Date;
      checks: number;
      down: number;
      unknown: number;
      total_avg: number | null;
      total_max: number | null;
      packed: Buffer;
    };
    check_hours: HourRow;
    check_days: {
      no: number;
      day: string;
      checks: number;
      down: number;
      unknown: number;
      total_avg: number | null;
      total_p50: number | null;
      total_p95: number | null;
    };
    check_rollups: { hour: Date; done_at: Date };
  }
}

export interface HourRow {
  no: number;
  hour: Date;
  checks: number;
  down: number;
  unknown: number;
  dns_avg: number | null;
  connect_avg: number | null;
  tls_avg: number | null;
  first_byte_avg: number | null;
  total_avg: number | null;
  total_p50: number | null;
  total_p95: number | null;
}

export interface PackRow {
  no: number;
  fromAt: number;
  toAt: number;
  checks: number;
  down: number;
  unknown: number;
  totalAvg: number | null;
  totalMax: number | null;
  packed: Buffer;
}

const hourMs = 3_600_000;

/** Writes packs in one statement; one that is there already stays. The hours they lie in are rolled up again. */
export async function insertPacks(db: Db, packs: readonly PackRow[]): Promise<void> {
  if (packs.length === 0) return;
  const column = <K extends keyof PackRow>(name: K): PackRow[K][] => packs.map((pack) => pack[name]);
  await sql`
    insert into check_packs (no, from_at, to_at, checks, down, unknown, total_avg, total_max, packed)
    select no, to_timestamp(from_ms / 1000), to_timestamp(to_ms / 1000), checks, down, unknown, total_avg, total_max, packed
    from unnest(${column('no')}::int[], ${column('fromAt')}::float8[], ${column('toAt')}::float8[],
      ${column('checks')}::smallint[], ${column('down')}::smallint[], ${column('unknown')}::smallint[],
      ${column('totalAvg')}::int[], ${column('totalMax')}::int[], ${column('packed')}::bytea[])
      as pack (no, from_ms, to_ms, checks, down, unknown, total_avg, total_max, packed)
    on conflict do nothing`.execute(db);
  const hours = new Set<number>();
  for (const pack of packs) {
    for (let hour = Math.floor(pack.fromAt / hourMs); hour <= Math.floor(pack.toAt / hourMs); hour++) hours.add(hour);
  }
  const dates = Array.from(hours, (hour) => new Date(hour * hourMs));
  await sql`delete from check_rollups where hour = any (${dates}::timestamptz[])`.execute(db);
}

export interface StoredPack {
  no: number;
  /** Milliseconds since 1970. */
  fromAt: number;
  packed: Buffer;
}

/** Packs that have a check between two moments (a pack spans minutes, so some of its checks may lie outside). By time. */
export async function listPacks(
  db: Db,
  filter: { nos: readonly number[]; from: Date; to: Date; spanMs?: number },
): Promise<StoredPack[]> {
  // A pack begins at most this long before its last check; the bound lets partitions be left out.
  const earliest = new Date(filter.from.getTime() - (filter.spanMs ?? 2 * hourMs));
  const found = await sql<{ no: number; from_ms: number; packed: Buffer }>`
    select no, (extract(epoch from from_at) * 1000)::float8 as from_ms, packed from check_packs
    where no = any (${[...filter.nos]}::int[]) and from_at >= ${earliest} and from_at < ${filter.to} and to_at >= ${filter.from}
    order by from_at`.execute(db);
  return found.rows.map(({ no, from_ms: fromAt, packed }) => ({ no, fromAt, packed }));
}

/** The newest packs of one target, newest first. */
export async function listLastPacks(db: Db, no: number, limit: number): Promise<StoredPack[]> {
  const found = await sql<{ from_ms: number; packed: Buffer }>`
    select (extract(epoch from from_at) * 1000)::float8 as from_ms, packed from check_packs
    where no = ${no} order by from_at desc limit ${limit}`.execute(db);
  return found.rows.map((row) => ({ no, fromAt: row.from_ms, packed: row.packed }));
}

/** Targets that have packs in a span. */
export async function listNosWithPacks(db: Db, from: Date, to: Date): Promise<number[]> {
  const earliest = new Date(from.getTime() - 2 * hourMs);
  const found = await sql<{ no: number }>`
    select distinct no from check_packs where from_at >= ${earliest} and from_at < ${to} and to_at >= ${from} order by no`.execute(
    db,
  );
  return found.rows.map((row) => row.no);
}

export async function upsertHours(db: Db, rows: readonly HourRow[]): Promise<void> {
  if (rows.length === 0) return;
  await db
    .insertInto('check_hours')
    .values([...rows])
    .onConflict((conflict) =>
      conflict.columns(['no', 'hour']).doUpdateSet((is) => ({
        checks: is.ref('excluded.checks'),
        down: is.ref('excluded.down'),
        unknown: is.ref('excluded.unknown'),
        dns_avg: is.ref('excluded.dns_avg'),
        connect_avg: is.ref('excluded.connect_avg'),
        tls_avg: is.ref('excluded.tls_avg'),
        first_byte_avg: is.ref('excluded.first_byte_avg'),
        total_avg: is.ref('excluded.total_avg'),
        total_p50: is.ref('excluded.total_p50'),
        total_p95: is.ref('excluded.total_p95'),
      })),
    )
    .execute();
}

/** Which of these hours are rolled up. */
export async function listRolledUp(db: Db, from: Date): Promise<Set<number>> {
  const rows = await db.selectFrom('check_rollups').select('hour').where('hour', '>=', from).execute();
  return new Set(rows.map((row) => row.hour.getTime()));
}

export async function markRolledUp(db: Db, hour: Date, at: Date): Promise<void> {
  await db
    .insertInto('check_rollups')
    .values({ hour, done_at: at })
    .onConflict((conflict) => conflict.column('hour').doUpdateSet({ done_at: at }))
    .execute();
}

/** One day of all targets from their hours; percentiles are the hours' own, weighed by checks (close, not exact). */
export async function rollUpDay(db: Db, day: string, from: Date, to: Date): Promise<void> {
  await sql`
    insert into check_days (no, day, checks, down, unknown, total_avg, total_p50, total_p95)
    select no, ${day}::date, sum(checks), sum(down), sum(unknown),
      (sum(total_avg * checks) / nullif(sum(checks) filter (where total_avg is not null), 0))::int,
      (sum(total_p50 * checks) / nullif(sum(checks) filter (where total_p50 is not null), 0))::int,
      (sum(total_p95 * checks) / nullif(sum(checks) filter (where total_p95 is not null), 0))::int
    from check_hours where hour >= ${from} and hour < ${to} group by no
    on conflict (no, day) do update set checks = excluded.checks, down = excluded.down, unknown = excluded.unknown,
      total_avg = excluded.total_avg, total_p50 = excluded.total_p50, total_p95 = excluded.total_p95`.execute(db);
}

export function listHours(db: Db, no: number, from: Date, to: Date): Promise<HourRow[]> {
  return db
    .selectFrom('check_hours')
    .selectAll()
    .where('no', '=', no)
    .where('hour', '>=', from)
    .where('hour', '<', to)
    .orderBy('hour')
    .execute();
}

/** `from`, `to`: calendar days, `to` included. */
export async function listDays(
  db: Db,
  no: number,
  from: string,
  to: string,
): Promise<{ day: string; checks: number; down: number; unknown: number }[]> {
  const found = await sql<{ day: string; checks: number; down: number; unknown: number }>`
    select to_char(day, 'YYYY-MM-DD') as day, checks, down, unknown from check_days
    where no = ${no} and day between ${from}::date and ${to}::date order by day`.execute(db);
  return found.rows;
}

/** Hours that nobody looks at any more. */
export async function deleteHoursBefore(db: Db, before: Date): Promise<void> {
  await db.deleteFrom('check_hours').where('hour', '<', before).execute();
  await db.deleteFrom('check_rollups').where('hour', '<', before).execute();
}

const partitionName = (day: string): string => `check_packs_${day.replaceAll('-', '')}`;

/** Days (UTC, `2026-11-28`) that have a partition, oldest first. */
export async function listPartitions(db: Db): Promise<string[]> {
  const found = await sql<{ name: string }>`
    select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'check_packs'::regclass order by 1`.execute(db);
  return found.rows.map(({ name }) => name.replace(/^check_packs_(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3'));
}

/** Makes the partition of a day; safe when another process does so at the same moment. */
export async function createPartition(db: Db, day: string): Promise<void> {
  const from = new Date(`${day}T00:00:00Z`);
  const to = new Date(from.getTime() + 24 * hourMs);
  await db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(hashtextextended('nachtwacht check_packs', 0))`.execute(trx);
    await sql`create table if not exists ${sql.table(partitionName(day))} partition of check_packs
      for values from (${sql.lit(from.toISOString())}) to (${sql.lit(to.toISOString())})`.execute(trx);
  });
}

/** Dropped whole: nothing is deleted row by row. Waits for nobody longer than two seconds; the next look tries again. */
export async function dropPartition(db: Db, day: string): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await sql`set local lock_timeout = '2s'`.execute(trx);
    await sql`drop table if exists ${sql.table(partitionName(day))}`.execute(trx);
  });
}

/** Bytes of all partitions with their indexes. */
export async function packsBytes(db: Db): Promise<number> {
  const found = await sql<{ bytes: number }>`
    select coalesce(sum(pg_total_relation_size(inhrelid)), 0)::float8 as bytes from pg_inherits
    where inhparent = 'check_packs'::regclass`.execute(db);
  return found.rows[0]?.bytes ?? 0;
}
