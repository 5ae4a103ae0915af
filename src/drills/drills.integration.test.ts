import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openOutage, resolveOutage } from '../incidents/index.ts';
import { systemActor, type Actor } from '../identity/index.ts';
import { dispatchAlarms } from '../oncall/index.ts';
import { listMessages, recordSentElsewhere } from '../messages/index.ts';
import { TestClock } from '../platform/clock.ts';
import { createApp } from '../platform/http/server.ts';
import { openTestPlatform, type TestPlatform } from '../platform/test-platform.ts';
import { changeDrills } from './change-drills.ts';
import { drillsLoop } from './hold-drills.ts';
import { serveDrillPage } from './serve-page.ts';
import { showDrills } from './show-drills.ts';
import { startDrill } from './start-drill.ts';

// What the watch and the messages would do is told by their own verbs here; e2e/watch/drill.paced.test.ts has the real ones.
const admin = systemActor('test');
const guard: Actor = { name: 'person:guard', scope: 'operate', kind: 'person', role: 'guard' };
const reader: Actor = { name: 'token:reader', scope: 'read', kind: 'token' };
// A Wednesday.
const clock = new TestClock('2026-11-25T08:00:00Z');

let platform: TestPlatform;
const run = (): Promise<void> => drillsLoop.run(platform, new AbortController().signal);
const query = (text: string, values: unknown[] = []) => platform.connection.pool.query(text, values);
const watchLives = (): Promise<unknown> => query('update watchers set heartbeat_at = $1', [clock.now()]);
const newest = async () => (await showDrills(platform, 1)).drills[0];

beforeAll(async () => {
  platform = await openTestPlatform({ clock });
  const now = clock.now();
  await query(
    `insert into guards (id, name, phone, created_at) values ('jan', 'Jan', '+31600000001', $1), ('els', 'Els', null, $1),
     ('piet', 'Piet', '+31600000002', $1)`,
    [now],
  );
  await query(`insert into watchers (id, process_name, started_at, heartbeat_at) values ('w', 'w', $1, $1)`, [now]);
});
beforeEach(() => watchLives());
afterAll(() => platform.close());

async function page(): Promise<{ status: number; text: string }> {
  const app = createApp(platform, {
    api: { handle: () => Promise.resolve(undefined), describe: () => Promise.resolve({}) },
    authenticate: () => Promise.resolve(undefined),
    parts: [serveDrillPage(platform)],
  });
  const { rows } = await query(`select url, keyword from watch_targets where id = 'drill'`);
  const response = await app.request(new URL(rows[0].url).pathname, { headers: { host: 'localhost' } });
  return { status: response.status, text: (await response.text()).includes(rows[0].keyword) ? 'well' : 'broken' };
}

/** The watch confirms it after so many seconds; the gateway takes the SMS after so many, and delivers it. */
async function goes(seconds: { confirmed: number; accepted?: number; delivered?: number }): Promise<string> {
  const downAt = clock.now().getTime();
  const at = (after: number): Date => new Date(downAt + after * 1000);
  const { incidentId } = await platform.db.transaction().execute((trx) =>
    openOutage(trx, {
      targetId: 'drill',
      siteId: null,
      firstFailureAt: at(20),
      confirmedAt: at(seconds.confirmed),
      cause: 'status',
      detail: '503',
      reason: {},
      address: null,
      watcher: 'w',
      inMaintenance: false,
      at: at(seconds.confirmed),
      kind: 'drill',
    }),
  );
  if (seconds.accepted !== undefined) {
    await recordSentElsewhere(platform.db, {
      id: `drill-${downAt}`,
      purpose: 'drill',
      means: 'sms',
      incidentId,
      guardId: 'jan',
      recipient: '+31600000001',
      content: { text: 'OEFENING' },
      step: 0,
      attempt: 0,
      providerId: 'sms',
      at: at(seconds.confirmed),
      state: 'accepted',
      acceptedAt: at(seconds.accepted),
      providerRef: `ref-${downAt}`,
      sentBy: 'test',
    });
    if (seconds.delivered !== undefined) {
      clock.set(at(seconds.delivered));
      await query('update messages set delivered_at = $2, state = $3 where provider_ref = $1', [
        `ref-${downAt}`,
        clock.now(),
        'delivered',
      ]);
    }
  }
  await watchLives();
  return incidentId;
}

async function answersAgain(): Promise<void> {
  clock.advance(60_000);
  const at = clock.now();
  await platform.db.transaction().execute((trx) => resolveOutage(trx, { targetId: 'drill', fixedAt: at, at }));
  await watchLives();
}

describe('a house in which no drill can be held', () => {
  test('says what it lacks, and its page is not watched', async () => {
    await expect(startDrill(platform, guard)).rejects.toMatchObject({ details: { obstacle: 'no-guard' } });
    await query(
      `insert into rotas (id, name, position, time_zone, every, handover, first_turn, created_at)
       values ('r', 'Eerste', 0, 'Europe/Amsterdam', 'week', '09:00', '2026-01-05', $1)`,
      [clock.now()],
    );
    await query(`insert into rota_turns values ('r', 0, 'jan')`);
    await expect(startDrill(platform, guard)).rejects.toMatchObject({ details: { obstacle: 'no-sms' } });
    await run();
    expect((await query(`select enabled from watch_targets where id = 'drill'`)).rows).toEqual([{ enabled: false }]);
    await query(
      `insert into message_providers (id, kind, means, name, position, config, created_at)
       values ('sms', 'twilio', 'sms', 'Een', 0, '{}', $1)`,
      [clock.now()],
    );
    await query('update watchers set heartbeat_at = $1', [new Date(clock.now().getTime() - 60_000)]);
    expect((await showDrills(platform, 1)).obstacle).toBe('no-watch');
    await expect(startDrill(platform, guard)).rejects.toMatchObject({ code: 'drill-impossible' });
    await watchLives();
    expect((await showDrills(platform, 1)).obstacle).toBeNull();
  });
});

describe('a drill', () => {
  test('takes the page down for real, until the SMS is delivered; its times are on record', async () => {
    await run();
    expect(await page()).toEqual({ status: 200, text: 'well' });
    await startDrill(platform, guard);
    expect(await page()).toEqual({ status: 503, text: 'broken' });
    await expect(startDrill(platform, guard)).rejects.toMatchObject({ code: 'drill-runs-already' });
    await run();
    expect(await newest()).toMatchObject({ state: 'running', startedBy: 'person:guard' });

    const incident = await goes({ confirmed: 58, accepted: 61, delivered: 64 });
    await run();
    expect(await page()).toEqual({ status: 200, text: 'well' });
    expect(await newest()).toMatchObject({
      state: 'passed',
      incident,
      failure: null,
      seconds: { confirmed: 58, accepted: 61, delivered: 64, acknowledged: null },
    });
    // The guard answers only now; and until the watch saw the page well again there is no new drill.
    await expect(startDrill(platform, guard)).rejects.toMatchObject({ code: 'drill-runs-already' });
    await query('update incidents set acknowledged_at = $2 where id = $1', [incident, clock.now()]);
    await run();
    expect((await newest())?.seconds.acknowledged).toBe(64);
    await answersAgain();
  });

  test('without any SMS within ten minutes it failed, and that is an incident until one passes', async () => {
    await startDrill(platform, admin);
    await goes({ confirmed: 58 });
    clock.advance(599_000);
    await watchLives();
    await run();
    expect(await newest()).toMatchObject({ state: 'running' });
    clock.advance(1000);
    await run();
    expect(await newest()).toMatchObject({ state: 'failed', failure: 'not-accepted' });
    expect(await page()).toEqual({ status: 200, text: 'well' });
    const standing = `select kind, cause, resolved_at is null as open from incidents where kind = 'channel'`;
    expect((await query(standing)).rows).toEqual([{ kind: 'channel', cause: 'not-accepted', open: true }]);
    await answersAgain();

    await startDrill(platform, admin);
    await goes({ confirmed: 58, accepted: 61, delivered: 64 });
    await run();
    expect((await query(standing)).rows).toMatchObject([{ open: false }]);
    await answersAgain();
  });

  test('the page is well again after ten minutes, also when nothing of ours runs', async () => {
    await startDrill(platform, admin);
    expect((await page()).status).toBe(503);
    clock.advance(600_000);
    expect((await page()).status).toBe(200);
    await run();
    expect(await newest()).toMatchObject({ state: 'failed', failure: 'not-confirmed' });
    await watchLives();
  });

  test('asks who is on duty, or whom the house chose, by the ordinary way of asking', async () => {
    for (const [chosen, guardId] of [
      [null, 'jan'],
      ['piet', 'piet'],
    ] as const) {
      await changeDrills(platform, admin, { guard: chosen });
      await startDrill(platform, admin);
      const incidentId = await goes({ confirmed: 0 });
      await dispatchAlarms(platform);
      const sent = await listMessages(platform.db, { incidentId });
      expect(sent).toMatchObject([{ guard_id: guardId, purpose: 'drill', means: 'sms' }]);
      expect(sent[0]?.content.text).toMatch(/^OEFENING /);
      clock.advance(600_000);
      await run();
      await answersAgain();
    }
    await changeDrills(platform, admin, { guard: null });
  });

  test('a page that fails although nobody practises wakes nobody: it keeps drills from being held until it is well', async () => {
    const incidentId = await goes({ confirmed: 0 });
    await dispatchAlarms(platform);
    expect(await listMessages(platform.db, { incidentId })).toEqual([]);
    expect((await showDrills(platform, 1)).obstacle).toBe('page-fails');
    await expect(startDrill(platform, admin)).rejects.toMatchObject({ details: { obstacle: 'page-fails' } });
    await answersAgain();
    expect((await showDrills(platform, 1)).obstacle).toBeNull();
  });

  test('is nobody’s outage, and another address than the secret one shows nothing', async () => {
    expect((await query('select count(*)::int as n from incident_sites where site_id is not null')).rows).toEqual([
      { n: 0 },
    ]);
    const app = createApp(platform, {
      api: { handle: () => Promise.resolve(undefined), describe: () => Promise.resolve({}) },
      authenticate: () => Promise.resolve(undefined),
      parts: [serveDrillPage(platform)],
    });
    expect((await app.request('/drill/guess', { headers: { host: 'localhost' } })).status).toBe(404);
  });
});

describe('the weekly drill', () => {
  const drills = async (): Promise<number> => (await showDrills(platform, 200)).drills.length;

  test('is held once, on its day and at its time, in the agency’s zone', async () => {
    const before = await drills();
    await changeDrills(platform, admin, { day: 5, time: '10:30', guard: 'jan' });
    expect(await showDrills(platform, 1)).toMatchObject({
      nextAt: '2026-11-27T09:30:00.000Z',
      settings: { enabled: true, day: 5, time: '10:30', guard: { id: 'jan', name: 'Jan' } },
    });
    clock.set('2026-11-27T09:29:59Z');
    await watchLives();
    await run();
    expect(await drills()).toBe(before);
    clock.set('2026-11-27T09:30:01Z');
    await run();
    await run();
    expect(await drills()).toBe(before + 1);
    await goes({ confirmed: 58, accepted: 61, delivered: 64 });
    await run();
    await answersAgain();
    await run();
    expect(await drills()).toBe(before + 1);
  });

  test('waits for a watcher, for two hours at most', async () => {
    const before = await drills();
    await changeDrills(platform, admin, { time: '12:00' });
    clock.set('2026-11-27T11:30:00Z');
    await run();
    expect(await drills()).toBe(before);
    clock.set('2026-11-27T13:30:00Z');
    await watchLives();
    await run();
    expect(await drills()).toBe(before);
  });

  test('is not held when it is off; a new time begins with its next moment', async () => {
    const before = await drills();
    await changeDrills(platform, admin, { enabled: false });
    clock.set('2026-12-04T11:00:30Z');
    await watchLives();
    await run();
    await changeDrills(platform, admin, { enabled: true });
    await run();
    expect(await drills()).toBe(before);
    expect((await showDrills(platform, 1)).nextAt).toBe('2026-12-11T11:00:00.000Z');
  });

  test('is changed by admins, begun by guards, and not by who may only read', async () => {
    await expect(changeDrills(platform, guard, { enabled: false })).rejects.toMatchObject({ code: 'not-allowed' });
    await expect(startDrill(platform, reader)).rejects.toMatchObject({ code: 'not-allowed' });
    await expect(changeDrills(platform, admin, { guard: 'els' })).rejects.toMatchObject({
      code: 'drill-guard-unknown',
    });
  });
});
