import { spawn } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { resticBinaries, runRestic } from '../../e2e/harness/restic-binaries.ts';
import { initRepository, openLocalBackend } from './index.ts';
import type { Backend, Lock, RepositoryApi } from './index.ts';
import { openMasterKey } from './keys.ts';
import { Sealer } from './seal.ts';
import { readJsonFile, writeJsonFile } from './unpacked.ts';

const binaries = await resticBinaries();
let folder: string;
let location: string;
let repository: RepositoryApi;
let sealer: Sealer;
let backend: Backend;
let held: Lock[] = [];
let count = 0;

beforeAll(async () => {
  folder = await mkdtemp('/var/tmp/nw-restic-lock-');
});
afterAll(() => rm(folder, { recursive: true, force: true }));
beforeEach(async () => {
  location = join(folder, `repository-${count++}`);
  backend = openLocalBackend(location);
  repository = await initRepository(backend, 'x', { cost: { N: 2, r: 8, p: 1 } });
  sealer = new Sealer((await openMasterKey(backend, 'x')).master);
});
afterEach(async () => {
  vi.useRealTimers();
  for (const lock of held) await lock.release();
  held = [];
});

async function take(exclusive: boolean, waitMs?: number): Promise<Lock> {
  const lock = await repository.lock({
    exclusive,
    holder: 'Site 42/backup',
    ...(waitMs === undefined ? {} : { waitMs }),
  });
  held.push(lock);
  return lock;
}

const lockFiles = (): Promise<string[]> => readdir(join(location, 'locks'));

/** A lock file as another program would leave it. */
function plant(facts: { minutesOld: number; exclusive?: boolean; hostname?: string; username?: string; pid?: number }) {
  const { minutesOld, ...rest } = facts;
  const time = new Date(Date.now() - minutesOld * 60_000).toISOString();
  const lock = { time, exclusive: false, hostname: 'laptop', username: 'anna', pid: 4711, ...rest };
  return writeJsonFile(backend, sealer, 'lock', JSON.stringify(lock));
}

test('many may share, one alone excludes all', async () => {
  const [one, other] = [await take(false), await take(false)];
  expect([one.exclusive, other.exclusive]).toEqual([false, false]);
  await expect(take(true)).rejects.toMatchObject({ code: 'locked', retryable: true });
  await one.release();
  await other.release();
  expect(await lockFiles()).toEqual([]);
  await take(true);
  await expect(take(false)).rejects.toMatchObject({ code: 'locked' });
  await expect(take(true)).rejects.toMatchObject({ code: 'locked' });
  expect(await lockFiles()).toHaveLength(1);
});

test('of many who want it alone at once at most one gets it, and in the end all do', async () => {
  let inside = 0;
  let most = 0;
  const work = async (): Promise<void> => {
    const lock = await repository.lock({ exclusive: true, holder: 'race', waitMs: 60_000 });
    most = Math.max(most, ++inside);
    await lock.assertHeld();
    inside--;
    await lock.release();
  };
  await Promise.all(Array.from({ length: 5 }, work));
  expect(most).toBe(1);
  expect(await lockFiles()).toEqual([]);
});

test('waits for the other to be done', async () => {
  const other = await take(true);
  const waiting = take(false, 30_000);
  await other.release();
  expect((await waiting).exclusive).toBe(false);
});

test('waiting can be stopped and leaves no file', async () => {
  await take(true);
  const stop = new AbortController();
  const waiting = repository.lock({ exclusive: true, holder: 'x', waitMs: 60_000, signal: stop.signal });
  stop.abort();
  await expect(waiting).rejects.toThrow('abort');
  expect(await lockFiles()).toHaveLength(1);
});

test('the file says who, on a host that no machine is called', async () => {
  await take(false);
  const [name] = await lockFiles();
  const json = await readJsonFile(backend, sealer, 'lock', name!);
  expect(json['hostname']).toMatch(/^site-42-backup\.[0-9a-f]{16}\.lock\.invalid$/);
  expect(json).toMatchObject({ pid: process.pid, exclusive: false });
});

describe('left-over locks', () => {
  test('ours go when they were not refreshed for half an hour', async () => {
    await plant({ minutesOld: 31, exclusive: true, hostname: 'site-1.0123456789abcdef.lock.invalid' });
    await take(true);
    expect(await lockFiles()).toHaveLength(1);
  });

  test('ours on another machine stay before that', async () => {
    await plant({ minutesOld: 29, exclusive: true, hostname: 'site-1.0123456789abcdef.lock.invalid' });
    await expect(take(false)).rejects.toMatchObject({ code: 'locked' });
  });

  test('ours go at once when their process on this machine is gone', async () => {
    const child = spawn(process.execPath, [
      '--eval',
      `import('${join(import.meta.dirname, 'index.ts')}').then(async ({ openRepository, openLocalBackend }) => {
        const repository = await openRepository(openLocalBackend('${location}'), 'x');
        await repository.lock({ exclusive: true, holder: 'child' });
        console.log('held');
        setInterval(() => {}, 1000);
      })`,
    ]);
    await new Promise((resolve) => child.stdout.once('data', resolve));
    await expect(take(true)).rejects.toMatchObject({ code: 'locked' });
    const gone = new Promise((resolve) => child.once('close', resolve));
    child.kill('SIGKILL');
    await gone;
    expect(await lockFiles()).toHaveLength(1);
    await take(true);
    expect(await lockFiles()).toHaveLength(1);
  });

  test('a process id that was given to another process does not keep a lock alive', async () => {
    await take(false);
    const [name] = await lockFiles();
    const { hostname } = await readJsonFile(backend, sealer, 'lock', name!);
    await plant({
      minutesOld: 1,
      exclusive: true,
      hostname: String(hostname),
      username: 'started-1',
      pid: process.pid,
    });
    await take(false);
    expect(await lockFiles()).toHaveLength(2);
  });

  test('of others stay, and the error says what to do', async () => {
    await plant({ minutesOld: 300, exclusive: true });
    await expect(take(false)).rejects.toMatchObject({
      code: 'locked',
      nextStep: expect.stringContaining('restic unlock'),
    });
    expect(await lockFiles()).toHaveLength(1);
  });

  test('of others that only share do not stop us from sharing', async () => {
    await plant({ minutesOld: 300 });
    await take(false);
    await expect(take(true)).rejects.toMatchObject({ code: 'locked' });
  });
});

describe('a lock that somebody removed', () => {
  test('stops index, snapshot, forget and prune', async () => {
    const shared = await take(false);
    await repository.loadIndex();
    const writer = repository.writer(shared);
    const tree = await writer.saveTree([]);
    for (const name of await lockFiles()) await backend.remove('lock', name);
    const lost = { code: 'lock-lost' };
    await expect(shared.assertHeld()).rejects.toMatchObject(lost);
    await expect(writer.checkpoint()).rejects.toMatchObject(lost);
    const snapshot = { time: new Date(), tree, paths: ['/'], hostname: 'x', tags: [] };
    await expect(repository.saveSnapshot(shared, snapshot)).rejects.toMatchObject(lost);
    expect(await readdir(join(location, 'index')).catch(() => [])).toEqual([]);
    expect(await readdir(join(location, 'snapshots')).catch(() => [])).toEqual([]);
    const alone = await take(true);
    for (const name of await lockFiles()) await backend.remove('lock', name);
    await expect(repository.forget(alone, ['a'.repeat(64)])).rejects.toMatchObject(lost);
    await expect(repository.prune(alone)).rejects.toMatchObject(lost);
  });

  test('is not hidden by the refresh', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const lock = await take(false);
    const [first] = await lockFiles();
    await vi.advanceTimersByTimeAsync(5 * 60_000);
    await vi.waitFor(async () => expect(await lockFiles()).not.toContain(first));
    await vi.waitFor(async () => expect(await lockFiles()).toHaveLength(1));
    await lock.assertHeld();
    for (const name of await lockFiles()) await backend.remove('lock', name);
    await vi.advanceTimersByTimeAsync(5 * 60_000);
    await expect(lock.assertHeld()).rejects.toMatchObject({ code: 'lock-lost' });
    expect(await lockFiles()).toEqual([]);
  });

  test('counts as lost when it could not be refreshed for too long', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    const lock = await take(false);
    await vi.advanceTimersByTimeAsync(24 * 60_000);
    await lock.assertHeld();
    await vi.advanceTimersByTimeAsync(2 * 60_000);
    await expect(lock.assertHeld()).rejects.toMatchObject({ code: 'lock-lost' });
  });
});

test('SIGHUP does not end a process that holds a lock', async () => {
  await take(false);
  process.kill(process.pid, 'SIGHUP');
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(process.listenerCount('SIGHUP')).toBe(1);
  await held.pop()!.release();
  expect(process.listenerCount('SIGHUP')).toBe(0);
});

describe.each(binaries)('restic $version', (binary) => {
  const restic = (...args: string[]): Promise<string> =>
    runRestic(binary, { location, password: 'x', cache: join(folder, 'cache') }, args);

  test('keeps to our locks, and its unlock leaves them and us alone', async () => {
    await take(true);
    await expect(restic('check')).rejects.toThrow('locked');
    await restic('unlock');
    expect(await lockFiles()).toHaveLength(1);
    await held[0]!.assertHeld();
    await restic('unlock', '--remove-all');
    await expect(held[0]!.assertHeld()).rejects.toMatchObject({ code: 'lock-lost' });
  });

  test('shares with us', async () => {
    await take(false);
    await restic('backup', '/etc/hostname');
    await expect(restic('prune')).rejects.toThrow('locked');
  });
});
