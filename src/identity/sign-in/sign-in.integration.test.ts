// Signing in over real HTTP, by what a browser sends: the ways in, and the ways that must stay shut.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { codeOf, goodPassword, letIn, openTestHouse, type TestHouse } from './test-browser.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
  await house.platform.connection.pool.query(
    `insert into customers (id, name, created_at) values ('vos', 'Bakkerij Vos', now())`,
  );
});
afterAll(() => house.close());

const audited = async (action: string): Promise<{ actor: string; subject: string; details: unknown }[]> => {
  const { rows } = await house.platform.connection.pool.query(
    'select actor, subject, details from audit where action = $1 order by id',
    [action],
  );
  return rows;
};

describe('an operator', () => {
  test('signs in with password and code, and may do everything', async () => {
    const { secret } = await letIn(house, { email: 'Op1@bureau.nl', role: 'operator' });
    const browser = house.browser();
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
        details: expect.objectContaining({ method: 'authenticator code', address: '203.0.113.7' }),
      }),
    );
  });

  test('with a password alone only sets up his second factor', async () => {
    const { browser } = await letIn(house, { email: 'op2@bureau.nl', role: 'operator' });
    expect((await browser.rpc('tokens/list')).status).toBe(200);
    await house.platform.connection.pool.query(
      `update auth_users set "twoFactorEnabled" = false where email = 'op2@bureau.nl'`,
    );
    const refused = await browser.rpc('tokens/list');
    expect(refused.status).toBe(403);
    expect(refused.body.data.code).toBe('second-factor-needed');
  });
});
