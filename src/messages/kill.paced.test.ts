// A sender that dies in the middle: nothing is sent twice by the same path, and nothing is lost silently.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startSmsGateway, type SmsGateway } from '../../e2e/harness/sms-gateway.ts';
import type { TestPlatform } from '../platform/test-platform.ts';
import { listMessages, queueMessage } from './index.ts';
import { addTwilio, newMessage, openHouse, stateOf, until, untilState } from './test-house.ts';

/** The time after which a claim belongs to a dead sender is 45 s; here 4.5 s. */
const scale = { NACHTWACHT_TEST_TIME_SCALE: '10' };
let platform: TestPlatform;
let gateway: SmsGateway;
let provider: string;
const children = new Set<ChildProcess>();

beforeAll(async () => {
  platform = await openHouse(scale);
  gateway = await startSmsGateway();
  provider = await addTwilio(platform, gateway, 'Eerste');
});
afterEach(async () => {
  for (const child of children) await kill(child);
});
afterAll(async () => {
  await gateway.stop();
  await platform.close();
});

async function startSender(): Promise<ChildProcess> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'test-sender.ts')], {
    env: {
      PATH: process.env['PATH'],
      DATABASE_URL: platform.databaseUrl,
      NACHTWACHT_DATA: platform.config.dataFolder,
      NACHTWACHT_LOG: 'silent',
      ...scale,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.add(child);
  await Promise.race([
    once(child.stdout, 'data'),
    once(child, 'exit').then(() => {
      throw new Error('the sender ended at once');
    }),
  ]);
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  children.delete(child);
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

test('killed while the gateway thinks: the message is unknown afterwards, and no other process sends it again', async () => {
  gateway.mode = 'hang';
  const child = await startSender();
  const message = newMessage(platform, provider);
  await queueMessage(platform.db, message);
  await until(() => gateway.requests.length === 1);
  await kill(child);
  expect((await stateOf(platform, message.id)).state).toBe('sending');
  gateway.mode = 'deliver';
  await startSender();
  expect(await untilState(platform, message.id, 'unknown')).toMatchObject({ error: 'sender-died', tries: 1 });
  const next = newMessage(platform, provider);
  await queueMessage(platform.db, next);
  await untilState(platform, next.id, 'accepted');
  expect(gateway.requests).toHaveLength(2);
});

test('killed again and again among many messages: each is sent at most once, and each that was not says so', async () => {
  gateway.mode = 'slow';
  gateway.slowMs = 40;
  gateway.requests.length = 0;
  const messages = Array.from({ length: 150 }, (_, at) =>
    newMessage(platform, provider, { recipient: `+3161${String(at).padStart(7, '0')}`, giveUpAfterMs: 6_000_000 }),
  );
  for (const message of messages) await queueMessage(platform.db, message);
  for (let round = 1; round <= 4; round++) {
    const child = await startSender();
    await until(() => gateway.requests.length >= round * 25);
    await kill(child);
  }
  await startSender();
  const ids = new Set(messages.map((one) => one.id));
  const rows = await until(async () => {
    const all = (await listMessages(platform.db, { incidentId: 'i1' })).filter((row) => ids.has(row.id));
    return all.every((row) => row.state === 'accepted' || row.state === 'unknown') ? all : undefined;
  }, 90_000);
  const timesAsked = new Map<string, number>();
  for (const { to } of gateway.requests) timesAsked.set(to, (timesAsked.get(to) ?? 0) + 1);
  expect([...timesAsked.values()].filter((times) => times > 1)).toEqual([]);
  expect(rows).toHaveLength(messages.length);
  const unknown = rows.filter((row) => row.state === 'unknown');
  const never = rows.filter((row) => row.state === 'accepted' && timesAsked.get(row.recipient) !== 1);
  expect(never).toEqual([]);
  // At most what one process has under way, for each that was killed.
  expect(unknown.length).toBeLessThanOrEqual(4 * 8);
  console.log(`150 messages, 4 kills: ${rows.length - unknown.length} accepted, ${unknown.length} unknown, none twice`);
}, 180_000);
