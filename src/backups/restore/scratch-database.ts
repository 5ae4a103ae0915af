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

/** An empty database to try a dump in. Nothing of a site ever runs in it, and `close` leaves nothing behind. */
export interface ScratchDatabase {
  /** Loads SQL text; throws `trial-load-failed` with the server's own words. */
  load(sql: Readable): Promise<void>;
  /** Rows of one statement, tab-separated fields, as `mariadb --batch --raw` prints them. */
  query(sql: string): Promise<string[][]>;
  readonly server: string;
  /** What it has on our disk; gone after `close`. */
  readonly folder: string;
  close(): Promise<void>;
}

const LONGEST_START_MS = 30_000;

/**
 * Opens a database of its own on the server of `url` (`mysql://user:password@host:port`), or, without one, starts a
 * throw-away MariaDB in a temporary folder that listens on a socket only. Throws `trial-database-missing` when neither is there.
 */
export async function openScratchDatabase(options: {
  url?: string | undefined;
  signal?: AbortSignal | undefined;
}): Promise<ScratchDatabase> {
  const { client, server, install } = findTrialPrograms();
  if (client === undefined) throw missing('The program `mariadb`, which loads the dump, is not on this machine.');
  // Not in our own data folder: the account of the server could not reach it there.
  const folder = await mkdtemp(join(process.env['TMPDIR'] ?? '/var/tmp', 'nachtwacht-trial-'));
  try {
    if (options.url !== undefined) return await onServer(client, folder, options.url);
    if (server === undefined || install === undefined) throw missing('There is no MariaDB server on this machine.');
    return await ownServer({ client, server, install }, folder, options.signal);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

async function onServer(client: string, folder: string, url: string): Promise<ScratchDatabase> {
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
  const base = [`--defaults-file=${defaults}`];
  await run(client, base, `CREATE DATABASE ${database} CHARACTER SET utf8mb4`);
  return {
    server: `${at.hostname}:${at.port === '' ? '3306' : at.port}`,
    folder,
    load: (sql) => load(client, [...base, database], sql),
    query: (sql) => query(client, [...base, database], sql),
    close: async () => {
      try {
        await run(client, base, `DROP DATABASE IF EXISTS ${database}`);
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  };
}

async function ownServer(
  programs: { client: string; server: string; install: string },
  folder: string,
  signal?: AbortSignal,
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
  const base = ['--no-defaults', `--socket=${socket}`];
  try {
    // The SQL is a site's: its account owns the scratch database and nothing of the server (no files, no plugins).
    const account = "CREATE USER trial@localhost IDENTIFIED BY ''; GRANT ALL ON trial.* TO trial@localhost;";
    await answers(child, () => run(client, [...base, '--user=root'], account), said, signal);
    await run(client, [...base, '--user=root'], 'CREATE DATABASE trial CHARACTER SET utf8mb4');
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    server: 'throw-away MariaDB',
    folder,
    load: (sql) => load(client, [...base, '--user=trial', 'trial'], sql),
    query: (sql) => query(client, [...base, '--user=trial', 'trial'], sql),
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

async function load(client: string, args: string[], sql: Readable): Promise<void> {
  const child = spawn(
    client,
    [...args, '--binary-mode', '--default-character-set=utf8mb4', '--max-allowed-packet=256M'],
    {
      stdio: ['pipe', 'ignore', 'pipe'],
    },
  );
  const ended = finished(child);
  // The client ends early when a statement fails: its own words matter then, not our broken pipe.
  const fed = pipeline(sql, child.stdin).catch((error: unknown) => error);
  const { code, text } = await ended;
  const problem = await fed;
  if (code !== 0) throw failed(text);
  if (problem !== undefined) throw problem;
}

async function query(client: string, args: string[], sql: string): Promise<string[][]> {
  const text = await run(client, [...args, '--batch', '--raw', '--skip-column-names'], sql);
  return text === ''
    ? []
    : text
        .replace(/\n$/u, '')
        .split('\n')
        .map((line) => line.split('\t'));
}

async function run(client: string, args: string[], sql: string): Promise<string> {
  const child = spawn(client, args, { stdio: ['pipe', 'pipe', 'pipe'] });
  const parts: Buffer[] = [];
  child.stdout.on('data', (part: Buffer) => parts.push(part));
  child.stdin.on('error', () => undefined);
  child.stdin.end(sql);
  const { code, text } = await finished(child);
  if (code !== 0) throw failed(text);
  return Buffer.concat(parts).toString('utf8');
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
  return new NachtwachtError({
    code: 'trial-load-failed',
    kind: 'conflict',
    message: `The database refused a statement: ${text.slice(0, 500)}`,
    nextStep: 'The snapshot may hold SQL of a newer or other server: try it on the version that the site runs.',
    retryable: false,
  });
}
