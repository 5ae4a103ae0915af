import { statSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  runProbeCommand,
  startProbeProcess,
  writeSmsAccount,
  type ProbeProcess,
} from '../../e2e/harness/probe-process.ts';
import { startSmsGateway, type SmsGateway } from '../../e2e/harness/sms-gateway.ts';
import { systemActor } from '../identity/index.ts';
import { openTestPlatform, type TestPlatform } from '../platform/test-platform.ts';
import { inviteProbe } from './invite-probe.ts';
import type { DutyReader } from './make-kit.ts';
import { openFolder } from './outpost/index.ts';
import { timesOf } from './rules/times.ts';
import { listProbes } from './store.ts';
import { openTestCore } from './test-core.ts';

// A real second location (its own process, its own SMS account) and a core that goes away. Times are ten times faster:
// 90 s of silence are 9 s here, and the promise of 120 s is 12 s. Limits of the network stay as they are.
const scale = 10;
const times = timesOf(scale);
const waiting = { timeout: 60_000, interval: 50 };
const environment = { NACHTWACHT_TEST_TIME_SCALE: String(scale) };
const [jan, piet] = ['+31600000001', '+31600000002'];

let platform: TestPlatform;
let gateway: SmsGateway;
let reference: Server;
let core: { url: string; close(): Promise<void> };
let folder: string;
let probe: ProbeProcess | undefined;

const duty: DutyReader = (now) => {
  const until = new Date(now.getTime() + 7 * 86_400_000).toISOString();
  const guard = (id: string, phone: string, language: 'nl' | 'en') => ({ id, name: id, phone, language });
  return Promise.resolve({
    until,
    guards: [guard('jan', jan ?? '', 'nl'), guard('piet', piet ?? '', 'en')],
    spans: [{ from: now.toISOString(), to: until, guards: ['jan', 'piet'] }],
    policy: { receiptMs: 60_000, callMs: 180_000, nextMs: 300_000, rounds: 3 },
  });
};

/** The heartbeat of a watcher: young ones live. */
const watchLives = (ago: string): Promise<unknown> =>
  platform.connection.pool.query(
    `insert into watchers (id, process_name, started_at, heartbeat_at) values ('w', 'w', now(), now() + $1::interval)
     on conflict (id) do update set heartbeat_at = excluded.heartbeat_at`,
    [ago],
  );

beforeAll(async () => {
  platform = await openTestPlatform({ environment });
  gateway = await startSmsGateway();
});
beforeEach(async () => {
  gateway.sent.length = 0;
  gateway.requests.length = 0;
  gateway.mode = 'deliver';
  await watchLives('1 day');
  reference = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve) => reference.listen(0, '127.0.0.1', resolve));
  const address = reference.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  await platform.connection.pool.query('update watch_settings set reference_hosts = $1', [[`127.0.0.1:${port}`]]);
  core = await openTestCore(platform, { readDuty: duty });
  folder = await mkdtemp(path.join(os.tmpdir(), 'nw-outpost-'));
  const { token } = await inviteProbe(platform, systemActor('test'), { name: 'FRANKFURT' });
  await runProbeCommand({ folder, environment }, ['--join', core.url, '--token', token]);
  writeSmsAccount(folder, gateway);
});
afterEach(async () => {
  await probe?.end('SIGKILL');
  probe = undefined;
  await core.close();
  reference.close();
  await platform.connection.pool.query('update probes set removed_at = now(), public_key = null');
  await rm(folder, { recursive: true, force: true });
});
afterAll(async () => {
  await gateway.stop();
  await platform.close();
});

async function startAndBeHeard(): Promise<void> {
  probe = await startProbeProcess({ folder, environment });
  await vi.waitFor(async () => {
    const [row] = await listProbes(platform.db);
    expect(row?.facts).toMatchObject({ sms: 'twilio', kitUntil: expect.any(String), references: 'fine' });
  }, waiting);
}

describe('the core goes away', () => {
  test('within 120 s the guard on duty has an SMS, the next one after the policy’s time, and both hear of the end', async () => {
    await startAndBeHeard();
    const port = Number(new URL(core.url).port);
    const died = performance.now();
    await core.close();
    const first = await gateway.waitForSms(() => true, 60_000);
    const seconds = ((first.at - died) * scale) / 1000;
    console.log(`core gone to SMS accepted: ${seconds.toFixed(0)} s (times ${scale} times faster)`);
    expect(seconds).toBeGreaterThan(85);
    expect(seconds).toBeLessThanOrEqual(120);
    expect(first.to).toBe(jan);
    expect(first.text).toMatch(/^STORING Nachtwacht zelf is niet bereikbaar vanuit FRANKFURT sinds \d\d:\d\d\./);
    const second = await gateway.waitForSms(({ to }) => to === piet, 60_000);
    expect(second.text).toMatch(/^OUTAGE Nachtwacht itself cannot be reached from FRANKFURT since/);
    expect(((second.at - first.at) * scale) / 1000).toBeGreaterThan(290);

    core = await openTestCore(platform, { readDuty: duty, port });
    await gateway.waitForSms(({ to, text }) => to === jan && text.includes('werkt weer'), 60_000);
    await gateway.waitForSms(({ to, text }) => to === piet && text.includes('works again'), 60_000);
    expect(gateway.sent).toHaveLength(4);
    // What it did by itself stands on record: an incident that is over, which nobody is called about.
    await vi.waitFor(async () => {
      const { rows } = await platform.connection.pool.query(
        `select kind, cause, resolved_at is not null as over, (select count(*)::int from incident_events e
          where e.incident_id = i.id and e.kind = 'asked') as asked from incidents i`,
      );
      expect(rows).toEqual([{ kind: 'probe', cause: 'core-silent', over: true, asked: 4 }]);
      // Noted on its disk when the core's answer is there: a moment after the core's own note.
      expect(openFolder(folder).readUntold()).toEqual([]);
    }, waiting);
  });

  test('killed and started again while the core is dead it alarms from what is on its disk, and not twice', async () => {
    await startAndBeHeard();
    await core.close();
    await probe?.end('SIGKILL');
    probe = await startProbeProcess({ folder, environment });
    const first = await gateway.waitForSms(() => true, 60_000);
    expect(first.to).toBe(jan);
    await vi.waitFor(() => expect(openFolder(folder).readAlarm()?.sent[0]?.state).toBe('accepted'), waiting);
    await probe.end('SIGKILL');
    probe = await startProbeProcess({ folder, environment });
    await gateway.waitForSms(({ to }) => to === piet, 60_000);
    expect(gateway.sent.filter(({ to }) => to === jan)).toHaveLength(1);
  });

  test('nobody is woken when this machine is cut off itself', async () => {
    await startAndBeHeard();
    reference.close();
    await core.close();
    await vi.waitFor(() => expect(probe?.said()).toContain('the core did not answer'), waiting);
    await new Promise((resolve) => setTimeout(resolve, times.silentMs * 1.6));
    expect(gateway.requests).toEqual([]);
  });

  test('a gateway that is busy gets it again; one that stays so: the next guard is asked', async () => {
    await startAndBeHeard();
    gateway.mode = 'busy';
    await core.close();
    await vi.waitFor(() => expect(gateway.requests.filter(({ to }) => to === jan)).toHaveLength(4), waiting);
    await vi.waitFor(() => expect(gateway.requests.some(({ to }) => to === piet)).toBe(true), waiting);
  });
});

test('the web answers but no watcher lives: that is told too', async () => {
  await startAndBeHeard();
  await watchLives('-1 minute');
  const sms = await gateway.waitForSms(() => true, 60_000);
  expect(sms.text).toMatch(/^STORING Nachtwacht zelf: de wacht staat stil sinds \d\d:\d\d \(gezien vanuit FRANKFURT\)/);
});

test('what it keeps is for its own user only, and the numbers are sealed', async () => {
  await startAndBeHeard();
  for (const name of ['identity.json', 'kit.sealed', 'kit.key', 'sms.json', 'heard.json']) {
    expect(statSync(path.join(folder, name)).mode & 0o777).toBe(0o600);
  }
  expect(await readFile(path.join(folder, 'kit.sealed'), 'latin1')).not.toContain('316');
  expect(openFolder(folder).readKit()?.guards).toHaveLength(2);
  expect(probe?.said()).not.toContain(jan);
});

test('--test-sms sends one by its own account, and refuses an account that others can read', async () => {
  const said = await runProbeCommand({ folder, environment }, ['--test-sms', '+31600000009']);
  expect(said).toContain('Sent to +31600000009');
  expect(gateway.sent).toMatchObject([{ to: '+31600000009', text: expect.stringContaining('FRANKFURT') }]);
  const { chmod } = await import('node:fs/promises');
  await chmod(path.join(folder, 'sms.json'), 0o644);
  await expect(runProbeCommand({ folder, environment }, ['--test-sms', '+31600000009'])).rejects.toThrow(/chmod 600/);
});
