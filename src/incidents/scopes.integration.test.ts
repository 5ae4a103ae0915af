// Who may answer an incident over the API: a guard, and nobody who may only read or only sees his own sites.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createApi } from '../api.ts';
import type { Actor } from '../identity/index.ts';
import { openTestPlatform, type TestPlatform } from '../platform/test-platform.ts';
import { openIncident } from './open-incident.ts';

const reader: Actor = { name: 'token:reader', kind: 'token', scope: 'read' };
const customer: Actor = { name: 'person:c@x.nl', kind: 'person', scope: 'own', role: 'customer', customerId: 'c' };
const guard: Actor = { name: 'person:g@x.nl', kind: 'person', scope: 'operate', role: 'guard' };
let platform: TestPlatform;
let call: (actor: Actor, method: 'GET' | 'POST', path: string, input: Record<string, string>) => Promise<number>;

beforeAll(async () => {
  platform = await openTestPlatform();
  const api = createApi(platform);
  const facts = { id: 'test', address: '', scheme: 'http', isSecure: false } as const;
  call = async (actor, method, path, input) => {
    const query = method === 'GET' ? `?${new URLSearchParams(Object.entries(input)).toString()}` : '';
    const request = new Request(`http://127.0.0.1/api${path}${query}`, {
      method,
      ...(method === 'POST' ? { body: JSON.stringify(input), headers: { 'content-type': 'application/json' } } : {}),
    });
    return (await api.handle(request, actor, facts))?.status ?? 404;
  };
  const at = platform.clock.now();
  await openIncident(platform.db, {
    id: 'finding:1',
    kind: 'finding',
    urgency: 'low',
    subject: 'finding:x',
    firstFailureAt: at,
    at,
  });
});
afterAll(() => platform.close());

const writes: [path: string, input: Record<string, string>][] = [
  ['/incidents/acknowledge', { incident: '1' }],
  ['/incidents/update', { incident: '1', text: 'x' }],
  ['/incidents/cause', { incident: '1', text: 'x' }],
  ['/incidents/resolve', { incident: '1' }],
  ['/incidents/reopen', { incident: '1' }],
];

test.each(writes)('%s is refused to who only reads and to customers, and nothing happens', async (path, input) => {
  for (const actor of [reader, customer]) expect(await call(actor, 'POST', path, input)).toBe(403);
  const { rows } = await platform.connection.pool.query('select 1 from audit');
  expect(rows).toEqual([]);
});

test('reading is refused to customers', async () => {
  expect(await call(customer, 'GET', '/incidents/show', { incident: '1' })).toBe(403);
  expect(await call(customer, 'GET', '/incidents', {})).toBe(403);
  expect(await call(reader, 'GET', '/incidents/show', { incident: '1' })).toBe(200);
});

test('a guard may do all of it, and each leaves its line of audit', async () => {
  for (const [path, input] of writes) expect(await call(guard, 'POST', path, input)).toBe(200);
  const { rows } = await platform.connection.pool.query<{ action: string; actor: string }>(
    'select action, actor from audit order by id',
  );
  expect(rows.map(({ action }) => action)).toEqual([
    'incident-acknowledged',
    'incident-noted',
    'incident-cause-noted',
    'incident-said-done',
    'incident-reopened',
  ]);
  expect(new Set(rows.map(({ actor }) => actor))).toEqual(new Set([guard.name]));
});
