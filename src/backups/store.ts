import { sql, type Generated } from 'kysely';
import { json, type Db } from '../platform/database/index.ts';
import type { RepositoryPlace } from './rules/repository-place.ts';
import type { Exclude } from './rules/excludes.ts';
import type { RetentionPolicy } from './rules/retention.ts';
import type { Gap } from './rules/site-report.ts';
import type { BackupReason } from './rules/snapshot-layout.ts';
import type { BackupFigures } from './backup-figures.ts';

export interface RepositoryRow {
  site_id: string;
  place: RepositoryPlace;
  password: Buffer;
  s3_keys: Buffer | null;
  repository_id: string | null;
  made_at: Date;
  tidied_at: Date | null;
  pruned_at: Date | null;
  password_set_at: Date;
  /** When somebody last took the password to keep it elsewhere. */
  exported_at: Date | null;
}

export interface SettingsRow {
  site_id: string;
  /** No backup begins by itself. */
  paused: boolean;
  /** Null = the house's policy. */
  retention: RetentionPolicy | null;
  /** On top of the house's list. */
  excludes: Exclude[];
}

export interface SnapshotRow {
  id: string;
  site_id: string;
  run_id: string;
  reason: BackupReason;
  taken_at: Date;
  stored_at: Date;
  consistent: boolean;
  complete: boolean;
  gaps: Gap[];
  figures: BackupFigures;
  wrong_since: Date | null;
  held: 'by-hand' | null;
  forgotten_at: Date | null;
}

export type VerificationKind = 'structure' | 'slice' | 'trial-restore';

export interface VerificationRow {
  id: number;
  site_id: string;
  kind: VerificationKind;
  snapshot_id: string | null;
  slice_part: number | null;
  slice_of: number | null;
  began_at: Date;
  ended_at: Date;
  ok: boolean;
  problems: unknown;
  figures: unknown;
}

declare module '../platform/database/tables.ts' {
  interface Tables {
    repositories: RepositoryRow;
    backup_settings: Omit<SettingsRow, 'paused' | 'excludes'> & {
      paused: Generated<boolean>;
      excludes: Generated<Exclude[]>;
    };
    snapshots: SnapshotRow;
    verifications: Omit<VerificationRow, 'id'> & { id: Generated<number> };
  }
}

// Repositories

/** Keeps the first row when two make it at the same moment: its password is the one that counts. */
export async function insertRepository(
  db: Db,
  row: Pick<RepositoryRow, 'site_id' | 'place' | 'password' | 'made_at'> & { s3_keys?: Buffer | null },
): Promise<void> {
  await db
    .insertInto('repositories')
    .values({
      site_id: row.site_id,
      place: json(row.place),
      password: row.password,
      s3_keys: row.s3_keys ?? null,
      made_at: row.made_at,
      password_set_at: row.made_at,
    })
    .onConflict((conflict) => conflict.column('site_id').doNothing())
    .execute();
}

export function findRepository(db: Db, siteId: string): Promise<RepositoryRow | undefined> {
  return db.selectFrom('repositories').selectAll().where('site_id', '=', siteId).executeTakeFirst();
}

export function listRepositories(db: Db): Promise<RepositoryRow[]> {
  return db.selectFrom('repositories').selectAll().orderBy('site_id').execute();
}

/** False when the row says another place by now. */
export async function setRepositoryId(
  db: Db,
  siteId: string,
  place: RepositoryPlace,
  repositoryId: string,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('repositories')
    .set({ repository_id: repositoryId })
    .where('site_id', '=', siteId)
    .where('place', '=', json(place))
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Only while nothing was ever stored there. */
export async function movePlace(
  db: Db,
  siteId: string,
  move: { from: RepositoryPlace; to: RepositoryPlace },
): Promise<void> {
  await db
    .updateTable('repositories')
    .set({ place: json(move.to) })
    .where('site_id', '=', siteId)
    .where('repository_id', 'is', null)
    .where('place', '=', json(move.from))
    .execute();
}

export async function setExported(db: Db, siteId: string, at: Date): Promise<void> {
  await db.updateTable('repositories').set({ exported_at: at }).where('site_id', '=', siteId).execute();
}

/** Repositories with something in them, whose password nobody has kept elsewhere since it was last set. */
export async function countToExport(db: Db): Promise<number> {
  const { count } = await db
    .selectFrom('repositories')
    .select((is) => is.fn.countAll<string>().as('count'))
    .where('repository_id', 'is not', null)
    .where((is) => is.or([is('exported_at', 'is', null), is('exported_at', '<', is.ref('password_set_at'))]))
    .executeTakeFirstOrThrow();
  return Number(count);
}

export async function setTidied(
  db: Db,
  siteId: string,
  at: { tidied: Date; pruned?: Date | undefined },
): Promise<void> {
  await db
    .updateTable('repositories')
    .set({ tidied_at: at.tidied, ...(at.pruned === undefined ? {} : { pruned_at: at.pruned }) })
    .where('site_id', '=', siteId)
    .execute();
}

// Settings

export async function upsertSettings(
  db: Db,
  siteId: string,
  change: Partial<Omit<SettingsRow, 'site_id'>>,
): Promise<SettingsRow> {
  const set = {
    ...(change.paused === undefined ? {} : { paused: change.paused }),
    ...(change.retention === undefined ? {} : { retention: change.retention === null ? null : json(change.retention) }),
    ...(change.excludes === undefined ? {} : { excludes: json(change.excludes) }),
  };
  return db
    .insertInto('backup_settings')
    .values({ site_id: siteId, ...set })
    .onConflict((conflict) => conflict.column('site_id').doUpdateSet({ site_id: siteId, ...set }))
    .returningAll()
    .executeTakeFirstOrThrow();
}

export async function findSettings(db: Db, siteId: string): Promise<SettingsRow> {
  const row = await db.selectFrom('backup_settings').selectAll().where('site_id', '=', siteId).executeTakeFirst();
  return row ?? { site_id: siteId, paused: false, retention: null, excludes: [] };
}

/** What the schedule rules need of a site, in one query for all. Only sites that are asked for. */
export interface DueFacts {
  site_id: string;
  paused: boolean;
  last_good_start: Date | null;
  first_good_start: Date | null;
  first_stored: Date | null;
  last_stored: Date | null;
  last_attempt_end: Date | null;
  failures_in_row: number;
  busy: boolean;
  tidied_at: Date | null;
  pruned_at: Date | null;
  last_trial: Date | null;
  slice_part: number | null;
  slice_of: number | null;
  slice_at: Date | null;
  slice_tried: Date | null;
  trial_tried: Date | null;
  tidy_tried: Date | null;
}

export async function listDueFacts(db: Db, siteIds: readonly string[]): Promise<DueFacts[]> {
  const result = await sql<DueFacts>`
    select asked.site_id, coalesce(p.paused, false) as paused, good.last_good_start, good.first_good_start,
      stored.first_stored, stored.last_stored, tried.last_attempt_end, coalesce(tried.failures_in_row, 0)::int as failures_in_row,
      busy.busy, r.tidied_at, r.pruned_at, trial.last_trial, slice.slice_part, slice.slice_of, slice.slice_at,
      tries.slice_tried, tries.trial_tried, tries.tidy_tried
    from unnest(${[...siteIds]}::text[]) as asked (site_id)
    left join backup_settings p on p.site_id = asked.site_id
    left join repositories r on r.site_id = asked.site_id
    left join lateral (
      select max(s.taken_at) as last_good_start, min(s.taken_at) as first_good_start from snapshots s
      where s.site_id = asked.site_id and s.forgotten_at is null and s.complete and s.wrong_since is null
    ) good on true
    left join lateral (
      select min(s.stored_at) as first_stored, max(s.stored_at) as last_stored from snapshots s where s.site_id = asked.site_id
    ) stored on true
    left join lateral (
      select max(g.finished_at) as last_attempt_end, count(*) as failures_in_row from saga_runs g
      where g.subject = 'site:' || asked.site_id and g.saga = 'backup-site' and g.state in ('failed', 'done')
        and g.created_at > coalesce((
          select max(o.created_at) from saga_runs o
          where o.subject = 'site:' || asked.site_id and o.saga = 'backup-site' and o.state = 'done'
            and (o.result->>'complete')::boolean), '-infinity')
    ) tried on true
    left join lateral (
      select max(v.ended_at) as last_trial from verifications v
      where v.site_id = asked.site_id and v.kind = 'trial-restore' and v.ok
    ) trial on true
    left join lateral (
      select v.slice_part, v.slice_of, v.ended_at as slice_at from verifications v
      where v.site_id = asked.site_id and v.kind = 'slice' order by v.id desc limit 1
    ) slice on true
    left join lateral (
      select max(t.created_at) filter (where t.saga = 'verify-slice') as slice_tried,
        max(t.created_at) filter (where t.saga = 'trial-restore') as trial_tried,
        max(t.created_at) filter (where t.saga = 'tidy-repository') as tidy_tried
      from saga_runs t
      where t.subject in ('site:' || asked.site_id, 'verify:' || asked.site_id, 'trial:' || asked.site_id)
        and t.created_at > now() - interval '2 days'
    ) tries on true
    cross join lateral (
      select exists (select 1 from saga_runs b where b.subject = 'site:' || asked.site_id
        and b.state in ('queued', 'running')) as busy
    ) busy`.execute(db);
  return result.rows;
}

// Snapshots

export async function insertSnapshot(db: Db, row: Omit<SnapshotRow, 'held' | 'forgotten_at'>): Promise<void> {
  await db
    .insertInto('snapshots')
    .values({ ...row, gaps: json(row.gaps), figures: json(row.figures) })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
}

/** Newest first. */
export function listSnapshots(db: Db, siteId: string, options: { limit?: number } = {}): Promise<SnapshotRow[]> {
  let query = db
    .selectFrom('snapshots')
    .selectAll()
    .where('site_id', '=', siteId)
    .where('forgotten_at', 'is', null)
    .orderBy('taken_at', 'desc');
  if (options.limit !== undefined) query = query.limit(options.limit);
  return query.execute();
}

/** The oldest snapshot that can be relied on: since then the site is safe. */
export function findFirstGood(db: Db, siteId: string): Promise<SnapshotRow | undefined> {
  return db
    .selectFrom('snapshots')
    .selectAll()
    .where('site_id', '=', siteId)
    .where('complete', '=', true)
    .where('wrong_since', 'is', null)
    .where('forgotten_at', 'is', null)
    .orderBy('taken_at')
    .limit(1)
    .executeTakeFirst();
}

/** By full id or by its beginning; two when it is not clear which. */
export function findSnapshots(db: Db, siteId: string, beginning: string): Promise<SnapshotRow[]> {
  return db
    .selectFrom('snapshots')
    .selectAll()
    .where('site_id', '=', siteId)
    .where('forgotten_at', 'is', null)
    .where(sql<boolean>`starts_with(id, ${beginning})`)
    .limit(2)
    .execute();
}

/**
 * By id, its beginning, `latest` or `latest-good` (the newest that is whole, right, and not made to keep a broken
 * state); undefined when there is none or it is not clear which.
 */
export async function findSnapshotByWord(db: Db, siteId: string, wanted: string): Promise<SnapshotRow | undefined> {
  if (wanted !== 'latest' && wanted !== 'latest-good') {
    const [first, second] = await findSnapshots(db, siteId, wanted);
    return second === undefined ? first : undefined;
  }
  let query = db.selectFrom('snapshots').selectAll().where('site_id', '=', siteId).where('forgotten_at', 'is', null);
  if (wanted === 'latest-good') {
    query = query.where('complete', '=', true).where('wrong_since', 'is', null).where('reason', '!=', 'before-restore');
  }
  return query.orderBy('taken_at', 'desc').limit(1).executeTakeFirst();
}

export function findSnapshotOfRun(db: Db, runId: string): Promise<SnapshotRow | undefined> {
  return db.selectFrom('snapshots').selectAll().where('run_id', '=', runId).executeTakeFirst();
}

export async function markForgotten(db: Db, ids: string[], at: Date): Promise<void> {
  if (ids.length > 0) await db.updateTable('snapshots').set({ forgotten_at: at }).where('id', 'in', ids).execute();
}

export async function markWrong(db: Db, ids: string[], at: Date): Promise<void> {
  if (ids.length === 0) return;
  await db
    .updateTable('snapshots')
    .set({ wrong_since: at })
    .where('id', 'in', ids)
    .where('wrong_since', 'is', null)
    .execute();
}

/** Takes the mark off the snapshots of a site that were read back whole again: all but these. */
export async function clearWrong(db: Db, siteId: string, stillWrong: readonly string[]): Promise<void> {
  let query = db.updateTable('snapshots').set({ wrong_since: null }).where('site_id', '=', siteId);
  if (stillWrong.length > 0) query = query.where('id', 'not in', [...stillWrong]);
  await query.where('forgotten_at', 'is', null).where('wrong_since', 'is not', null).execute();
}

/** Ids of the snapshots that are kept and that a check found damaged. */
export async function listWrong(db: Db, siteId: string): Promise<Set<string>> {
  const rows = await db
    .selectFrom('snapshots')
    .select('id')
    .where('site_id', '=', siteId)
    .where('forgotten_at', 'is', null)
    .where('wrong_since', 'is not', null)
    .execute();
  return new Set(rows.map((row) => row.id));
}

export async function setHeld(db: Db, id: string, held: 'by-hand' | null): Promise<void> {
  await db.updateTable('snapshots').set({ held }).where('id', '=', id).execute();
}

// Verifications

export async function insertVerification(db: Db, row: Omit<VerificationRow, 'id'>): Promise<void> {
  await db
    .insertInto('verifications')
    .values({ ...row, problems: json(row.problems), figures: json(row.figures) })
    .execute();
}

export function listVerifications(db: Db, siteId: string, limit: number, before?: number): Promise<VerificationRow[]> {
  let query = db.selectFrom('verifications').selectAll().where('site_id', '=', siteId);
  if (before !== undefined) query = query.where('id', '<', before);
  return query.orderBy('id', 'desc').limit(limit).execute();
}
