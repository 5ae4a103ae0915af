// Signing in over real HTTP, by what a browser sends: the ways in, and the ways that must stay shut.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TestClock } from '../../platform/clock.ts';
import { makeLink } from '../people/entry-links.ts';
import { makeFirstLink, makeResetLink } from '../people/machine-links.ts';
import {
  codeOf,
  goodPassword,
  letIn,
  openTestHouse,
  secretOf,
  type TestBrowser,
  type TestHouse,
} from './test-browser.ts';

let house: TestHouse;
const clock = new TestClock(new Date());
beforeAll(async () => {
  house = await openTestHouse({}, clock);
  await house.platform.connection.pool.query(
    `insert into customers (id, name, created_at) values ('vos', 'Bakkerij Vos', now())`,
  );
});
afterAll(() => house.close());

const cookieName = 'nachtwacht.session_token';
const wrong = 'dit is niet het goede wachtwoord';

async function audited(
  action: string,
): Promise<{ actor: string; subject: string; details: Record<string, unknown> }[]> {
  const { rows } = await house.platform.connection.pool.query(
    'select actor, subject, details from audit where action = $1 order by id',
    [action],
  );
  return rows;
}

/** Each test comes from an address of its own: limits of one do not shut another out. */
let lastAddress = 10;
const anyBrowser = (): TestBrowser => house.browser({ address: `198.51.100.${lastAddress++}` });

const statusOf = async (browser: TestBrowser): Promise<number> => (await browser.rpc('account/me')).status;

async function makeInvitation(email: string): Promise<string> {
  const { url } = await makeLink(
    house.platform,
    house.platform.db,
    { name: 'system:test' },
    {
      kind: 'invitation',
      userId: crypto.randomUUID(),
      email,
      name: 'Iemand',
      role: 'customer',
      customerId: 'vos',
      language: 'nl',
    },
  );
  return url.split('#')[1] ?? '';
}

describe('an operator', () => {
  test('signs in with password and code, and may do everything', async () => {
    const { secret } = await letIn(house, { email: 'Op1@bureau.nl', role: 'operator' });
    const browser = anyBrowser();
    const first = await browser.auth('/sign-in/email', { email: 'op1@bureau.nl', password: goodPassword });
    expect(first.body).toEqual({ twoFactorRedirect: true, twoFactorMethods: ['totp'] });
    expect((await browser.rpc('tokens/list')).status).toBe(401);
    const second = await browser.auth('/two-factor/verify-totp', { code: await codeOf(secret ?? '') });
    expect(second.status).toBe(200);
    expect(JSON.stringify(second.body)).not.toContain('token');
    expect((await browser.rpc('tokens/list')).status).toBe(200);
    expect(await audited('signed-in')).toContainEqual(
      expect.objectContaining({
        actor: 'person:op1@bureau.nl',
        details: expect.objectContaining({ method: 'authenticator code' }),
      }),
    );
  });

  test('without a second factor only sets it up', async () => {
    const { browser } = await letIn(house, { email: 'op2@bureau.nl', role: 'operator' });
    expect((await browser.rpc('tokens/list')).status).toBe(200);
    await house.platform.connection.pool.query(
      `update auth_users set "twoFactorEnabled" = false where email = 'op2@bureau.nl'`,
    );
    const refused = await browser.rpc('tokens/list');
    expect(refused.status).toBe(403);
    expect(refused.body.data.code).toBe('second-factor-needed');
    expect((await browser.rpc('account/me')).body.mustSetUp).toBe(true);
  });

  test('whose second factor is a passkey does not come in by a password alone', async () => {
    const { userId } = await letIn(house, { email: 'op3@bureau.nl', role: 'operator' });
    const { pool } = house.platform.connection;
    await pool.query(`update auth_users set "twoFactorEnabled" = false where id = $1`, [userId]);
    await pool.query(`delete from auth_two_factors where "userId" = $1`, [userId]);
    await pool.query(
      `insert into auth_passkeys (id, "publicKey", "userId", "credentialID", counter, "deviceType", "backedUp")
       values ('pk3', 'x', $1, 'cred3', 0, 'singleDevice', false)`,
      [userId],
    );
    const answer = await anyBrowser().auth('/sign-in/email', { email: 'op3@bureau.nl', password: goodPassword });
    expect(answer.status).toBe(403);
    expect(answer.body.code).toBe('passkey-needed');
  });
});

describe('the session', () => {
  test('is another one after every sign-in: a planted cookie is worth nothing, the one before has ended', async () => {
    await letIn(house, { email: 'fix@vos.nl', role: 'customer', customerId: 'vos' });
    const attacker = anyBrowser();
    await attacker.signIn('fix@vos.nl', goodPassword);
    const planted = attacker.cookies.get(cookieName) ?? '';
    const victim = anyBrowser();
    victim.cookies.set(cookieName, planted);
    expect((await victim.signIn('fix@vos.nl', goodPassword)).status).toBe(200);
    expect(victim.cookies.get(cookieName)).not.toBe(planted);
    expect(await statusOf(victim)).toBe(200);
    expect(await statusOf(attacker)).toBe(401);
  });

  test('changes when the second factor is proved', async () => {
    const { secret } = await letIn(house, { email: 'op4@bureau.nl', role: 'operator' });
    const browser = anyBrowser();
    await browser.auth('/sign-in/email', { email: 'op4@bureau.nl', password: goodPassword });
    expect(browser.cookies.has(cookieName)).toBe(false);
    await browser.auth('/two-factor/verify-totp', { code: await codeOf(secret ?? '') });
    expect(browser.cookies.has(cookieName)).toBe(true);
  });

  test('is not opened by a forged or changed cookie', async () => {
    const { browser } = await letIn(house, { email: 'forge@vos.nl', role: 'customer', customerId: 'vos' });
    const good = browser.cookies.get(cookieName) ?? '';
    const token = decodeURIComponent(good).split('.')[0] ?? '';
    for (const bad of [token, `${token}.`, `${token}.${'A'.repeat(43)}%3D`, good.slice(0, -4), 'x', '%', `.${token}`]) {
      const other = anyBrowser();
      other.cookies.set(cookieName, bad);
      expect(await statusOf(other), bad).toBe(401);
    }
    expect(await statusOf(browser)).toBe(200);
  });

  test('ends when it is not used, and after thirty days anyhow', async () => {
    const { browser } = await letIn(house, { email: 'idle@vos.nl', role: 'customer', customerId: 'vos' });
    const day = 86_400_000;
    const began = clock.now().getTime();
    for (let days = 6; days <= 24; days += 6) {
      clock.set(new Date(began + days * day));
      expect(await statusOf(browser), `day ${days}`).toBe(200);
    }
    clock.set(new Date(began + 31 * day));
    expect(await statusOf(browser)).toBe(401);
    clock.set(new Date(began));
  });

  test('cookies are for HTTP alone and this site alone; behind TLS for TLS alone', async () => {
    await letIn(house, { email: 'flags@vos.nl', role: 'customer', customerId: 'vos' });
    const plain = await anyBrowser().signIn('flags@vos.nl', goodPassword);
    const cookie = plain.cookies.find((each) => each.startsWith(cookieName)) ?? '';
    expect(cookie).toMatch(/; HttpOnly/i);
    expect(cookie).toMatch(/; SameSite=Strict/i);
    expect(cookie).toMatch(/; Path=\//i);
    expect(cookie).not.toMatch(/; Secure/i);
    const behind = await anyBrowser().auth(
      '/sign-in/email',
      { email: 'flags@vos.nl', password: goodPassword },
      { 'x-forwarded-proto': 'https', origin: house.url.replace('http:', 'https:') },
    );
    expect(behind.cookies.length).toBeGreaterThan(0);
    for (const each of behind.cookies) expect(each).toMatch(/; Secure/i);
  });
});

describe('guessing', () => {
  test('is shut after five tries, tells when it opens, and stays shut for the right password', async () => {
    await letIn(house, { email: 'brute@vos.nl', role: 'customer', customerId: 'vos' });
    const browser = anyBrowser();
    for (let each = 0; each < 5; each++) {
      const answer = await browser.auth('/sign-in/email', { email: 'brute@vos.nl', password: wrong });
      expect(answer.status).toBe(401);
    }
    const shut = await browser.auth('/sign-in/email', { email: 'BRUTE@vos.nl ', password: goodPassword });
    expect(shut.status).toBe(429);
    expect(shut.body.code).toBe('locked-out');
    expect(new Date(shut.body.details.until).getTime() - clock.now().getTime()).toBe(15 * 60_000);
    expect(shut.body.nextStep).toContain('passkey');
    // Another address of his is not shut out by it.
    expect((await anyBrowser().signIn('brute@vos.nl', goodPassword)).status).toBe(200);
    clock.advance(15 * 60_000);
    expect((await browser.signIn('brute@vos.nl', goodPassword)).status).toBe(200);
    expect((await audited('sign-in-locked')).length).toBeGreaterThan(0);
    expect((await audited('sign-in-failed')).at(-1)).toMatchObject({ details: { method: 'password' } });
  });

  test('in a burst gets no more tries', async () => {
    await letIn(house, { email: 'burst@vos.nl', role: 'customer', customerId: 'vos' });
    const browser = anyBrowser();
    const answers = await Promise.all(
      Array.from({ length: 15 }, () => browser.auth('/sign-in/email', { email: 'burst@vos.nl', password: wrong })),
    );
    expect(answers.filter(({ status }) => status === 401).length).toBe(5);
    expect(answers.filter(({ status }) => status === 429).length).toBe(10);
  });

  test('one account from many addresses is shut too', async () => {
    await letIn(house, { email: 'spread@vos.nl', role: 'customer', customerId: 'vos' });
    for (let each = 0; each < 20; each++) {
      await anyBrowser().auth('/sign-in/email', { email: 'spread@vos.nl', password: wrong });
    }
    expect((await anyBrowser().signIn('spread@vos.nl', goodPassword)).status).toBe(429);
  });

  test('codes is shut after five', async () => {
    await letIn(house, { email: 'codes@bureau.nl', role: 'guard' });
    const browser = anyBrowser();
    await browser.auth('/sign-in/email', { email: 'codes@bureau.nl', password: goodPassword });
    const seen: number[] = [];
    for (let each = 0; each < 6; each++) {
      seen.push((await browser.auth('/two-factor/verify-totp', { code: `00000${each}` })).status);
    }
    expect(seen.slice(0, 5)).toEqual([401, 401, 401, 401, 401]);
    expect(seen[5]).toBe(429);
  });

  test('whether an address has an account is not told, nor to be heard from the time it takes', async () => {
    await letIn(house, { email: 'known@vos.nl', role: 'customer', customerId: 'vos' });
    const took = { known: [] as number[], unknown: [] as number[] };
    const told = new Set<string>();
    for (let each = 0; each < 12; each++) {
      for (const who of ['known', 'unknown'] as const) {
        const browser = anyBrowser();
        const began = performance.now();
        const answer = await browser.auth('/sign-in/email', { email: `${who}@vos.nl`, password: wrong });
        took[who].push(performance.now() - began);
        told.add(JSON.stringify([answer.status, answer.body]));
      }
    }
    expect([...told]).toHaveLength(1);
    const median = (all: number[]): number => all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)] ?? 0;
    const [known, unknown] = [median(took.known), median(took.unknown)];
    expect(Math.abs(known - unknown)).toBeLessThan(0.6 * Math.max(known, unknown));
    const forgot = await Promise.all(
      ['known@vos.nl', 'unknown@vos.nl'].map((email) => anyBrowser().auth('/entry/forgot', { email })),
    );
    expect(forgot[0]).toEqual(forgot[1]);
  });
});

describe('codes', () => {
  test('of the app open once, also for who knows the password', async () => {
    const { secret = '' } = await letIn(house, { email: 'replay@bureau.nl', role: 'guard' });
    const code = await codeOf(secret, 1);
    const first = anyBrowser();
    await first.auth('/sign-in/email', { email: 'replay@bureau.nl', password: goodPassword });
    expect((await first.auth('/two-factor/verify-totp', { code })).status).toBe(200);
    const second = anyBrowser();
    await second.auth('/sign-in/email', { email: 'replay@bureau.nl', password: goodPassword });
    const again = await second.auth('/two-factor/verify-totp', { code });
    expect(again.status).toBe(401);
    expect(again.body.code).toBe('code-used');
    expect((await first.auth('/confirm', { password: goodPassword, code })).status).toBe(401);
  });

  test('of recovery open once, and leave one fewer', async () => {
    const { recoveryCodes, browser } = await letIn(house, { email: 'recover@bureau.nl', role: 'guard' });
    const [code] = recoveryCodes;
    const enter = async (): Promise<number> => {
      const other = anyBrowser();
      await other.auth('/sign-in/email', { email: 'recover@bureau.nl', password: goodPassword });
      return (await other.auth('/two-factor/verify-backup-code', { code })).status;
    };
    expect(recoveryCodes).toHaveLength(10);
    expect(await enter()).toBe(200);
    expect(await enter()).toBe(401);
    expect((await browser.rpc('account/factors')).body.recoveryCodesLeft).toBe(9);
  });

  test('are asked every time: no device is trusted without', async () => {
    const { secret = '' } = await letIn(house, { email: 'trust@bureau.nl', role: 'guard' });
    const browser = anyBrowser();
    await browser.auth('/sign-in/email', { email: 'trust@bureau.nl', password: goodPassword });
    await browser.auth('/two-factor/verify-totp', { code: await codeOf(secret), trustDevice: true });
    await browser.auth('/sign-out');
    const again = await browser.auth('/sign-in/email', { email: 'trust@bureau.nl', password: goodPassword });
    expect(again.body.twoFactorRedirect).toBe(true);
  });
});

describe('one-time links', () => {
  test('work once, for the quickest of two', async () => {
    const secret = await makeInvitation('twice@vos.nl');
    const answers = await Promise.all(
      [anyBrowser(), anyBrowser()].map((browser) => browser.auth('/entry/accept', { secret, password: goodPassword })),
    );
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 404]);
    const later = await anyBrowser().auth('/entry/look', { secret });
    expect(later.status).toBe(404);
    expect(later.body.details).toEqual({ state: 'used' });
  });

  test('expire', async () => {
    const secret = await makeInvitation('late@vos.nl');
    clock.advance(7 * 86_400_000);
    const answer = await anyBrowser().auth('/entry/accept', { secret, password: goodPassword });
    clock.advance(-7 * 86_400_000);
    expect(answer.status).toBe(404);
    expect(answer.body.details).toEqual({ state: 'expired' });
  });

  test('that nobody made open nothing', async () => {
    for (const secret of ['', 'x', 'A'.repeat(43), '../../x']) {
      expect((await anyBrowser().auth('/entry/accept', { secret, password: goodPassword })).status).toBe(404);
    }
  });

  test('do not take a weak password, and then still work', async () => {
    const secret = await makeInvitation('weak@vos.nl');
    const browser = anyBrowser();
    const weak = await browser.auth('/entry/accept', { secret, password: 'welkom123456' });
    expect(weak.body.code).toBe('password-too-common');
    expect((await browser.auth('/entry/accept', { secret, password: goodPassword })).status).toBe(200);
  });

  test('do not work in a browser in which somebody is signed in', async () => {
    const { browser } = await letIn(house, { email: 'inside@vos.nl', role: 'customer', customerId: 'vos' });
    const secret = await makeInvitation('other@vos.nl');
    const answer = await browser.auth('/entry/accept', { secret, password: goodPassword });
    expect(answer.body.code).toBe('signed-in-already');
    expect((await browser.rpc('account/me')).body.email).toBe('inside@vos.nl');
  });

  test('of the first operator are not made when there is one', async () => {
    expect(await makeFirstLink(house.platform)).toBeUndefined();
  });

  test('for who lost everything put an end to the old password, code and sessions', async () => {
    const { browser: old } = await letIn(house, { email: 'lost@bureau.nl', role: 'operator' });
    const { url } = await makeResetLink(house.platform, 'lost@bureau.nl');
    expect(await statusOf(old)).toBe(200);
    const fresh = anyBrowser();
    const password = 'een heel nieuw wachtwoord hier';
    const entered = await fresh.auth('/entry/accept', { secret: url.split('#')[1], password });
    expect(entered.body).toEqual({ next: 'second-factor' });
    expect(await statusOf(old)).toBe(401);
    expect((await anyBrowser().signIn('lost@bureau.nl', goodPassword)).status).toBe(401);
    const enabled = await fresh.auth('/two-factor/enable', { password });
    const code = await codeOf(secretOf(enabled.body.totpURI));
    expect((await fresh.auth('/two-factor/verify-totp', { code })).status).toBe(200);
    expect((await fresh.rpc('people/list')).status).toBe(200);
  });
});

describe('the first operator', () => {
  test('comes in by the newest link only, and no second one does', async () => {
    const empty = await openTestHouse();
    try {
      const older = await makeFirstLink(empty.platform);
      const newer = await makeFirstLink(empty.platform);
      const enter = (link: { url: string } | undefined, email: string) =>
        empty
          .browser()
          .auth('/entry/accept', { secret: link?.url.split('#')[1], email, name: 'Olga', password: goodPassword });
      expect((await enter(older, 'a@bureau.nl')).body.details).toEqual({ state: 'revoked' });
      expect((await enter(newer, 'b@bureau.nl')).body).toEqual({ next: 'second-factor' });
      expect((await enter(newer, 'c@bureau.nl')).status).toBe(404);
    } finally {
      await empty.close();
    }
  });
});

describe('what is not ours to offer', () => {
  test.each([
    '/sign-up/email',
    '/sign-in/social',
    '/list-sessions',
    '/revoke-sessions',
    '/update-user',
    '/change-email',
    '/delete-user',
    '/set-password',
    '/request-password-reset',
    '/reset-password',
    '/two-factor/get-totp-uri',
    '/two-factor/send-otp',
    '/passkey/delete-passkey',
    '/passkey/update-passkey',
  ])('%s is not there', async (path) => {
    const { browser } = await letInOnce();
    expect((await browser.auth(path, { email: 'x@vos.nl', password: goodPassword, name: 'X' })).status).toBe(404);
    expect((await browser.get(`/api/auth${path}`)).status).toBe(404);
  });

  test('no answer leads to another site', async () => {
    await letIn(house, { email: 'redirect@vos.nl', role: 'customer', customerId: 'vos' });
    for (const to of ['https://evil.example/', '//evil.example', '/\\evil.example', 'javascript:alert(1)', '/ok']) {
      const fields = { callbackURL: to, redirectTo: to, errorCallbackURL: to, newUserCallbackURL: to };
      for (const [path, body] of [
        ['/sign-in/email', { email: 'redirect@vos.nl', password: goodPassword }],
        ['/sign-out', {}],
        ['/entry/forgot', { email: 'redirect@vos.nl' }],
      ] as const) {
        const answer = await fetch(`${house.url}/api/auth${path}?callbackURL=${encodeURIComponent(to)}`, {
          method: 'POST',
          redirect: 'manual',
          headers: {
            origin: house.url,
            'content-type': 'application/json',
            'x-forwarded-for': `198.51.101.${lastAddress++ % 250}`,
          },
          body: JSON.stringify({ ...body, ...fields }),
        });
        expect(answer.headers.get('location'), `${path} ${to}`).toBeNull();
        expect(await answer.text()).not.toContain('evil');
      }
    }
  });

  test('forms of other sites do not sign in', async () => {
    const answer = await fetch(`${house.url}/api/auth/sign-in/email`, {
      method: 'POST',
      headers: { origin: house.url, 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ email: 'redirect@vos.nl', password: goodPassword }),
    });
    expect(answer.status).toBe(415);
    expect(answer.headers.getSetCookie()).toEqual([]);
  });
});

let once: Promise<{ browser: TestBrowser }> | undefined;
function letInOnce(): Promise<{ browser: TestBrowser }> {
  return (once ??= letIn(house, { email: 'once@vos.nl', role: 'customer', customerId: 'vos' }));
}
