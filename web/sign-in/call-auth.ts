import { ORPCError } from '@orpc/client';

/** What an answer of `/api/auth` may hold; which of it depends on the path. */
export interface AuthAnswer {
  twoFactorRedirect?: boolean;
  next?: 'second-factor' | 'sign-in' | 'passkey' | 'done';
  totpURI?: string;
  backupCodes?: string[];
  mail?: boolean;
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

async function ask(method: 'GET' | 'POST', path: string, body?: object): Promise<unknown> {
  const answer = await fetch(`/api/auth${path}`, {
    method,
    headers: { 'x-nachtwacht': '1', ...(body ? { 'content-type': 'application/json' } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const said: unknown = await answer.json().catch(() => ({}));
  if (answer.ok) return said;
  // In the form of the API's errors, so that every component tells it alike. An answer of the HTTP layer has `data`.
  const facts = isRecord(said) ? (isRecord(said['data']) ? { ...said, ...said['data'] } : said) : {};
  const { code, message, nextStep, details } = facts;
  throw new ORPCError('AUTH', {
    status: answer.status,
    message: typeof message === 'string' ? message : '',
    data: {
      code: typeof code === 'string' ? code.toLowerCase().replaceAll('_', '-') : 'unexpected',
      nextStep: typeof nextStep === 'string' ? nextStep : '',
      retryable: false,
      details: isRecord(details) ? details : {},
    },
  });
}

/** Calls a path of sign-in (src/identity/sign-in/answer-sign-in.ts). Throws what `apiErrorOf` reads. */
export async function callAuth(path: string, body: object = {}): Promise<AuthAnswer> {
  const answer = await ask('POST', path, body);
  return isRecord(answer) ? answer : {};
}

/** The same for answers that are taken as they are. */
export async function askAuth<Answer>(method: 'GET' | 'POST', path: string, body?: object): Promise<Answer> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- our own server; the shape stands at the caller
  return (await ask(method, path, body)) as Answer;
}
