import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { addCustomer } from '../customers/index.ts';
import { systemActor } from '../identity/index.ts';
import { acknowledgeIncident, openOutage, resolveOutage } from '../incidents/index.ts';
import { clearAlarm, raiseAlarm } from '../platform/alarms/index.ts';
import { TestClock } from '../platform/clock.ts';
import { defineSaga, startSaga } from '../platform/saga/index.ts';
import { openTestPlatform, type TestPlatform } from '../platform/test-platform.ts';
import { addSite, recordInventory, recordMeasurement, siteSubject } from '../sites/index.ts';
import { backUpSites } from './back-up-sites.ts';
import type { Changes } from './contract.ts';
import { followChanges } from './follow-changes.ts';
import { showSites, type SitesQuestion } from './show-sites.ts';
import { showToday } from './show-today.ts';

const admin = systemActor('test');
const clock = new TestClock('2026-11-25T09:00:00Z');
const hour = 3_600_000;
let platform: TestPlatform;
let shop: string;
let bakery: string;
let fresh: string;

const first: SitesQuestion = { sort: 'site', descending: false, page: 1, pageSize: 50 };
const sqlRun = (text: string, values: unknown[] = []) => platform.connection.pool.query(text, values);

async function snapshot(
  site: string,
  hoursAgo: number,
  over: { complete?: boolean; id?: string } = {},
): Promise<string> {
  const at = new Date(clock.now().getTime() - hoursAgo * hour);
  const id = over.id ?? `${site}-${hoursAgo}`;
  await sqlRun(
    `insert into snapshots (id, site_id, run_id, reason, taken_at, stored_at, consistent, complete, gaps, figures)
     values ($1, $2, 'run', 'daily', $3, $3, true, $4, '[]', '{}')`,
    [id, site, at, over.complete ?? true],
  );
  return id;
}

beforeAll(async () => {
  platform = await openTestPlatform({ clock });
  await addCustomer(platform, admin, { name: 'Bakkerij de Wit' });
  await addCustomer(platform, admin, { name: 'Fiets & Plezier' });
  shop = (await addSite(platform, admin, { url: 'https://fiets.shop', customer: 'Fiets & Plezier', plan: 'hourly' }))
    .id;
  bakery = (await addSite(platform, admin, { url: 'https://bakkerij.nl', customer: 'Bakkerij de Wit' })).id;
  fresh = (await addSite(platform, admin, { url: 'https://nieuw.nl', customer: 'Bakkerij de Wit' })).id;
});
afterAll(() => platform.close());

beforeEach(async () => {
  // The clock of this test stands still: nobody can have looked since.
  await sqlRun('update watch_targets set added_at = $1', [clock.now()]);
  await sqlRun('delete from snapshots');
  await sqlRun('delete from alarms');
  await sqlRun('delete from duties');
  await sqlRun('delete from backup_settings');
  await sqlRun('delete from saga_runs');
  await sqlRun(`update sites set paired_at = $1, measured_at = null where id <> $2`, [
    new Date(clock.now().getTime() - 500 * hour),
    fresh,
  ]);
});

/** As the watch tells of it. */
async function outage(site: string, from: Date, inMaintenance = false): Promise<string> {
  const told = {
    targetId: site,
    siteId: site,
    firstFailureAt: from,
    confirmedAt: from,
    cause: 'status',
    detail: '503',
    reason: { code: 'confirmed-alone' },
    address: null,
    watcher: 'w',
    inMaintenance,
    at: from,
  };
  return (await platform.db.transaction().execute((trx) => openOutage(trx, told))).incidentId;
}
const back = (site: string, at: Date) =>
  platform.db.transaction().execute((trx) => resolveOutage(trx, { targetId: site, fixedAt: at, at }));

const rowOf = async (site: string) => (await showSites(platform, { ...first, ids: [site] })).rows[0];

describe('the row of a site is kept right by whoever writes', () => {
  /** The same, worked out from nothing but the tables of the others. */
  async function expectTruth(): Promise<void> {
    const { rows } = await sqlRun(`
      select o.site_id, o.last_good_at is not distinct from good.taken_at as good, o.last_good_id is not distinct from good.id as id,
        o.last_stored_at is not distinct from (select max(stored_at) from snapshots where site_id = o.site_id) as stored
      from site_overview o left join lateral (
        select id, taken_at from snapshots where site_id = o.site_id and forgotten_at is null and complete and wrong_since is null
        order by taken_at desc, id desc limit 1) good on true`);
    expect(rows).toHaveLength(3);
    for (const row of rows) expect(row).toMatchObject({ good: true, id: true, stored: true });
  }

  test('a backup, a worse one after it, one found wrong, one forgotten', async () => {
    expect((await rowOf(bakery))?.lastBackupAt).toBeNull();
    await snapshot(bakery, 30);
    const last = await snapshot(bakery, 6);
    await snapshot(bakery, 1, { complete: false });
    await snapshot(shop, 1);
    await expectTruth();
    expect((await rowOf(bakery))?.lastBackupAt).toBe('2026-11-25T03:00:00.000Z');
    await sqlRun('update snapshots set wrong_since = now() where id = $1', [last]);
    await expectTruth();
    expect((await rowOf(bakery))?.lastBackupAt).toBe('2026-11-24T03:00:00.000Z');
    await sqlRun('update snapshots set forgotten_at = now()');
    await expectTruth();
    expect((await rowOf(bakery))?.lastBackupAt).toBeNull();
    await sqlRun('delete from snapshots');
    await expectTruth();
  });

  test('a writer whose transaction is undone leaves nothing', async () => {
    await snapshot(bakery, 6);
    await platform.db
      .transaction()
      .execute(async (trx) => {
        await trx.deleteFrom('snapshots').execute();
        throw new Error('no');
      })
      .catch(() => {});
    expect((await rowOf(bakery))?.lastBackupAt).not.toBeNull();
  });

  test('two writers at once: the later one sees what the earlier one wrote', async () => {
    const one = await platform.connection.pool.connect();
    const other = await platform.connection.pool.connect();
    const insert = `insert into snapshots (id, site_id, run_id, reason, taken_at, stored_at, consistent, complete, gaps, figures)
      values ($1, $2, 'run', 'daily', $3, $3, true, true, '[]', '{}')`;
    try {
      const { rows } = await other.query<{ pid: number }>('select pg_backend_pid() as pid');
      await one.query('begin');
      await one.query(insert, ['newer', bakery, new Date(clock.now().getTime() - hour)]);
      const second = other.query(insert, ['older', bakery, new Date(clock.now().getTime() - 9 * hour)]);
      await expect
        .poll(
          async () =>
            (await sqlRun('select wait_event_type from pg_stat_activity where pid = $1', [rows[0]?.pid])).rows,
        )
        .toEqual([{ wait_event_type: 'Lock' }]);
      await one.query('commit');
      await second;
    } finally {
      one.release();
      other.release();
    }
    await expectTruth();
    expect((await rowOf(bakery))?.lastBackupAt).toBe('2026-11-25T08:00:00.000Z');
  });

  test('the inventory gives versions, and text to search in', async () => {
    await recordInventory(platform, shop, [
      { kind: 'core', version: '7.0.2' },
      { kind: 'php', version: '8.3.14' },
      { kind: 'plugin', file: 'woocommerce/woocommerce.php', name: 'WooCommerce', version: '11.0.1' },
      { kind: 'plugin', file: 'x/x.php', name: 'Line\nbreak 100%_', version: '9.8.0' },
      'not a record',
      { kind: 'server', software: 'nginx' },
    ]);
    expect(await rowOf(shop)).toMatchObject({ wordpress: '7.0.2', php: '8.3.14' });
    for (const strange of [null, 5, 'x', {}, [], [null, [], { kind: null, version: {} }]]) {
      await sqlRun('update sites set inventory = $1 where id = $2', [JSON.stringify(strange), fresh]);
      expect(await rowOf(fresh)).toMatchObject({ wordpress: null, php: null });
    }
  });
});

describe('the list', () => {
  const urls = async (asked: Partial<SitesQuestion>): Promise<string[]> =>
    (await showSites(platform, { ...first, ...asked })).rows.map((row) => row.url.slice(8));

  test.each([
    ['woo', ['fiets.shop']],
    ['WooCommerce 11', ['fiets.shop']],
    ['woocommerce 9.8', []],
    ['php 8.3', ['fiets.shop']],
    ['wordpress 7', ['fiets.shop']],
    ['wit', ['bakkerij.nl', 'nieuw.nl']],
    ['WIT nieuw', ['nieuw.nl']],
    ['& plezier', ['fiets.shop']],
    ['100%_', ['fiets.shop']],
    ['%', ['fiets.shop']],
    ['_', ['fiets.shop']],
    [String.raw`\ `, []],
    ["'; drop table sites; --", []],
    ['a(b[ 1', []],
    ['', ['bakkerij.nl', 'fiets.shop', 'nieuw.nl']],
  ])('search "%s"', async (search, found) => {
    expect(await urls({ search })).toEqual(found);
  });

  test('filters, order, pages and facets', async () => {
    await snapshot(bakery, 6);
    await snapshot(shop, 5);
    expect(await urls({ state: 'broken' })).toEqual(['fiets.shop']);
    expect(await urls({ reason: 'backup-old' })).toEqual(['fiets.shop']);
    expect(await urls({ plan: 'daily' })).toEqual(['bakkerij.nl', 'nieuw.nl']);
    expect(await urls({ sort: 'state' })).toEqual(['fiets.shop', 'nieuw.nl', 'bakkerij.nl']);
    expect(await urls({ sort: 'backup' })).toEqual(['bakkerij.nl', 'fiets.shop', 'nieuw.nl']);
    expect(await urls({ pageSize: 2, page: 2 })).toEqual(['nieuw.nl']);
    const page = await showSites(platform, { ...first, search: 'wit', state: 'well', page: 9, pageSize: 1 });
    expect(page).toMatchObject({ total: 1, all: 3, page: 1, pageSize: 1 });
    // Facets count what the search finds, whatever else is filtered: they say what one can choose.
    expect(page.facets.state).toEqual([
      { value: 'unsure', count: 1 },
      { value: 'well', count: 1 },
    ]);
  });

  test('the strip has the last 24 hours: backups, failed ones, restores', async () => {
    await snapshot(bakery, 25);
    await snapshot(bakery, 6);
    await snapshot(bakery, 2, { complete: false });
    const at = new Date(clock.now().getTime() - 3 * hour);
    for (const [saga, state] of [
      ['backup-site', 'failed'],
      ['backup-site', 'done'],
      ['restore-site', 'done'],
    ])
      await sqlRun(
        `insert into saga_runs (id, saga, subject, input, state, requested_by, created_at, started_at, finished_at)
         values (gen_random_uuid(), $1, $2, '{}', $3, 'test', $4, $4, $4::timestamptz + interval '10 minutes')`,
        [saga, siteSubject(bakery), state, at],
      );
    expect((await rowOf(bakery))?.strip).toEqual({
      from: '2026-11-24T09:00:00.000Z',
      to: '2026-11-25T09:00:00.000Z',
      backups: [
        { at: 18 * 60, good: true },
        { at: 22 * 60, good: false },
        { at: 21 * 60, good: false },
      ],
      work: [{ at: 21 * 60, until: 21 * 60 + 10, saga: 'restore-site', state: 'done' }],
      outages: [],
    });
  });

  test('the strip has its outages, by incidents; what our own work took is no outage', async () => {
    const at = (hoursAgo: number): Date => new Date(clock.now().getTime() - hoursAgo * hour);
    await outage(bakery, at(26));
    await back(bakery, at(23));
    await outage(bakery, at(10), true);
    await back(bakery, at(9));
    await outage(bakery, at(1));
    expect((await rowOf(bakery))?.strip.outages).toEqual([
      { at: 0, until: 60 },
      { at: 23 * 60, until: null },
    ]);
    await sqlRun('truncate incidents cascade');
  });

  test('work under way shows its step and how far it is', async () => {
    const saga = defineSaga<{ id: string }, null>({
      name: 'backup-site',
      subject: ({ id }) => siteSubject(id),
      run: async () => null,
    });
    const { runId } = await startSaga(platform, saga, { id: bakery }, { requestedBy: 'test' });
    expect(await rowOf(bakery)).toMatchObject({
      state: 'working',
      running: { runId, state: 'queued', step: null, done: null },
    });
    await sqlRun(`update saga_runs set state = 'running' where id = $1`, [runId]);
    await sqlRun(`insert into saga_progress values ($1, $2, now())`, [
      runId,
      { step: 'fetch', filesDone: 5, filesTotal: 20 },
    ]);
    expect((await rowOf(bakery))?.running).toMatchObject({ state: 'running', step: 'fetch', done: 0.25 });
    expect(await urls({ running: true })).toEqual(['bakkerij.nl']);
  });
});

describe('today', () => {
  test('counts what is in order and names what waits, worst first', async () => {
    await snapshot(bakery, 6);
    await snapshot(shop, 1);
    await recordMeasurement(platform, bakery, { files: 1, filesBytes: 4.6e9, tables: 1, databaseBytes: 0 });
    const subject = siteSubject(shop);
    await raiseAlarm(platform.db, { code: 'backup-data-damaged', subject, facts: {}, at: clock.now() });
    const today = await showToday(platform);
    expect(today).toMatchObject({ sites: 3, inOrder: 1, waits: 3, timeZone: 'Europe/Amsterdam' });
    expect(today.states).toEqual({ broken: 1, unsure: 1, waits: 1, working: 0, well: 0 });
    expect(today.waiting.map(({ reason, action, sites }) => [reason.code, action, sites[0]?.url])).toEqual([
      ['backup-damaged', 'look', 'https://fiets.shop'],
      ['size-near', 'look', 'https://bakkerij.nl'],
      ['not-paired', 'pair', 'https://nieuw.nl'],
    ]);
    await clearAlarm(platform.db, { code: 'backup-data-damaged', subject, at: clock.now() });
    expect((await showToday(platform)).inOrder).toBe(2);
  });

  test('keys that nobody saved come first; a customer who asks comes after what is broken, before what can wait', async () => {
    await snapshot(bakery, 40);
    await snapshot(shop, 1);
    await sqlRun(
      `insert into repositories (site_id, place, password, made_at, password_set_at, repository_id) values ($1, '{}', 'x', now(), now(), 'r')`,
      [shop],
    );
    await sqlRun(
      `insert into customer_requests (id, site_id, customer_id, kind, note, state, asked_by, asked_at)
       select 'r1', id, customer_id, 'restore', '', 'open', 'person:jan@example.nl', now() from sites where id = $1`,
      [shop],
    );
    const { waiting } = await showToday(platform);
    expect(waiting.map(({ reason, action, count }) => [reason.code, action, count])).toEqual([
      ['keys-not-exported', 'export-keys', 1],
      ['backup-old', 'back-up', 1],
      ['request', 'see-request', 1],
      ['not-paired', 'pair', 1],
    ]);
    await sqlRun('delete from repositories');
    await sqlRun('delete from customer_requests');
  });

  test('a duty counts as late by its own time and grace, whether the watch noticed or not', async () => {
    await snapshot(bakery, 20);
    const due = new Date(clock.now().getTime() - 10 * 60_000);
    await sqlRun(
      `insert into duties (promise, kind, subject, opens_at, due, closes_at) values ('P5', 'backup-daily', $1, $2, $3, $4)`,
      [siteSubject(bakery), new Date(due.getTime() - 6 * hour), due, new Date(due.getTime() + 18 * hour)],
    );
    expect((await rowOf(bakery))?.state).toBe('well');
    clock.advance(6 * 60_000);
    expect(await rowOf(bakery)).toMatchObject({ state: 'broken', overdue: [{ kind: 'backup-daily' }] });
    clock.advance(-6 * 60_000);
  });
});

describe('the watch', () => {
  const seen = (site: string, verdict: string, minutesAgo: number, certificateDays = 60) =>
    sqlRun(
      `insert into watch_states (target_id, watcher_id, watched, phase, verdict, reason, checked_at, updated_at, certificate_expires_at)
       values ($1, 'w', '{}', 'well', $2, '{}', $3, $3, $4) on conflict (target_id) do update
       set verdict = excluded.verdict, checked_at = excluded.checked_at, certificate_expires_at = excluded.certificate_expires_at`,
      [
        site,
        verdict,
        new Date(clock.now().getTime() - minutesAgo * 60_000),
        new Date(clock.now().getTime() + certificateDays * 24 * hour),
      ],
    );

  test('a site that is out is not in order; its incident tells of it, and who has it', async () => {
    await snapshot(bakery, 6);
    await snapshot(shop, 1);
    await seen(bakery, 'down', 0);
    await seen(shop, 'up', 0, 5);
    const incidentId = await outage(bakery, new Date(clock.now().getTime() - 5 * 60_000));
    expect(await rowOf(bakery)).toMatchObject({
      state: 'broken',
      reasons: [{ code: 'out', since: '2026-11-25T08:55:00.000Z', cause: 'status' }, { code: 'backup-good' }],
    });
    expect(await showToday(platform)).toMatchObject({
      inOrder: 1,
      waiting: [
        { reason: { code: 'certificate-ending', until: '2026-11-30T09:00:00.000Z' } },
        { reason: { code: 'not-paired' } },
      ],
      incidents: { open: 1, untaken: 1, sitesOut: 1 },
      onDuty: null,
    });
    await acknowledgeIncident(platform.db, { name: 'guard:g' }, incidentId, clock.now());
    expect((await showToday(platform)).incidents).toEqual({ open: 1, untaken: 0, sitesOut: 1 });
    await back(bakery, clock.now());
    expect(await showToday(platform)).toMatchObject({ inOrder: 2, incidents: { open: 0, untaken: 0, sitesOut: 0 } });
    await sqlRun('truncate incidents cascade');
  });

  test('a site that the watch cannot see is neither well nor broken; one that is not to be watched is left alone', async () => {
    await snapshot(bakery, 6);
    await seen(bakery, 'unknown', 0);
    expect(await rowOf(bakery)).toMatchObject({ state: 'unsure', reasons: [{ code: 'watch-blind' }, {}] });
    await seen(bakery, 'up', 11);
    expect((await rowOf(bakery))?.state).toBe('unsure');
    await sqlRun('update watch_targets set enabled = false where id = $1', [bakery]);
    expect((await rowOf(bakery))?.state).toBe('well');
    await sqlRun('update watch_targets set enabled = true');
    await sqlRun('delete from watch_states');
  });

  test('today names who is on duty', async () => {
    await sqlRun(`insert into guards (id, name, phone, created_at) values ('g1', 'Ria', '+31612345678', $1)`, [
      clock.now(),
    ]);
    await sqlRun(
      `insert into rotas (id, name, position, time_zone, every, handover, first_turn, created_at)
       values ('r1', 'Eerste', 0, 'Europe/Amsterdam', 'week', '09:00', '2026-11-02', $1)`,
      [clock.now()],
    );
    await sqlRun(`insert into rota_turns (rota_id, position, guard_id) values ('r1', 0, 'g1')`);
    expect((await showToday(platform)).onDuty).toMatchObject({ id: 'g1', name: 'Ria' });
    await sqlRun('delete from rotas');
    await sqlRun('delete from guards');
  });
});

describe('several backups at once', () => {
  test('each for itself: one that is not paired does not keep the others from it', async () => {
    const asked = await backUpSites(platform, admin, [bakery, fresh, 'nobody', bakery]);
    expect(asked.map(({ site, error }) => [site, error?.code])).toEqual([
      [bakery, undefined],
      [fresh, 'site-not-paired'],
      ['nobody', 'site-not-found'],
    ]);
    expect(asked[0]?.runId).toMatch(/^[0-9a-f-]{36}$/);
    const { rows } = await sqlRun(`select 1 from audit where action = 'backup-requested' and subject = $1`, [
      siteSubject(bakery),
    ]);
    expect(rows.length).toBeGreaterThan(0);
  });

  test('is refused to who may only read', async () => {
    await expect(backUpSites(platform, { ...admin, scope: 'read' }, [bakery])).rejects.toMatchObject({
      code: 'not-allowed',
    });
    expect((await sqlRun('select 1 from saga_runs')).rows).toEqual([]);
  });
});

describe('changes', () => {
  test('name the sites that changed, at most once a second, and end with the signal', async () => {
    const end = new AbortController();
    const events = followChanges(platform, end.signal);
    const other = followChanges(platform, end.signal);
    expect((await events.next()).value).toEqual({ all: true, sites: [] });
    expect((await other.next()).value).toEqual({ all: true, sites: [] });
    await snapshot(bakery, 6);
    await raiseAlarm(platform.db, { code: 'x-failed', subject: siteSubject(shop), facts: {}, at: clock.now() });
    await platform.db
      .transaction()
      .execute(async (trx) => {
        await raiseAlarm(trx, { code: 'x-failed', subject: siteSubject(fresh), facts: {}, at: clock.now() });
        throw new Error('undone: nobody hears of it');
      })
      .catch(() => {});
    const next = await seenWithin(events, (sites) => sites.has(bakery) && sites.has(shop));
    expect(next.has(fresh)).toBe(false);
    const listening = `select 1 from pg_stat_activity where application_name = 'nachtwacht listens' and datname = current_database()`;
    expect((await sqlRun(listening)).rows).toHaveLength(1);

    // The connection breaks: everybody is told to read anew.
    await sqlRun(`select pg_terminate_backend(pid) from (${listening.replace('select 1', 'select pid')}) x`);
    const again = (async () => {
      for (;;) {
        const { value } = await events.next();
        if (value?.all) return value;
      }
    })();
    await passTime(again);
    end.abort();
    expect((await events.next()).done).toBe(true);
    await other.return();
    await expect.poll(async () => (await sqlRun(listening)).rows).toEqual([]);
  });

  /** Reads events, moving the clock on so that their pauses end, until what was seen is enough. */
  async function seenWithin(
    events: AsyncGenerator<Changes>,
    enough: (sites: Set<string>) => boolean,
  ): Promise<Set<string>> {
    const seen = new Set<string>();
    while (!enough(seen)) {
      const { value } = await passTime(events.next());
      for (const site of value?.sites ?? []) seen.add(site);
    }
    return seen;
  }

  async function passTime<T>(wanted: Promise<T>): Promise<T> {
    let over = false;
    const done = wanted.finally(() => {
      over = true;
    });
    await expect
      .poll(() => {
        clock.advance(1000);
        return over;
      })
      .toBe(true);
    return done;
  }
});
