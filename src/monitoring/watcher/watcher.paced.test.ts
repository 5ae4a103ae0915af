// One watcher with real sites and a real database, at twenty times the speed: a minute takes three seconds.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestPlatform, type TestPlatform } from '../../platform/test-platform.ts';
import { changeTarget } from '../change-target.ts';
import { checkNow } from '../check-now.ts';
import { systemActor } from '../../identity/index.ts';
import { readPack } from '../results/pack.ts';
import {
  addTestSites,
  startTestSites,
  startTestWatcher,
  unwell,
  until,
  type TestSites,
  type TestWatcher,
  type Told,
} from './test-watch.ts';

const timeScale = 20;
const admin = systemActor('test');
const told: Told = { incidents: [], sms: [] };
let platform: TestPlatform;
let sites: TestSites;
let watcher: TestWatcher;
let ids: string[];
const names = ['brood', 'wijn', 'kaas', 'vis'];

beforeAll(async () => {
  platform = await openTestPlatform();
  await platform.connection.pool.query(`update watch_settings set reference_hosts = '{}'`);
  sites = await startTestSites();
  ids = await addTestSites(platform, sites, names);
  watcher = await startTestWatcher(platform, told, { timeScale });
});
afterAll(async () => {
  await watcher.stop();
  await sites.close();
  await platform.close();
});

interface StateRow {
  phase: string;
  verdict: string;
  cause: string | null;
  learnt: { keyword: string | null; since: number | null };
}

async function stateOf(id: string | undefined): Promise<StateRow | undefined> {
  const { rows } = await platform.connection.pool.query<StateRow>('select * from watch_states where target_id = $1', [
    id,
  ]);
  return rows[0];
}

async function checksOf(id: string | undefined): Promise<number[]> {
  const { rows } = await platform.connection.pool.query<{ from_at: Date; packed: Buffer }>(
    'select from_at, packed from check_packs join watch_targets t using (no) where t.id = $1 order by from_at',
    [id],
  );
  return rows.flatMap((row) => readPack(row.from_at.getTime(), row.packed).map((check) => check.at));
}

test('every site is watched, and learnt, from the moment it is added', async () => {
  for (const id of ids) await until(`state of ${id}`, async () => (await stateOf(id))?.verdict === 'up');
  const [added = ''] = await addTestSites(platform, sites, ['later']);
  ids.push(added);
  await until('the new site', async () => (await stateOf(added))?.verdict === 'up');
  await until('learnt', async () => (await stateOf(ids[0]))?.learnt?.since != null);
  expect((await stateOf(ids[0]))?.learnt.keyword).toBe('Voorwaarden van brood en co');
});

test('an outage is confirmed, told once, and over after two good looks', async () => {
  sites.answers.set('wijn', unwell);
  await until('opened', () => told.incidents.includes(`opened ${sites.url('wijn')} status`));
  await until('committed', async () => (await stateOf(ids[1]))?.phase === 'out');
  expect(await stateOf(ids[1])).toMatchObject({ verdict: 'down', cause: 'status' });
  sites.answers.delete('wijn');
  await until('resolved', () => told.incidents.includes(`resolved ${ids[1]}`));
  expect(told.incidents).toEqual([`opened ${sites.url('wijn')} status`, `resolved ${ids[1]}`]);
  await until('well', async () => (await stateOf(ids[1]))?.phase === 'well');
});

test('a page without the learnt text is an outage: a white screen is a 200', async () => {
  sites.answers.set('brood', (response) => response.end());
  await until('opened', () => told.incidents.includes(`opened ${sites.url('brood')} white-page`));
  sites.answers.delete('brood');
  await until('resolved', () => told.incidents.includes(`resolved ${ids[0]}`));
  expect(told.incidents.filter((line) => line.includes('brood'))).toEqual([`opened ${sites.url('brood')} white-page`]);
});

test('our own work explains an outage, until it is over', async () => {
  told.incidents.length = 0;
  await platform.connection.pool.query(
    `insert into saga_runs (id, saga, subject, input, state, requested_by, created_at, started_at)
     values (gen_random_uuid(), 'restore-site', $1, '{}', 'running', 'test', now(), now())`,
    [`site:${ids[2]}`],
  );
  sites.answers.set('kaas', unwell);
  await until('opened', () => told.incidents.length > 0);
  expect(told.incidents).toEqual([`opened ${sites.url('kaas')} status in maintenance`]);
  await platform.connection.pool.query(`update saga_runs set state = 'done' where saga = 'restore-site'`);
  await until('counts', () => told.incidents.includes(`counts ${ids[2]}`));
  sites.answers.delete('kaas');
  await until('resolved', () => told.incidents.includes(`resolved ${ids[2]}`));
});

describe('what a person changes', () => {
  test('a look at once, and its result in the database', async () => {
    await changeTarget(platform, admin, ids[3] ?? '', { intervalMs: 300_000 });
    const before = (sites.asked.get('vis') ?? []).length;
    await checkNow(platform, admin, ids[3] ?? '');
    await until('asked', () => (sites.asked.get('vis') ?? []).length > before, 10_000);
    const asked = sites.asked.get('vis')?.at(-1) ?? 0;
    const isStored = async (): Promise<boolean> => (await checksOf(ids[3])).some((at) => Math.abs(at - asked) < 1000);
    await until('stored', isStored, 10_000);
    expect((await stateOf(ids[3]))?.verdict).toBe('up');
  });

  test('not to be watched: no look any more', async () => {
    await changeTarget(platform, admin, ids[3] ?? '', { enabled: false });
    await until('dropped', () => !watcher.watch.sites.has(ids[3] ?? ''));
    expect(watcher.watch.sites.size).toBe(4);
  });
});

test('every check that was made is in the database when the watcher has ended', async () => {
  await watcher.stop();
  for (const [i, name] of ['brood', 'wijn', 'kaas', 'vis', 'later'].entries()) {
    // The one under way at the end is given up.
    const asked = sites.asked.get(name)?.length ?? 0;
    const stored = (await checksOf(ids[i])).length;
    expect(asked - stored).toBeGreaterThanOrEqual(0);
    expect(asked - stored).toBeLessThanOrEqual(1);
  }
  const { rows } = await platform.connection.pool.query('select 1 from watchers');
  expect(rows).toEqual([]);
  watcher = await startTestWatcher(platform, told, { timeScale });
});
