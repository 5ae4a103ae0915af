// One's own account: what is seen and ended there is one's own and nobody else's.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemActor } from '../actor.ts';
import { goodPassword, letIn, openTestHouse, type TestBrowser, type TestHouse } from '../sign-in/test-browser.ts';
import { changeAccount } from './change-account.ts';
import { choosePassword, removePasskey } from './change-factors.ts';
import { endOneSession, endOtherSessions } from './end-sessions.ts';

let house: TestHouse;
let browser: TestBrowser;
let userId: string;

beforeAll(async () => {
  house = await openTestHouse();
  ({ browser, userId } = await letIn(house, { email: 'gerda@bureau.nl', role: 'guard', name: 'Gerda' }));
});
afterAll(() => house.close());

test('language, theme and name are kept with the account', async () => {
  await browser.rpc('account/change', { language: 'en', theme: 'dark', name: 'Gerda de Wit' });
  expect((await browser.rpc('account/me')).body).toMatchObject({ language: 'en', theme: 'dark', name: 'Gerda de Wit' });
});

describe('sessions', () => {
  test('are listed with device and address, and end one by one or all others at once', async () => {
    const { recoveryCodes, browser: first } = await letIn(house, { email: 'many@bureau.nl', role: 'guard' });
    const enter = async (code: string | undefined): Promise<TestBrowser> => {
      const other = house.browser({ address: '203.0.113.99' });
      await other.auth('/sign-in/email', { email: 'many@bureau.nl', password: goodPassword });
      expect((await other.auth('/two-factor/verify-backup-code', { code })).status).toBe(200);
      return other;
    };
    const [second, third] = [await enter(recoveryCodes[0]), await enter(recoveryCodes[1])];
    const list = (await first.rpc('account/sessions')).body;
    expect(list).toHaveLength(3);
    expect(list.filter((each: { current: boolean }) => each.current)).toHaveLength(1);
    const other = list.find((each: { current: boolean }) => !each.current);
    expect(other).toMatchObject({
      browser: 'Firefox',
      system: 'Linux',
      address: '203.0.113.99',
      proof: 'second-factor',
    });
    expect((await browser.rpc('account/endSession', { session: other.id })).status).toBe(404);
    await second.rpc('account/endOtherSessions');
    expect((await first.rpc('account/me')).status).toBe(401);
    expect((await third.rpc('account/me')).status).toBe(401);
    expect((await second.rpc('account/sessions')).body).toHaveLength(1);
  });

  test('elsewhere end when the password changes', async () => {
    const { browser: here } = await letIn(house, { email: 'change@bureau.nl', role: 'guard' });
    const before = here.cookies.get('nachtwacht.session_token');
    const weak = await here.auth('/change-password', { currentPassword: goodPassword, newPassword: 'welkom123456' });
    expect(weak.body.code).toBe('password-too-common');
    const wrong = await here.auth('/change-password', {
      currentPassword: 'iets anders helemaal',
      newPassword: 'kraan dromedaris zolder',
    });
    expect(wrong.body.code).toBe('invalid-password');
    const right = { currentPassword: goodPassword, newPassword: 'kraan pleister dromedaris zolder' };
    expect((await here.auth('/change-password', right)).status).toBe(200);
    expect(here.cookies.get('nachtwacht.session_token')).not.toBe(before);
    // What the session had proved, it still has.
    expect((await here.rpc('account/me')).body.mustSetUp).toBe(false);
  });
});

describe('passkeys', () => {
  const add = (id: string, owner: string): Promise<unknown> =>
    house.platform.connection.pool.query(
      `insert into auth_passkeys (id, "publicKey", "userId", "credentialID", counter, "deviceType", "backedUp", name)
       values ($1, 'x', $2, $1, 0, 'singleDevice', false, 'laptop')`,
      [id, owner],
    );

  test('are removed by their owner only, and not the last second step', async () => {
    await add('pk-own', userId);
    const stranger = await letIn(house, { email: 'stranger@bureau.nl', role: 'guard' });
    expect((await stranger.browser.rpc('account/removePasskey', { passkey: 'pk-own' })).status).toBe(404);
    expect((await browser.rpc('account/factors')).body.passkeys).toMatchObject([{ id: 'pk-own', name: 'laptop' }]);
    await house.platform.connection.pool.query(`update auth_users set "twoFactorEnabled" = false where id = $1`, [
      userId,
    ]);
    const last = await browser.rpc('account/removePasskey', { passkey: 'pk-own' });
    expect(last.body.data.code).toBe('last-second-factor');
    await house.platform.connection.pool.query(`update auth_users set "twoFactorEnabled" = true where id = $1`, [
      userId,
    ]);
    expect((await browser.rpc('account/removePasskey', { passkey: 'pk-own' })).status).toBe(200);
  });

  test('are not added nor removed without a fresh proof', async () => {
    const old = await letIn(house, { email: 'stale@bureau.nl', role: 'guard' });
    await add('pk-stale', old.userId);
    await house.platform.connection.pool.query(
      `update auth_sessions set "confirmedAt" = now() - interval '11 minutes' where "userId" = $1`,
      [old.userId],
    );
    const removed = await old.browser.rpc('account/removePasskey', { passkey: 'pk-stale' });
    expect(removed.body.data.code).toBe('sign-in-not-fresh');
    const options = await old.browser.get('/api/auth/passkey/generate-register-options');
    expect(options.body.code).toBe('sign-in-not-fresh');
    const disabled = await old.browser.auth('/two-factor/disable', { password: goodPassword });
    expect(disabled.body.code).toBe('sign-in-not-fresh');
  });

  test('are not offered to who is not signed in and comes by no link', async () => {
    const answer = await house.browser().get('/api/auth/passkey/generate-register-options');
    expect(answer.status).toBe(401);
  });
});

test.each<[string, () => Promise<unknown>]>([
  ['changeAccount', () => changeAccount(house.platform, systemActor('test'), { name: 'X' })],
  ['endOneSession', () => endOneSession(house.platform, systemActor('test'), 'x')],
  ['endOtherSessions', () => endOtherSessions(house.platform, systemActor('test'))],
  ['removePasskey', () => removePasskey(house.platform, systemActor('test'), 'x')],
  ['choosePassword', () => choosePassword(house.platform, systemActor('test'), goodPassword)],
])('%s is for people, not for tokens or the house', async (_name, call) => {
  await expect(call()).rejects.toMatchObject({ code: 'not-a-person' });
});
