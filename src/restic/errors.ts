/** Every failure this library reports on purpose. The message is a sentence; `nextStep` says what a person can do. */
export class ResticError extends Error {
  readonly code: string;
  readonly nextStep: string;
  /** True when the same call may succeed later without anybody changing anything. */
  readonly retryable: boolean;

  constructor(code: string, message: string, facts: { nextStep?: string; retryable?: boolean; cause?: unknown } = {}) {
    super(message, facts.cause === undefined ? undefined : { cause: facts.cause });
    this.name = 'ResticError';
    this.code = code;
    this.nextStep = facts.nextStep ?? 'Look at the message; run a check of the repository.';
    this.retryable = facts.retryable ?? false;
  }
}

/** True when `error` is a ResticError with this code. */
export function hasCode(error: unknown, code: string): boolean {
  return error instanceof ResticError && error.code === code;
}

/** Content that cannot be what a healthy repository holds. */
export function damaged(what: string, cause?: unknown): ResticError {
  return new ResticError('damaged', `The repository is damaged: ${what}.`, {
    nextStep: 'Run a check with reading of the data; a damaged pack can be repaired with "restic repair".',
    cause,
  });
}
