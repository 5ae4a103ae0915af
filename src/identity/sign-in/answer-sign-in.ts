import type { Platform } from '../../platform/platform.ts';
import { authOf } from './auth.ts';

/** All that is answered under /api/auth; better-auth has more, which this house does not use. */
const doors: Record<string, 'GET' | 'POST'> = {
  '/sign-in/email': 'POST',
  '/sign-out': 'POST',
  '/two-factor/enable': 'POST',
  '/two-factor/disable': 'POST',
  '/two-factor/verify-totp': 'POST',
  '/two-factor/verify-backup-code': 'POST',
  '/two-factor/generate-backup-codes': 'POST',
  '/change-password': 'POST',
  '/passkey/generate-register-options': 'GET',
  '/passkey/verify-registration': 'POST',
  '/passkey/generate-authenticate-options': 'GET',
  '/passkey/verify-authentication': 'POST',
  '/entry/look': 'POST',
  '/entry/accept': 'POST',
  '/entry/passkey': 'POST',
  '/entry/forgot': 'POST',
  '/confirm': 'POST',
};

/** What an answer may tell the page. The session's token is for the cookie alone. */
const told = ['twoFactorRedirect', 'twoFactorMethods', 'totpURI', 'backupCodes', 'next', 'mail', 'success', 'status'];
const toldWhole = ['/entry/look', '/passkey/generate-register-options', '/passkey/generate-authenticate-options'];

/** Answers everything under /api/auth. `isSecure`: people reach us over TLS, so cookies are for TLS only. */
export async function answerSignIn(
  platform: Platform,
  request: Request,
  facts: { isSecure: boolean },
): Promise<Response> {
  const path = new URL(request.url).pathname.slice('/api/auth'.length);
  if (doors[path] !== request.method) return refusal(404, 'no-such-path', 'There is nothing here.');
  if (request.method === 'POST' && !isJson(request)) return refusal(415, 'json-only', 'This takes JSON.');
  const auth = await authOf(platform);
  // Behind a proxy the request came to us without TLS; our pages, and so their Origin, are under https.
  const address = facts.isSecure ? request.url.replace(/^http:/, 'https:') : request.url;
  const answer = await auth.handler(new Request(address, request));
  const headers = new Headers();
  for (const cookie of answer.headers.getSetCookie()) {
    headers.append('set-cookie', facts.isSecure && !/;\s*secure/i.test(cookie) ? `${cookie}; Secure` : cookie);
  }
  headers.set('cache-control', 'no-store');
  headers.set('content-type', 'application/json');
  const wait = answer.headers.get('x-retry-after');
  if (wait !== null && answer.status === 429) return slowDown(platform, Number(wait), headers);
  const body: unknown = await answer.json().catch(() => null);
  const shown = answer.ok ? toldOf(path, body) : failureOf(answer.status, body);
  return new Response(JSON.stringify(shown), { status: answer.status, headers });
}

function isJson(request: Request): boolean {
  return /^application\/json\b/i.test(request.headers.get('content-type') ?? '');
}

function toldOf(path: string, body: unknown): unknown {
  if (toldWhole.includes(path) || typeof body !== 'object' || body === null) return body ?? {};
  return Object.fromEntries(Object.entries(body).filter(([name]) => told.includes(name)));
}

/** Better-auth writes its codes LIKE_THIS; ours are kebab-case everywhere. */
function failureOf(status: number, body: unknown): object {
  const facts: Record<string, unknown> = typeof body === 'object' && body !== null ? { ...body } : {};
  const { code, message, nextStep, details } = facts;
  return {
    code: typeof code === 'string' ? code.toLowerCase().replaceAll('_', '-') : status < 500 ? 'refused' : 'unexpected',
    message: typeof message === 'string' ? message : 'Signing in failed.',
    nextStep: typeof nextStep === 'string' ? nextStep : 'Try again.',
    details: details ?? {},
  };
}

function slowDown(platform: Platform, seconds: number, headers: Headers): Response {
  const until = new Date(platform.clock.now().getTime() + seconds * 1000).toISOString();
  headers.set('retry-after', String(seconds));
  const body = {
    code: 'too-many-requests',
    message: `Too many requests from this address; try again at ${until}.`,
    nextStep: 'Wait a moment and try again.',
    details: { until },
  };
  return new Response(JSON.stringify(body), { status: 429, headers });
}

function refusal(status: number, code: string, message: string): Response {
  const body = { code, message, nextStep: 'Use the pages of Nachtwacht.', details: {} };
  return Response.json(body, { status, headers: { 'cache-control': 'no-store' } });
}
