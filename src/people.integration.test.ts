// Truth 2 of the console: what a customer and a guard may do, walked over the whole contract with real sessions, so that a
// new endpoint is covered by itself.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contract } from './contract.ts';
import { letIn, openTestHouse, type TestBrowser, type TestHouse } from './identity/sign-in/test-browser.ts';
import { addCustomer } from './customers/index.ts';
import { systemActor } from './identity/index.ts';
import { addSite } from './sites/index.ts';
import { endpointsOf, sampleInput, textInputs, type Endpoint } from './test-endpoints.ts';

const endpoints = endpointsOf(contract);
const ofPortal = endpoints.filter(({ name }) => name.startsWith('portal.'));
const ofAccount = endpoints.filter(({ name }) => name.startsWith('account.'));

/** Inputs of the portal that name a thing of a customer, and those that are only text. A new one must be put here. */
const references = new Set(['site', 'request']);
const plainText = new Set(['note', 'answer']);

let house: TestHouse;
let customer: TestBrowser;
let guard: TestBrowser;
let operator: TestBrowser;
const ids = {} as Record<'mine' | 'removed' | 'others' | 'myRequest' | 'othersRequest', string>;

beforeAll(async () => {
  house = await openTestHouse();
  const { platform } = house;
  const admin = systemActor('test');
  const [baker, shop] = [
    await addCustomer(platform, admin, { name: 'Bakker' }),
    await addCustomer(platform, admin, { name: 'Winkel' }),
  ];
  ids.mine = (await addSite(platform, admin, { url: 'https://bakkerij.nl', customer: baker.id })).id;
  ids.removed = (await addSite(platform, admin, { url: 'https://oud.nl', customer: baker.id })).id;
  ids.others = (await addSite(platform, admin, { url: 'https://winkel.nl', customer: shop.id })).id;
  await platform.connection.pool.query('update sites set removed_at = now() where id = $1', [ids.removed]);
  customer = (await letIn(house, { email: 'jan@bakker.nl', role: 'customer', customerId: baker.id })).browser;
  const neighbour = (await letIn(house, { email: 'piet@winkel.nl', role: 'customer', customerId: shop.id })).browser;
  guard = (await letIn(house, { email: 'wacht@bureau.nl', role: 'guard' })).browser;
  operator = (await letIn(house, { email: 'baas@bureau.nl', role: 'operator' })).browser;
  const ask = { moment: null, note: 'geheim van een ander' };
  ids.othersRequest = (await neighbour.rpc('portal/askRestore', { site: ids.others, ...ask })).body.id;
  ids.myRequest = (await customer.rpc('portal/askRestore', { site: ids.mine, ...ask, note: 'mijn verzoek' })).body.id;
});
afterAll(() => house.close());

/** Both forms: RPC as our pages send it, and plain HTTP. */
async function askBoth(browser: TestBrowser, endpoint: Endpoint, input: Record<string, unknown>) {
  const pairs = Object.entries(input).map(([name, value]): [string, string] => [name, String(value)]);
  const query = new URLSearchParams(pairs).toString();
  const rpc = await browser.rpc(endpoint.name.replaceAll('.', '/'), input);
  const plain =
    endpoint.method === 'GET'
      ? await browser.get(`${endpoint.path}?${query}`)
      : await browser.send(endpoint.method, endpoint.path, input);
  return [rpc, plain];
}

describe("a customer's session", () => {
  test.each(endpoints.filter(({ scope }) => scope !== 'own'))('is forbidden $name', async (endpoint) => {
    const sensible = sampleInput(endpoint, { site: ids.mine, customer: 'Bakker', request: ids.myRequest });
    for (const input of [sensible, {}, { nonsense: true }]) {
      for (const answer of await askBoth(customer, endpoint, input)) {
        expect(answer.status).toBe(403);
        expect(answer.body).toMatchObject({ data: { code: 'not-allowed' } });
        expect(answer.body.message).not.toContain('token');
      }
    }
  });

  test('has `own` only in portal and account', () => {
    const own = endpoints.filter(({ scope }) => scope === 'own');
    expect(ofPortal.length).toBeGreaterThan(4);
    expect(own.map(({ name }) => name)).toEqual([...ofAccount, ...ofPortal].map(({ name }) => name));
  });

  test('cannot name a thing by an input that this test does not know', () => {
    const unknown = ofPortal.flatMap((endpoint) =>
      textInputs(endpoint)
        .filter((name) => !references.has(name) && !plainText.has(name))
        .map((name) => `${endpoint.name} ${name}`),
    );
    expect(unknown).toEqual([]);
  });

  test.each(ofPortal.filter((endpoint) => textInputs(endpoint).includes('site')))(
    "$name: another customer's site is not found, exactly as one that does not exist",
    async (endpoint) => {
      const none = 'zzzzzzzzzzzz';
      const answers = new Set<string>();
      for (const site of [none, ids.others, ids.removed, 'https://winkel.nl', 'winkel.nl', 'bakkerij.nl']) {
        for (const answer of await askBoth(customer, endpoint, sampleInput(endpoint, { site }))) {
          expect(answer.status, site).toBe(404);
          answers.add(JSON.stringify(answer.body).replaceAll(site, 'SITE'));
        }
      }
      expect([...answers]).toEqual([expect.stringContaining('"code":"site-not-found"')]);
      const [own] = await askBoth(customer, endpoint, sampleInput(endpoint, { site: ids.mine }));
      expect(own?.status).not.toBe(404);
    },
  );

  test.each(ofPortal.filter((endpoint) => textInputs(endpoint).includes('request')))(
    "$name: another customer's request is not found, exactly as one that does not exist",
    async (endpoint) => {
      const answers = new Set<string>();
      for (const request of ['zzzzzzzzzzzz', ids.othersRequest]) {
        for (const answer of await askBoth(customer, endpoint, sampleInput(endpoint, { request }))) {
          expect(answer.status).toBe(404);
          answers.add(JSON.stringify(answer.body).replaceAll(request, 'REQUEST'));
        }
      }
      expect(answers.size).toBe(1);
    },
  );

  test('sees nothing of another customer in any answer', async () => {
    let seen = 0;
    for (const endpoint of [...ofPortal, ...ofAccount].filter(({ method }) => method === 'GET')) {
      const answer = await customer.rpc(
        endpoint.name.replaceAll('.', '/'),
        sampleInput(endpoint, { site: ids.mine, request: ids.myRequest }),
      );
      expect(answer.status, endpoint.name).toBe(200);
      const text = JSON.stringify(answer.body);
      for (const secret of ['winkel', 'Winkel', 'piet', ids.others, ids.othersRequest, 'geheim van een ander'])
        expect(text, endpoint.name).not.toContain(secret);
      seen++;
    }
    expect(seen).toBeGreaterThan(3);
  });

  test('changes nothing without the header that our own pages send', async () => {
    const body = { json: { request: ids.myRequest } };
    for (const headers of [{ 'x-nachtwacht': '' }, { origin: 'https://evil.nl' }, { 'sec-fetch-site': 'cross-site' }]) {
      const answer = await customer.send('POST', '/api/rpc/portal/withdraw', body, headers);
      expect(answer.status).toBe(403);
      expect(JSON.stringify(answer.body)).toContain('csrf-refused');
    }
    const [mine] = (await customer.rpc('portal/requests', {})).body;
    expect(mine.state).toBe('open');
  });
});

describe("a guard's session", () => {
  test.each(endpoints.filter(({ scope }) => scope === 'admin'))('is forbidden $name', async (endpoint) => {
    for (const input of [sampleInput(endpoint, { site: ids.mine, customer: 'Bakker' }), {}]) {
      for (const answer of await askBoth(guard, endpoint, input)) {
        expect(answer.status).toBe(403);
        expect(answer.body).toMatchObject({ data: { code: 'not-allowed' } });
        expect(answer.body.message).toContain('operator');
      }
    }
  });

  test('may look and may answer a customer', async () => {
    expect((await guard.rpc('requests/list', {})).body).toHaveLength(2);
    const answer = { request: ids.othersRequest, state: 'declined', answer: 'Dat kan niet.' };
    expect((await guard.rpc('requests/answer', answer)).status).toBe(200);
  });
});

describe('nobody but a customer', () => {
  test.each(ofPortal)('may call $name', async (endpoint) => {
    for (const browser of [guard, operator]) {
      for (const answer of await askBoth(browser, endpoint, sampleInput(endpoint, { site: ids.mine }))) {
        expect(answer.status).toBe(403);
        expect(answer.body).toMatchObject({ data: { code: 'not-a-customer' } });
      }
    }
  });
});
