import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { NachtwachtError } from '../errors.ts';
import type { PostgresBinaries } from './binaries.ts';
import type { RunAs } from './run-as.ts';

/** Name of the superuser and, after `createDatabase`, of the database. */
export const databaseUser = 'nachtwacht';

/** File inside the cluster folder (mode 600) with the password of the superuser. */
export const passwordFile = 'nachtwacht.password';

interface ClusterPlace {
  home: string;
  cluster: string;
  binaries: PostgresBinaries;
  runAs: RunAs | undefined;
}

/**
 * Makes the cluster when there is none: initdb in a folder beside, then one rename, so that a kill at any moment
 * leaves either nothing or a whole cluster. Locale: PostgreSQL's own C.UTF-8, which needs nothing of the machine.
 */
export async function ensureCluster({ home, cluster, binaries, runAs }: ClusterPlace): Promise<'made' | 'present'> {
  for (const name of readdirSync(home)) {
    if (name.startsWith('cluster.new-')) rmSync(path.join(home, name), { recursive: true, force: true });
  }
  if (existsSync(path.join(cluster, 'PG_VERSION'))) {
    closeToOthers(cluster);
    return 'present';
  }
  const fresh = path.join(home, `cluster.new-${process.pid}-${randomBytes(4).toString('hex')}`);
  const password = randomBytes(24).toString('base64url');
  const secret = `${fresh}.password`.replace('cluster.new-', 'cluster.new-secret-');
  mkdirSync(fresh, { mode: 0o700 });
  writeFileSync(secret, password, { mode: 0o600 });
  if (runAs) for (const file of [fresh, secret]) chownSync(file, runAs.uid, runAs.gid);
  try {
    await runToEnd(
      binaries.initdb,
      [
        `--pgdata=${fresh}`,
        `--username=${databaseUser}`,
        `--pwfile=${secret}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--locale=C',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        '--no-instructions',
      ],
      runAs,
      home,
    );
    renameSync(secret, path.join(fresh, passwordFile));
    renameSync(fresh, cluster);
  } finally {
    rmSync(secret, { force: true });
    rmSync(fresh, { recursive: true, force: true });
  }
  return 'made';
}

function closeToOthers(cluster: string): void {
  const { mode } = statSync(cluster);
  if ((mode & 0o077) === 0) return;
  throw new NachtwachtError({
    code: 'cluster-open-to-others',
    kind: 'internal',
    message: `The database folder ${cluster} can be read by other users; PostgreSQL refuses to start on it.`,
    nextStep: `Run: chmod 700 ${cluster}`,
    retryable: false,
  });
}

/** Starts the server detached from us, with its output in a file: it survives our death and our terminal's Ctrl-C. */
export function spawnServer(
  { home, cluster, binaries, runAs }: ClusterPlace,
  port: number,
  settings: Record<string, string>,
): ChildProcess {
  const logFile = path.join(home, 'server.log');
  if ((statSync(logFile, { throwIfNoEntry: false })?.size ?? 0) > 10_000_000) renameSync(logFile, `${logFile}.old`);
  const log = openSync(logFile, 'a', 0o600);
  const all = {
    port: String(port),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    log_min_messages: 'warning',
    ...settings,
  };
  try {
    return spawn(
      binaries.postgres,
      ['-D', cluster, ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
      {
        detached: true,
        stdio: ['ignore', log, log],
        cwd: cluster,
        env: plainEnvironment(binaries),
        ...identity(runAs),
      },
    );
  } finally {
    closeSync(log);
  }
}

function identity(runAs: RunAs | undefined): { uid?: number; gid?: number } {
  return runAs ? { uid: runAs.uid, gid: runAs.gid } : {};
}

/** Nothing of our environment goes to PostgreSQL: PG* variables would change it, and secrets are not its business. */
function plainEnvironment(binaries: PostgresBinaries): Record<string, string> {
  const paths = [process.env['PATH'] ?? '/usr/bin:/bin'];
  return { PATH: paths.join(':'), LC_ALL: 'C', TZ: 'UTC', LD_LIBRARY_PATH: path.join(binaries.native, 'lib') };
}

function runToEnd(command: string, args: string[], runAs: RunAs | undefined, cwd: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const env = { PATH: process.env['PATH'] ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], cwd, env, ...identity(runAs) });
    let output = '';
    const keep = (chunk: Buffer): void => {
      output = (output + chunk.toString('utf8')).slice(-4000);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.once('error', (cause) => reject(initdbFailed(cause.message, cause)));
    child.once('close', (code) => (code === 0 ? resolve() : reject(initdbFailed(output.trim()))));
  });
}

function initdbFailed(output: string, cause?: unknown): NachtwachtError {
  return new NachtwachtError({
    code: 'initdb-failed',
    kind: 'internal',
    message: `The database could not be made: ${output.split('\n').slice(-5).join(' ')}`,
    nextStep: 'Look at the reason given (disk full? missing library?), or set DATABASE_URL to a server of your own.',
    retryable: false,
    cause,
  });
}
