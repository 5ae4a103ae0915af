/** What the worker knows when a run threw. */
export interface ErrorSituation {
  /** What the error says of itself; undefined for one that says nothing (a bug, a broken connection). */
  retryable: boolean | undefined;
  /** Errors of this run before this one. */
  failures: number;
  maxFailures: number;
}

export interface AfterError {
  decision: 'retry' | 'fail';
  /** Seconds to wait before the next attempt. */
  delaySeconds: number;
  reason: string;
}

const longestDelaySeconds = 900;

/** Try again or give up? Waits 5 s, then twice as long each time, at most 15 minutes. */
export function decideAfterError({ retryable, failures, maxFailures }: ErrorSituation): AfterError {
  if (retryable === false)
    return { decision: 'fail', delaySeconds: 0, reason: 'the error says that trying again does not help' };
  if (failures + 1 > maxFailures) {
    return { decision: 'fail', delaySeconds: 0, reason: `it has failed ${failures + 1} times` };
  }
  const delaySeconds = Math.min(longestDelaySeconds, 5 * 2 ** failures);
  return { decision: 'retry', delaySeconds, reason: `it may pass; attempt ${failures + 2} in ${delaySeconds} s` };
}

/** A run whose worker died this often without getting any further kills its workers. */
export const maxIdleAttempts = 20;
