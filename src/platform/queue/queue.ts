import { fromKysely, PgBoss, type JobWithMetadata } from 'pg-boss';
import type { Log } from '../log.ts';
import type { Connection, Db } from '../database/index.ts';

/** The one queue that sagas travel through: at most one job per subject, queued or at work. */
export const sagaQueue = 'saga';

/** What a saga's job carries; everything else is in the run's row. */
export interface SagaJob {
  runId: string;
}

// A worker that has not been heard for 10 s (pg-boss's least) is taken for dead; with supervision every 2 s and a
// look at the queue twice a second, another one goes on within 15 s.
const heartbeatSeconds = 10;
const heartbeatRefreshSeconds = 3;
const supervisionSeconds = 2;
const pollingSeconds = 0.5;

const hour = 3600;

export interface Queue {
  /** Inside `db`, which may be a transaction. False when the subject has a job already. */
  send(
    db: Db,
    job: SagaJob,
    options: { subject: string; startAfter?: Date; priority?: number },
  ): Promise<string | null>;
  /** Settles a job as done, fenced to the attempt that was fetched. */
  complete(db: Db, job: { id: string; retryCount: number }): Promise<void>;
  cancel(db: Db, jobId: string): Promise<void>;
  /** Gives the function that ends taking new work. */
  work(concurrency: number, handler: (job: JobWithMetadata<SagaJob>) => Promise<void>): Promise<() => Promise<void>>;
  stop(options: { graceMs: number }): Promise<void>;
}

/** Opens pg-boss (its own schema `pgboss`, made or migrated when needed). `supervise`: look for dead workers. */
export async function openQueue(
  connection: Connection,
  log: Log,
  options: { supervise: boolean; processName?: string },
): Promise<Queue> {
  const boss = new PgBoss({
    connectionString: connection.url,
    application_name: 'nachtwacht-queue',
    max: 6,
    supervise: options.supervise,
    schedule: false,
    superviseIntervalSeconds: supervisionSeconds,
    monitorIntervalSeconds: 1,
    maintenanceIntervalSeconds: hour,
  });
  boss.on('error', (error) => log.warn({ err: error }, 'queue error'));
  boss.on('warning', (warning) => log.debug({ warning: warning.message }, 'queue warning'));
  await boss.start();
  await boss.createQueue(sagaQueue, {
    policy: 'exclusive',
    heartbeatSeconds,
    // Hours; pg-boss allows at most 24. After that the run is taken over and goes on from its journal.
    expireInSeconds: 23 * hour,
    retryLimit: 100_000,
    retryDelay: 0,
    retentionSeconds: 40 * 24 * hour,
    deleteAfterSeconds: 24 * hour,
  });
  return {
    send: (db, job, { subject, startAfter, priority }) =>
      boss.send(sagaQueue, job, {
        singletonKey: subject,
        db: fromKysely(db),
        ...(startAfter ? { startAfter } : {}),
        ...(priority === undefined ? {} : { priority }),
      }),
    complete: async (db, job) => {
      await boss.complete(sagaQueue, job, null, { db: fromKysely(db) });
    },
    cancel: async (db, jobId) => {
      await boss.cancel(sagaQueue, jobId, { db: fromKysely(db) });
    },
    work: async (concurrency, handler) => {
      const id = await boss.work(
        sagaQueue,
        {
          includeMetadata: true,
          batchSize: 1,
          localConcurrency: concurrency,
          pollingIntervalSeconds: pollingSeconds,
          heartbeatRefreshSeconds,
        },
        async (jobs: JobWithMetadata<SagaJob>[]) => {
          for (const job of jobs) await handler(job);
        },
      );
      return () => boss.offWork(sagaQueue, { id, wait: false });
    },
    stop: ({ graceMs }) => boss.stop({ graceful: true, timeout: Math.max(graceMs, 1000), close: true }),
  };
}
