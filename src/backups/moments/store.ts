import { sql } from 'kysely';
import type { Db } from '../../platform/database/index.ts';
import type { BackupReason } from '../rules/snapshot-layout.ts';
import type { BarUnit, Span } from './rules/timeline.ts';

/** What a bar of the line needs of a snapshot. Bytes. */
export interface MomentRow {
  id: string;
  taken_at: Date;
  reason: BackupReason;
  complete: boolean;
  wrong: boolean;
  held: boolean;
  bytes: number;
  stored: number;
}

const bytesOf = sql`coalesce((s.figures->>'fileBytes')::bigint, 0) + coalesce((s.figures->>'databaseBytes')::bigint, 0)`;
const momentColumns = sql`s.id, s.taken_at, s.reason, s.complete, s.wrong_since is not null as wrong, s.held is not null as held,
  (${bytesOf})::float8 as bytes, coalesce((s.figures->>'bytesStored')::bigint, 0)::float8 as stored`;

/** How many there are to go back to, and between which moments. */
export async function spanOfMoments(
  db: Db,
  siteId: string,
  range: { from: Date | null; to: Date | null },
): Promise<{
  all: number;
  oldest: Date | null;
  newest: Date | null;
  count: number;
  first: Date | null;
  largest: number;
}> {
  const found = await sql<Awaited<ReturnType<typeof spanOfMoments>>>`
    select count(*)::int as all, min(s.taken_at) as oldest, max(s.taken_at) as newest,
      count(*) filter (where ${within(range)})::int as count,
      min(s.taken_at) filter (where ${within(range)}) as first,
      coalesce(max(${bytesOf}) filter (where ${within(range)}), 0)::float8 as largest
    from snapshots s where s.site_id = ${siteId} and s.forgotten_at is null`.execute(db);
  return found.rows[0]!;
}

function within({ from, to }: { from: Date | null; to: Date | null }) {
  return sql`(${from}::timestamptz is null or s.taken_at >= ${from}) and (${to}::timestamptz is null or s.taken_at < ${to})`;
}

/** Every snapshot in the range, oldest first. */
export async function listMoments(
  db: Db,
  siteId: string,
  range: { from: Date | null; to: Date | null },
  limit: number,
): Promise<MomentRow[]> {
  const found = await sql<MomentRow>`
    select ${momentColumns} from snapshots s
    where s.site_id = ${siteId} and s.forgotten_at is null and ${within(range)}
    order by s.taken_at, s.id limit ${limit}`.execute(db);
  return found.rows;
}

export interface BarRow extends MomentRow {
  begins: Date;
  snapshots: number;
  incomplete: number;
  wrong_ones: number;
  held_ones: number;
  stored_all: number;
}

/** One row per calendar unit that has snapshots: the last good one (else the last) with figures of all. */
export async function listBars(
  db: Db,
  siteId: string,
  range: { from: Date | null; to: Date | null },
  unit: Exclude<BarUnit, 'moment'>,
  timeZone: string,
): Promise<BarRow[]> {
  const found = await sql<BarRow>`
    select distinct on (begins) ${momentColumns}, begins,
      count(*) over bar::int as snapshots,
      count(*) filter (where not s.complete) over bar::int as incomplete,
      count(*) filter (where s.wrong_since is not null) over bar::int as wrong_ones,
      count(*) filter (where s.held is not null) over bar::int as held_ones,
      (sum(coalesce((s.figures->>'bytesStored')::bigint, 0)) over bar)::float8 as stored_all
    from (
      select *, date_trunc(${unit}, taken_at, ${timeZone}) as begins from snapshots
      where site_id = ${siteId} and forgotten_at is null
    ) s
    where ${within(range)}
    window bar as (partition by begins)
    order by begins, (s.complete and s.wrong_since is null) desc, s.taken_at desc`.execute(db);
  return found.rows;
}

/**
 * Stretches without a good snapshot that are longer than `longestMs`, until `now`. Those that retention took away since
 * count as taken.
 */
export async function listGaps(db: Db, siteId: string, longestMs: number, now: Date): Promise<Span[]> {
  const found = await sql<{ from: Date; to: Date }>`
    select taken_at as from, next as to from (
      select taken_at, coalesce(lead(taken_at) over (order by taken_at), ${now}) as next from snapshots
      where site_id = ${siteId} and complete and (wrong_since is null or forgotten_at is not null)
    ) one
    where next - taken_at > ${longestMs} * interval '1 millisecond'
    order by taken_at desc limit 200`.execute(db);
  return found.rows.map(({ from, to }) => ({ from: from.getTime(), to: to.getTime() })).toReversed();
}

/** When backups of the site failed, oldest first; the newest thousand. */
export async function listFailures(
  db: Db,
  siteId: string,
  range: { from: Date | null; to: Date | null },
): Promise<{ id: string; at: Date; message: string | null }[]> {
  const found = await sql<{ id: string; at: Date; message: string | null }>`
    select id, finished_at as at, error->>'message' as message from saga_runs
    where subject = ${`site:${siteId}`} and saga = 'backup-site' and state = 'failed' and finished_at is not null
      and (${range.from}::timestamptz is null or created_at >= ${range.from})
      and (${range.to}::timestamptz is null or created_at < ${range.to})
    order by created_at desc limit 1000`.execute(db);
  return found.rows.toReversed();
}

export interface NeighbourRow {
  id: string;
  taken_at: Date;
}

/** The snapshots right before and after one, and how many lie on either side. */
export async function neighboursOf(
  db: Db,
  siteId: string,
  one: { id: string; taken_at: Date },
): Promise<{ previous: NeighbourRow | null; next: NeighbourRow | null; older: number; newer: number }> {
  const side = async (newer: boolean) => {
    let query = db
      .selectFrom('snapshots')
      .select(['id', 'taken_at'])
      .where('site_id', '=', siteId)
      .where('forgotten_at', 'is', null);
    query = newer
      ? query
          .where(sql<boolean>`(taken_at, id) > (${one.taken_at}, ${one.id})`)
          .orderBy('taken_at')
          .orderBy('id')
      : query
          .where(sql<boolean>`(taken_at, id) < (${one.taken_at}, ${one.id})`)
          .orderBy('taken_at', 'desc')
          .orderBy('id', 'desc');
    return (await query.limit(1).executeTakeFirst()) ?? null;
  };
  const counts = await sql<{ older: number; newer: number }>`
    select count(*) filter (where (taken_at, id) < (${one.taken_at}, ${one.id}))::int as older,
      count(*) filter (where (taken_at, id) > (${one.taken_at}, ${one.id}))::int as newer
    from snapshots where site_id = ${siteId} and forgotten_at is null`.execute(db);
  return { previous: await side(false), next: await side(true), ...counts.rows[0]! };
}

/** The snapshot nearest to a moment, the earlier one when two are as near. */
export async function nearestMoment(db: Db, siteId: string, at: Date): Promise<string | undefined> {
  const found = await sql<{ id: string }>`
    select id from (
      (select id, taken_at from snapshots where site_id = ${siteId} and forgotten_at is null and taken_at <= ${at}
        order by taken_at desc limit 1)
      union all
      (select id, taken_at from snapshots where site_id = ${siteId} and forgotten_at is null and taken_at > ${at}
        order by taken_at limit 1)
    ) near
    order by abs(extract(epoch from taken_at - ${at}::timestamptz)), taken_at limit 1`.execute(db);
  return found.rows[0]?.id;
}

export interface RetainedRow {
  id: string;
  taken_at: Date;
  reason: BackupReason;
  complete: boolean;
  wrong_since: Date | null;
  held: 'by-hand' | null;
}

/** What retention looks at, of every snapshot: without the figures, for there may be thousands. */
export function listRetained(db: Db, siteId: string): Promise<RetainedRow[]> {
  return db
    .selectFrom('snapshots')
    .select(['id', 'taken_at', 'reason', 'complete', 'wrong_since', 'held'])
    .where('site_id', '=', siteId)
    .where('forgotten_at', 'is', null)
    .execute();
}

export interface ReadBackRow {
  kind: 'structure' | 'slice' | 'trial-restore';
  ended_at: Date;
  ok: boolean;
  slice_part: number | null;
  slice_of: number | null;
}

/** The last look of each kind that read this snapshot back; slices are of the whole repository. */
export async function listReadBacks(
  db: Db,
  siteId: string,
  snapshot: { id: string; stored_at: Date },
): Promise<ReadBackRow[]> {
  const found = await sql<ReadBackRow>`
    select distinct on (kind) kind, ended_at, ok, slice_part, slice_of from verifications
    where site_id = ${siteId} and (snapshot_id = ${snapshot.id} or (kind = 'slice' and began_at > ${snapshot.stored_at}))
    order by kind, id desc`.execute(db);
  return found.rows;
}

export interface GrowthRow {
  at: Date;
  files_bytes: number;
  database_bytes: number;
  files: number;
  rows: number;
  stored: number;
  backups: number;
}

/** The last complete snapshot of every calendar unit, also those that retention took away since; oldest first. */
export async function listGrowth(
  db: Db,
  siteId: string,
  since: Date | null,
  unit: 'hour' | 'day' | 'week' | 'month',
  timeZone: string,
): Promise<GrowthRow[]> {
  const found = await sql<GrowthRow>`
    select distinct on (begins) s.taken_at as at,
      coalesce((s.figures->>'fileBytes')::bigint, 0)::float8 as files_bytes,
      coalesce((s.figures->>'databaseBytes')::bigint, 0)::float8 as database_bytes,
      coalesce((s.figures->>'files')::bigint, 0)::float8 as files,
      coalesce((s.figures->>'rows')::bigint, 0)::float8 as rows,
      (sum(coalesce((s.figures->>'bytesStored')::bigint, 0)) over (partition by begins))::float8 as stored,
      count(*) over (partition by begins)::int as backups
    from (
      select *, date_trunc(${unit}, taken_at, ${timeZone}) as begins from snapshots
      where site_id = ${siteId} and complete and (${since}::timestamptz is null or taken_at >= ${since})
    ) s
    order by begins, s.taken_at desc`.execute(db);
  return found.rows;
}

/** When the first complete snapshot of a site was taken, also one that is gone. */
export async function firstMomentEver(db: Db, siteId: string): Promise<Date | undefined> {
  const found = await db
    .selectFrom('snapshots')
    .select((is) => is.fn.min('taken_at').as('at'))
    .where('site_id', '=', siteId)
    .where('complete', '=', true)
    .executeTakeFirst();
  return found?.at ?? undefined;
}
