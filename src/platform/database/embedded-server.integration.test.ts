// The traps of running PostgreSQL ourselves, each provoked on a real server.
import { spawn, type ChildProcess } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { afterEach, describe, expect, test } from 'vitest';
import { systemClock } from '../clock.ts';
import { findBinaries, makeLinks, missingLinks } from './binaries.ts';
import { findEmbedded, startEmbedded, type EmbeddedServer } from './embedded-server.ts';
import { takeMainProcessLock } from './main-process-lock.ts';
import { readPostmasterPid } from './postmaster-pid.ts';
import { firstClosedFolder } from './run-as.ts';

const isRoot = process.geteuid?.() === 0;
const servers: EmbeddedServer[] = [];
const folders: string[] = [];

function newFolder(parent = '/var/tmp'): string {
  const folder = mkdtempSync(path.join(parent, 'nw-pg-'));
  folders.push(folder);
  // mkdtemp makes 700: the user that PostgreSQL runs as must be able to pass.
  chmodSync(folder, 0o711);
  return folder;
}

async function start(dataFolder: string): Promise<EmbeddedServer> {
  const server = await startEmbedded({ dataFolder, clock: systemClock, settings: { fsync: 'off' } });
  servers.push(server);
  return server;
}

async function ask(url: string, text: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
}

/** Starts the server in a process of its own, which then does nothing more. */
function startInChild(
  folder: string,
  user: { uid?: number; gid?: number } = {},
): { process: ChildProcess; pid: Promise<number> } {
  const here = path.dirname(fileURLToPath(import.meta.url));
  const program = `
    const { startEmbedded } = await import(${JSON.stringify(path.join(here, 'embedded-server.ts'))});
    const { systemClock } = await import(${JSON.stringify(path.join(here, '../clock.ts'))});
    const server = await startEmbedded({ dataFolder: ${JSON.stringify(folder)}, clock: systemClock });
    console.log(server.pid);
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
    cwd: '/',
    ...user,
  });
  const pid = new Promise<number>((resolve, reject) => {
    child.stdout.once('data', (data: Buffer) => resolve(Number(data.toString())));
    child.once('exit', (code) => reject(new Error(`ended with ${code}`)));
  });
  return { process: child, pid };
}

async function gone(pid: number): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if (!existsSync(`/proc/${pid}/cwd`)) return;
    await systemClock.sleep(25);
  }
  throw new Error(`process ${pid} is still there`);
}

afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

describe('the embedded server', () => {
  test('is made in one step, listens on loopback only, wants the password, sorts by C.UTF-8', async () => {
    const folder = newFolder();
    const server = await start(folder);
    expect(server.how).toBe('made');
    expect(
      await ask(server.url, 'select count(*)::int as n from pg_database where datname = current_database()'),
    ).toEqual([{ n: 1 }]);
    expect(await ask(server.url, 'show listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }]);
    expect(await ask(server.url, `select upper('éa') as up, 'B' < 'a' as bytes`)).toEqual([{ up: 'ÉA', bytes: true }]);
    expect(readdirSync(server.home).filter((name) => name.startsWith('cluster.new'))).toEqual([]);
    const wrong = new URL(server.url);
    wrong.password = 'wrong';
    await expect(ask(wrong.href, 'select 1')).rejects.toThrow(/password/);
    const { uid, mode } = statSync(path.join(server.home, 'cluster'));
    expect(mode & 0o077).toBe(0);
    expect(uid === 0).toBe(false);
    expect(statSync(path.join(server.home, 'cluster/nachtwacht.password')).mode & 0o077).toBe(0);
  });

  test('that survived us is adopted with its data, and found by other processes', async () => {
    const folder = newFolder();
    const first = await start(folder);
    await ask(first.url, 'create table kept as select 42 as n');
    const second = await start(folder);
    expect(second).toMatchObject({ how: 'adopted', pid: first.pid, url: first.url });
    expect(findEmbedded(folder)).toBe(first.url);
    expect(await ask(second.url, 'select n from kept')).toEqual([{ n: 42 }]);
    await second.stop();
    expect(findEmbedded(folder)).toBeUndefined();
  });

  test('survives the SIGKILL of the process that started it', async () => {
    const folder = newFolder();
    const child = startInChild(folder);
    const pid = await child.pid;
    child.process.kill('SIGKILL');
    await new Promise((resolve) => child.process.once('exit', resolve));
    expect(await start(folder)).toMatchObject({ how: 'adopted', pid });
  });

  test('that was killed itself is started again, on its old port, with what was committed', async () => {
    const folder = newFolder();
    const first = await start(folder);
    await ask(first.url, 'create table kept as select 7 as n');
    process.kill(first.pid, 'SIGKILL');
    await gone(first.pid);
    expect(first.isAlive()).toBe(false);
    const second = await start(folder);
    expect(second).toMatchObject({ how: 'started', port: first.port });
    expect(await ask(second.url, 'select n from kept')).toEqual([{ n: 7 }]);
  });

  test('does not take the process of somebody else for its own: a stale postmaster.pid is removed', async () => {
    const folder = newFolder();
    const first = await start(folder);
    const file = path.join(first.home, 'cluster/postmaster.pid');
    const text = readFileSync(file, 'utf8');
    await first.stop();
    // The number now belongs to this test process, as it can after a reboot.
    writeFileSync(file, text.replace(/^\d+/, String(process.pid)));
    const second = await start(folder);
    expect(second.how).toBe('started');
    expect(second.pid).not.toBe(process.pid);
  });

  test('of another folder on the recorded port is not adopted', async () => {
    const [one, two] = [await start(newFolder()), await start(newFolder())];
    const file = path.join(two.home, 'cluster/postmaster.pid');
    const lines = readFileSync(file, 'utf8').split('\n');
    await two.stop();
    lines[3] = String(one.port);
    lines[0] = String(one.pid);
    writeFileSync(file, lines.join('\n'));
    const again = await start(path.dirname(two.home));
    expect(again.pid).not.toBe(one.pid);
    expect(again.port).not.toBe(one.port);
  });

  test('that was half made when we were killed is made anew', async () => {
    const folder = newFolder();
    mkdirSync(path.join(folder, 'postgres/cluster.new-1-dead/base'), { recursive: true });
    const server = await start(folder);
    expect(server.how).toBe('made');
    expect(readdirSync(server.home)).not.toContain('cluster.new-1-dead');
  });

  test.runIf(isRoot)(
    'started by root from a folder nobody else may enter lives elsewhere, and is found again',
    async () => {
      const closed = newFolder();
      chmodSync(closed, 0o700);
      const folder = path.join(closed, 'data');
      const server = await start(folder);
      folders.push(path.dirname(server.home));
      expect(server.home.startsWith('/var/lib/nachtwacht/')).toBe(true);
      expect(readFileSync(path.join(folder, 'postgres.elsewhere'), 'utf8').trim()).toBe(server.home);
      expect(findEmbedded(folder)).toBe(server.url);
      await server.stop();
      expect(await start(folder)).toMatchObject({ how: 'started', home: server.home });
    },
  );

  test.runIf(isRoot)('started by an ordinary user runs as that user', async () => {
    const folder = newFolder();
    const nobody = 65_534;
    chownSync(folder, nobody, nobody);
    const child = startInChild(folder, { uid: nobody, gid: nobody });
    const pid = await child.pid;
    expect(statSync(`/proc/${pid}`).uid).toBe(nobody);
    expect(statSync(path.join(folder, 'postgres')).uid).toBe(nobody);
    child.process.kill('SIGKILL');
    // Root finds it, adopts it, and ends it.
    expect(await start(folder)).toMatchObject({ how: 'adopted', pid });
  });

  test('cannot be started on a folder that others may read: the error says what to do', async () => {
    const folder = newFolder();
    const server = await start(folder);
    await server.stop();
    chmodSync(path.join(server.home, 'cluster'), 0o755);
    await expect(start(folder)).rejects.toMatchObject({
      code: 'cluster-open-to-others',
      nextStep: expect.stringContaining('chmod 700') as string,
    });
  });
});

describe('the lock of the main process', () => {
  test('is had by one at a time and freed at the end', async () => {
    const folder = newFolder();
    const lock = await takeMainProcessLock(folder);
    await expect(takeMainProcessLock(folder)).rejects.toMatchObject({ code: 'already-running' });
    await takeMainProcessLock(newFolder()).then((other) => other.release());
    await lock.release();
    await takeMainProcessLock(folder).then((again) => again.release());
  });
});

describe('the binaries', () => {
  test('get the library links that a blocked install script did not make', () => {
    const copy = path.join(newFolder(), 'package');
    const { native, version } = findBinaries();
    mkdirSync(copy);
    // Only the list and the libraries: the rest of the 60 MB does not matter here.
    cpSync(path.join(native, 'pg-symlinks.json'), path.join(copy, 'native/pg-symlinks.json'));
    mkdirSync(path.join(copy, 'native/lib'));
    const binaries = { native: path.join(copy, 'native'), initdb: '', postgres: '', version };
    const missing = missingLinks(binaries);
    expect(missing).toBeGreaterThan(5);
    symlinkSync('elsewhere', path.join(copy, 'native/lib/libpq.so.5'));
    makeLinks(binaries);
    expect(missingLinks(binaries)).toBe(0);
    makeLinks(binaries);
  });

  test('folders on the way are checked for the right user', () => {
    const closed = newFolder();
    const user = { uid: 65_534, gid: 65_534, name: 'nobody' };
    expect(firstClosedFolder(closed, user)).toBeUndefined();
    chmodSync(closed, 0o700);
    expect(firstClosedFolder(path.join(closed, 'deeper'), user)).toBe(closed);
  });
});

test('postmaster.pid that is only half written is no server', () => {
  const folder = newFolder();
  writeFileSync(path.join(folder, 'postmaster.pid'), '');
  expect(readPostmasterPid(folder)).toBeUndefined();
});
