// The watch as people see and set it, on a real database: who may, what is refused, what is written down.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addCustomer } from '../customers/index.ts';
import { systemActor, type Actor } from '../identity/index.ts';
import { TestClock } from '../platform/clock.ts';
import { openTestPlatform, type TestPlatform } from '../platform/test-platform.ts';
import { addSite } from '../sites/index.ts';
import { changeTarget } from './change-target.ts';
import { checkNow } from './check-now.ts';
import { packChecks, summarise, type CheckResult } from './results/pack.ts';
import { createPartition, insertPacks } from './results/results-store.ts';
import { registerWatchMetrics } from './metrics.ts';
import { unwatched } from './rules/confirm.ts';
import { setReferences } from './set-references.ts';
import { showDays } from './show-days.ts';
import { showSeries } from './show-series.ts';
import { showSite } from './show-site.ts';
import { showSites } from './show-sites.ts';
import { showWatchers } from './show-watchers.ts';

const clock = new TestClock('2026-11-28T12:00:00Z');
const admin = systemActor('test');
const operator: Actor = { name: 'token:operator', scope: 'operate', kind: 'token' };
const reader: Actor = { name: 'token:reader', scope: 'read', kind: 'token' };
const page = { sort: 'state', descending: false, page: 1, pageSize: 50 } as const;
let platform: TestPlatform;
let sites: Record<'brood' | 'wijn' | 'kaas', string>;

beforeAll(async () => {
  platform = await openTestPlatform({ clock });
  await addCustomer(platform, admin, { name: 'Bakkerij' });
  const add = async (url: string): Promise<string> =>
    (await addSite(platform, admin, { url, customer: 'Bakkerij' })).id;
  sites = {
    brood: await add('https://brood.nl'),
    wijn: await add('https://wijn.nl'),
    kaas: await add('https://kaas.nl'),
  };
  await state(sites.wijn, { phase: 'out', verdict: 'down', cause: 'status', detail: '503', since: 60_000 });
  await state(sites.kaas, { phase: 'well', verdict: 'up', cause: null, detail: null, since: null });
});
afterAll(() => platform.close());

async function state(
  id: string,
  is: { phase: string; verdict: string; cause: string | null; detail: string | null; since: number | null },
): Promise<void> {
  const at = clock.now();
  const watched = { ...unwatched, phase: is.phase, firstFailureAt: is.since === null ? null : at.getTime() - is.since };
  const reason = is.cause === null ? { code: 'answers' } : { code: 'still-out', cause: is.cause };
  await platform.connection.pool.query(
    `insert into watch_states (target_id, watcher_id, watched, phase, verdict, cause, detail, reason, checked_at, total_ms,
       certificate_expires_at, updated_at) values ($1, 'w', $2, $3, $4, $5, $6, $7, $8, 120, $9, $8)`,
    [id, watched, is.phase, is.verdict, is.cause, is.detail, reason, at, new Date('2026-12-08T13:00:00Z')],
  );
}

async function revisionOf(id: string): Promise<number> {
  const { rows } = await platform.connection.pool.query<{ revision: number }>(
    'select revision from watch_targets where id = $1',
    [id],
  );
  return rows[0]?.revision ?? 0;
}

describe('the list of the watch', () => {
  test('has every site from the moment it is added, worst first, with its reason', async () => {
    const list = await showSites(platform, page);
    expect(list).toMatchObject({ total: 3, all: 3, phases: { out: 1, well: 2 }, unknown: 1, disabled: 0 });
    expect(list.blind).toEqual({ cause: 'no-watcher', since: null });
    expect(list.rows.map((row) => row.site.url)).toEqual(['https://wijn.nl', 'https://brood.nl', 'https://kaas.nl']);
    expect(list.rows[0]).toMatchObject({
      phase: 'out',
      cause: 'status',
      detail: '503',
      reason: { code: 'still-out', cause: 'status' },
      since: '2026-11-28T11:59:00.000Z',
      certificateDays: 10,
      intervalMs: 60_000,
    });
    expect(list.rows[1]).toMatchObject({ verdict: 'unknown', cause: 'no-check-yet', reason: { code: 'blind' } });
  });

  test('is searched, filtered and paged', async () => {
    expect((await showSites(platform, { ...page, search: 'https://KAAS' })).total).toBe(1);
    expect((await showSites(platform, { ...page, search: 'bakkerij nl' })).total).toBe(3);
    expect((await showSites(platform, { ...page, search: '%' })).total).toBe(0);
    expect((await showSites(platform, { ...page, phase: 'out' })).rows.map((row) => row.site.id)).toEqual([sites.wijn]);
    const second = await showSites(platform, { ...page, sort: 'site', page: 2, pageSize: 2 });
    expect(second).toMatchObject({ page: 2, total: 3, rows: [{ site: { url: 'https://wijn.nl' } }] });
    expect((await showSites(platform, { ...page, ids: [sites.kaas] })).total).toBe(1);
  });

  test('knows our own work on a site', async () => {
    await platform.connection.pool.query(
      `insert into saga_runs (id, saga, subject, input, state, requested_by, created_at, started_at)
       values ('00000000-0000-4000-8000-000000000001', 'restore-site', $1, '{}', 'running', 'test', $2, $2)`,
      [`site:${sites.brood}`, clock.now()],
    );
    const maintained = async (): Promise<string[]> =>
      (await showSites(platform, page)).rows.filter((row) => row.inMaintenance).map((row) => row.site.id);
    expect(await maintained()).toEqual([sites.brood]);
    await platform.connection.pool.query(`update saga_runs set state = 'done' where saga = 'restore-site'`);
    expect(await maintained()).toEqual([]);
  });
});

describe('one site', () => {
  const check = (at: number, totalMs: number): CheckResult => ({
    at,
    verdict: 'up',
    cause: null,
    status: 200,
    dnsMs: 1,
    connectMs: 9,
    tlsMs: 20,
    firstByteMs: totalMs - 10,
    totalMs,
  });

  test('shows what was measured last, and its series', async () => {
    const now = clock.now().getTime();
    const target = await platform.connection.pool.query<{ no: number }>('select no from watch_targets where id = $1', [
      sites.kaas,
    ]);
    const no = target.rows[0]?.no ?? 0;
    for (const day of ['2026-11-27', '2026-11-28']) await createPartition(platform.db, day);
    const packs = [20, 10, 5].map((minutes) => {
      const checks = [0, 1, 2].map((i) => check(now - (minutes - i) * 60_000, 100 + minutes + i));
      const [fromAt = 0, toAt = 0] = [checks[0]?.at, checks[2]?.at];
      return { no, fromAt, toAt, ...summarise(checks), packed: packChecks(checks) };
    });
    await insertPacks(platform.db, packs);
    await insertPacks(platform.db, packs);
    const site = await showSite(platform, 'kaas.nl');
    expect(site.lastChecks).toHaveLength(9);
    expect(site.lastChecks[0]).toMatchObject({ at: '2026-11-28T11:57:00.000Z', totalMs: 107, verdict: 'up' });
    expect(site.learnt).toMatchObject({ keyword: null, hosts: ['kaas.nl', 'www.kaas.nl'], from: 0, needs: 5 });
    const day = await showSeries(platform, { site: 'kaas.nl', span: '24h' });
    expect(day.points.map((point) => [point.checks, point.totalMs, point.slowMs])).toEqual([
      [3, 121, 122],
      [3, 111, 112],
      [3, 106, 107],
    ]);
    const week = await showSeries(platform, { site: 'kaas.nl', span: '7d' });
    expect(week).toMatchObject({ stepMs: 3_600_000, points: [{ checks: 9, dnsMs: 1, tlsMs: 20 }] });
    const days = await showDays(platform, { site: 'kaas.nl', days: 90 });
    expect(days.days).toHaveLength(90);
    expect(days.days.at(-1)).toMatchObject({ day: '2026-11-28', outageMinutes: 0 });
  });

  test('is changed by an operator: noted, and seen by the watchers', async () => {
    const before = await revisionOf(sites.kaas);
    await changeTarget(platform, operator, 'kaas.nl', { intervalMs: 20_000, keyword: 'Kaas', learnAnew: true });
    expect(await revisionOf(sites.kaas)).toBeGreaterThan(before);
    expect((await showSite(platform, 'kaas.nl')).settings).toMatchObject({ intervalMs: 20_000, keyword: 'Kaas' });
    await changeTarget(platform, operator, 'kaas.nl', { enabled: false, keyword: null });
    expect(await showSite(platform, 'kaas.nl')).toMatchObject({ enabled: false, settings: { keyword: null } });
    expect((await showSites(platform, page)).disabled).toBe(1);
    await checkNow(platform, operator, 'kaas.nl');
    expect(await auditOf(`site:${sites.kaas}`)).toEqual([
      'system:test site-added',
      'token:operator watch-changed',
      'token:operator watch-changed',
      'token:operator watch-asked',
    ]);
  });

  test('that leaves our care, or gets another address, is told to the watchers', async () => {
    const before = await revisionOf(sites.brood);
    await platform.connection.pool.query('update sites set removed_at = now() where id = $1', [sites.brood]);
    expect(await revisionOf(sites.brood)).toBeGreaterThan(before);
    expect((await showSites(platform, page)).all).toBe(2);
  });
});

describe('the watch itself', () => {
  test('tells who watches and who is dead; blind only when all who live are', async () => {
    await platform.connection.pool.query(
      `insert into watchers (id, process_name, started_at, heartbeat_at, blind_since, blind_cause) values
       ('a', 'one:1', now(), now(), now(), 'own-network'), ('b', 'two:2', now(), now(), null, null),
       ('c', 'three:3', now() - interval '1 hour', now() - interval '16 seconds', null, null)`,
    );
    const watch = await showWatchers(platform);
    expect(watch.watchers.map((one) => [one.id, one.alive])).toEqual([
      ['a', true],
      ['b', true],
      ['c', false],
    ]);
    expect(watch.blind).toBeNull();
    await platform.connection.pool.query(`delete from watchers where id = 'b'`);
    expect((await showWatchers(platform)).blind).toMatchObject({ cause: 'own-network' });
  });

  test('is told to Prometheus, with its sites', async () => {
    registerWatchMetrics(platform);
    registerWatchMetrics(platform);
    const text = await platform.metrics.registry.metrics();
    for (const line of [
      'nachtwacht_site_up{site="https://wijn.nl"} 0',
      'nachtwacht_site_phase{site="https://wijn.nl"} 3',
      'nachtwacht_site_response_seconds{site="https://wijn.nl"} 0.12',
      'nachtwacht_site_certificate_seconds{site="https://wijn.nl"} 867600',
      'nachtwacht_watch_targets 1',
      'nachtwacht_watch_watchers 1',
      'nachtwacht_watch_blind 1',
      'nachtwacht_watch_spooled{watcher="one:1"} 0',
    ]) {
      expect(text).toContain(`${line}\n`);
    }
  });

  test('takes its reference hosts from an administrator', async () => {
    await setReferences(platform, admin, ['1.1.1.1:443', '192.0.2.1:80', '1.1.1.1:443']);
    expect((await showWatchers(platform)).referenceHosts).toEqual(['1.1.1.1:443', '192.0.2.1:80']);
    expect(await auditOf('watch')).toEqual(['system:test watch-references-changed']);
  });
});

describe('somebody who may not', () => {
  test.each<[string, Actor, (actor: Actor) => Promise<unknown>]>([
    ['change a target', reader, (actor) => changeTarget(platform, actor, 'wijn.nl', { intervalMs: 20_000 })],
    ['have a site looked at', reader, (actor) => checkNow(platform, actor, 'wijn.nl')],
    ['set reference hosts', operator, (actor) => setReferences(platform, actor, [])],
  ])('cannot %s', async (_name, actor, deed) => {
    await expect(deed(actor)).rejects.toMatchObject({ code: 'not-allowed' });
  });
});

async function auditOf(subject: string): Promise<string[]> {
  const { rows } = await platform.connection.pool.query<{ line: string }>(
    `select actor || ' ' || action as line from audit where subject = $1 order by id`,
    [subject],
  );
  return rows.map((row) => row.line);
}
