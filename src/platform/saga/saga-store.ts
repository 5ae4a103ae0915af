import { sql, type Generated } from 'kysely';
import { json, type Db } from '../database/index.ts';
import { sagaQueue } from '../queue/queue.ts';

export type RunState = 'queued' | 'running' | 'done' | 'failed' | 'cancelled';

interface SagaRunsTable {
  id: string;
  saga: string;
  subject: string;
  input: unknown;
  state: RunState;
  claim: Generated<number>;
  attempt: Generated<number>;
  idle_attempts: Generated<number>;
  failures: Generated<number>;
  cancel_requested: Generated<boolean>;
  job_id: string | null;
  worker: string | null;
  result: unknown;
  error: unknown;
  requested_by: string;
  created_at: Date;
  started_at: Date | null;
  finished_at: Date | null;
  has_journal: Generated<boolean>;
}

declare module '../database/tables.ts' {
  interface Tables {
    saga_runs: SagaRunsTable;
    saga_steps: { run_id: string; name: string; claim: number; result: unknown; at: Date };
    saga_checkpoints: { run_id: string; name: string; claim: number; value: unknown; at: Date };
    saga_progress: { run_id: string; progress: unknown; at: Date };
    subject_claims: { subject: string; claim: number };
  }
}

/** What identifies one attempt by one worker: the run and the claim number it was given. */
export interface Held {
  runId: string;
  claim: number;
}

export interface RunRow {
  id: string;
  saga: string;
  subject: string;
  input: unknown;
  state: RunState;
  claim: number;
  attempt: number;
  failures: number;
  idle_attempts: number;
  cancel_requested: boolean;
  job_id: string | null;
  worker: string | null;
  result: unknown;
  error: unknown;
  requested_by: string;
  created_at: Date;
  started_at: Date | null;
  finished_at: Date | null;
}

/** Gives false when the subject has a run that is queued or running. */
export async function insertRun(
  db: Db,
  row: { id: string; saga: string; subject: string; input: unknown; requestedBy: string; at: Date },
): Promise<boolean> {
  const inserted = await db
    .insertInto('saga_runs')
    .values({
      id: row.id,
      saga: row.saga,
      subject: row.subject,
      input: json(row.input),
      state: 'queued',
      requested_by: row.requestedBy,
      created_at: row.at,
    })
    .onConflict((conflict) => conflict.column('subject').where('state', 'in', ['queued', 'running']).doNothing())
    .returning('id')
    .executeTakeFirst();
  return inserted !== undefined;
}

export function findRun(db: Db, id: string): Promise<RunRow | undefined> {
  return db.selectFrom('saga_runs').selectAll().where('id', '=', id).executeTakeFirst();
}

export function findLiveRun(db: Db, subject: string): Promise<RunRow | undefined> {
  return db
    .selectFrom('saga_runs')
    .selectAll()
    .where('subject', '=', subject)
    .where('state', 'in', ['queued', 'running'])
    .executeTakeFirst();
}

export function listRuns(
  db: Db,
  filter: {
    subject?: string;
    subjects?: readonly string[];
    saga?: string;
    live?: boolean;
    before?: Date;
    limit: number;
  },
): Promise<RunRow[]> {
  let query = db.selectFrom('saga_runs').selectAll();
  if (filter.subject !== undefined) query = query.where('subject', '=', filter.subject);
  if (filter.subjects !== undefined) query = query.where('subject', 'in', filter.subjects);
  if (filter.before !== undefined) query = query.where('created_at', '<', filter.before);
  if (filter.saga !== undefined) query = query.where('saga', '=', filter.saga);
  if (filter.live) query = query.where('state', 'in', ['queued', 'running']);
  return query.orderBy('created_at', 'desc').limit(filter.limit).execute();
}

export async function setJob(db: Db, runId: string, jobId: string | null): Promise<void> {
  await db.updateTable('saga_runs').set({ job_id: jobId }).where('id', '=', runId).execute();
}

/**
 * Takes the run for this worker: raises the subject's claim number and writes it on the run, provided that the
 * job is still active in the very attempt this worker fetched. Undefined = there is nothing (more) to do.
 */
export async function claimRun(
  db: Db,
  job: { id: string; retryCount: number; runId: string },
  worker: string,
  at: Date,
): Promise<RunRow | undefined> {
  return db.transaction().execute(async (trx) => {
    const alive = await sql`
      select 1 from pgboss.job
      where name = ${sagaQueue} and id = ${job.id} and state = 'active' and retry_count = ${job.retryCount}
      for share`.execute(trx);
    if (alive.rows.length === 0) return undefined;
    const run = await trx
      .selectFrom('saga_runs')
      .select(['id', 'subject'])
      .where('id', '=', job.runId)
      .where('state', 'in', ['queued', 'running'])
      .forUpdate()
      .executeTakeFirst();
    if (!run) return undefined;
    const claim = await raiseClaim(trx, run.subject);
    return trx
      .updateTable('saga_runs')
      .set((is) => ({
        claim,
        state: 'running',
        job_id: job.id,
        worker,
        attempt: is('attempt', '+', 1),
        idle_attempts: is('idle_attempts', '+', 1),
        started_at: is.fn.coalesce('started_at', is.val(at)),
      }))
      .where('id', '=', run.id)
      .returningAll()
      .executeTakeFirstOrThrow();
  });
}

export async function raiseClaim(db: Db, subject: string): Promise<number> {
  const row = await db
    .insertInto('subject_claims')
    .values({ subject, claim: 1 })
    .onConflict((conflict) =>
      conflict.column('subject').doUpdateSet((is) => ({ claim: is('subject_claims.claim', '+', 1) })),
    )
    .returning('claim')
    .executeTakeFirstOrThrow();
  return row.claim;
}

export async function raiseClaimTo(db: Db, subject: string, least: number): Promise<number> {
  const row = await db
    .insertInto('subject_claims')
    .values({ subject, claim: least })
    .onConflict((conflict) =>
      conflict.column('subject').doUpdateSet({ claim: sql<number>`greatest(subject_claims.claim, excluded.claim)` }),
    )
    .returning('claim')
    .executeTakeFirstOrThrow();
  return row.claim;
}

export async function currentClaim(db: Db, subject: string): Promise<number> {
  const row = await db.selectFrom('subject_claims').select('claim').where('subject', '=', subject).executeTakeFirst();
  return row?.claim ?? 0;
}

// Every write below starts with this: the run's row, only if the claim still holds, locked against a take-over until
// the statement is over. No row = nothing is written.
const held = (is: Held) => sql`
  held as (select id from saga_runs where id = ${is.runId} and claim = ${is.claim} and state = 'running' for no key update)`;

/** False when the claim is lost. */
export async function writeStep(db: Db, is: Held, name: string, result: unknown, at: Date): Promise<boolean> {
  const written = await sql`
    with ${held(is)},
    awake as (update saga_runs set idle_attempts = 0 where id in (select id from held))
    insert into saga_steps (run_id, name, claim, result, at)
    select id, ${name}, ${is.claim}, ${json(result)}, ${at} from held
    on conflict (run_id, name) do update set claim = excluded.claim, result = excluded.result, at = excluded.at
    returning 1`.execute(db);
  return written.rows.length > 0;
}

/** False when the claim is lost. */
export async function writeCheckpoint(db: Db, is: Held, name: string, value: unknown, at: Date): Promise<boolean> {
  const written = await sql`
    with ${held(is)},
    awake as (update saga_runs set idle_attempts = 0 where id in (select id from held))
    insert into saga_checkpoints (run_id, name, claim, value, at)
    select id, ${name}, ${is.claim}, ${json(value)}, ${at} from held
    on conflict (run_id, name) do update set claim = excluded.claim, value = excluded.value, at = excluded.at
    returning 1`.execute(db);
  return written.rows.length > 0;
}

export async function writeProgress(db: Db, is: Held, progress: unknown, at: Date): Promise<void> {
  await sql`
    insert into saga_progress (run_id, progress, at)
    select id, ${json(progress)}, ${at} from saga_runs where id = ${is.runId} and claim = ${is.claim} and state = 'running'
    on conflict (run_id) do update set progress = excluded.progress, at = excluded.at`.execute(db);
}

export async function readProgress(db: Db, runId: string): Promise<{ progress: unknown; at: Date } | undefined> {
  return db.selectFrom('saga_progress').select(['progress', 'at']).where('run_id', '=', runId).executeTakeFirst();
}

export async function readSteps(db: Db, runId: string): Promise<Map<string, unknown>> {
  const rows = await db.selectFrom('saga_steps').select(['name', 'result']).where('run_id', '=', runId).execute();
  return new Map(rows.map((row) => [row.name, row.result]));
}

export async function readCheckpoint(db: Db, runId: string, name: string): Promise<unknown> {
  const row = await db
    .selectFrom('saga_checkpoints')
    .select('value')
    .where('run_id', '=', runId)
    .where('name', '=', name)
    .executeTakeFirst();
  return row?.value;
}

/** Ends the run. False when the claim is lost. */
export async function endRun(
  db: Db,
  is: Held,
  end: { state: 'done' | 'failed' | 'cancelled'; result?: unknown; error?: unknown; at: Date },
): Promise<boolean> {
  const ended = await db
    .updateTable('saga_runs')
    .set({
      state: end.state,
      result: end.result === undefined ? null : json(end.result),
      error: end.error === undefined ? null : json(end.error),
      finished_at: end.at,
    })
    .where('id', '=', is.runId)
    .where('claim', '=', is.claim)
    .where('state', '=', 'running')
    .returning('id')
    .executeTakeFirst();
  return ended !== undefined;
}

/** Puts the run back in the queue. False when the claim is lost. */
export async function requeueRun(
  db: Db,
  is: Held,
  facts: { jobId: string | null; failed: boolean; error?: unknown },
): Promise<boolean> {
  const back = await db
    .updateTable('saga_runs')
    .set((set) => ({
      state: 'queued',
      job_id: facts.jobId,
      worker: null,
      failures: facts.failed ? set('failures', '+', 1) : set.ref('failures'),
      error: facts.error === undefined ? null : json(facts.error),
    }))
    .where('id', '=', is.runId)
    .where('claim', '=', is.claim)
    .where('state', '=', 'running')
    .returning('id')
    .executeTakeFirst();
  return back !== undefined;
}

/** Asks a running run to stop, or ends a queued one. Gives its state before, undefined when it was over already. */
export async function askToCancel(
  db: Db,
  runId: string,
  at: Date,
): Promise<{ state: RunState; jobId: string | null } | undefined> {
  const run = await db
    .selectFrom('saga_runs')
    .select(['state', 'job_id', 'attempt'])
    .where('id', '=', runId)
    .where('state', 'in', ['queued', 'running'])
    .forUpdate()
    .executeTakeFirst();
  if (!run) return undefined;
  // A run that a worker has been at needs that saga's clean-up, so a worker ends it even when it is queued now.
  const untouched = run.state === 'queued' && run.attempt === 0;
  await db
    .updateTable('saga_runs')
    .set(untouched ? { state: 'cancelled', cancel_requested: true, finished_at: at } : { cancel_requested: true })
    .where('id', '=', runId)
    .execute();
  return { state: untouched ? 'queued' : 'running', jobId: run.job_id };
}

/** How a worker sees whether it must stop. */
export async function readHold(db: Db, is: Held): Promise<'held' | 'cancel' | 'lost'> {
  const run = await db
    .selectFrom('saga_runs')
    .select(['claim', 'state', 'cancel_requested'])
    .where('id', '=', is.runId)
    .executeTakeFirst();
  if (!run || run.claim !== is.claim || run.state !== 'running') return 'lost';
  return run.cancel_requested ? 'cancel' : 'held';
}

/** Live runs whose job is gone or settled (a queue that was lost or emptied): they must be sent again. */
export async function lockOrphans(db: Db, limit: number): Promise<{ id: string; subject: string }[]> {
  const found = await sql<{ id: string; subject: string }>`
    select id, subject from saga_runs r
    where state in ('queued', 'running') and not exists (
      select 1 from pgboss.job j
      where j.name = ${sagaQueue} and j.id = r.job_id and j.state in ('created', 'retry', 'active'))
    order by created_at limit ${limit}
    for update skip locked`.execute(db);
  return found.rows;
}

/** Removes steps, checkpoints and progress of runs that ended before a moment, the oldest first. Gives how many runs. */
export async function removeJournals(db: Db, before: Date, limit: number): Promise<number> {
  const { rows } = await sql`
    with over as (
      update saga_runs set has_journal = false where id in (
        select id from saga_runs where has_journal and finished_at < ${before} order by finished_at limit ${limit}
        for update skip locked)
      returning id),
    steps as (delete from saga_steps where run_id in (select id from over)),
    checkpoints as (delete from saga_checkpoints where run_id in (select id from over)),
    progress as (delete from saga_progress where run_id in (select id from over))
    select id from over`.execute(db);
  return rows.length;
}
