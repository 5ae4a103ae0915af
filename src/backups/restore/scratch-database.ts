import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmod, chown, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { systemClock } from '../../platform/clock.ts';
import { chooseRunAs } from '../../platform/database/index.ts';
import { NachtwachtError } from '../../platform/errors.ts';
import { findTrialPrograms } from './trial-programs.ts';

/**
 * An empty database to try a dump in. Nothing of a site ever runs in it, and `close` leaves nothing behind. When the signal
 * it was opened with is aborted, what is under way in it ends at once with that reason.
 */
export interface ScratchDatabase {
  /** Loads SQL text; throws `trial-load-failed` with the server's own words, or when a statement takes too long. */
  load(sql: Readable): Promise<void>;
  /** Rows of one statement, tab-separated fields, as `mariadb --batch --raw` prints them. */
  query(sql: string): Promise<string[][]>;
  readonly server: string;
  /** Events that are made in it may run: it is on a server that is somebody's. */
  readonly runsEvents: boolean;
  /** What it has on our disk; gone after `close`. */
  readonly folder: string;
  close(): Promise<void>;
}

const LONGEST_START_MS = 30_000;
/** How long a statement may take: the server's own limit, and when the client is ended because nothing moves. */
interface Limits {
  statementS: number;
  quietMs: number;
}
// A load is INSERTs of a quarter of a MiB, the longest question a sum over one table: minutes for the 5 GB of P14. SQL of
// a site may take the server's limit off, or run on a server that has none: then the client is ended soon after.
const LIMITS: Limits = { statementS: 1800, quietMs: 1_860_000 };

/** What ends a client before it ends by itself. */
interface Patience {
  signal?: AbortSignal | undefined;
  quietMs: number;
}

/**
 * Opens a database of its own on the server of `url` (`mysql://user:password@host:port`), or, without one, starts a
 * throw-away MariaDB in a temporary folder that listens on a socket only. Throws `trial-database-missing` when neither is there.
 */
export async function openScratchDatabase(options: {
  url?: string | undefined;
  signal?: AbortSignal | undefined;
  limits?: Limits;
}): Promise<ScratchDatabase> {
  const { signal, limits = LIMITS } = options;
  const patience = { signal, quietMs: limits.quietMs };
  const { client, server, install } = findTrialPrograms();
  if (client === undefined) throw missing('The program `mariadb`, which loads the dump, is not on this machine.');
  // Not in our own data folder: the account of the server could not reach it there.
  const folder = await mkdtemp(join(process.env['TMPDIR'] ?? '/var/tmp', 'nachtwacht-trial-'));
  try {
    if (options.url !== undefined) return await onServer(client, folder, options.url, patience);
    if (server === undefined || install === undefined) throw missing('There is no MariaDB server on this machine.');
    return await ownServer({ client, server, install }, folder, patience, limits.statementS);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

async function onServer(client: string, folder: string, url: string, patience: Patience): Promise<ScratchDatabase> {
  const at = new URL(url);
  const database = `nachtwacht_trial_${randomBytes(6).toString('hex')}`;
  const defaults = join(folder, 'client.cnf');
  // In a file that only we can read: an argument would show the password in the process list.
  const lines = [
    '[client]',
    `user=${quoted(at.username)}`,
    `password=${quoted(at.password)}`,
    `host=${quoted(at.hostname)}`,
  ];
  if (at.port !== '') lines.push(`port=${at.port}`);
  await writeFile(defaults, `${lines.join('\n')}\n`, { mode: 0o600 });
  // The client must not send a file of ours when SQL of a site asks for one (LOAD DATA LOCAL).
  const base = [`--defaults-file=${defaults}`, '--local-infile=0'];
  // Also when the run is over already.
  const toTheEnd = { quietMs: patience.quietMs };
  const drop = async (): Promise<void> => {
    await endConnections(client, base, database, toTheEnd);
    await run(client, base, `DROP DATABASE IF EXISTS ${database}`, toTheEnd);
  };
  try {
    await run(client, base, `CREATE DATABASE ${database} CHARACTER SET utf8mb4`, patience);
  } catch (error) {
    // A client that was ended may have made it all the same.
    if (patience.signal?.aborted === true) await drop().catch(() => undefined);
    throw error;
  }
  return {
    server: `${at.hostname}:${at.port === '' ? '3306' : at.port}`,
    runsEvents: true,
    folder,
    ...workIn(client, [...base, database], patience),
    close: async () => {
      try {
        await drop();
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  };
}

/** A server goes on with the statement of a client that is gone, and its locks would hold up the DROP. */
async function endConnections(client: string, base: string[], database: string, patience: Patience): Promise<void> {
  const text = await run(
    client,
    [...base, '--batch', '--skip-column-names'],
    `SELECT id FROM information_schema.processlist WHERE db = '${database}'`,
    patience,
  );
  for (const id of text.split('\n').filter((line) => /^\d+$/u.test(line))) {
    // It may have ended by itself since.
    await run(client, base, `KILL ${id}`, patience).catch(() => undefined);
  }
}

async function ownServer(
  programs: { client: string; server: string; install: string },
  folder: string,
  patience: Patience,
  statementS: number,
): Promise<ScratchDatabase> {
  const { client, server, install } = programs;
  // The server refuses root. A machine with mariadb-server-core alone has no account `mysql`: then as PostgreSQL does.
  const user = chooseRunAs({ euid: process.geteuid?.() ?? 1, wanted: ['mysql'] });
  if (user !== undefined) await chown(folder, user.uid, user.gid);
  await chmod(folder, 0o700);
  const data = join(folder, 'data');
  const socket = join(folder, 's');
  const none = join(folder, 'none');
  await mkdir(none, { mode: 0o755 });
  const as = {
    cwd: '/',
    env: { PATH: process.env['PATH'], HOME: folder, TMPDIR: folder },
    ...(user === undefined ? {} : { uid: user.uid, gid: user.gid }),
  };
  const made = await finished(
    spawn(
      install,
      ['--no-defaults', `--datadir=${data}`, '--auth-root-authentication-method=normal', '--skip-test-db', '--force'],
      { ...as, stdio: ['ignore', 'ignore', 'pipe'] },
    ),
  );
  if (made.code !== 0) throw missing(`A throw-away MariaDB could not be set up: ${made.text}`);
  // Durability is of no use to a server that is thrown away; without it a load takes a third of the time.
  const child = spawn(
    server,
    [
      '--no-defaults',
      `--datadir=${data}`,
      `--socket=${socket}`,
      '--skip-networking',
      '--innodb-flush-log-at-trx-commit=0',
      '--innodb-doublewrite=0',
      '--innodb-buffer-pool-size=128M',
      '--skip-log-bin',
      '--max-allowed-packet=256M',
      '--event-scheduler=OFF',
      '--local-infile=0',
      `--max-statement-time=${statementS}`,
      `--secure-file-priv=${none}`,
      `--tmpdir=${folder}`,
    ],
    { ...as, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const said: string[] = [];
  child.stderr?.on('data', (part: Buffer) => {
    said.push(part.toString('utf8'));
    if (said.length > 50) said.shift();
  });
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGTERM');
      const ended = once(child, 'exit');
      const timer = setTimeout(() => child.kill('SIGKILL'), 10_000);
      await ended;
      clearTimeout(timer);
    }
    await rm(folder, { recursive: true, force: true });
  };
  const base = ['--no-defaults', `--socket=${socket}`, '--local-infile=0'];
  const start = { signal: patience.signal, quietMs: LONGEST_START_MS };
  try {
    // The SQL is a site's: its account owns the scratch database and nothing of the server (no files, no plugins).
    const account = "CREATE USER trial@localhost IDENTIFIED BY ''; GRANT ALL ON trial.* TO trial@localhost;";
    await answers(child, () => run(client, [...base, '--user=root'], account, start), said, start.signal);
    await run(client, [...base, '--user=root'], 'CREATE DATABASE trial CHARACTER SET utf8mb4', start);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    server: 'throw-away MariaDB',
    runsEvents: false,
    folder,
    ...workIn(client, [...base, '--user=trial', 'trial'], patience),
    close: stop,
  };
}

/** Tries until the server answers, ends, or the time is over. */
async function answers(
  child: ChildProcess,
  ask: () => Promise<unknown>,
  said: string[],
  signal?: AbortSignal,
): Promise<void> {
  const until = systemClock.monotonicMs() + LONGEST_START_MS;
  for (;;) {
    signal?.throwIfAborted();
    if (child.exitCode !== null || child.signalCode !== null)
      throw missing(`MariaDB ended at once: ${said.join('').slice(-500)}`);
    try {
      await ask();
      return;
    } catch (error) {
      if (systemClock.monotonicMs() > until) throw error;
      await systemClock.sleep(100, signal);
    }
  }
}

/** Loads and asks until something took too long: then the server may be at it still, and every next one would wait as long. */
function workIn(client: string, args: string[], patience: Patience): Pick<ScratchDatabase, 'load' | 'query'> {
  let isStuck = false;
  const unlessStuck = async <T>(work: () => Promise<T>): Promise<T> => {
    if (isStuck) throw tooSlow();
    try {
      return await work();
    } catch (error) {
      isStuck = error instanceof NachtwachtError && error.details['isTooSlow'] === true;
      throw error;
    }
  };
  return {
    load: (sql) => unlessStuck(() => load(client, args, sql, patience)),
    query: (sql) => unlessStuck(() => query(client, args, sql, patience)),
  };
}

async function load(client: string, args: string[], sql: Readable, patience: Patience): Promise<void> {
  const child = spawn(
    client,
    [...args, '--binary-mode', '--default-character-set=utf8mb4', '--max-allowed-packet=256M'],
    {
      stdio: ['pipe', 'ignore', 'pipe'],
    },
  );
  const watch = watchOver(child, patience);
  async function* watched(parts: AsyncIterable<unknown>): AsyncGenerator {
    for await (const part of parts) {
      watch.moved();
      yield part;
    }
  }
  // The client ends early when a statement fails: its own words matter then, not our broken pipe.
  const fed = pipeline(sql, watched, child.stdin).catch((error: unknown) => error);
  const { code, text } = await finished(child);
  const problem = await fed;
  watch.end();
  if (code !== 0) throw failed(text);
  if (problem !== undefined) throw problem;
}

async function query(client: string, args: string[], sql: string, patience: Patience): Promise<string[][]> {
  const text = await run(client, [...args, '--batch', '--raw', '--skip-column-names'], sql, patience);
  return text === ''
    ? []
    : text
        .replace(/\n$/u, '')
        .split('\n')
        .map((line) => line.split('\t'));
}

async function run(client: string, args: string[], sql: string, patience: Patience): Promise<string> {
  const child = spawn(client, args, { stdio: ['pipe', 'pipe', 'pipe'] });
  const watch = watchOver(child, patience);
  const parts: Buffer[] = [];
  child.stdout.on('data', (part: Buffer) => parts.push(part));
  child.stdin.on('error', () => undefined);
  child.stdin.end(sql);
  const { code, text } = await finished(child);
  watch.end();
  if (code !== 0) throw failed(text);
  return Buffer.concat(parts).toString('utf8');
}

/** Ends a client when the run is over or nothing moves for too long; `end` throws why, if that is so. */
function watchOver(child: ChildProcess, { signal, quietMs }: Patience): { moved(): void; end(): void } {
  let isTooSlow = false;
  const kill = (): boolean => child.kill('SIGKILL');
  const timer = setTimeout(() => {
    isTooSlow = true;
    kill();
  }, quietMs);
  signal?.addEventListener('abort', kill);
  if (signal?.aborted === true) kill();
  return {
    moved: () => void timer.refresh(),
    end: () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', kill);
      signal?.throwIfAborted();
      if (isTooSlow) throw tooSlow();
    },
  };
}

async function finished(child: ChildProcess): Promise<{ code: number | null; text: string }> {
  let text = '';
  child.stderr?.on('data', (part: Buffer) => {
    if (text.length < 2000) text += part.toString('utf8');
  });
  const code = await new Promise<number | null>((done) => child.once('close', done));
  return { code, text: text.trim() };
}

function quoted(value: string): string {
  return `"${decodeURIComponent(value).replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}

function missing(message: string): NachtwachtError {
  return new NachtwachtError({
    code: 'trial-database-missing',
    kind: 'conflict',
    message,
    nextStep:
      'Run apt-get install mariadb-server-core mariadb-client (no server is started), or set NACHTWACHT_TRIAL_DATABASE_URL to a server that may be used.',
    retryable: false,
  });
}

function failed(text: string): NachtwachtError {
  return loadFailed(`The database refused a statement: ${text.slice(0, 500)}`);
}

function tooSlow(): NachtwachtError {
  return loadFailed('A statement did not end in the time that is given to it.', { isTooSlow: true });
}

function loadFailed(message: string, details: Record<string, unknown> = {}): NachtwachtError {
  return new NachtwachtError({
    code: 'trial-load-failed',
    kind: 'conflict',
    message,
    nextStep: 'The snapshot may hold SQL of a newer or other server: try it on the version that the site runs.',
    retryable: false,
    details,
  });
}
