/** Where an error becomes an HTTP answer; the one table is in `platform/http/error-answer.ts`. */
export type ErrorKind =
  | 'bad-input'
  | 'not-signed-in'
  | 'not-allowed'
  | 'not-found'
  | 'conflict'
  | 'site' // the WordPress site or its host did not do its part
  | 'store' // the backup store (disk, S3) did not do its part
  | 'internal';

export interface ErrorFacts {
  /** Stable, kebab-case, unique in the code base: what a script may test for. */
  code: string;
  kind: ErrorKind;
  /** One sentence for the person who reads it. Never a secret. */
  message: string;
  /** What to do next, one sentence. */
  nextStep: string;
  /** Whether the same call may succeed later without anybody changing anything. */
  retryable: boolean;
  cause?: unknown;
  /** Facts for screens and logs. Never a secret. */
  details?: Record<string, unknown>;
}

/** The only error that the house throws on purpose: it carries what the reader needs to go on. */
export class NachtwachtError extends Error {
  readonly code: string;
  readonly kind: ErrorKind;
  readonly nextStep: string;
  readonly retryable: boolean;
  readonly details: Record<string, unknown>;

  constructor(facts: ErrorFacts) {
    super(facts.message, facts.cause === undefined ? undefined : { cause: facts.cause });
    this.name = 'NachtwachtError';
    this.code = facts.code;
    this.kind = facts.kind;
    this.nextStep = facts.nextStep;
    this.retryable = facts.retryable;
    this.details = facts.details ?? {};
  }
}

/** Whether something thrown carries the same facts (the restic library and the site client have classes of their own). */
export function carriesFacts(thrown: unknown): thrown is Error & ErrorFacts {
  return (
    thrown instanceof Error &&
    'code' in thrown &&
    typeof thrown.code === 'string' &&
    'nextStep' in thrown &&
    typeof thrown.nextStep === 'string'
  );
}

/** The facts of anything thrown, fit to be stored and shown: never a stack, never a cause. */
export function factsOf(thrown: unknown): {
  code: string;
  kind: ErrorKind;
  message: string;
  nextStep: string;
  retryable: boolean;
  details: Record<string, unknown>;
} {
  if (carriesFacts(thrown)) {
    const { code, message, nextStep } = thrown;
    const kind = thrown.kind ?? 'internal';
    return { code, kind, message, nextStep, retryable: thrown.retryable, details: thrown.details ?? {} };
  }
  return {
    code: 'unexpected',
    kind: 'internal',
    message: 'Something went wrong that Nachtwacht did not expect.',
    nextStep: 'Look in the log of the platform; try again, and report it when it stays.',
    retryable: true,
    details: { name: thrown instanceof Error ? thrown.name : typeof thrown },
  };
}

/** The system's own code of an error (`ENOENT`), undefined when it has none. */
export function systemCodeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
