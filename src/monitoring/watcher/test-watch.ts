// A watcher in the test's own process, with real sites and a real database; what it cannot have here is written down.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { addCustomer } from '../../customers/index.ts';
import { systemActor } from '../../identity/index.ts';
import { systemClock } from '../../platform/clock.ts';
import { createLog } from '../../platform/log.ts';
import type { TestPlatform } from '../../platform/test-platform.ts';
import { addSite } from '../../sites/index.ts';
import { createChecker } from '../check/index.ts';
import type { DirectRules } from './alarm-directly.ts';
import type { EmergencyKit } from './emergency-kit.ts';
import { runWatcher, type RunningWatcher, type WatcherOptions } from './run-watcher.ts';
import type { Incidents } from './settle-events.ts';

/** One site of many on one port: each has a name of its own below localhost. */
export interface TestSites {
  port: number;
  /** What a site answers; default: a page of its own with 200. */
  answers: Map<string, (response: http.ServerResponse) => void>;
  /** When each site was asked, milliseconds since 1970. */
  asked: Map<string, number[]>;
  url(name: string): string;
  close(): Promise<void>;
}

export async function startTestSites(): Promise<TestSites> {
  const answers: TestSites['answers'] = new Map();
  const asked: TestSites['asked'] = new Map();
  const server = http.createServer((request, response) => {
    const name = (request.headers.host ?? '').split('.')[0] ?? '';
    asked.set(name, [...(asked.get(name) ?? []), systemClock.now().getTime()]);
    const answer = answers.get(name);
    if (answer) return answer(response);
    response.end(`<html><body><p>Welkom bij ${name}</p><footer>Voorwaarden van ${name} en co</footer></body></html>`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    port,
    answers,
    asked,
    url: (name) => `http://${name}.localhost:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

export const unwell = (response: http.ServerResponse): void => {
  response.statusCode = 500;
  response.end('<h1>500</h1>');
};

export async function addTestSites(
  platform: TestPlatform,
  sites: TestSites,
  names: readonly string[],
): Promise<string[]> {
  const admin = systemActor('test');
  await addCustomer(platform, admin, { name: 'Bakkerij' }).catch(() => {});
  const ids: string[] = [];
  for (const name of names) {
    ids.push((await addSite(platform, admin, { url: sites.url(name), customer: 'Bakkerij', allowHttp: true })).id);
  }
  return ids;
}

export interface Told {
  incidents: string[];
  sms: { to: string; text: string; reference: string }[];
}

/** Incidents as lines, in the order in which they were told. */
export function noteIncidents(told: Told): Incidents {
  const note = (line: string): void => {
    if (!told.incidents.includes(line)) told.incidents.push(line);
  };
  return {
    openOutage: (_db, seen) => {
      const incidentId = `out:${seen.targetId}:${seen.firstFailureAt}`;
      note(`opened ${seen.url} ${seen.cause}${seen.inMaintenance ? ' in maintenance' : ''}`);
      return Promise.resolve({ incidentId });
    },
    countAfterWork: (_db, { targetId }) => Promise.resolve(note(`counts ${targetId}`)),
    resolveOutage: (_db, { targetId }) => Promise.resolve(note(`resolved ${targetId}`)),
    openPartial: (_db, { targetId }) => Promise.resolve(note(`partial ${targetId}`)),
    openBlind: (_db, { cause }) => Promise.resolve(note(`blind ${cause}`)),
    resolve: (_db, { subject }) => Promise.resolve(note(`over ${subject}`)),
    recordSent: (_db, { message, state }) => Promise.resolve(note(`sent ${message.recipient} ${state}`)),
  };
}

export interface TestWatcher extends RunningWatcher {
  dataFolder: string;
}

/** `timeScale`: 1 minute takes 60 s / timeScale. The folder goes with the watcher unless one is given. */
export async function startTestWatcher(
  platform: Pick<TestPlatform, 'databaseUrl'>,
  told: Told,
  options: { timeScale: number; dataFolder?: string } & Partial<WatcherOptions>,
): Promise<TestWatcher> {
  const dataFolder = options.dataFolder ?? mkdtempSync(path.join(os.tmpdir(), 'nw-watch-'));
  const running = await runWatcher({
    databaseUrl: platform.databaseUrl,
    masterKey: Buffer.alloc(32, 7),
    clock: systemClock,
    log: createLog(process.env['NACHTWACHT_TEST_LOG'] ?? 'silent'),
    checker: createChecker({ clock: systemClock, allowPrivate: true, dnsCacheMs: 1000 }),
    openElsewhere: () => ({ ask: () => Promise.resolve('none'), close: () => Promise.resolve() }),
    incidents: noteIncidents(told),
    directRules: noteMessages(told),
    fetchKit: () => Promise.resolve(testKit),
    ...options,
    dataFolder,
  });
  return {
    ...running,
    dataFolder,
    stop: async (graceMs) => {
      await running.stop(graceMs);
      // One that is stopped without grace is looked at afterwards, or goes on.
      if (options.dataFolder === undefined && graceMs !== 0) rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}

export const testKit: EmergencyKit = {
  madeAt: '2026-11-28T00:00:00Z',
  timeZone: 'Europe/Amsterdam',
  guards: [{ id: 'anna', name: 'Anna', phone: '+31600000001', language: 'nl' }],
  spans: [{ from: '2020-01-01T00:00:00Z', to: '2100-01-01T00:00:00Z', guards: ['anna'] }],
  policy: { receiptMs: 60_000, callMs: 180_000, nextMs: 300_000, rounds: 3 },
  providers: [{ id: 'p1', kind: 'test', config: {}, secrets: { key: randomBytes(8).toString('hex') } }],
  usedCodes: { anna: [1, 2] },
};

function noteMessages(told: Told): DirectRules {
  return {
    next: (_now, { guards, sent }) => {
      const [guard] = guards;
      return guard === undefined || sent.length > 0 ? undefined : { guard, step: 0, provider: 0 };
    },
    text: ({ url, others, code }) => `${new URL(url).hostname} +${others} ${code}A`,
    openSender: () => ({
      send: ({ to, text, reference }) => {
        told.sms.push({ to, text, reference });
        return Promise.resolve({ providerRef: `ref-${told.sms.length}`, state: 'accepted' });
      },
      close: () => Promise.resolve(),
    }),
  };
}

/** Waits until something holds, as long as it takes up to `forMs`. */
export async function until(what: string, holds: () => boolean | Promise<boolean>, forMs = 60_000): Promise<void> {
  const end = systemClock.monotonicMs() + forMs;
  while (!(await holds())) {
    if (systemClock.monotonicMs() > end) throw new Error(`it did not come about in ${forMs} ms: ${what}`);
    await systemClock.sleep(20);
  }
}
