import { randomUUID } from 'node:crypto';
import { NachtwachtError } from '../errors.ts';
import type { Platform } from '../platform.ts';
import type { SagaDefinition } from './saga.ts';
import { askToCancel, findLiveRun, insertRun, setJob } from './saga-store.ts';

export interface StartedSaga {
  runId: string;
  /** False = the same saga was queued or running for this subject already; that run is the answer. */
  isNew: boolean;
}

/**
 * Puts a run in the queue, in one transaction with its row. When the subject is taken by the same saga that run is
 * given back; when by another one, the error `subject-busy`.
 */
export async function startSaga<Input>(
  platform: Platform,
  saga: SagaDefinition<Input>,
  input: Input,
  options: { requestedBy: string; startAfter?: Date; priority?: number },
): Promise<StartedSaga> {
  const subject = saga.subject(input);
  for (let attempt = 0; attempt < 5; attempt++) {
    const runId = randomUUID();
    const started = await platform.db.transaction().execute(async (trx) => {
      const at = platform.clock.now();
      const row = { id: runId, saga: saga.name, subject, input, requestedBy: options.requestedBy, at };
      if (!(await insertRun(trx, row))) return false;
      const { startAfter, priority } = options;
      const jobId = await platform.queue.send(
        trx,
        { runId },
        { subject, ...(startAfter ? { startAfter } : {}), ...(priority === undefined ? {} : { priority }) },
      );
      // No job id: a job of an earlier run is about to be settled; the worker's look for orphans sends ours then.
      await setJob(trx, runId, jobId);
      return true;
    });
    if (started) return { runId, isNew: true };
    const live = await findLiveRun(platform.db, subject);
    if (!live) continue; // it ended between our two looks
    if (live.saga === saga.name) return { runId: live.id, isNew: false };
    throw new NachtwachtError({
      code: 'subject-busy',
      kind: 'conflict',
      message: `Other work (${live.saga}) is under way there.`,
      nextStep: `Wait until it ends, or stop it: nachtwacht run cancel ${live.id}`,
      retryable: true,
      details: { runId: live.id, saga: live.saga, subject },
    });
  }
  throw new NachtwachtError({
    code: 'subject-contended',
    kind: 'conflict',
    message: 'Work on this subject starts and ends so fast that ours found no place.',
    nextStep: 'Try again.',
    retryable: true,
  });
}

/** Asks a run to stop; its worker notices within 3 seconds, cleans up and ends it. False = it was over already. */
export async function cancelSaga(platform: Platform, runId: string): Promise<boolean> {
  return platform.db.transaction().execute(async (trx) => {
    const before = await askToCancel(trx, runId, platform.clock.now());
    if (before?.state === 'queued' && before.jobId) await platform.queue.cancel(trx, before.jobId);
    return before !== undefined;
  });
}
