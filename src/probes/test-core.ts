import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { systemActor } from '../identity/index.ts';
import { createApp, startHttp, type HttpServer } from '../platform/http/server.ts';
import { createLog } from '../platform/log.ts';
import type { Platform } from '../platform/platform.ts';
import { systemClock } from '../platform/clock.ts';
import { answerProbes } from './answer-probes.ts';
import type { DutyReader } from './make-kit.ts';
import { inviteProbe } from './invite-probe.ts';
import { joinCore, openFolder, runOutpost, type Outpost, type OutpostFolder } from './outpost/index.ts';

/** One web process's part that speaks to second locations, on a real socket. For tests. */
export async function openTestCore(
  platform: Platform,
  given: { readDuty?: DutyReader; port?: number } = {},
): Promise<{ url: string; close(): Promise<void> }> {
  const probes = answerProbes(platform, given.readDuty);
  const app = createApp(platform, {
    api: { handle: () => Promise.resolve(undefined), describe: () => Promise.resolve({}) },
    authenticate: () => Promise.resolve(undefined),
    parts: [probes.part],
  });
  const http: HttpServer = await startHttp({ ...platform, config: { ...platform.config, port: given.port ?? 0 } }, app);
  return {
    url: http.url,
    close: async () => {
      await probes.close();
      await http.stop(1000);
    },
  };
}

export interface TestOutpost {
  id: string;
  folder: OutpostFolder;
  privateKey: string;
  /** Ends it; `run` starts it again. */
  stop(): Promise<void>;
  run(given: Partial<Outpost>): void;
  remove(): Promise<void>;
}

/** A second location that joined `url`, with a folder of its own; it runs once `run` was called. */
export async function joinTestOutpost(platform: Platform, url: string, name: string): Promise<TestOutpost> {
  const place = mkdtempSync(path.join(os.tmpdir(), 'nw-outpost-'));
  const folder = openFolder(place);
  const { token } = await inviteProbe(platform, systemActor('test'), { name });
  const identity = await joinCore(folder, { url, token, version: '0.1.0', allowHttp: true });
  let running: { end: AbortController; done: Promise<void> } | undefined;
  const stop = async (): Promise<void> => {
    running?.end.abort();
    await running?.done;
    running = undefined;
  };
  return {
    id: identity.id,
    folder,
    privateKey: identity.privateKey,
    stop,
    run: (given) => {
      const end = new AbortController();
      const outpost: Outpost = {
        folder,
        identity,
        clock: systemClock,
        log: createLog(process.env['NACHTWACHT_TEST_LOG'] ?? 'silent'),
        version: '0.1.0',
        timeScale: platform.config.timeScale,
        timeZone: 'Europe/Amsterdam',
        look: () => Promise.resolve({ seen: 'up', cause: null, detail: null }),
        sms: undefined,
        askNext: () => undefined,
        ...given,
      };
      running = { end, done: runOutpost(outpost, end.signal) };
    },
    remove: async () => {
      await stop();
      rmSync(place, { recursive: true, force: true });
    },
  };
}
