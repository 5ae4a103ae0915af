import { sql } from 'kysely';
import type { Db } from '../platform/database/index.ts';

/** That the backups of a site can be put back: it was done, on trial or for real. */
export interface RestoreProof {
  kind: 'trial-restore' | 'restore';
  at: Date;
  /** Of the snapshot that was put back; null when it is gone. */
  takenAt: Date | null;
}

/** The last good trial restore or restore of each of these sites. */
export async function lastProofs(db: Db, siteIds: readonly string[]): Promise<Map<string, RestoreProof>> {
  const { rows } = await sql<RestoreProof & { site: string }>`
    select asked.site, proof.kind, proof.at, s.taken_at as "takenAt"
    from unnest(${[...siteIds]}::text[]) as asked (site)
    cross join lateral (
      select * from (
        (select 'trial-restore' as kind, v.ended_at as at, v.snapshot_id as snapshot from verifications v
          where v.site_id = asked.site and v.kind = 'trial-restore' and v.ok order by v.id desc limit 1)
        union all
        (select 'restore', r.finished_at, r.snapshot from restores r
          where r.site_id = asked.site and r.target = 'site' and r.state = 'done' and r.undo_of is null
          order by r.requested_at desc limit 1)
      ) both_kinds where at is not null order by at desc limit 1
    ) proof
    left join snapshots s on s.id = proof.snapshot
  `.execute(db);
  return new Map(rows.map(({ site, ...proof }) => [site, proof]));
}

/** What a site could be put back to. */
export interface Moment {
  snapshot: string;
  at: Date;
  /** Whole, right, and not made to keep a broken state. */
  usable: boolean;
  /** Files and database, unpacked. */
  bytes: number;
}

/** Newest first. `until`: not after it. */
export async function listMoments(
  db: Db,
  siteId: string,
  options: { limit: number; until?: Date; usableOnly?: boolean },
): Promise<Moment[]> {
  const usable = sql<boolean>`complete and wrong_since is null and reason <> 'before-restore'`;
  let query = db
    .selectFrom('snapshots')
    .select(['id as snapshot', 'taken_at as at', usable.as('usable')])
    .select(sql<number>`((figures->>'fileBytes')::float8 + (figures->>'databaseBytes')::float8)`.as('bytes'))
    .where('site_id', '=', siteId)
    .where('forgotten_at', 'is', null);
  if (options.until !== undefined) query = query.where('taken_at', '<=', options.until);
  if (options.usableOnly === true) query = query.where(usable);
  return query.orderBy('taken_at', 'desc').limit(options.limit).execute();
}

/** How far back a site can go. */
export async function countMoments(db: Db, siteId: string): Promise<{ count: number; oldest: Date | null }> {
  const { rows } = await sql<{ count: number; oldest: Date | null }>`
    select count(*)::int as count, min(taken_at) as oldest from snapshots
    where site_id = ${siteId} and forgotten_at is null and complete and wrong_since is null and reason <> 'before-restore'
  `.execute(db);
  return rows[0] ?? { count: 0, oldest: null };
}

/** Facts about the backups of some sites for a customer: when the last good one was, and whether they are paused. */
export async function lastGoodBackups(
  db: Db,
  siteIds: readonly string[],
): Promise<Map<string, { at: Date | null; paused: boolean }>> {
  const { rows } = await sql<{ site: string; at: Date | null; paused: boolean }>`
    select asked.site, good.at, coalesce(p.paused, false) as paused
    from unnest(${[...siteIds]}::text[]) as asked (site)
    left join backup_settings p on p.site_id = asked.site
    left join lateral (
      select s.taken_at as at from snapshots s
      where s.site_id = asked.site and s.forgotten_at is null and s.complete and s.wrong_since is null
        and s.reason <> 'before-restore'
      order by s.taken_at desc limit 1
    ) good on true
  `.execute(db);
  return new Map(rows.map(({ site, ...rest }) => [site, rest]));
}
