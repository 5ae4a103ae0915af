import type { Context } from 'hono';
import { NachtwachtError } from '../errors.ts';
import { answerOf } from './error-answer.ts';
import type { OriginVerdict } from './rules/same-origin.ts';

/** Largest request body. Nothing in the contract takes files, so it is small. */
export const maxBodyBytes = 1_000_000;

/** An error as the answer to a request. */
export function refuse(c: Context, error: unknown): Response {
  const answer = answerOf(error);
  const headers: Record<string, string> = answer.status === 401 ? { 'www-authenticate': 'Bearer' } : {};
  // Our own clients speak oRPC's form, in which everything is wrapped in `json`.
  const body = c.req.path.startsWith('/api/rpc/') ? { json: answer.toJSON() } : answer.toJSON();
  return Response.json(body, {
    status: answer.status,
    headers: { ...headers, 'cache-control': 'no-store' },
  });
}

export function notSignedIn(): NachtwachtError {
  return new NachtwachtError({
    code: 'not-signed-in',
    kind: 'not-signed-in',
    message: 'This needs a valid token, or that you are signed in.',
    nextStep: 'Sign in, or make a token on the machine of the platform: nachtwacht token create NAME --scope read',
    retryable: false,
  });
}

export function nothingThere(path: string): NachtwachtError {
  return new NachtwachtError({
    code: 'no-such-path',
    kind: 'not-found',
    message: `There is nothing at ${path.slice(0, 200)}.`,
    nextStep: 'Look at /openapi.json for what there is.',
    retryable: false,
  });
}

export function tooLarge(): NachtwachtError {
  return new NachtwachtError({
    code: 'body-too-large',
    kind: 'bad-input',
    message: `A request may hold at most ${maxBodyBytes} bytes.`,
    nextStep: 'Send less.',
    retryable: false,
  });
}

/** A browser sent its cookie along with a request that no page of ours made. */
export function notOurPage(why: OriginVerdict['why']): NachtwachtError {
  return new NachtwachtError({
    code: 'csrf-refused',
    kind: 'not-allowed',
    message: 'This request did not come from a page of Nachtwacht.',
    nextStep: 'Open Nachtwacht at its own address and do it there; a script uses a token.',
    retryable: false,
    details: { why },
  });
}

/** Somebody calls us by a name that is not ours. */
export function hostNotOurs(): NachtwachtError {
  return new NachtwachtError({
    code: 'host-refused',
    kind: 'bad-input',
    message: 'Nachtwacht does not answer under this name.',
    nextStep: 'Use the address in NACHTWACHT_URL, or set NACHTWACHT_URL to the address that people use.',
    retryable: false,
  });
}
