// A host that collapses: one incident and one alarm, whoever is confirmed first; and what stays behind when it is back.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { addCustomer } from '../customers/index.ts';
import { systemActor } from '../identity/index.ts';
import { TestClock } from '../platform/clock.ts';
import { openTestPlatform, type TestPlatform } from '../platform/test-platform.ts';
import { addSite } from '../sites/index.ts';
import { acknowledgeIncident } from './answer-incident.ts';
import { availabilityOf } from './availability.ts';
import { settleGroups } from './group-outages.ts';
import { showIncidents } from './list-incidents.ts';
import { showIncident } from './show-incident.ts';
import { listUnanswered } from './store.ts';
import { goesOut, isBack } from './test-outage.ts';

const from = '2026-11-25T02:10:00Z';
const after = (seconds: number): Date => new Date(Date.parse(from) + seconds * 1000);
const clock = new TestClock(from);
const admin = systemActor('test');
const address = '192.0.2.7';
let platform: TestPlatform;
let sites: string[];

const sql = async (text: string, values: unknown[] = []): Promise<Record<string, unknown>[]> =>
  (await platform.connection.pool.query<Record<string, unknown>>(text, values)).rows;

/** How the watch saw it last. `since`: seconds after the first failure, of one that is in doubt. */
async function seen(site: string, at: string, since?: number): Promise<void> {
  await sql(
    `insert into watch_states (target_id, watcher_id, watched, phase, verdict, reason, checked_at, updated_at, address)
     values ($1, 'w', $2, $3, $4, '{}', now(), now(), $5) on conflict (target_id) do update
     set watched = excluded.watched, phase = excluded.phase, verdict = excluded.verdict, address = excluded.address`,
    [
      site,
      { firstFailureAt: since === undefined ? null : after(since).getTime() },
      since === undefined ? 'well' : 'doubted',
      since === undefined ? 'up' : 'down',
      at,
    ],
  );
}
const out = (site: string, since: number) =>
  goesOut(platform.db, site, after(since), { address, cause: 'refused', detail: 'ECONNREFUSED' });
const open = async () => (await showIncidents(platform, { open: true, page: 1, pageSize: 50 })).rows;
const asked = async (seconds: number) => (await listUnanswered(platform.db, after(seconds))).map(({ kind }) => kind);

beforeAll(async () => {
  platform = await openTestPlatform({ clock });
  const { id } = await addCustomer(platform, admin, { name: 'Bakker' });
  sites = [];
  for (let i = 0; i < 8; i++)
    sites.push((await addSite(platform, admin, { url: `https://s${i}.nl`, customer: id })).id);
});
afterAll(() => platform.close());
beforeEach(async () => {
  clock.set(from);
  await sql('truncate incidents restart identity cascade');
  await sql("update watch_targets set added_at = '2026-09-01T00:00:00Z'");
  for (const [i, site] of sites.entries()) await seen(site, i < 6 ? address : '198.51.100.9');
});

const [one, two, three, four, five] = [0, 1, 2, 3, 4];
const siteAt = (i: number): string => sites[i] ?? '';

describe('sites of one address that fail together', () => {
  test('are one incident with the third, which the first two go into; nobody was asked before', async () => {
    await out(siteAt(one), 0);
    await out(siteAt(two), 5);
    // Each waits some seconds for what its neighbours do: nobody is called yet.
    expect(await asked(55)).toEqual([]);
    const group = await out(siteAt(three), 9);
    expect(group.incidentId).toMatch(/^group:address:192\.0\.2\.7:/);
    expect(await open()).toMatchObject([{ kind: 'group', siteCount: 3, title: { by: 'address', value: address } }]);
    expect(await asked(60)).toEqual(['group']);
    // Told again, each of them is where it went.
    expect(await out(siteAt(one), 0)).toEqual({ incidentId: group.incidentId, isNew: false });
    const view = await showIncident(platform, group.incidentId);
    expect(view.stretches).toHaveLength(3);
    expect(view.timeline.filter(({ kind }) => kind === 'confirmed')).toHaveLength(3);
    expect(view.timeline.filter(({ kind }) => kind === 'site-out')).toHaveLength(3);
  });

  test('told by three watchers at the same moment too', async () => {
    await Promise.all([one, two, three, four, five].map((i) => out(siteAt(i), i)));
    expect(await open()).toMatchObject([{ kind: 'group', siteCount: 5 }]);
    expect(await sql('select 1 from incident_sites where to_at is null')).toHaveLength(5);
  });

  test('with two that are only in doubt: the first one confirmed makes the alarm of all', async () => {
    await seen(siteAt(two), address, 4);
    await seen(siteAt(three), address, 8);
    await out(siteAt(one), 0);
    expect(await asked(52)).toEqual(['group']);
    await out(siteAt(two), 4);
    await out(siteAt(three), 8);
    expect(await open()).toMatchObject([{ kind: 'group', siteCount: 3 }]);
  });

  test('two of six stay two: they are asked about after a few seconds', async () => {
    await out(siteAt(one), 0);
    await out(siteAt(two), 5);
    await settleGroups(platform);
    expect(await asked(56 + 8)).toEqual(['outage', 'outage']);
  });

  test('three that fail for other reasons minutes apart stay three', async () => {
    for (const [i, since] of [0, 200, 400].entries()) await out(siteAt(i), since);
    expect((await open()).map(({ kind }) => kind)).toEqual(['outage', 'outage', 'outage']);
  });

  test('a site elsewhere is not drawn in, and one alone at its address is asked about at once', async () => {
    await sql('update watch_states set address = $1 where target_id = $2', ['203.0.113.1', siteAt(7)]);
    await goesOut(platform.db, siteAt(7), after(3), { address: '203.0.113.1' });
    expect(await asked(54)).toEqual(['outage']);
    for (const i of [one, two, three]) await out(siteAt(i), i);
    expect((await open()).map(({ kind }) => kind).toSorted()).toEqual(['group', 'outage']);
  });

  test('one that somebody took stays his', async () => {
    const own = await out(siteAt(one), 0);
    await acknowledgeIncident(platform.db, { name: 'guard:ria' }, own.incidentId, after(60));
    for (const i of [two, three, four]) await out(siteAt(i), i);
    expect((await open()).map(({ kind, siteCount }) => `${kind} ${siteCount}`).toSorted()).toEqual([
      'group 3',
      'outage 1',
    ]);
    // Whoever answers to one that was merged answers to the group.
    const merged = await sql('select id from incidents where merged_into is not null limit 1');
    await acknowledgeIncident(platform.db, { name: 'guard:ria' }, String(merged[0]?.['id']), after(70));
    expect(await asked(80)).toEqual([]);
  });
});

describe('a host that is back', () => {
  const collapse = async (): Promise<string> => {
    let incidentId = '';
    for (const i of [one, two, three, four, five]) ({ incidentId } = await out(siteAt(i), i));
    return incidentId;
  };

  test('is over with its last site; minutes are those of each site', async () => {
    const group = await collapse();
    for (const i of [one, two, three, four, five]) await isBack(platform.db, siteAt(i), after(600 + i * 60));
    expect(await open()).toEqual([]);
    const view = await showIncident(platform, group);
    expect(view).toMatchObject({ fixedAt: after(600 + 4 * 60).toISOString(), outMinutes: 14 });
    expect(view.timeline.filter(({ kind }) => kind === 'site-back')).toHaveLength(5);
    expect(view.timeline.filter(({ kind }) => kind === 'resolved')).toHaveLength(1);
    expect(await availabilityOf(platform.db, siteAt(one), { timeZone: 'UTC', now: after(3000) })).toMatchObject({
      outMinutes: 10,
    });
  });

  test('leaves who stays down an outage of his own, once; no minute counts twice', async () => {
    const group = await collapse();
    for (const i of [one, two, three]) await isBack(platform.db, siteAt(i), after(600));
    clock.set(after(600 + 179));
    await settleGroups(platform);
    expect(await open()).toHaveLength(1);
    clock.set(after(600 + 180));
    await settleGroups(platform);
    await settleGroups(platform);
    expect((await open()).map(({ kind }) => kind)).toEqual(['outage', 'outage']);
    expect((await showIncident(platform, group)).resolvedAt).toBe(after(780).toISOString());
    // A guard took the host's outage, not theirs: somebody is asked.
    expect(await asked(790)).toEqual(['outage', 'outage']);
    await isBack(platform.db, siteAt(four), after(1203));
    const found = await availabilityOf(platform.db, siteAt(four), { timeZone: 'UTC', now: after(3000) });
    expect(found).toMatchObject({ outMinutes: 20, outages: [{}, {}] });
  });

  test('that fails again while half of it is down goes on as it is; a site that was back and is out again is out', async () => {
    const group = await collapse();
    for (const i of [one, two]) await isBack(platform.db, siteAt(i), after(300));
    expect(await out(siteAt(one), 400)).toMatchObject({ incidentId: group });
    for (const i of [three, four]) await isBack(platform.db, siteAt(i), after(500));
    clock.set(after(900));
    await settleGroups(platform);
    // Three of five are back, the first of them is not.
    expect((await open()).map(({ kind }) => kind)).toEqual(['outage', 'outage']);
    expect(await sql('select distinct target_id from incident_sites where to_at is null')).toHaveLength(2);
  });
});
