// Which process sends: one at a time, with its line at the message centre; another takes over when it ends.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startSmppCenter, type SmppCenter } from '../../e2e/harness/smpp-center.ts';
import { runDueLoops } from '../platform/due/index.ts';
import { openPlatform, type Platform } from '../platform/platform.ts';
import type { TestPlatform } from '../platform/test-platform.ts';
import { saveProvider } from './change-providers.ts';
import { listUnhandled, queueMessage, sendLoop } from './index.ts';
import { admin, guardPhone, newMessage, openHouse, stateOf, until, untilState } from './test-house.ts';

let platform: TestPlatform;
let other: Platform;
let center: SmppCenter;
let provider: string;

beforeAll(async () => {
  platform = await openHouse();
  other = await openPlatform({
    config: platform.config,
    databaseUrl: platform.databaseUrl,
    migrate: false,
    supervise: false,
  });
  center = await startSmppCenter();
  const { host, port, systemId, password } = center;
  const config = { host, port, systemId, from: '+31970000002', tls: false, systemType: '', window: 10 };
  const given = {
    kind: 'smpp' as const,
    name: 'Centrale',
    enabled: true,
    canaryTo: null,
    config,
    secrets: { password },
  };
  provider = (await saveProvider(platform, admin, given)).id;
});
afterAll(async () => {
  await center.stop();
  await other.close();
  await platform.close();
});

function hold(by: Platform): { stop(): Promise<void> } {
  const end = new AbortController();
  const running = runDueLoops(by, [sendLoop], end.signal);
  return {
    stop: async () => {
      end.abort();
      await running;
    },
  };
}

test('one process holds the line; when it ends the next one takes over, and nothing waits longer than that', async () => {
  const first = hold(platform);
  await until(() => center.bound.size === 1);
  const second = hold(other);
  const one = newMessage(platform, provider);
  await queueMessage(platform.db, one);
  await untilState(platform, one.id, 'delivered');
  expect(center.binds).toBe(1);
  const holder = (await stateOf(platform, one.id)).claimed_by;

  await first.stop();
  // Its line is unbound before it has ended.
  await until(() => center.binds === 2 && center.bound.size === 1);
  const two = newMessage(platform, provider);
  await queueMessage(platform.db, two);
  expect((await untilState(platform, two.id, 'delivered')).claimed_by).not.toBe(holder);
  expect(await center.reply({ from: guardPhone, text: '7a' })).toBe(0);
  expect(await listUnhandled(platform.db)).toMatchObject([{ text: '7a' }]);

  // The database drops its connections: the office is taken again, by either.
  await platform.connection.pool.query(
    'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
  );
  const three = newMessage(platform, provider);
  await until(() => queueMessage(platform.db, three).catch(() => false));
  await untilState(platform, three.id, 'delivered');
  // What waits for the database when it is lost ends by itself; then one line is left.
  await until(() => center.bound.size === 1);
  await second.stop();
  await until(() => center.bound.size === 0);
});

test('a message goes out at once, not at the next look', async () => {
  const holding = hold(platform);
  await until(() => center.bound.size === 1);
  const took: number[] = [];
  for (let round = 0; round < 5; round++) {
    const message = newMessage(platform, provider);
    const began = performance.now();
    await queueMessage(platform.db, message);
    await until(() => center.sent.some((sms) => sms.text.includes(message.content.text)));
    took.push(performance.now() - began);
  }
  await holding.stop();
  // Five looks a second apart would take two and a half seconds on average.
  expect(Math.min(...took)).toBeLessThan(900);
});
