import { ORPCError, ValidationError } from '@orpc/server';
import { carriesFacts, factsOf, type ErrorKind } from '../errors.ts';

/** The one table of which error becomes which HTTP status. */
export const statusOf: Record<ErrorKind, number> = {
  'bad-input': 400,
  'not-signed-in': 401,
  'not-allowed': 403,
  'not-found': 404,
  conflict: 409,
  site: 502,
  store: 503,
  internal: 500,
};

/** What every error answer carries, in RPC (as `data`) and plain HTTP alike. Never a secret, a stack or a cause. */
export interface ErrorAnswer {
  code: string;
  kind: ErrorKind;
  nextStep: string;
  retryable: boolean;
  details: Record<string, unknown>;
}

/** Makes of anything thrown the error that the client sees. */
export function answerOf(thrown: unknown): ORPCError<string, ErrorAnswer> {
  if (thrown instanceof ORPCError && !carriesFacts(thrown)) return ofFramework(thrown);
  const { code, kind, message, nextStep, retryable, details } = factsOf(thrown);
  return new ORPCError(code.toUpperCase().replaceAll('-', '_'), {
    status: statusOf[kind],
    message,
    data: { code, kind, nextStep, retryable, details },
  });
}

/** oRPC's own errors: input that does not fit the schema, a body that is not JSON, a path that is not there. */
function ofFramework(error: ORPCError<string, unknown>): ORPCError<string, ErrorAnswer> {
  if (error.cause instanceof ValidationError && error.status === 400) {
    const problems = issuesOf(error.cause);
    return answerOf(
      Object.assign(new Error(`The input is not right: ${problems.join('; ')}.`), {
        code: 'input-wrong',
        kind: 'bad-input' as const,
        nextStep: 'Correct it and try again; /openapi.json describes every input.',
        retryable: false,
        details: { problems },
      }),
    );
  }
  const kind = kindOf(error.status);
  const data = {
    code: error.code.toLowerCase().replaceAll('_', '-'),
    kind,
    nextStep: kind === 'internal' ? 'Look in the log of the platform.' : 'Look at /openapi.json for what there is.',
    retryable: false,
    details: {},
  };
  return new ORPCError(error.code, { status: error.status, message: error.message, data, cause: error.cause });
}

function kindOf(status: number): ErrorKind {
  if (status === 401) return 'not-signed-in';
  if (status === 403) return 'not-allowed';
  if (status === 404) return 'not-found';
  return status >= 400 && status < 500 ? 'bad-input' : 'internal';
}

function issuesOf(error: ValidationError): string[] {
  return error.issues.slice(0, 10).map((issue) => {
    const path = (issue.path ?? []).map((part) => String(typeof part === 'object' ? part.key : part)).join('.');
    return path === '' ? issue.message : `${path}: ${issue.message}`;
  });
}
