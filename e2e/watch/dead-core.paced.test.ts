import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { runProbeCommand, startProbeProcess, writeSmsAccount, type ProbeProcess } from '../harness/probe-process.ts';
import { startSmsGateway, type SmsGateway } from '../harness/sms-gateway.ts';
import { openAlarmHouse, type AlarmHouse } from './alarm-house.ts';

// The whole platform as one process and a second location as another, each with its own gateway for SMS. Times are six
// times faster (90 s of silence are 15 s); nothing of the network is.
const scale = 6;
const environment = { NACHTWACHT_TEST_TIME_SCALE: String(scale) };
const waiting = { timeout: 90_000, interval: 100 };

let house: AlarmHouse;
let ownGateway: SmsGateway;
let folder: string;
let probe: ProbeProcess;

beforeAll(async () => {
  house = await openAlarmHouse(scale);
  ownGateway = await startSmsGateway();
  folder = await mkdtemp(path.join(os.tmpdir(), 'nw-outpost-'));
  const { token } = await house.platform.client.probes.invite({ name: 'FRANKFURT' });
  await runProbeCommand({ folder, environment }, ['--join', house.platform.url, '--token', token]);
  writeSmsAccount(folder, ownGateway);
  probe = await startProbeProcess({ folder, environment });
});
afterAll(async () => {
  await probe.end('SIGKILL');
  await house.stop();
  await ownGateway.stop();
  await rm(folder, { recursive: true, force: true });
});

const isArmed = (): Promise<void> =>
  vi.waitFor(async () => {
    const { probes } = await house.platform.client.probes.list();
    expect(probes).toMatchObject([{ name: 'FRANKFURT', state: 'seen', canAlarm: true, facts: { references: 'fine' } }]);
  }, waiting);

test('the core is killed: the second location sends its own SMS within 120 s, and tells of it when the core is back', async () => {
  await isArmed();
  // The watch was seen to live: else this would be another alarm.
  await vi.waitFor(async () => {
    const { watchers } = await house.platform.client.monitoring.watchers();
    expect(watchers.length).toBeGreaterThan(0);
  }, waiting);
  const killed = performance.now();
  await house.platform.kill();
  const sms = await ownGateway.waitForSms(() => true, 90_000);
  const seconds = ((sms.at - killed) * scale) / 1000;
  console.log(`core killed to SMS accepted: ${seconds.toFixed(0)} s (times ${scale} times faster)`);
  expect(seconds).toBeLessThanOrEqual(120);
  expect(sms.to).toBe(house.jan);
  expect(sms.text).toContain('niet bereikbaar vanuit FRANKFURT');
  expect(house.gateway.sent).toEqual([]);

  await house.platform.restart();
  await ownGateway.waitForSms(({ text }) => text.includes('werkt weer'), 90_000);
  await isArmed();
  expect(ownGateway.sent).toHaveLength(2);
  await vi.waitFor(async () => {
    const entries = await house.platform.client.audit.list({ what: ['probe-alarmed'] });
    expect(entries).toMatchObject([{ actor: 'probe:FRANKFURT' }]);
  }, waiting);
  // It is on record, and nobody was called about what is over.
  expect(house.gateway.sent.filter(({ text }) => !text.includes('Nachtwacht werkt'))).toEqual([]);
});

test('one that is taken away is refused, and does not alarm any more', async () => {
  await house.platform.client.probes.remove({ probe: 'FRANKFURT' });
  await vi.waitFor(() => expect(probe.said()).toContain('does not know this second location any more'), waiting);
  expect((await house.platform.client.probes.list()).probes).toEqual([]);
  ownGateway.requests.length = 0;
  await house.platform.kill();
  await new Promise((resolve) => setTimeout(resolve, (130_000 / scale) * 1.1));
  expect(ownGateway.requests).toEqual([]);
});
