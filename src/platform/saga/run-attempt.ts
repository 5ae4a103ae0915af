import { NachtwachtError } from '../errors.ts';
import type { Platform } from '../platform.ts';
import type { Progress, SagaRun } from '../saga-types.ts';
import { readCheckpoint, readSteps, writeCheckpoint, writeProgress, writeStep, type RunRow } from './saga-store.ts';

const progressEveryMs = 500;

/** The SagaRun that a saga's code gets, plus what the worker needs of it. */
export interface Attempt extends SagaRun {
  /** Makes `signal` abort with this reason. */
  abort(reason: Error): void;
  /** Waits for a progress write that is under way. */
  settle(): Promise<void>;
}

export function claimLost(): NachtwachtError {
  return new NachtwachtError({
    code: 'claim-lost',
    kind: 'conflict',
    message: 'Another worker has taken over this work.',
    nextStep: 'Nothing: the other worker goes on with it.',
    retryable: false,
  });
}

/** One attempt by this worker at a run it has claimed. */
export async function beginAttempt(platform: Platform, row: RunRow, outer: AbortSignal): Promise<Attempt> {
  const { db, clock } = platform;
  const is = { runId: row.id, claim: row.claim };
  const steps = await readSteps(db, row.id);
  const own = new AbortController();
  const signal = AbortSignal.any([own.signal, outer]);
  let lastProgressMs = Number.NEGATIVE_INFINITY;
  let lastStep: string | undefined;
  let writing: Promise<void> | undefined;

  const lose = (): never => {
    const error = claimLost();
    own.abort(error);
    throw error;
  };
  return {
    runId: row.id,
    claim: row.claim,
    attempt: row.attempt,
    signal,
    abort: (reason) => own.abort(reason),
    settle: async () => writing,
    step: async (name, work) => {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the journal holds what the step of this name gave
      if (steps.has(name)) return steps.get(name) as Awaited<ReturnType<typeof work>>;
      signal.throwIfAborted();
      // What a later attempt would read back is what this attempt gets too.
      const result: unknown = JSON.parse(JSON.stringify((await work()) ?? null));
      if (!(await writeStep(db, is, name, result, clock.now()))) lose();
      steps.set(name, result);
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- results are JSON, so this is what the step gave
      return result as Awaited<ReturnType<typeof work>>;
    },
    checkpoint: async (name, value) => {
      signal.throwIfAborted();
      if (!(await writeCheckpoint(db, is, name, value, clock.now()))) lose();
    },
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the saga says what it stored under this name
    lastCheckpoint: async <T>(name: string) => (await readCheckpoint(db, row.id, name)) as T | undefined,
    progress: (progress: Progress) => {
      const now = clock.monotonicMs();
      if (writing || (progress.step === lastStep && now - lastProgressMs < progressEveryMs)) return;
      lastProgressMs = now;
      lastStep = progress.step;
      writing = writeProgress(db, is, progress, clock.now())
        .catch((error: unknown) => platform.log.debug({ err: error }, 'progress not written'))
        .finally(() => {
          writing = undefined;
        });
    },
  };
}
