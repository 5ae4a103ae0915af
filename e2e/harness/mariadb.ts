import { createWriteStream } from 'node:fs';
import { chown } from 'node:fs/promises';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { ensurePackages } from './apt.ts';
import { getKeeper } from './keeper.ts';
import type { Daemon } from './keeper.ts';
import { accepts, findProgram, freeAddress, isRoot, siteUser } from './machine.ts';
import { runCommand } from './run-command.ts';

export interface MariaDb {
  readonly socket: string;
  readonly host: string;
  readonly port: number;
  readonly folder: string;
  /** Makes a database (utf8mb4) and a user that may do everything in it and nothing else. */
  createDatabase(name: string): Promise<Database>;
  stop(signal?: NodeJS.Signals): Promise<void>;
}

export interface Database {
  readonly name: string;
  readonly user: string;
  readonly password: string;
  readonly socket: string;
  readonly host: string;
  readonly port: number;
  /** Runs statements as the server's root; rows of the last result sets as text, NULL as null. */
  sql(statements: string): Promise<(string | null)[][]>;
  /** First cell of the first row as a number. */
  count(query: string): Promise<number>;
  /** Every table as SQL, one row a line, in key order: equal databases give equal files. */
  dump(file: string, tables?: readonly string[]): Promise<void>;
  /** Feeds a file of SQL to the server, as a person would with `mariadb NAME < FILE`. */
  load(sql: string | Buffer): Promise<void>;
  drop(): Promise<void>;
}

export interface MariaDbOptions {
  onDisk?: boolean;
  /** More arguments of mariadbd. */
  settings?: readonly string[];
}

const shared = new Map<boolean, Promise<MariaDb>>();

/**
 * The MariaDB server of this process, started at first use (about 1 s); ends with the process. Its files lie in memory where
 * that is plenty, unless `onDisk`: then a second server is started whose files lie on the disk.
 */
export function sharedMariaDb(onDisk = false): Promise<MariaDb> {
  const server = shared.get(onDisk) ?? startMariaDb({ onDisk });
  shared.set(onDisk, server);
  return server;
}

/** A MariaDB server of its own in its own folder, on a socket and on a loopback address of its own. */
export async function startMariaDb(options: MariaDbOptions = {}): Promise<MariaDb> {
  await ensurePackages(['mariadb']);
  const keeper = await getKeeper();
  const user = siteUser();
  const folder = options.onDisk === true ? await keeper.makeFolder('mariadb') : await keeper.makeFastFolder('mariadb');
  if (isRoot) await chown(folder, user.uid, user.gid);
  const identity = isRoot ? { uid: user.uid, gid: user.gid } : {};
  const data = join(folder, 'data');
  const install = findProgram('mariadb-install-db') ?? 'mariadb-install-db';
  // Run as the user itself: with --user the program wants root and a mysql account.
  await runCommand(
    install,
    ['--no-defaults', `--datadir=${data}`, '--auth-root-authentication-method=normal', '--skip-test-db', '--force'],
    { ...identity, cwd: '/', env: { HOME: folder, TMPDIR: folder } },
  );
  const socket = join(folder, 'server.sock');
  const port = 3306;
  const host = await freeAddress(port);
  const daemon: Daemon = await keeper.startDaemon({
    name: 'mariadb',
    command: findProgram('mariadbd') ?? 'mariadbd',
    args: [
      '--no-defaults',
      `--datadir=${data}`,
      `--socket=${socket}`,
      `--port=${port}`,
      `--bind-address=${host}`,
      `--tmpdir=${folder}`,
      `--pid-file=${join(folder, 'server.pid')}`,
      '--skip-name-resolve',
      '--innodb-buffer-pool-size=256M',
      '--max-allowed-packet=64M',
      // A test server: it may forget the last second when the machine dies, never when a process does.
      '--innodb-flush-log-at-trx-commit=2',
      '--sync-binlog=0',
      '--character-set-server=utf8mb4',
      ...(options.settings ?? []),
    ],
    env: { HOME: folder },
    ...identity,
    ready: () => accepts({ path: socket }),
  });
  const client = findProgram('mariadb') ?? 'mariadb';
  const reach = ['--no-defaults', `--socket=${socket}`, '--user=root', '--default-character-set=utf8mb4'];
  return {
    socket,
    host,
    port,
    folder,
    stop: (signal) => daemon.stop(signal),
    createDatabase: async (name) => {
      const password = `pw-${name}`;
      const grants = ['localhost', '127.%'].map(
        (from) =>
          `CREATE USER '${name}'@'${from}' IDENTIFIED BY '${password}'; GRANT ALL ON \`${name}\`.* TO '${name}'@'${from}';`,
      );
      const create = `CREATE DATABASE \`${name}\` CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci; ${grants.join(' ')}`;
      await runCommand(client, reach, { input: create });
      const sql = async (statements: string): Promise<(string | null)[][]> => {
        const { stdout } = await runCommand(client, [...reach, '--batch', '--skip-column-names', name], {
          input: statements,
        });
        return stdout
          .split('\n')
          .slice(0, -1)
          .map((line) => line.split('\t').map(unescapeCell));
      };
      return {
        name,
        user: name,
        password,
        socket,
        host,
        port,
        sql,
        count: async (query) => Number((await sql(query))[0]?.[0]),
        dump: (file, tables = []) => dumpTo(file, [...reach, ...dumpOptions, name, ...tables]),
        load: async (input) => {
          await runCommand(client, [...reach, name], { input });
        },
        drop: async () => {
          const users = ['localhost', '127.%'].map((from) => `DROP USER '${name}'@'${from}';`).join(' ');
          await runCommand(client, reach, { input: `DROP DATABASE \`${name}\`; ${users}` });
        },
      };
    },
  };
}

const dumpOptions = [
  '--skip-dump-date',
  '--skip-comments',
  '--skip-extended-insert',
  '--order-by-primary',
  '--hex-blob',
  '--no-tablespaces',
  '--single-transaction',
  '--skip-lock-tables',
  '--routines',
  '--events',
  '--triggers',
  '--max-allowed-packet=512M',
];

async function dumpTo(file: string, args: readonly string[]): Promise<void> {
  const child = spawn(findProgram('mariadb-dump') ?? 'mariadb-dump', args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let problem = '';
  child.stderr.on('data', (chunk: Buffer) => {
    problem += chunk.toString('utf8');
  });
  const out = createWriteStream(file);
  child.stdout.pipe(out);
  const [[code]] = await Promise.all([once(child, 'close'), once(out, 'finish')]);
  if (code !== 0) throw new Error(`mariadb-dump: exit code ${String(code)}\n${problem.slice(-2000)}`);
}

/** Undoes what `mariadb --batch` does to a cell. */
function unescapeCell(cell: string): string | null {
  if (cell === 'NULL') return null;
  const named: Record<string, string> = { n: '\n', t: '\t', '0': '\0', '\\': '\\' };
  return cell.replaceAll(/\\([nt0\\])/g, (_, letter: string) => named[letter] ?? letter);
}
