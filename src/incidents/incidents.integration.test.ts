// From the first failure to the end: told twice or by two at once, one incident; who takes it; the timeline; the minutes.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { addCustomer } from '../customers/index.ts';
import { systemActor } from '../identity/index.ts';
import { queueMessage } from '../messages/index.ts';
import { TestClock } from '../platform/clock.ts';
import { openTestPlatform, type TestPlatform } from '../platform/test-platform.ts';
import { addSite } from '../sites/index.ts';
import {
  acknowledgeIncident,
  handOverIncident,
  noteCause,
  noteIncident,
  reopenIncident,
  sayDone,
} from './answer-incident.ts';
import { availabilityOf, outagesBetween } from './availability.ts';
import { countAfterWork } from './count-after-work.ts';
import { showIncidents } from './list-incidents.ts';
import { openIncident, openPartial, resolveIncident, type NewlySeen } from './open-incident.ts';
import { openOutage } from './open-outage.ts';
import { recordIncidentEvent } from './record-event.ts';
import { showIncident } from './show-incident.ts';
import { listUnanswered } from './store.ts';
import { goesOut, isBack, seenOutage } from './test-outage.ts';

const clock = new TestClock('2026-11-25T02:30:00Z');
const admin = systemActor('test');
const ria = { name: 'guard:ria' };
const tom = { name: 'guard:tom' };
const from = '2026-11-25T02:10:21Z';
const after = (seconds: number): Date => new Date(Date.parse(from) + seconds * 1000);
let platform: TestPlatform;
let baker: string;
let shop: string;

const sql = async (text: string, values: unknown[] = []): Promise<Record<string, unknown>[]> =>
  (await platform.connection.pool.query<Record<string, unknown>>(text, values)).rows;
const kindsOf = async (incident: string): Promise<string[]> =>
  (await showIncident(platform, incident)).timeline.map((entry) => entry.kind);

beforeAll(async () => {
  platform = await openTestPlatform({ clock });
  const customer = await addCustomer(platform, admin, { name: 'Bakker', contact: 'Jan', phone: '+31600000001' });
  baker = (await addSite(platform, admin, { url: 'https://bakkerij.nl', customer: customer.id })).id;
  shop = (await addSite(platform, admin, { url: 'https://fiets.shop', customer: customer.id })).id;
  await sql("insert into guards (id, name, created_at) values ('ria', 'Ria', now()), ('tom', 'Tom', now())");
});
afterAll(() => platform.close());
beforeEach(async () => {
  clock.set('2026-11-25T02:30:00Z');
  await sql('truncate incidents restart identity cascade');
  await sql('delete from audit');
  await sql('delete from watch_states');
  await sql("update watch_targets set added_at = '2026-09-01T00:00:00Z'");
});

describe('an outage', () => {
  test('told twice, by whomever, is one', async () => {
    const first = await goesOut(platform.db, baker, from);
    expect(first).toEqual({ incidentId: `out:${baker}:${Date.parse(from)}`, isNew: true });
    expect(await goesOut(platform.db, baker, from, { watcher: 'another' })).toEqual({ ...first, isNew: false });
    expect(await kindsOf(first.incidentId)).toEqual(['first-failure', 'confirmed']);
    expect(await sql('select 1 from incident_sites')).toHaveLength(1);
  });

  test('told by many at the same moment is one, also when they saw its beginning differently', async () => {
    const told = await Promise.all(
      Array.from({ length: 8 }, (_, i) => goesOut(platform.db, baker, i % 2 === 0 ? from : after(3))),
    );
    expect(new Set(told.map((one) => one.incidentId)).size).toBe(1);
    expect(told.filter((one) => one.isNew)).toHaveLength(1);
    expect(await sql('select 1 from incidents')).toHaveLength(1);
    expect(await sql('select 1 from incident_sites where to_at is null')).toHaveLength(1);
  });

  test('whose transaction is undone is none', async () => {
    await platform.db
      .transaction()
      .execute(async (trx) => {
        await openOutage(trx, seenOutage(baker, from));
        throw new Error('no');
      })
      .catch(() => {});
    expect(await sql('select 1 from incidents')).toEqual([]);
    expect((await goesOut(platform.db, baker, from)).isNew).toBe(true);
  });

  test('ends with the site’s first answer, once; later it is told as a new one', async () => {
    const { incidentId } = await goesOut(platform.db, baker, from);
    await isBack(platform.db, baker, after(600));
    await isBack(platform.db, baker, after(700));
    const [row] = await sql('select fixed_at, resolved_at from incidents');
    expect(row).toEqual({ fixed_at: after(600), resolved_at: after(617) });
    expect(await kindsOf(incidentId)).toEqual(['first-failure', 'confirmed', 'fixed', 'resolved']);
    const again = await goesOut(platform.db, baker, after(2000));
    expect(again).toMatchObject({ isNew: true });
    expect(again.incidentId).not.toBe(incidentId);
  });

  test('told after its end (a spool that came late) changes nothing', async () => {
    const { incidentId } = await goesOut(platform.db, baker, from);
    await isBack(platform.db, baker, after(600));
    expect(await goesOut(platform.db, baker, from)).toEqual({ incidentId, isNew: false });
    expect(await sql('select 1 from incident_sites where to_at is null')).toEqual([]);
  });

  test('for our own work waits until the work is over, and counts from then on', async () => {
    const { incidentId } = await goesOut(platform.db, baker, from, { inMaintenance: true, quietUntil: after(3600) });
    expect(await listUnanswered(platform.db, after(3599))).toEqual([]);
    for (const _ of [1, 2])
      await platform.db.transaction().execute((trx) => countAfterWork(trx, { targetId: baker, at: after(300) }));
    expect((await listUnanswered(platform.db, after(300))).map(({ id }) => id)).toEqual([incidentId]);
    await isBack(platform.db, baker, after(900));
    expect(await outagesBetween(platform.db, [baker], after(-1), after(9000))).toMatchObject([
      { from: after(0), to: after(300), inMaintenance: true },
      { from: after(300), to: after(900), inMaintenance: false },
    ]);
  });
});

describe('whoever takes it', () => {
  test('is one of all who try at the same moment; the others are told who, and it stands once on the timeline', async () => {
    const { incidentId } = await goesOut(platform.db, baker, from);
    const tries = await Promise.all(
      Array.from({ length: 10 }, (_, i) =>
        acknowledgeIncident(platform.db, i % 2 === 0 ? ria : tom, incidentId, after(70)),
      ),
    );
    const taken = tries.filter((one) => one.taken);
    expect(taken).toHaveLength(1);
    const kinds = await kindsOf(incidentId);
    expect(kinds.filter((kind) => kind === 'acknowledged')).toHaveLength(1);
    expect(kinds.filter((kind) => kind === 'acknowledged-late')).toHaveLength(1);
    const [row] = await sql('select acknowledged_by from incidents');
    expect(tries.filter((one) => !one.taken)).toEqual(
      Array.from({ length: 9 }, () => ({ taken: false, by: row?.['acknowledged_by'], at: after(70) })),
    );
    expect(await listUnanswered(platform.db, after(80))).toEqual([]);
    expect(await sql("select actor from audit where action = 'incident-acknowledged'")).toEqual([
      { actor: row?.['acknowledged_by'] },
    ]);
  });

  test('and takes it again has it, without being late', async () => {
    const { incidentId } = await goesOut(platform.db, baker, from);
    await acknowledgeIncident(platform.db, ria, incidentId, after(70), { means: 'sms' });
    expect(await acknowledgeIncident(platform.db, ria, incidentId, after(75), { means: 'link' })).toEqual({
      taken: false,
      by: 'guard:ria',
      at: after(70),
    });
    expect(await kindsOf(incidentId)).toEqual(['first-failure', 'confirmed', 'acknowledged']);
  });

  test('may hand it over: it is nobody’s until the other takes it, which stands there too', async () => {
    const { incidentId } = await goesOut(platform.db, baker, from);
    await acknowledgeIncident(platform.db, ria, incidentId, after(70));
    await handOverIncident(platform.db, ria, incidentId, { to: 'Tom', key: 'tom:1' }, after(80));
    expect(await listUnanswered(platform.db, after(80))).toHaveLength(1);
    await expect(handOverIncident(platform.db, tom, incidentId, { to: 'Ria', key: 'x' }, after(81))).resolves.toBe(
      true,
    );
    expect(await acknowledgeIncident(platform.db, tom, incidentId, after(90))).toEqual({ taken: true });
    await expect(
      handOverIncident(platform.db, ria, incidentId, { to: 'Ria', key: 'y' }, after(91)),
    ).rejects.toMatchObject({
      code: 'incident-not-yours',
    });
    expect((await kindsOf(incidentId)).filter((kind) => kind === 'acknowledged')).toHaveLength(2);
  });

  test('comes too late when it is over', async () => {
    const { incidentId } = await goesOut(platform.db, baker, from);
    await isBack(platform.db, baker, after(60));
    expect(await acknowledgeIncident(platform.db, ria, incidentId, after(90))).toEqual({
      taken: false,
      by: 'system:watch',
      at: after(77),
    });
  });

  test('says done: of an outage the watch sees the end, of the rest it is the end', async () => {
    const out = await goesOut(platform.db, baker, from);
    expect(await sayDone(platform.db, ria, out.incidentId, after(100))).toBe(false);
    const low = await openIncident(platform.db, finding());
    expect(await sayDone(platform.db, ria, low.incidentId, after(100))).toBe(true);
    expect(await sayDone(platform.db, ria, low.incidentId, after(200))).toBe(true);
    expect((await kindsOf(low.incidentId)).filter((kind) => kind === 'resolved')).toHaveLength(1);
  });
});

describe('opened again', () => {
  test('it is in the hands of who said so; what happens since counts, and its end is seen', async () => {
    const { incidentId } = await goesOut(platform.db, baker, from);
    await expect(reopenIncident(platform.db, ria, incidentId, after(10))).rejects.toMatchObject({
      code: 'incident-not-over',
    });
    await isBack(platform.db, baker, after(600));
    await reopenIncident(platform.db, ria, incidentId, after(700));
    expect(await goesOut(platform.db, baker, after(800))).toEqual({ incidentId, isNew: false });
    await isBack(platform.db, baker, after(1000));
    expect(await showIncident(platform, incidentId)).toMatchObject({
      reopened: 1,
      acknowledged: { by: { name: 'Ria' } },
      resolvedAt: after(1017).toISOString(),
      stretches: [{ to: after(600).toISOString() }, { from: after(800).toISOString(), to: after(1000).toISOString() }],
    });
  });

  test('not when the same has come again: that one is named', async () => {
    const { incidentId } = await goesOut(platform.db, baker, from);
    await isBack(platform.db, baker, after(600));
    await goesOut(platform.db, baker, after(900));
    await expect(reopenIncident(platform.db, ria, incidentId, after(1000))).rejects.toMatchObject({
      code: 'incident-stands-anew',
      details: { number: 2 },
    });
  });
});

const finding = (change: Partial<NewlySeen> = {}): NewlySeen => ({
  id: 'finding:noindex:1',
  kind: 'finding',
  urgency: 'low',
  subject: `finding:noindex:${baker}`,
  cause: 'noindex',
  firstFailureAt: new Date(from),
  at: after(0),
  siteIds: [baker],
  ...change,
});

describe('what is no outage', () => {
  test('one open incident for a subject, however many tell; over when its cause is, and then a new one', async () => {
    const told = await Promise.all(
      [1, 2, 3, 4].map((n) => openIncident(platform.db, finding({ id: `finding:noindex:${n}` }))),
    );
    expect(told.filter((one) => one.isNew)).toHaveLength(1);
    const subject = `finding:noindex:${baker}`;
    expect(await resolveIncident(platform.db, { subject, at: after(60), actor: 'system:watch' })).toBe(true);
    expect(await resolveIncident(platform.db, { subject, at: after(70), actor: 'system:watch' })).toBe(false);
    expect(await openIncident(platform.db, finding({ id: 'finding:noindex:9' }))).toEqual({
      incidentId: 'finding:noindex:9',
      isNew: true,
    });
  });

  test('has no minutes; nobody is called before its time', async () => {
    const { incidentId } = await openIncident(platform.db, finding({ quietUntil: after(3600) }));
    expect(await listUnanswered(platform.db, after(3599))).toEqual([]);
    expect(await listUnanswered(platform.db, after(3600))).toHaveLength(1);
    expect(await showIncident(platform, incidentId)).toMatchObject({ outMinutes: null, sites: [{ id: baker }] });
    await openPartial(platform.db, {
      targetId: shop,
      siteId: shop,
      firstFailureAt: after(0),
      cause: 'refused',
      detail: '',
      at: after(600),
    });
    expect(await outagesBetween(platform.db, 'all', after(-60), after(9000))).toEqual([]);
    expect(await availabilityOf(platform.db, shop, { timeZone: 'UTC', now: after(900) })).toMatchObject({
      share: 1,
      outages: [],
    });
  });
});

describe('the timeline', () => {
  test('has every time from the first failure to the end: what was seen, sent, arrived, taken, noted', async () => {
    await sql(
      `insert into message_providers (id, kind, means, name, position, config, created_at) values ('p1', 'twilio', 'sms', 'First', 0, '{}', now())
       on conflict do nothing`,
    );
    const { incidentId } = await goesOut(platform.db, baker, from);
    await recordIncidentEvent(platform.db, {
      incidentId,
      at: after(52),
      kind: 'asked',
      facts: { to: 'Ria' },
      actor: 'system:oncall',
      key: 'asked:0',
    });
    await queueMessage(platform.db, {
      id: 'm1',
      purpose: 'alarm',
      means: 'sms',
      incidentId,
      guardId: 'ria',
      recipient: '+31612345678',
      content: { text: 'STORING bakkerij.nl 503. 1A=ik pak het https://nw.example/g/abcdefgh12345' },
      step: 0,
      attempt: 0,
      shortCode: 1,
      providerId: 'p1',
      at: after(53),
    });
    await sql("update messages set state = 'delivered', accepted_at = $1, delivered_at = $2", [after(55), after(61)]);
    await acknowledgeIncident(platform.db, ria, incidentId, after(90), { means: 'sms' });
    await noteIncident(platform.db, ria, incidentId, 'Hoster gebeld', after(120));
    await isBack(platform.db, baker, after(600));
    await noteCause(platform.db, ria, incidentId, 'Schijf vol', after(900));
    const view = await showIncident(platform, '1');
    const second = (iso: string): number => (Date.parse(iso) - Date.parse(from)) / 1000;
    expect(view.timeline.map(({ kind, at, by }) => [kind, second(at), by.name])).toEqual([
      ['first-failure', 0, 'watch'],
      ['confirmed', 51, 'watch'],
      ['asked', 52, 'oncall'],
      ['queued', 53, 'messages'],
      ['accepted', 55, 'messages'],
      ['delivered', 61, 'messages'],
      ['acknowledged', 90, 'Ria'],
      ['note', 120, 'Ria'],
      ['fixed', 600, 'watch'],
      ['resolved', 617, 'watch'],
      ['cause', 900, 'Ria'],
    ]);
    expect(view).toMatchObject({
      smsAfterSeconds: 55,
      smsDelivered: true,
      causeNote: 'Schijf vol',
      outMinutes: 10,
      acknowledged: { by: { kind: 'guard', name: 'Ria' } },
      known: { customer: { name: 'Bakker', phone: '+31600000001' } },
    });
    // Whoever reads may not take it in the guard's name.
    expect(JSON.stringify(view)).not.toContain('abcdefgh12345');
    expect(await sql('select action from audit order by id')).toEqual([
      { action: 'incident-acknowledged' },
      { action: 'incident-noted' },
      { action: 'incident-cause-noted' },
    ]);
  });

  test('tells what else lives at the address and how it is, and what was done to the site before', async () => {
    for (const site of [baker, shop])
      await sql(
        `insert into watch_states (target_id, watcher_id, watched, phase, verdict, reason, checked_at, updated_at, address)
         values ($1, 'w', '{}', 'well', 'up', '{}', now(), now(), '192.0.2.7')`,
        [site],
      );
    await sql(
      `insert into saga_runs (id, saga, subject, input, state, requested_by, created_at, finished_at)
       values (gen_random_uuid(), 'restore-site', $1, '{}', 'done', 'test', $2, $2)`,
      [`site:${baker}`, after(-3600)],
    );
    const { incidentId } = await goesOut(platform.db, baker, from, { address: '192.0.2.7' });
    expect(await showIncident(platform, incidentId)).toMatchObject({
      known: { address: '192.0.2.7', sameAddress: { sites: 1, well: 1, failing: [] } },
      recentChanges: [{ what: 'restore', at: after(-3600).toISOString() }],
    });
    await sql('delete from saga_runs');
  });

  test('an incident that is not there is not found, by number or id', async () => {
    for (const reference of ['99', '#99', 'out:x:1', "'; drop table incidents; --", '9999999999'])
      await expect(showIncident(platform, reference)).rejects.toMatchObject({ code: 'incident-not-found' });
  });
});

describe('the list', () => {
  test('open ones first, then the newest; by page, kind, site, month, word and number', async () => {
    await goesOut(platform.db, shop, '2026-10-31T22:59:00Z');
    await isBack(platform.db, shop, '2026-10-31T23:30:00Z');
    await goesOut(platform.db, shop, '2026-11-20T10:00:00Z');
    await isBack(platform.db, shop, '2026-11-20T10:12:00Z');
    await openIncident(platform.db, finding({ at: new Date('2026-11-01T00:00:00Z') }));
    await goesOut(platform.db, baker, from);
    const numbers = async (asked: object): Promise<number[]> =>
      (await showIncidents(platform, { page: 1, pageSize: 50, ...asked })).rows.map((row) => row.number);
    expect(await numbers({})).toEqual([4, 3, 2, 1]);
    expect(await numbers({ open: true })).toEqual([4, 3]);
    expect(await numbers({ open: false })).toEqual([2, 1]);
    expect(await numbers({ pageSize: 3, page: 2 })).toEqual([1]);
    expect(await numbers({ kind: 'finding' })).toEqual([3]);
    expect(await numbers({ site: 'bakkerij.nl' })).toEqual([4, 3]);
    expect(await numbers({ search: 'FIETS' })).toEqual([2, 1]);
    expect(await numbers({ search: '#2' })).toEqual([2]);
    expect(await numbers({ search: '%' })).toEqual([]);
    // It was opened 51 s after 23:59 by the agency's clock: still in October.
    expect(await numbers({ month: '2026-10' })).toEqual([1]);
    const page = await showIncidents(platform, { page: 1, pageSize: 1 });
    expect(page).toMatchObject({
      total: 4,
      open: 2,
      months: [
        { month: '2026-11', incidents: 3 },
        { month: '2026-10', incidents: 1 },
      ],
    });
  });
});

describe('availability', () => {
  const november = { timeZone: 'Europe/Amsterdam', now: new Date('2026-12-05T00:00:00Z'), month: '2026-11' };

  test('of a month: each minute once, our own work apart, what goes over its ends cut', async () => {
    const minutes = 30 * 24 * 60;
    await goesOut(platform.db, baker, '2026-10-31T22:30:00Z');
    await isBack(platform.db, baker, '2026-10-31T23:10:00Z');
    await goesOut(platform.db, baker, '2026-11-10T10:00:00Z', { inMaintenance: true });
    await isBack(platform.db, baker, '2026-11-10T10:20:00Z');
    await goesOut(platform.db, baker, '2026-11-30T22:50:00Z');
    await isBack(platform.db, baker, '2026-12-01T08:00:00Z');
    // The same minutes in two incidents: a group and its straggler.
    await sql(
      `insert into incident_sites (incident_id, target_id, site_id, from_at, to_at)
       select id, $1, $1, '2026-11-30T22:45:00Z', '2026-11-30T22:55:00Z' from incidents order by number desc limit 1`,
      [baker],
    );
    const found = await availabilityOf(platform.db, baker, november);
    expect(found).toMatchObject({ outMinutes: 25, maintenanceMinutes: 20 });
    expect(found.share).toBeCloseTo(1 - 25 / minutes, 9);
    expect(found.outages.map((one) => one.minutes)).toEqual([10, 20, 10, 10]);
  });

  test('of a month that has begun counts up to now; an open outage too; a drill is nobody’s', async () => {
    await goesOut(platform.db, baker, from);
    await goesOut(platform.db, shop, from, { kind: 'drill' });
    const now = after(600);
    expect(await availabilityOf(platform.db, baker, { timeZone: 'UTC', now })).toMatchObject({
      outMinutes: 10,
      outages: [{ to: null }],
    });
    expect(await availabilityOf(platform.db, shop, { timeZone: 'UTC', now })).toMatchObject({
      outMinutes: 0,
      share: 1,
    });
  });

  test('only time in which it was watched counts; less than an hour says nothing', async () => {
    const now = new Date('2026-11-25T02:30:00Z');
    await sql("update watch_targets set added_at = '2026-11-24T02:30:00Z' where id = $1", [baker]);
    await goesOut(platform.db, baker, '2026-11-25T01:30:00Z');
    const found = await availabilityOf(platform.db, baker, { timeZone: 'UTC', now });
    expect(found.share).toBeCloseTo(23 / 24, 9);
    await sql("update watch_targets set added_at = '2026-11-25T01:31:00Z' where id = $1", [baker]);
    expect((await availabilityOf(platform.db, baker, { timeZone: 'UTC', now })).share).toBeNull();
    expect((await availabilityOf(platform.db, baker, { timeZone: 'UTC', now, month: '2026-08' })).share).toBeNull();
  });
});
