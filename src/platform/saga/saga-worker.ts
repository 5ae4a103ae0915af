import type { JobWithMetadata } from 'pg-boss';
import { clearAlarm, raiseAlarm } from '../alarms/index.ts';
import { processName } from '../config.ts';
import { factsOf, NachtwachtError } from '../errors.ts';
import type { Platform } from '../platform.ts';
import type { SagaJob } from '../queue/queue.ts';
import { decideAfterError, maxIdleAttempts } from './rules/after-error.ts';
import { beginAttempt, claimLost, type Attempt } from './run-attempt.ts';
import type { AnySaga } from './saga.ts';
import { claimRun, endRun, lockOrphans, readHold, requeueRun, setJob, type RunRow } from './saga-store.ts';

export interface SagaWorker {
  /** Takes no new work, asks what runs to stop at its next step and hands it to another worker. */
  stop(graceMs: number): Promise<void>;
  /** How many runs are under way here. */
  running(): number;
}

const lookEveryMs = 2000;
const orphansEveryMs = 5000;
const cleanUpMs = 10 * 60_000;

/** Starts to take runs off the queue, `concurrency` at once. */
export async function startSagaWorker(platform: Platform, sagas: AnySaga[], concurrency: number): Promise<SagaWorker> {
  const byName = new Map(sagas.map((saga) => [saga.name, saga]));
  const stopping = new AbortController();
  const attempts = new Set<Attempt>();
  const busy = new Set<Promise<void>>();

  const handle = async (job: JobWithMetadata<SagaJob>): Promise<void> => {
    if (stopping.signal.aborted) return handBackUntouched(platform, job);
    const work = workOn(platform, byName, job, attempts);
    busy.add(work);
    try {
      await work;
    } finally {
      busy.delete(work);
    }
  };
  const takeNoMore = await platform.queue.work(concurrency, handle);
  const orphans = resendOrphans(platform, stopping.signal);

  return {
    running: () => busy.size,
    stop: async (graceMs) => {
      stopping.abort(stopped());
      await takeNoMore();
      for (const attempt of attempts) attempt.abort(stopped());
      const grace = new AbortController();
      await Promise.race([Promise.allSettled(busy), platform.clock.sleep(graceMs, grace.signal).catch(() => {})]);
      grace.abort();
      await orphans;
    },
  };
}

function stopped(): NachtwachtError {
  return new NachtwachtError({
    code: 'worker-stopping',
    kind: 'internal',
    message: 'This worker is being stopped.',
    nextStep: 'Nothing: the work goes on at the next start or at another worker.',
    retryable: true,
  });
}

function cancelled(): NachtwachtError {
  return new NachtwachtError({
    code: 'run-cancelled',
    kind: 'conflict',
    message: 'The work was cancelled.',
    nextStep: 'Start it again when it is wanted after all.',
    retryable: false,
  });
}

async function workOn(
  platform: Platform,
  sagas: Map<string, AnySaga>,
  job: JobWithMetadata<SagaJob>,
  attempts: Set<Attempt>,
): Promise<void> {
  const { db, clock, metrics } = platform;
  const claimed = { id: job.id, retryCount: job.retryCount, runId: job.data.runId };
  const row = await claimRun(db, claimed, processName(), clock.now());
  if (!row) return;
  const log = platform.log.child({ run: row.id, saga: row.saga, subject: row.subject, claim: row.claim });
  if (row.attempt > 1 && row.failures < row.attempt - 1) metrics.sagaTakeOvers.inc({ saga: row.saga });
  const attempt = await beginAttempt(platform, row, job.signal);
  const saga = sagas.get(row.saga);
  attempts.add(attempt);
  const watch = watchHold(platform, attempt);
  const began = clock.monotonicMs();
  let outcome = 'done';
  log.info({ attempt: row.attempt }, 'run begins');
  try {
    if (!saga) throw unknownSaga(row.saga);
    if (row.idle_attempts > maxIdleAttempts) throw killsWorkers(row.idle_attempts);
    if (row.cancel_requested) throw cancelled();
    const result: unknown = await saga.run(attempt, row.input, platform);
    await attempt.settle();
    await finish(platform, job, row, { state: 'done', result: result ?? null });
    log.info('run is done');
  } catch (error) {
    // What the run threw because its signal was aborted matters less than why that was.
    const reason: unknown = attempt.signal.aborted ? attempt.signal.reason : error;
    outcome = await afterError(platform, saga, job, row, attempt, reason);
  } finally {
    attempts.delete(attempt);
    await watch.stop();
    metrics.sagaSeconds.observe({ saga: row.saga, outcome }, (clock.monotonicMs() - began) / 1000);
  }
}

async function afterError(
  platform: Platform,
  saga: AnySaga | undefined,
  job: JobWithMetadata<SagaJob>,
  row: RunRow,
  attempt: Attempt,
  error: unknown,
): Promise<string> {
  const log = platform.log.child({ run: row.id, saga: row.saga, subject: row.subject, claim: row.claim });
  const facts = factsOf(error);
  await attempt.settle();
  if (facts.code === 'claim-lost' || (await readHold(platform.db, { runId: row.id, claim: row.claim })) === 'lost') {
    log.warn('claim lost: another worker has this run');
    return 'claim-lost';
  }
  if (facts.code === 'worker-stopping' || job.signal.aborted) {
    await requeue(platform, job, row, 0, false);
    log.info('run handed back');
    return 'handed-back';
  }
  if (facts.code === 'run-cancelled') {
    await cleanUp(platform, saga, row, 'cancelled');
    await finish(platform, job, row, { state: 'cancelled', error: facts });
    log.info('run cancelled');
    return 'cancelled';
  }
  const next = decideAfterError({
    retryable: error instanceof Error && 'retryable' in error ? facts.retryable : undefined,
    failures: row.failures,
    maxFailures: saga?.maxFailures ?? 8,
  });
  log.warn({ err: error, decision: next.decision, reason: next.reason }, 'run threw');
  if (next.decision === 'retry') {
    await requeue(platform, job, row, next.delaySeconds, true, facts);
    return 'retried';
  }
  await cleanUp(platform, saga, row, 'failed');
  await finish(platform, job, row, { state: 'failed', error: facts });
  return 'failed';
}

/** Ends the run and its job together; a failure raises its alarm in the same transaction. */
async function finish(
  platform: Platform,
  job: JobWithMetadata<SagaJob>,
  row: RunRow,
  end: { state: 'done' | 'failed' | 'cancelled'; result?: unknown; error?: ReturnType<typeof factsOf> },
): Promise<void> {
  const at = platform.clock.now();
  await platform.db.transaction().execute(async (trx) => {
    if (!(await endRun(trx, { runId: row.id, claim: row.claim }, { ...end, at }))) throw claimLost();
    await platform.queue.complete(trx, job);
    if (end.state === 'failed') {
      const facts = {
        saga: row.saga,
        runId: row.id,
        code: end.error?.code,
        message: end.error?.message,
        nextStep: end.error?.nextStep,
      };
      await raiseAlarm(trx, { code: `${row.saga}-failed`, subject: row.subject, facts, at });
    }
    // The same work went well this time: nobody needs to look any more.
    if (end.state === 'done') await clearAlarm(trx, { code: `${row.saga}-failed`, subject: row.subject, at });
  });
}

/** Settles this job and sends the next one for the same run, together. */
async function requeue(
  platform: Platform,
  job: JobWithMetadata<SagaJob>,
  row: RunRow,
  delaySeconds: number,
  failed: boolean,
  error?: ReturnType<typeof factsOf>,
): Promise<void> {
  await platform.db.transaction().execute(async (trx) => {
    await platform.queue.complete(trx, job);
    const startAfter = new Date(platform.clock.now().getTime() + delaySeconds * 1000);
    const jobId = await platform.queue.send(
      trx,
      { runId: row.id },
      { subject: row.subject, ...(delaySeconds > 0 ? { startAfter } : {}) },
    );
    const facts = { jobId, failed, ...(error ? { error } : {}) };
    if (!(await requeueRun(trx, { runId: row.id, claim: row.claim }, facts))) throw claimLost();
  });
}

async function handBackUntouched(platform: Platform, job: JobWithMetadata<SagaJob>): Promise<void> {
  await platform.queue.complete(platform.db, job); // the look for orphans sends it again
}

async function cleanUp(
  platform: Platform,
  saga: AnySaga | undefined,
  row: RunRow,
  why: 'cancelled' | 'failed',
): Promise<void> {
  if (!saga?.cleanUp) return;
  try {
    // The attempt's own signal is aborted; the clean-up gets one of its own, with an end.
    const attempt = await beginAttempt(platform, row, AbortSignal.timeout(cleanUpMs));
    await saga.cleanUp(attempt, row.input, platform, why);
    await attempt.settle();
  } catch (error) {
    platform.log.error({ err: error, run: row.id, saga: row.saga }, 'clean-up failed');
  }
}

/** Looks now and then whether the run was cancelled or taken over, and aborts the attempt if so. */
function watchHold(platform: Platform, attempt: Attempt): { stop(): Promise<void> } {
  const end = new AbortController();
  const loop = (async () => {
    while (!end.signal.aborted) {
      await platform.clock.sleep(lookEveryMs, end.signal).catch(() => {});
      if (end.signal.aborted) return;
      const hold = await readHold(platform.db, attempt).catch(() => 'held' as const);
      if (hold === 'cancel' && !attempt.signal.aborted) attempt.abort(cancelled());
      if (hold === 'lost' && !attempt.signal.aborted) attempt.abort(claimLost());
    }
  })();
  return {
    stop: async () => {
      end.abort();
      await loop;
    },
  };
}

async function resendOrphans(platform: Platform, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await platform.clock.sleep(orphansEveryMs, signal).catch(() => {});
    if (signal.aborted) return;
    try {
      await platform.db.transaction().execute(async (trx) => {
        for (const { id, subject } of await lockOrphans(trx, 50)) {
          const jobId = await platform.queue.send(trx, { runId: id }, { subject });
          await setJob(trx, id, jobId);
          if (jobId) platform.log.info({ run: id }, 'run sent again: its job was gone');
        }
      });
    } catch (error) {
      platform.log.warn({ err: error }, 'looking for orphaned runs failed');
    }
  }
}

function unknownSaga(name: string): NachtwachtError {
  return new NachtwachtError({
    code: 'saga-unknown',
    kind: 'internal',
    message: `This version of Nachtwacht does not know the work "${name}".`,
    nextStep: 'Stop workers of an older version, then start the work again.',
    retryable: true,
  });
}

function killsWorkers(times: number): NachtwachtError {
  return new NachtwachtError({
    code: 'run-kills-workers',
    kind: 'internal',
    message: `The worker ended ${times} times in a row without getting any further.`,
    nextStep: 'Look in the log and at the memory of the machine, then start it again.',
    retryable: false,
  });
}
