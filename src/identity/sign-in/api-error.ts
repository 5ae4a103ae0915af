import { APIError } from 'better-auth/api';
import { statusOf } from '../../platform/http/error-answer.ts';
import { carriesFacts, factsOf } from '../../platform/errors.ts';

/** What every refusal under /api/auth carries, like the rest of the API. `details.until`: when to try again. */
export interface Refusal {
  code: string;
  message: string;
  nextStep: string;
  details?: Record<string, unknown>;
}

/** Better-auth knows its own error class only. */
export function refuse(status: 400 | 401 | 403 | 404 | 409 | 429, refusal: Refusal): APIError {
  return new APIError(status, { ...refusal });
}

/** Runs a verb of ours inside better-auth: its errors become answers, not a 500. */
export async function asApi<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (!carriesFacts(error)) throw error;
    const { code, kind, message, nextStep, details } = factsOf(error);
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the table holds only statuses that better-call knows
    throw new APIError(statusOf[kind] as 400, { code, message, nextStep, details });
  }
}

export function locked(until: Date): APIError {
  return refuse(429, {
    code: 'locked-out',
    message: `Too many attempts went wrong; the door is shut until ${until.toISOString()}.`,
    nextStep:
      'Wait until then, or sign in with a passkey; an operator can send you a link to set up your sign-in anew.',
    details: { until: until.toISOString() },
  });
}

export function notFresh(): APIError {
  return refuse(403, {
    code: 'sign-in-not-fresh',
    message: 'For this you must show again that it is you.',
    nextStep: 'Confirm with your password and code, or with a passkey.',
  });
}
