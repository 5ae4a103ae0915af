// Names that are scripts, line breaks that want to be headers, addresses of somebody else: put into everything, and looked
// for in everything that comes back. What the browser makes of it is tested there.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openSiteRepository } from './backups/index.ts';
import { saveTestSnapshot } from './backups/restore/test-snapshot.ts';
import { contract } from './contract.ts';
import { letIn, openTestHouse, type TestBrowser, type TestHouse } from './identity/sign-in/test-browser.ts';
import { endpointsOf, sampleInput, textInputs, type Endpoint } from './test-endpoints.ts';

const script = '<script>alert(1)</script><img src=x onerror=alert(2)>';
const lines = 'x\r\nset-cookie: evil=1\r\n\r\n<script>alert(3)</script>';
const elsewhere = 'https://evil.example/steal';
const hostile = [script, lines, elsewhere, '../../../etc/passwd', "'; drop table sites; --", '%00\u0000', '__proto__'];

const endpoints = endpointsOf(contract);
let house: TestHouse;
let operator: TestBrowser;
let site: string;
const snapshots: string[] = [];

beforeAll(async () => {
  house = await openTestHouse();
  operator = (await letIn(house, { email: 'baas@bureau.nl', role: 'operator' })).browser;
  await operator.rpc('customers/add', { name: script, contact: lines });
  site = (await operator.rpc('sites/add', { url: 'https://winkel.nl', customer: script })).body.id;
  const { platform } = house;
  const plugin = { kind: 'plugin', name: script, version: lines, title: script };
  await platform.connection.pool.query('update sites set inventory = $1, inventory_at = now() where id = $2', [
    JSON.stringify([plugin]),
    site,
  ]);
  const repository = await openSiteRepository(platform, site);
  for (const content of ['then', 'now, longer']) {
    const saved = await saveTestSnapshot(
      repository,
      site,
      {
        [`wp-content/${script.replaceAll('/', '')}.txt`]: content,
        [`wp-content/${lines.replaceAll('/', '')}`]: content,
      },
      {
        'nachtwacht/report.json': JSON.stringify({
          format: 1,
          siteTime: 0,
          site: '',
          roots: [{ id: 'root', path: '/' }],
          skipped: [],
          skippedCounts: {},
          database: { held: false, why: 'test' },
          complete: true,
        }),
      },
    );
    snapshots.push(saved.id);
    await platform.connection.pool.query(
      `insert into snapshots (id, site_id, run_id, reason, taken_at, stored_at, consistent, complete, gaps, figures)
       values ($1, $2, 'test', 'daily', now(), now(), true, true, '[]', '{"files": 2, "fileBytes": 9, "tables": 0, "rows": 0, "databaseBytes": 0, "bytesStored": 1, "bytesNew": 1, "filesFetched": 2, "wireUp": 1, "wireDown": 1, "requests": 1, "ms": {"total": 1}}')`,
      [saved.id, site],
    );
  }
  await repository.close();
});
afterAll(() => house.close());

interface Raw {
  status: number;
  headers: Headers;
  text: string;
}

/** By the operator's own page, with every header of the answer. */
async function raw(method: string, path: string, body?: unknown): Promise<Raw> {
  const cookie = [...operator.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const hangUp = new AbortController();
  const answer = await fetch(`${house.url}${path}`, {
    method,
    redirect: 'manual',
    signal: hangUp.signal,
    headers: { origin: house.url, 'x-nachtwacht': '1', 'content-type': 'application/json', cookie },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const { status, headers } = answer;
  // A stream that follows work does not end by itself.
  const isStream = headers.get('content-type')?.startsWith('text/event-stream') === true;
  const text = isStream ? '' : await answer.text();
  hangUp.abort();
  return { status, headers, text };
}

/** That an answer is data and nothing else, whatever is in it. */
function expectHarmless({ headers, text }: Raw, where: string): void {
  expect(headers.get('content-type') ?? 'none', where).toMatch(
    /^(application\/(json|zip|octet-stream)|text\/event-stream|none)/,
  );
  expect(headers.get('x-content-type-options'), where).toBe('nosniff');
  expect(headers.get('content-security-policy'), where).toMatch(/^default-src 'none'/);
  expect(headers.get('location'), where).toBeNull();
  for (const [name, value] of headers) {
    expect(name, where).not.toContain('evil');
    expect(value, `${where}: ${name}`).not.toMatch(/evil|<script|alert\(/);
  }
  expect(() =>
    text === '' || headers.get('content-type')?.includes('json') !== true ? null : JSON.parse(text),
  ).not.toThrow();
}

/** What ends the session, or sends to an address: those have tests of their own. */
const spared = /^(account\.(end|setPassword)|sites\.(remove|unpair)|people\.)/;

describe('hostile text in any input of any endpoint', () => {
  const takers = endpoints.filter((endpoint) => textInputs(endpoint).length > 0 && !spared.test(endpoint.name));

  test('is put into many', () => {
    expect(takers.length).toBeGreaterThan(30);
  });

  test.each(takers)('$name: is data or a refusal, never a page, a header or a crash', async (endpoint: Endpoint) => {
    for (const text of hostile) {
      for (const field of textInputs(endpoint)) {
        const input = sampleInput(endpoint, { site, customer: script, snapshot: snapshots[0], [field]: text });
        const where = `${endpoint.name} ${field}=${JSON.stringify(text)}`;
        const pairs = Object.entries(input).map(([name, value]): [string, string] => [name, String(value)]);
        const plain =
          endpoint.method === 'GET'
            ? await raw('GET', `${endpoint.path}?${new URLSearchParams(pairs).toString()}`)
            : await raw(endpoint.method, endpoint.path, input);
        expectHarmless(plain, where);
        expect(plain.status, `${where}: ${plain.text.slice(0, 300)}`).not.toBe(500);
        const rpc = await raw('POST', endpoint.rpcPath, { json: input });
        expectHarmless(rpc, where);
        expect(rpc.status, `${where}: ${rpc.text.slice(0, 300)}`).not.toBe(500);
      }
    }
  });
});

describe('names that are scripts, once stored', () => {
  const reads = endpoints.filter(({ method, scope }) => method === 'GET' && scope !== 'own');

  test.each(reads)('$name shows them as data', async (endpoint) => {
    const input = sampleInput(endpoint, { site, snapshot: snapshots[1], from: snapshots[0], to: snapshots[1] });
    const pairs = Object.entries(input).map(([name, value]): [string, string] => [name, String(value)]);
    const answer = await raw('GET', `${endpoint.path}?${new URLSearchParams(pairs).toString()}`);
    expectHarmless(answer, endpoint.name);
    expect(answer.status, answer.text.slice(0, 300)).not.toBe(500);
  });

  test('of a customer, a plugin and a changed file come back whole, as text', async () => {
    expect((await operator.rpc('customers/list')).body).toContainEqual(expect.objectContaining({ name: script }));
    expect((await operator.rpc('sites/show', { site })).body.inventory[0]).toMatchObject({ name: script });
    const input = { site, from: snapshots[0], to: snapshots[1], limit: 10 };
    const changed = await operator.rpc('moments/changedFiles', input);
    expect(changed.status, JSON.stringify(changed.body)).toBe(200);
    expect(JSON.stringify(changed.body)).toContain(script.replaceAll('/', ''));
    const diff = await operator.rpc('restores/diff', { site, from: snapshots[0], to: snapshots[1] });
    expect(JSON.stringify(diff.body)).toContain(script.replaceAll('/', ''));
  });

  test('do not reach the headers of a download', async () => {
    const answer = await raw('GET', `/api/restores/download?site=${site}&snapshot=${snapshots[0]}`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="[A-Za-z0-9.-]+\.zip"$/);
    expectHarmless(answer, 'download');
  });
});

describe('nobody is sent elsewhere', () => {
  test.each([
    '//evil.example',
    '//evil.example/%2f..',
    '/\\evil.example',
    '/%5cevil.example',
    '/https://evil.example',
    '/sign-in?next=https://evil.example',
    '/sign-in?next=//evil.example',
    '/api/auth/sign-out?callbackURL=https://evil.example',
    '/api/auth/sign-in/social?callbackURL=https://evil.example',
    '/api/auth/verify-email?token=x&callbackURL=https://evil.example',
    '/api/auth/error?error=%3Cscript%3Ealert(1)%3C/script%3E',
    '/x%0d%0aset-cookie:%20evil=1',
  ])('%s', async (path) => {
    for (const method of ['GET', 'POST']) {
      const { status, headers, text } = await raw(
        method,
        path,
        method === 'POST' ? { callbackURL: elsewhere } : undefined,
      );
      expect(status).not.toBe(500);
      expect(headers.get('location')).toBeNull();
      expect(headers.get('set-cookie') ?? '').not.toContain('evil');
      expect(headers.get('refresh')).toBeNull();
      expect(text).not.toContain('<script>alert(1)');
    }
  });
});
