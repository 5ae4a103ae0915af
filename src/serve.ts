import { chmodSync, mkdirSync, statSync } from 'node:fs';
import { createApi } from './api.ts';
import { buildConnectorZip } from './connector/build-zip.ts';
import { answerSignIn, authenticate, authenticateSession, writeLocalAccess } from './identity/index.ts';
import { answerHooks } from './messages/index.ts';
import { serveDrillPage } from './drills/index.ts';
import { answerCalendar, answerGuardLinks } from './oncall/index.ts';
import { systemClock } from './platform/clock.ts';
import type { Config } from './platform/config.ts';
import { findEmbedded, startEmbedded, takeMainProcessLock, type EmbeddedServer } from './platform/database/index.ts';
import { runDueLoops } from './platform/due/index.ts';
import { NachtwachtError } from './platform/errors.ts';
import { readBranding } from './platform/house/index.ts';
import { createApp, startHttp } from './platform/http/server.ts';
import { createLog, type Log } from './platform/log.ts';
import { registerWatchMetrics, superviseWatcher } from './monitoring/index.ts';
import { openPlatform, type Platform } from './platform/platform.ts';
import { answerProbes } from './probes/index.ts';
import { startSagaWorker } from './platform/saga/index.ts';
import { logoFiles } from './settings/index.ts';
import { answerStatusPages } from './status-pages/index.ts';
import { ensureBuilt, openWebFiles, webFolder } from './web-files/index.ts';
import { dueLoops, sagas } from './work.ts';

export interface Running {
  platform: Platform;
  /** Where people reach it; undefined without the role web. */
  url: string | undefined;
  /** Takes no new work, hands over what is under way, closes everything. Safe to call twice. */
  stop(): Promise<void>;
}

/** How long a graceful stop waits for requests and for runs to reach their next step. */
const graceMs = 20_000;

/**
 * Starts this process's roles. `main`: without DATABASE_URL it runs the embedded server (one such process per data
 * folder); otherwise it attaches to the one that a main process runs.
 */
export async function serve(config: Config, options: { main: boolean }): Promise<Running> {
  const log = createLog(config.logLevel);
  openDataFolder(config.dataFolder);
  const undo: (() => Promise<void>)[] = [];
  let stopping: Promise<void> | undefined;
  const stop = (): Promise<void> => (stopping ??= stopAll(undo, log));
  const built = config.roles.has('web') ? ensureBuilt(log) : undefined;
  try {
    const databaseUrl = await databaseOf(config, options.main, log, undo);
    const migrateHere = options.main || config.roles.has('web');
    const platform = await openPlatform({ config, databaseUrl, log, migrate: migrateHere });
    undo.push(() => platform.close());

    if (config.roles.has('worker')) {
      const worker = await startSagaWorker(platform, sagas, config.workers);
      undo.push(() => worker.stop(graceMs));
    }
    if (config.roles.has('watch')) {
      const watching = new AbortController();
      const loops = runDueLoops(platform, dueLoops, watching.signal);
      undo.push(async () => {
        watching.abort();
        await loops;
      });
      const watcher = superviseWatcher({ config, databaseUrl, clock: platform.clock, log });
      undo.push(() => watcher.stop());
    }
    let url: string | undefined;
    if (config.roles.has('web')) {
      registerWatchMetrics(platform);
      await built;
      const web = await openWebFiles(webFolder, () => readBranding(platform));
      const probes = answerProbes(platform);
      const statusPages = answerStatusPages(platform);
      statusPages.start();
      undo.push(() => statusPages.close());
      const app = createApp(platform, {
        api: createApi(platform),
        authenticate: (secret) => authenticate(platform, secret),
        authenticateSession: (request) => authenticateSession(platform, request),
        auth: (request, facts) => answerSignIn(platform, request, facts),
        connectorZip: buildConnectorZip,
        branding: logoFiles(platform),
        parts: [
          answerHooks(platform),
          answerGuardLinks(platform),
          answerCalendar(platform),
          serveDrillPage(platform),
          probes.part,
          statusPages.part,
        ],
        ...(web && { web }),
      });
      const http = await startHttp(platform, app);
      undo.push(() => http.stop(graceMs));
      // Their streams last for ever: without this every stop would take the whole time of grace.
      undo.push(() => probes.close());
      url = config.publicUrl ?? http.url;
      await writeLocalAccess(platform, http.url);
    }
    log.info({ roles: [...config.roles], url }, 'Nachtwacht runs');
    return { platform, url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** In the reverse order of the start; one that fails does not keep the others from stopping. */
async function stopAll(undo: (() => Promise<void>)[], log: Log): Promise<void> {
  for (const each of undo.toReversed()) {
    await each().catch((error: unknown) => log.warn({ err: error }, 'part did not stop cleanly'));
  }
}

/** Others may pass through (PostgreSQL runs as another user when we are root) but not look around. */
function openDataFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o711 });
  const { mode, uid } = statSync(folder);
  if (uid === process.geteuid?.() && (mode & 0o066) !== 0) chmodSync(folder, mode & 0o711);
}

async function databaseOf(config: Config, main: boolean, log: Log, undo: (() => Promise<void>)[]): Promise<string> {
  if (config.databaseUrl) return config.databaseUrl;
  if (!main) return waitForEmbedded(config);
  const lock = await takeMainProcessLock(config.dataFolder);
  undo.push(() => lock.release());
  const options = {
    dataFolder: config.dataFolder,
    clock: systemClock,
    log: (message: string) => log.info(message),
    ...(config.postgresUser === undefined ? {} : { wantedUser: config.postgresUser }),
  };
  const current = { server: await startEmbedded(options) };
  const guarding = new AbortController();
  const guard = keepAlive(current, () => startEmbedded(options), guarding.signal, log);
  undo.push(async () => {
    guarding.abort();
    await guard;
    await current.server.stop();
  });
  return current.server.url;
}

/** Starts the server again when its process has gone (killed for memory, by hand); on its old port when that is free. */
async function keepAlive(
  current: { server: EmbeddedServer },
  start: () => Promise<EmbeddedServer>,
  signal: AbortSignal,
  log: Log,
): Promise<void> {
  while (!signal.aborted) {
    await systemClock.sleep(1000, signal).catch(() => {});
    if (signal.aborted || current.server.isAlive()) continue;
    log.error('the PostgreSQL server has gone: starting it again');
    try {
      const { port } = current.server;
      current.server = await start();
      if (current.server.port !== port) {
        log.fatal('the PostgreSQL server came back on another port: this process must start anew');
        process.kill(process.pid, 'SIGTERM');
      }
    } catch (error) {
      log.error({ err: error }, 'the PostgreSQL server does not start');
    }
  }
}

async function waitForEmbedded(config: Config): Promise<string> {
  for (let waited = 0; waited < 60; waited++) {
    const url = findEmbedded(config.dataFolder);
    if (url) return url;
    await systemClock.sleep(500);
  }
  throw new NachtwachtError({
    code: 'no-main-process',
    kind: 'internal',
    message: `No database runs for the data folder ${config.dataFolder}, and none came within 30 s.`,
    nextStep: 'Start `nachtwacht serve` on the same NACHTWACHT_DATA, or set DATABASE_URL.',
    retryable: true,
  });
}
