import { createOTP } from '@better-auth/utils/otp';
import { createApi } from '../../api.ts';
import type { Clock } from '../../platform/clock.ts';
import { createApp, startHttp, type HttpServer } from '../../platform/http/server.ts';
import { openTestPlatform, type TestPlatform } from '../../platform/test-platform.ts';
import { answerSignIn, authenticate, authenticateSession, type Role } from '../index.ts';
import { makeLink } from '../people/entry-links.ts';
import { randomUUID } from 'node:crypto';

/** A house over real HTTP, for tests of signing in. */
export interface TestHouse {
  platform: TestPlatform;
  url: string;
  /** A browser of its own: keeps cookies, sends what our pages send. */
  browser(options?: { address?: string }): TestBrowser;
  close(): Promise<void>;
}

export interface Answer {
  status: number;
  // oxlint-disable-next-line typescript/no-explicit-any -- answers of many forms, looked at by tests
  body: any;
  cookies: string[];
}

export interface TestBrowser {
  cookies: Map<string, string>;
  auth(path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  /** Anything; `headers` win over what our pages send. */
  send(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  get(path: string): Promise<Answer>;
  rpc(path: string, input?: unknown): Promise<Answer>;
  /** With password, and with the code of this moment where a secret is given. */
  signIn(email: string, password: string, secret?: string): Promise<Answer>;
}

export async function openTestHouse(environment: Record<string, string> = {}, clock?: Clock): Promise<TestHouse> {
  const platform = await openTestPlatform({
    ...(clock ? { clock } : {}),
    environment: { NACHTWACHT_PORT: '0', NACHTWACHT_TRUSTED_PROXIES: '127.0.0.1', ...environment },
  });
  const app = createApp(platform, {
    api: createApi(platform),
    authenticate: (secret) => authenticate(platform, secret),
    authenticateSession: (request) => authenticateSession(platform, request),
    auth: (request, facts) => answerSignIn(platform, request, facts),
  });
  const server: HttpServer = await startHttp(platform, app);
  const url = server.url.replace('127.0.0.1', 'localhost');
  return {
    platform,
    url,
    browser: (options = {}) => openBrowser(url, options.address ?? '203.0.113.7'),
    close: async () => {
      await server.stop(1000);
      await platform.close();
    },
  };
}

function openBrowser(url: string, address: string): TestBrowser {
  const cookies = new Map<string, string>();
  const send = async (method: string, path: string, body?: unknown, extra = {}): Promise<Answer> => {
    const answer = await fetch(`${url}${path}`, {
      method,
      redirect: 'manual',
      headers: {
        origin: url,
        'x-nachtwacht': '1',
        'x-forwarded-for': address,
        'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
        ...(cookies.size > 0 ? { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...extra,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const set = answer.headers.getSetCookie();
    for (const each of set) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(each) ?? [];
      if (value === '' || /max-age=0\b/i.test(each)) cookies.delete(name);
      else cookies.set(name, value);
    }
    const text = await answer.text();
    return { status: answer.status, body: parsed(text), cookies: set };
  };
  const browser: TestBrowser = {
    cookies,
    send,
    auth: (path, body = {}, headers = {}) => send('POST', `/api/auth${path}`, body, headers),
    get: (path) => send('GET', path),
    rpc: async (path, input) => {
      const answer = await send('POST', `/api/rpc/${path}`, input === undefined ? {} : { json: input });
      return { ...answer, body: answer.body?.json ?? answer.body };
    },
    signIn: async (email, password, secret) => {
      const first = await browser.auth('/sign-in/email', { email, password });
      if (secret === undefined || first.status !== 200) return first;
      return browser.auth('/two-factor/verify-totp', { code: await codeOf(secret) });
    },
  };
  return browser;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** The secret inside an otpauth: address, as the app keeps it. */
export function secretOf(totpUri: string): string {
  const base32 = new URL(totpUri).searchParams.get('secret') ?? '';
  const signs = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = Array.from(base32, (sign) => signs.indexOf(sign).toString(2).padStart(5, '0')).join('');
  const bytes = bits.match(/.{8}/g) ?? [];
  return String.fromCharCode(...bytes.map((each) => Number.parseInt(each, 2)));
}

/** The code of a moment: `steps` half minutes from now. Neighbours of now are valid too. */
export function codeOf(secret: string, steps = 0): Promise<string> {
  return createOTP(secret, { digits: 6, period: 30 }).hotp(Math.floor(Date.now() / 30_000) + steps);
}

export const goodPassword = 'vier losse woorden achter elkaar';

let lettingIn = 0;

/** A person who came in by an invitation, with an authenticator app where his role needs one. */
export async function letIn(
  house: TestHouse,
  wanted: { email: string; role: Role; customerId?: string; name?: string },
): Promise<{ browser: TestBrowser; userId: string; secret: string | undefined; recoveryCodes: string[] }> {
  const { email, role, customerId = null, name = 'Jan Jansen' } = wanted;
  const userId = randomUUID();
  const { url } = await makeLink(
    house.platform,
    house.platform.db,
    { name: 'system:test' },
    {
      kind: 'invitation',
      userId,
      email,
      name,
      role,
      customerId,
      language: 'nl',
    },
  );
  // Each from an address of its own: rate limits of one do not shut another out.
  const browser = house.browser({ address: `192.0.2.${(lettingIn++ % 250) + 1}` });
  const accepted = await browser.auth('/entry/accept', { secret: url.split('#')[1], password: goodPassword });
  if (accepted.status !== 200) throw new Error(`not let in: ${JSON.stringify(accepted.body)}`);
  if (accepted.body.next !== 'second-factor') return { browser, userId, secret: undefined, recoveryCodes: [] };
  const enabled = await browser.auth('/two-factor/enable', { password: goodPassword });
  const secret = secretOf(enabled.body.totpURI);
  // The code of the half minute before: so that tests have two more before they must wait.
  const verified = await browser.auth('/two-factor/verify-totp', { code: await codeOf(secret, -1) });
  if (verified.status !== 200) throw new Error(`no second factor: ${JSON.stringify(verified.body)}`);
  return { browser, userId, secret, recoveryCodes: enabled.body.backupCodes };
}
