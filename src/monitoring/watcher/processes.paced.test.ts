// Watchers as processes: they share the sites, are killed, and nothing is told twice or forgotten. Ten times the speed.
import { fork, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '../../platform/clock.ts';
import { readConfig } from '../../platform/config.ts';
import { openTestPlatform, type TestPlatform } from '../../platform/test-platform.ts';
import { superviseWatcher, type WatcherOrders } from '../supervise-watcher.ts';
import { addTestSites, startTestSites, unwell, until, type TestSites } from './test-watch.ts';

const timeScale = 10;
const program = fileURLToPath(new URL('../../watcher.ts', import.meta.url));
const names = Array.from({ length: 40 }, (_, i) => `site${i}`);
const masterKey = Buffer.alloc(32, 9).toString('base64');
const folders: string[] = [];
const children = new Set<ChildProcess>();
let platform: TestPlatform;
let sites: TestSites;
let ids: string[];

beforeAll(async () => {
  platform = await openTestPlatform({ environment: { NACHTWACHT_MASTER_KEY: masterKey } });
  await platform.connection.pool.query(`update watch_settings set reference_hosts = '{}'`);
  sites = await startTestSites();
  ids = await addTestSites(platform, sites, names);
});
afterEach(async () => {
  for (const child of children) await kill(child);
});
afterAll(async () => {
  await sites.close();
  await platform.close();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function newFolder(): string {
  const folder = mkdtempSync('/var/tmp/nw-watchers-');
  folders.push(folder);
  return folder;
}

function ordersFor(dataFolder: string): WatcherOrders {
  const config = readConfig({
    NACHTWACHT_DATA: dataFolder,
    NACHTWACHT_MASTER_KEY: masterKey,
    NACHTWACHT_ALLOW_PRIVATE: '1',
    NACHTWACHT_LOG: process.env['NACHTWACHT_TEST_LOG'] ?? 'silent',
    NACHTWACHT_TEST_TIME_SCALE: String(timeScale),
  });
  return { config, databaseUrl: platform.databaseUrl };
}

function start(dataFolder: string): ChildProcess {
  const child = fork(program, [], { serialization: 'advanced', execArgv: [] });
  child.send(ordersFor(dataFolder));
  children.add(child);
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  const gone = new Promise((resolve) => child.once('exit', resolve));
  if (child.exitCode === null && child.signalCode === null) {
    child.kill('SIGKILL');
    await gone;
  }
  children.delete(child);
}

async function shares(): Promise<number[]> {
  const { rows } = await platform.connection.pool.query<{ targets: number }>(
    `select targets from watchers where heartbeat_at > clock_timestamp() - interval '1.5 seconds' order by started_at`,
  );
  return rows.map((row) => row.targets);
}

const sum = (numbers: number[]): number => numbers.reduce((total, one) => total + one, 0);

test('two share the sites; when one is killed the other has all within 30 seconds, and nobody is asked twice for long', async () => {
  start(newFolder());
  await until('one has all', async () => (await shares())[0] === names.length);
  const other = start(newFolder());
  await until('both share', async () => {
    const now = await shares();
    return now.length === 2 && sum(now) === names.length && Math.min(...now) > 8;
  });
  // A minute (six seconds here) in which both watch: every site is asked once in it, and no more than that.
  const begin = systemClock.now().getTime();
  await until('two minutes', () => systemClock.now().getTime() - begin > 12_500);
  const asked = names.map((name) => (sites.asked.get(name) ?? []).filter((at) => at > begin).length);
  expect(Math.max(...asked)).toBeLessThanOrEqual(3);
  expect(Math.min(...asked)).toBeGreaterThanOrEqual(1);

  await kill(other);
  const killed = systemClock.monotonicMs();
  await until('one has all again', async () => (await shares())[0] === names.length && (await shares()).length === 1);
  const seconds = ((systemClock.monotonicMs() - killed) / 1000) * timeScale;
  console.log(`the other had all sites after ${seconds.toFixed(0)} s of scaled time`);
  expect(seconds).toBeLessThan(30);
  const after = systemClock.now().getTime();
  await until('all are asked', () => names.every((name) => (sites.asked.get(name)?.at(-1) ?? 0) > after), 20_000);
});

test('a watcher that comes back goes on with its own sites and state', async () => {
  const folder = newFolder();
  await until('nobody watches', async () => (await shares()).length === 0);
  const first = start(folder);
  await until('all', async () => sum(await shares()) === names.length);
  await until('all are stored by it', async () => {
    const { rows } = await platform.connection.pool.query(
      `select 1 from watch_states where watcher_id <> (select id from watchers order by heartbeat_at desc limit 1)`,
    );
    return rows.length === 0;
  });
  first.disconnect();
  await new Promise((resolve) => first.once('exit', resolve));
  expect(await shares()).toEqual([]);
  const { rows: before } = await platform.connection.pool.query('select distinct watcher_id from watch_states');
  start(folder);
  await until('all again', async () => sum(await shares()) === names.length);
  const { rows: after } = await platform.connection.pool.query(
    'select id as watcher_id from watchers order by heartbeat_at desc limit 1',
  );
  expect(before).toEqual(after);
});

describe('killed during an outage', () => {
  test('again and again: there is one incident for it, open until it is over', async () => {
    const folder = newFolder();
    let child = start(folder);
    await until('all', async () => sum(await shares()) === names.length);
    sites.answers.set('site3', unwell);
    const incidents = async (): Promise<{ subject: string; open: boolean }[]> => {
      const { rows } = await platform.connection.pool.query<{ subject: string; open: boolean }>(
        'select subject, resolved_at is null as open from incidents order by opened_at',
      );
      return rows;
    };
    // Killed in doubt, around the moment of the confirmation, and after it.
    for (const waitMs of [2500, 1200, 1800, 900, 3000]) {
      await systemClock.sleep(waitMs);
      await kill(child);
      child = start(folder);
    }
    await until('the incident', async () => (await incidents()).length > 0);
    await systemClock.sleep(3000);
    await kill(child);
    child = start(folder);
    await until('watched again', async () => sum(await shares()) === names.length);
    expect(await incidents()).toEqual([{ subject: `target:${ids[3]}`, open: true }]);
    sites.answers.delete('site3');
    await until('over', async () => (await incidents()).every((one) => !one.open));
    expect(await incidents()).toHaveLength(1);
  });
});

test('a supervised watcher that dies is started again, and ends with its supervisor', async () => {
  const orders = ordersFor(newFolder());
  const { log } = platform;
  const supervised = superviseWatcher({ ...orders, clock: systemClock, log });
  await until('watched', async () => sum(await shares()) === names.length);
  const first = supervised.pid() ?? 0;
  process.kill(first, 'SIGKILL');
  await until('another', () => (supervised.pid() ?? first) !== first);
  await until('watched again', async () => sum(await shares()) === names.length);
  const second = supervised.pid() ?? 0;
  // Also one whose supervisor goes while it is only beginning.
  const hasty = superviseWatcher({ ...ordersFor(newFolder()), clock: systemClock, log });
  await until('begun', () => hasty.pid() !== undefined);
  const third = hasty.pid() ?? 0;
  await hasty.stop();
  expect(() => process.kill(third, 0)).toThrow('ESRCH');
  const began = systemClock.monotonicMs();
  await supervised.stop();
  expect(systemClock.monotonicMs() - began).toBeLessThan(10_000);
  expect(() => process.kill(second, 0)).toThrow('ESRCH');
});
