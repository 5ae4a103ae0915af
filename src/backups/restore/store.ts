import type { Generated } from 'kysely';
import { json, type Db } from '../../platform/database/index.ts';
import type { RestoreScope } from './rules/choose-scope.ts';
import type { PlanSummary } from './rules/summarize-plan.ts';

export type RestoreState = 'queued' | 'running' | 'done' | 'reverted' | 'failed';
export type RestoreTarget = 'site' | 'folder' | 'download';

interface RestoresTable {
  id: string;
  site_id: string;
  snapshot: string;
  scope: RestoreScope;
  target: RestoreTarget;
  state: RestoreState;
  requested_by: string;
  requested_at: Date;
  finished_at: Date | null;
  /** Snapshots of the state before, in the order in which they were taken: what undoing goes back to. */
  present: Generated<string[]>;
  undo_of: string | null;
  plan: PlanSummary | null;
  evidence: unknown;
  /** A restore onto the site counts as a small job (P5); jobs read these rows. */
  small_job: boolean;
}

declare module '../../platform/database/tables.ts' {
  interface Tables {
    restores: RestoresTable;
  }
}

export interface RestoreRow {
  id: string;
  siteId: string;
  snapshot: string;
  scope: RestoreScope;
  target: RestoreTarget;
  state: RestoreState;
  requestedBy: string;
  requestedAt: Date;
  finishedAt: Date | null;
  present: string[];
  undoOf: string | null;
  plan: PlanSummary | null;
  evidence: unknown;
  smallJob: boolean;
}

export type NewRestore = Pick<
  RestoreRow,
  'id' | 'siteId' | 'snapshot' | 'scope' | 'target' | 'requestedBy' | 'requestedAt' | 'undoOf'
>;

/** Once per run; a repeat changes nothing. */
export async function insertRestore(db: Db, row: NewRestore): Promise<void> {
  await db
    .insertInto('restores')
    .values({
      id: row.id,
      site_id: row.siteId,
      snapshot: row.snapshot,
      scope: json(row.scope),
      target: row.target,
      state: 'queued',
      requested_by: row.requestedBy,
      requested_at: row.requestedAt,
      undo_of: row.undoOf,
      small_job: false,
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
}

export async function updateRestore(
  db: Db,
  id: string,
  change: Partial<{
    state: RestoreState;
    plan: PlanSummary;
    present: string[];
    evidence: unknown;
    finishedAt: Date;
    smallJob: boolean;
  }>,
): Promise<void> {
  await db
    .updateTable('restores')
    .set({
      ...(change.state === undefined ? {} : { state: change.state }),
      ...(change.plan === undefined ? {} : { plan: json(change.plan) }),
      ...(change.present === undefined ? {} : { present: change.present }),
      ...(change.evidence === undefined ? {} : { evidence: json(change.evidence) }),
      ...(change.finishedAt === undefined ? {} : { finished_at: change.finishedAt }),
      ...(change.smallJob === undefined ? {} : { small_job: change.smallJob }),
    })
    .where('id', '=', id)
    .execute();
}

export async function findRestore(db: Db, id: string): Promise<RestoreRow | undefined> {
  const row = await db.selectFrom('restores').selectAll().where('id', '=', id).executeTakeFirst();
  return row === undefined ? undefined : fromRow(row);
}

export async function listRestores(db: Db, siteId: string, limit: number, before?: Date): Promise<RestoreRow[]> {
  let query = db.selectFrom('restores').selectAll().where('site_id', '=', siteId);
  if (before !== undefined) query = query.where('requested_at', '<', before);
  return (await query.orderBy('requested_at', 'desc').limit(limit).execute()).map(fromRow);
}

/** Which of these restores were undone, and by which. */
export async function listUndone(db: Db, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('restores')
    .select(['id', 'undo_of'])
    .where('undo_of', 'in', ids)
    .where('state', '=', 'done')
    .execute();
  return new Map(rows.map((row) => [row.undo_of ?? '', row.id]));
}

/** Those of these snapshots that are still there to go back to. */
export async function listStillThere(db: Db, snapshots: readonly string[]): Promise<Set<string>> {
  if (snapshots.length === 0) return new Set();
  const rows = await db
    .selectFrom('snapshots')
    .select('id')
    .where('id', 'in', snapshots)
    .where('forgotten_at', 'is', null)
    .execute();
  return new Set(rows.map((row) => row.id));
}

function fromRow(row: Omit<RestoresTable, 'present'> & { present: string[] }): RestoreRow {
  return {
    id: row.id,
    siteId: row.site_id,
    snapshot: row.snapshot,
    scope: row.scope,
    target: row.target,
    state: row.state,
    requestedBy: row.requested_by,
    requestedAt: row.requested_at,
    finishedAt: row.finished_at,
    present: row.present,
    undoOf: row.undo_of,
    plan: row.plan,
    evidence: row.evidence,
    smallJob: row.small_job,
  };
}
