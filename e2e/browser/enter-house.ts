import { setTimeout as delay } from 'node:timers/promises';
import type { Cookie } from '@playwright/test';
import type { PlatformProcess } from './platform-process.ts';
import { secretOf, totp } from './totp.ts';

/** What a person knows and has to come in again. */
export interface Credentials {
  email: string;
  password: string;
  /** Of the authenticator app; undefined for customers. */
  secret: string | undefined;
  /** The session that is open now, for a browser. */
  cookies: Cookie[];
}

export const password = 'vier losse woorden achter elkaar';

/** The one-time link of the first operator, as the server writes it on the terminal soon after its address. Only the path. */
export async function firstLink(platform: PlatformProcess): Promise<string> {
  for (const until = performance.now() + 30_000; performance.now() < until; await delay(50)) {
    const found = /\/start#[\w-]{43}/.exec(await platform.log());
    if (found !== null) return found[0];
  }
  throw new Error(`the server printed no first link: ${(await platform.log()).slice(-2000)}`);
}

/** Path, query and the rest of an address of this platform. */
export function localPath(platform: PlatformProcess, address: string | null): string {
  if (!address?.startsWith(platform.url)) throw new Error(`${address} is no address of ${platform.url}`);
  return address.slice(platform.url.length);
}

/** Comes in by a one-time link as the pages do, with a password and (where it is asked) an authenticator app. */
export async function enterByLink(
  platform: PlatformProcess,
  link: string,
  who: { email: string; name: string; isFirst?: boolean },
): Promise<Credentials> {
  const cookies = new Map<string, string>();
  const post = async (path: string, body: object): Promise<Record<string, unknown>> => {
    const answer = await fetch(`${platform.url}/api${path}`, {
      method: 'POST',
      headers: {
        origin: platform.url,
        'x-nachtwacht': '1',
        'content-type': 'application/json',
        cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
      },
      body: JSON.stringify(body),
    });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '' || /max-age=0\b/i.test(line)) cookies.delete(name);
      else cookies.set(name, value);
    }
    const said = (await answer.json()) as Record<string, unknown>;
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${JSON.stringify(said)}`);
    return said;
  };
  const own = who.isFirst === true ? { email: who.email, name: who.name } : {};
  const { next } = await post('/auth/entry/accept', { secret: link.split('#')[1], password, ...own });
  let secret: string | undefined;
  if (next === 'second-factor') {
    const { totpURI } = await post('/auth/two-factor/enable', { password });
    secret = secretOf(String(totpURI));
    // The code of the half minute before, so that the first sign-in has a fresh one.
    await post('/auth/two-factor/verify-totp', { code: totp(secret, new Date(Date.now() - 30_000)) });
  }
  // The language of the browser, so that one account is seen in both.
  await post('/rpc/account/change', { json: { language: null } });
  const kept = [...cookies].map(([name, value]) => ({
    name,
    value,
    domain: 'localhost',
    path: '/',
    expires: -1,
    httpOnly: true,
    secure: false,
    sameSite: 'Strict' as const,
  }));
  return { email: who.email, password, secret, cookies: kept };
}
