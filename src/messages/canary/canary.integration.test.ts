// The daily test message of each SMS provider, over a real gateway, by a clock that is moved.
import { createServer } from 'node:http';
import type net from 'node:net';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startSmsGateway, type SmsGateway } from '../../../e2e/harness/sms-gateway.ts';
import { createApp, startHttp, type HttpServer } from '../../platform/http/server.ts';
import { TestClock } from '../../platform/clock.ts';
import { openTestPlatform, type TestPlatform } from '../../platform/test-platform.ts';
import { removeProvider, saveProvider } from '../change-providers.ts';
import { answerHooks } from '../hooks/answer-hooks.ts';
import { listMessages } from '../index.ts';
import { showHealth } from '../show-health.ts';
import { showProviders } from '../show-providers.ts';
import { admin, startDesk, until } from '../test-house.ts';
import { runCanaries } from './index.ts';
import { nextCanary, type CanaryFacts, type CanaryStep } from './rules/next-canary.ts';

const clock = new TestClock('2026-11-28T05:00:00Z');
let platform: TestPlatform;
let http: HttpServer;
let gateway: SmsGateway;
let desk: { stop(): Promise<void> };
let provider: string;

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as net.AddressInfo;
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return port;
}

async function add(name: string, canaryTo: string | null): Promise<string> {
  const { url, accountSid, authToken, number: from } = gateway;
  const config = { url, accountSid, from };
  const given = { kind: 'twilio' as const, name, enabled: true, canaryTo, config, secrets: { authToken } };
  return (await saveProvider(platform, admin, given)).id;
}

beforeAll(async () => {
  const port = await freePort();
  platform = await openTestPlatform({
    clock,
    environment: { NACHTWACHT_PORT: String(port), NACHTWACHT_URL: `http://127.0.0.1:${port}` },
  });
  const nobody = { handle: () => Promise.resolve(undefined), describe: () => Promise.resolve({}) };
  const parts = [answerHooks(platform)];
  http = await startHttp(
    platform,
    createApp(platform, { api: nobody, authenticate: () => Promise.resolve(undefined), parts }),
  );
  gateway = await startSmsGateway();
  provider = await add('Eerste', '+31612340000');
  await add('Zonder', null);
  desk = startDesk(platform);
});
afterEach(() => {
  gateway.mode = 'deliver';
});
afterAll(async () => {
  await desk.stop();
  await gateway.stop();
  await http.stop(1000);
  await platform.close();
});

async function canary() {
  const shown = (await showProviders(platform)).find((one) => one.id === provider);
  return shown?.canary ?? null;
}

async function incidents() {
  const { rows } = await platform.connection.pool.query<Record<string, unknown>>(
    'select id, kind, urgency, subject, title, cause, resolved_at from incidents order by opened_at',
  );
  return rows;
}

async function lastMessage() {
  return (await listMessages(platform.db, { purpose: 'canary' }))[0];
}

/** What a loop does each quarter of a minute, until it is so. */
async function runUntil(isSo: () => Promise<boolean>): Promise<void> {
  await until(async () => {
    await runCanaries(platform);
    return isSo();
  });
}

test('is sent once a day and delivered; a second look sends nothing', async () => {
  await runUntil(async () => (await canary())?.state === 'working');
  expect(gateway.sent.map((sms) => sms.to)).toEqual(['+31612340000']);
  await runCanaries(platform);
  clock.advance(23 * 3_600_000);
  await runCanaries(platform);
  expect(await listMessages(platform.db, { purpose: 'canary' })).toHaveLength(1);
  clock.advance(3_700_000);
  await runUntil(async () => gateway.sent.length === 2 && (await canary())?.state === 'working');
  expect(await incidents()).toEqual([]);
  expect((await showHealth(platform)).state).toBe('well');
});

test('without a receipt in 10 minutes the provider fails: one incident, which is over when a message arrives again', async () => {
  gateway.mode = 'silent';
  clock.advance(25 * 3_600_000);
  await runUntil(async () => (await lastMessage())?.state === 'accepted' && (await canary())?.state === 'waiting');
  clock.advance(9 * 60_000);
  await runCanaries(platform);
  expect(await incidents()).toEqual([]);
  clock.advance(61_000);
  await runCanaries(platform);
  await runCanaries(platform);
  expect(await canary()).toMatchObject({ state: 'failing', problem: { code: 'no-receipt' } });
  expect(await incidents()).toMatchObject([
    {
      kind: 'channel',
      urgency: 'high',
      subject: `provider:${provider}`,
      title: { provider: 'Eerste' },
      resolved_at: null,
    },
  ]);
  expect(await showHealth(platform)).toMatchObject({ state: 'doubtful', workingPaths: 1 });
  clock.advance(31 * 60_000);
  await runCanaries(platform);
  expect((await canary())?.state).toBe('failing');
  gateway.mode = 'deliver';
  clock.advance(10 * 60_000);
  await runCanaries(platform);
  clock.advance(31 * 60_000);
  await runUntil(async () => (await canary())?.state === 'working');
  const [incident] = await incidents();
  expect(incident?.['resolved_at']).not.toBeNull();
});

test('a gateway that refuses fails it; what is taken away while it fails leaves no incident behind', async () => {
  gateway.mode = 'undelivered';
  clock.advance(25 * 3_600_000);
  await runUntil(async () => (await canary())?.state === 'failing');
  expect((await incidents()).filter((one) => one['resolved_at'] === null)).toHaveLength(1);
  await removeProvider(platform, admin, provider);
  await runCanaries(platform);
  expect((await incidents()).filter((one) => one['resolved_at'] === null)).toEqual([]);
});

const minutes = 60_000;
const facts = (more: Partial<CanaryFacts>): CanaryFacts => ({
  isTried: true,
  state: 'working',
  at: 0,
  message: null,
  tellsReceipts: true,
  ...more,
});

test.each<[string, number, CanaryFacts, CanaryStep]>([
  ['never tried', 0, facts({ at: null, state: null }), { do: 'send', why: 'first' }],
  ['a day', 1440 * minutes, facts({}), { do: 'send', why: 'daily' }],
  ['less than a day', 1439 * minutes, facts({}), { do: 'nothing', why: 'not-yet' }],
  ['fails for half an hour', 30 * minutes, facts({ state: 'failing' }), { do: 'send', why: 'again' }],
  ['fails just now', 29 * minutes, facts({ state: 'failing' }), { do: 'nothing', why: 'not-yet' }],
  ['delivered', 1, facts({ message: 'delivered' }), { do: 'settle', state: 'working', why: 'delivered' }],
  ['accepted', 9 * minutes, facts({ message: 'accepted' }), { do: 'nothing', why: 'waiting' }],
  ['unknown', 10 * minutes, facts({ message: 'unknown' }), { do: 'settle', state: 'failing', why: 'no-receipt' }],
  [
    'accepted, no receipts there',
    1,
    facts({ message: 'accepted', tellsReceipts: false }),
    { do: 'settle', state: 'working', why: 'accepted' },
  ],
  ['refused', 1, facts({ message: 'failed' }), { do: 'settle', state: 'failing', why: 'failed' }],
  ['switched off while failing', 1, facts({ isTried: false, state: 'failing' }), { do: 'forget', why: 'not-tried' }],
  ['never switched on', 1, facts({ isTried: false, state: null }), { do: 'nothing', why: 'not-tried' }],
])('what to do: %s', (_, now, given, step) => {
  expect(nextCanary(now, given)).toEqual(step);
});
