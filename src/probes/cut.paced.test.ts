import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { freePort } from '../../e2e/harness/free-port.ts';
import {
  runProbeCommand,
  startProbeProcess,
  writeSmsAccount,
  type ProbeProcess,
} from '../../e2e/harness/probe-process.ts';
import { startSmsGateway, type SmsGateway } from '../../e2e/harness/sms-gateway.ts';
import { openSplitNetwork, whyNoSplitNetwork, type SplitNetwork } from '../../e2e/harness/split-network.ts';
import { systemActor } from '../identity/index.ts';
import { openTestPlatform, type TestPlatform } from '../platform/test-platform.ts';
import { openElsewhere, type Elsewhere } from './elsewhere.ts';
import { inviteProbe } from './invite-probe.ts';
import type { DutyReader } from './make-kit.ts';
import { timesOf } from './rules/times.ts';
import { listProbes } from './store.ts';
import { openTestCore } from './test-core.ts';
import { silentProbesLoop } from './watch-probes.ts';

// The line between core and second location is cut for real, in network namespaces. Times are ten times faster.
const scale = 10;
const times = timesOf(scale);
const waiting = { timeout: 60_000, interval: 50 };
const environment = { NACHTWACHT_TEST_TIME_SCALE: String(scale) };
const jan = '+31600000001';
const target = { url: 'https://bakkerij.nl', keyword: null, learnt: { hosts: ['bakkerij.nl'], status: 200 } };

const duty: DutyReader = (now) => {
  const until = new Date(now.getTime() + 7 * 86_400_000).toISOString();
  return Promise.resolve({
    until,
    guards: [{ id: 'jan', name: 'Jan', phone: jan, language: 'nl' }],
    spans: [{ from: now.toISOString(), to: until, guards: ['jan'] }],
    policy: { receiptMs: 60_000, callMs: 180_000, nextMs: 300_000, rounds: 3 },
  });
};

if (whyNoSplitNetwork !== undefined)
  console.warn(`The tests of a cut between core and second location do not run: ${whyNoSplitNetwork}.`);

describe.runIf(whyNoSplitNetwork === undefined)('a cut between core and second location (needs root)', () => {
  let network: SplitNetwork;
  let platform: TestPlatform;
  let gateway: SmsGateway;
  let core: { url: string; close(): Promise<void> };
  let elsewhere: Elsewhere;
  let folder: string;
  let probe: ProbeProcess;
  const ending = new AbortController();
  let loop: Promise<void> | undefined;

  const incidents = async (): Promise<{ cause: string; over: boolean; quiet: boolean }[]> => {
    const { rows } = await platform.connection.pool.query<{ cause: string; over: boolean; quiet: boolean }>(
      `select cause, resolved_at is not null as over, quiet_until > now() as quiet from incidents order by opened_at`,
    );
    return rows;
  };
  const beHeard = (): Promise<void> =>
    vi.waitFor(async () => {
      const [row] = await listProbes(platform.db);
      expect(row?.facts).toMatchObject({ sms: 'twilio', kitUntil: expect.any(String), references: 'fine' });
      expect(elsewhere.available()).toBe(true);
    }, waiting);

  beforeAll(async () => {
    network = await openSplitNetwork();
    const port = await freePort();
    const url = `http://${network.core}:${port}`;
    platform = await openTestPlatform({
      environment: { ...environment, NACHTWACHT_HOST: '0.0.0.0', NACHTWACHT_URL: url },
    });
    const { db, clock, databaseUrl } = platform;
    gateway = await startSmsGateway();
    // The world outside, as the second location reaches it: a host that always answers, and the gateway for SMS.
    const reference = await network.answerOutside();
    const relay = await network.relayOutside(Number(new URL(gateway.url).port));
    await platform.connection.pool.query('update watch_settings set reference_hosts = $1', [[reference]]);
    await platform.connection.pool.query(
      `insert into watchers (id, process_name, started_at, heartbeat_at) values ('w', 'w', now(), now() + interval '1 day')`,
    );
    core = await openTestCore(platform, { readDuty: duty, port });
    elsewhere = openElsewhere({ databaseUrl, db, clock, timeScale: scale });
    folder = await mkdtemp(path.join(os.tmpdir(), 'nw-outpost-'));
    const { token } = await inviteProbe(platform, systemActor('test'), { name: 'FRANKFURT' });
    const place = { folder, environment, namespace: network.namespace };
    await runProbeCommand(place, ['--join', url, '--token', token]);
    writeSmsAccount(folder, gateway, `http://${relay}`);
    probe = await startProbeProcess(place);
    loop = (async () => {
      while (!ending.signal.aborted) {
        await silentProbesLoop.run(platform, ending.signal);
        await clock.sleep(200);
      }
    })();
    await beHeard();
  });
  afterAll(async () => {
    ending.abort();
    await loop;
    await probe.end('SIGKILL');
    await elsewhere.close();
    await core.close();
    await gateway.stop();
    await platform.close();
    await network.close();
    await rm(folder, { recursive: true, force: true });
  });

  test('of the line only: the second location tells it once, nothing is called down, and the core keeps its own notice back', async () => {
    await network.cut('core');
    const began = performance.now();
    const sms = await gateway.waitForSms(() => true, 60_000);
    const seconds = ((sms.at - began) * scale) / 1000;
    console.log(`cut to notice: ${seconds.toFixed(0)} s (times ${scale} times faster)`);
    expect(seconds).toBeLessThanOrEqual(120);
    expect(sms.text).toContain('is niet bereikbaar vanuit FRANKFURT');
    await vi.waitFor(() => expect(elsewhere.available()).toBe(false), waiting);
    expect(await elsewhere.ask(target)).toBe('none');
    // The core sees it too, and would tell only if it lasted: 15 minutes.
    await vi.waitFor(
      async () => expect(await incidents()).toEqual([{ cause: 'silent', over: false, quiet: true }]),
      waiting,
    );

    await network.mend('core');
    await gateway.waitForSms(({ text }) => text.includes('werkt weer'), 60_000);
    await beHeard();
    await vi.waitFor(async () => {
      const all = await incidents();
      expect(all.every(({ over }) => over)).toBe(true);
      expect(all.map(({ cause }) => cause).toSorted()).toEqual(['core-silent', 'silent']);
    }, waiting);
    expect(gateway.sent).toHaveLength(2);
    expect(await elsewhere.ask(target)).not.toBe('down');
  });

  test('of all its lines: it wakes nobody, and the core tells of it', async () => {
    gateway.sent.length = 0;
    gateway.requests.length = 0;
    await network.cut('outside');
    await network.cut('core');
    await vi.waitFor(async () => {
      const [newest] = (await incidents()).filter(({ over }) => !over);
      expect(newest).toMatchObject({ cause: 'silent' });
    }, waiting);
    // Longer than the switch waits, and some more.
    await new Promise((resolve) => setTimeout(resolve, times.silentMs));
    expect(gateway.requests).toEqual([]);
    await network.mend('core');
    await network.mend('outside');
    await beHeard();
    expect(gateway.requests).toEqual([]);
  });
});
