import { chmodSync, existsSync, mkdirSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { Client } from 'pg';
import type { Clock } from '../clock.ts';
import { NachtwachtError } from '../errors.ts';
import { copyBinaries, findBinaries, makeLinks, missingLinks, type PostgresBinaries } from './binaries.ts';
import { databaseUser, ensureCluster, passwordFile, spawnServer } from './cluster.ts';
import { isPostmasterOf, readPostmasterPid } from './postmaster-pid.ts';
import { chooseRunAs, firstClosedFolder, type RunAs } from './run-as.ts';

export interface EmbeddedServer {
  url: string;
  port: number;
  pid: number;
  /** How we came by it: its cluster was made just now, it was started, or it was found running. */
  how: 'made' | 'started' | 'adopted';
  home: string;
  /** Stops the server (fast shutdown: open connections are closed, nothing is lost). */
  stop(): Promise<void>;
  /** Whether the server process is there (not whether it answers). */
  isAlive(): boolean;
}

export interface EmbeddedOptions {
  dataFolder: string;
  clock: Clock;
  /** User to run as when we are root. */
  wantedUser?: string;
  /** Extra settings, e.g. `fsync: 'off'` for tests. */
  settings?: Record<string, string>;
  log?: (message: string) => void;
}

/**
 * Gets the PostgreSQL server of this data folder running: makes, starts or adopts it. Only the main process calls
 * this, holding the lock of `main-process-lock.ts`; other processes on the machine use `findEmbedded`.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedServer> {
  const log = options.log ?? (() => {});
  const home = homeOf(options, log);
  const cluster = path.join(home, 'cluster');
  const clusterOwner = statSync(cluster, { throwIfNoEntry: false })?.uid;
  const runAs = chooseRunAs({
    euid: process.geteuid?.() ?? 1,
    ...(clusterOwner === undefined ? {} : { clusterOwner }),
    ...(options.wantedUser === undefined ? {} : { wanted: options.wantedUser }),
  });
  const binaries = usableBinaries(home, runAs, log);
  const how = (await ensureCluster({ home, cluster, binaries, runAs })) === 'made' ? 'made' : 'started';

  const survivor = await adoptSurvivor(cluster, options.clock);
  if (survivor) {
    log(`adopted the PostgreSQL server that is running already (pid ${survivor.pid}, port ${survivor.port})`);
    return serverOf(home, cluster, survivor, 'adopted', options.clock);
  }
  let lastError: unknown;
  for (let attempt = 0; attempt < 5; attempt++) {
    const port = attempt === 0 ? await lastPortOrFree(home) : await freePort();
    try {
      const running = await startOn(port, { home, cluster, binaries, runAs }, options);
      writeFileSync(path.join(home, 'port'), `${running.port}\n`);
      await createDatabase(cluster, running.port);
      return serverOf(home, cluster, running, how, options.clock);
    } catch (error) {
      // The port was taken between our look and the start, or a dying predecessor's memory is still attached.
      lastError = error;
      await options.clock.sleep(500 * (attempt + 1));
    }
  }
  throw lastError;
}

/** The URL of the embedded server of this data folder when it runs; undefined when it does not. */
export function findEmbedded(dataFolder: string): string | undefined {
  const cluster = path.join(existingHome(dataFolder), 'cluster');
  try {
    const running = readPostmasterPid(cluster);
    return running?.ready && isPostmasterOf(running.pid, cluster) ? urlOf(cluster, running.port) : undefined;
  } catch {
    return undefined;
  }
}

/** Pointer left in the data folder when the cluster had to live elsewhere (see `homeOf`). */
const pointerFile = 'postgres.elsewhere';

function existingHome(dataFolder: string): string {
  const pointer = path.join(dataFolder, pointerFile);
  return existsSync(pointer) ? readFileSync(pointer, 'utf8').trim() : path.join(dataFolder, 'postgres');
}

/**
 * `<data>/postgres`; but when root runs us from a folder that an ordinary user may not enter (such as /root), a
 * folder under /var/lib, with a pointer to it in the data folder.
 */
function homeOf(options: EmbeddedOptions, log: (message: string) => void): string {
  mkdirSync(options.dataFolder, { recursive: true });
  let home = existingHome(options.dataFolder);
  const runAs = chooseRunAs({
    euid: process.geteuid?.() ?? 1,
    ...(options.wantedUser === undefined ? {} : { wanted: options.wantedUser }),
  });
  if (runAs && home === path.join(options.dataFolder, 'postgres') && !existsSync(path.join(home, 'cluster'))) {
    const closed = firstClosedFolder(options.dataFolder, runAs);
    if (closed) {
      const { dev, ino } = statSync(options.dataFolder);
      home = `/var/lib/nachtwacht/${dev}-${ino}/postgres`;
      writeFileSync(path.join(options.dataFolder, pointerFile), `${home}\n`);
      log(`user ${runAs.name} may not enter ${closed}: the database lives in ${home}`);
    }
  }
  mkdirSync(home, { recursive: true, mode: 0o711 });
  const closed = runAs && firstClosedFolder(home, runAs);
  if (closed === home) chmodSync(home, 0o711);
  else if (closed) {
    throw new NachtwachtError({
      code: 'database-folder-closed',
      kind: 'internal',
      message: `PostgreSQL runs as user ${runAs.name}, who may not enter ${closed}.`,
      nextStep: `Run: chmod o+x ${closed} - or choose another data folder with NACHTWACHT_DATA.`,
      retryable: false,
    });
  }
  return realpathSync(home);
}

function usableBinaries(home: string, runAs: RunAs | undefined, log: (message: string) => void): PostgresBinaries {
  const binaries = findBinaries();
  const closed = runAs && firstClosedFolder(binaries.postgres, runAs);
  if (closed) {
    log(`user ${runAs.name} may not enter ${closed}: the PostgreSQL binaries are copied to ${home}`);
    return copyBinaries(binaries, home);
  }
  if (missingLinks(binaries) === 0) return binaries;
  try {
    makeLinks(binaries);
    return binaries;
  } catch {
    log('the folder of the PostgreSQL binaries is not writable and its library links are missing: copying it');
    return copyBinaries(binaries, home);
  }
}

interface Running {
  pid: number;
  port: number;
}

/** Waits for a server that is at work in our cluster; removes what a dead one left behind. */
async function adoptSurvivor(cluster: string, clock: Clock): Promise<Running | undefined> {
  const end = clock.monotonicMs() + 300_000;
  while (clock.monotonicMs() < end) {
    const found = readPostmasterPid(cluster);
    if (!found || !isPostmasterOf(found.pid, cluster)) {
      rmSync(path.join(cluster, 'postmaster.pid'), { force: true });
      return undefined;
    }
    if (found.ready && (await serves(cluster, found.port))) return { pid: found.pid, port: found.port };
    // Starting up, recovering, or shutting down: either way it ends.
    await clock.sleep(200);
  }
  throw new NachtwachtError({
    code: 'database-does-not-answer',
    kind: 'internal',
    message: `A PostgreSQL server runs on ${cluster} but has not answered for 5 minutes.`,
    nextStep: 'Look at server.log beside that folder; stop that process by its pid, then start again.',
    retryable: true,
  });
}

/** Whether what listens on this port is the server of this very cluster. */
async function serves(cluster: string, port: number): Promise<boolean> {
  const client = new Client({ connectionString: urlOf(cluster, port, 'postgres'), connectionTimeoutMillis: 5000 });
  client.on('error', () => {});
  try {
    await client.connect();
    const answer = await client.query<{ data_directory: string }>('show data_directory');
    return realpathSync(answer.rows[0]?.data_directory ?? '/') === realpathSync(cluster);
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}

async function startOn(
  port: number,
  place: Parameters<typeof spawnServer>[0],
  options: EmbeddedOptions,
): Promise<Running> {
  const child = spawnServer(place, port, options.settings ?? {});
  const fate: { ended?: string } = {};
  child.once('error', (error) => (fate.ended = error.message));
  child.once('exit', (code, signal) => (fate.ended = `ended with ${signal ?? `code ${code}`}`));
  child.unref();
  const end = options.clock.monotonicMs() + 300_000;
  while (fate.ended === undefined && options.clock.monotonicMs() < end) {
    const now = readPostmasterPid(place.cluster);
    if (now?.ready && now.pid === child.pid && (await serves(place.cluster, port))) return { pid: now.pid, port };
    await options.clock.sleep(40);
  }
  if (fate.ended === undefined && child.pid) process.kill(child.pid, 'SIGQUIT');
  throw new NachtwachtError({
    code: 'database-does-not-start',
    kind: 'internal',
    message: `PostgreSQL did not start: ${fate.ended ?? 'no answer within 5 minutes'}. ${lastLines(path.join(place.home, 'server.log'))}`,
    nextStep: `Look at ${path.join(place.home, 'server.log')}, or set DATABASE_URL to a server of your own.`,
    retryable: true,
  });
}

function lastLines(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim().split('\n').slice(-4).join(' | ');
  } catch {
    return '';
  }
}

async function createDatabase(cluster: string, port: number): Promise<void> {
  const client = new Client({ connectionString: urlOf(cluster, port, 'postgres') });
  await client.connect();
  try {
    const found = await client.query('select 1 from pg_database where datname = $1', [databaseUser]);
    if (found.rowCount === 0) await client.query(`create database ${databaseUser}`);
  } finally {
    await client.end();
  }
}

function urlOf(cluster: string, port: number, database = databaseUser): string {
  const password = readFileSync(path.join(cluster, passwordFile), 'utf8').trim();
  return `postgres://${databaseUser}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`;
}

function serverOf(
  home: string,
  cluster: string,
  running: Running,
  how: EmbeddedServer['how'],
  clock: Clock,
): EmbeddedServer {
  return {
    ...running,
    how,
    home,
    url: urlOf(cluster, running.port),
    stop: () => stopServer(cluster, running.pid, clock),
    isAlive: () => isPostmasterOf(running.pid, cluster),
  };
}

/** SIGINT is PostgreSQL's fast shutdown, SIGQUIT its immediate one (recovered at the next start). */
async function stopServer(cluster: string, pid: number, clock: Clock): Promise<void> {
  for (const [signal, waitMs] of [
    ['SIGINT', 20_000],
    ['SIGQUIT', 10_000],
  ] as const) {
    if (!isPostmasterOf(pid, cluster)) return;
    process.kill(pid, signal);
    const end = clock.monotonicMs() + waitMs;
    while (clock.monotonicMs() < end) {
      if (!isPostmasterOf(pid, cluster)) return;
      await clock.sleep(20);
    }
  }
}

/** The port of last time when it is free: processes that are attached find the server again after its restart. */
async function lastPortOrFree(home: string): Promise<number> {
  const file = path.join(home, 'port');
  const last = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
  return freePort(last > 1023 && last < 65_536 ? last : 0).catch(() => freePort());
}

function freePort(wanted = 0): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = net.createServer();
    probe.once('error', reject);
    probe.listen(wanted, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}
