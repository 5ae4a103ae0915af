// 'Watched around the clock' as the customer sees it: months, outages in plain words, and how soon a guard knew.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addCustomer } from '../customers/index.ts';
import { systemActor, type Actor } from '../identity/index.ts';
import { acknowledgeIncident, countAfterWork, openOutage, resolveOutage } from '../incidents/index.ts';
import { queueMessage } from '../messages/index.ts';
import { TestClock } from '../platform/clock.ts';
import { openTestPlatform, type TestPlatform } from '../platform/test-platform.ts';
import { addSite } from '../sites/index.ts';
import { showMySite, showMySites } from './show-my-sites.ts';

const clock = new TestClock('2026-11-25T10:20:00Z');
const admin = systemActor('test');
let platform: TestPlatform;
let site: string;
let me: Actor;

const sql = (text: string, values: unknown[] = []) => platform.connection.pool.query(text, values);
const after = (from: string, seconds: number): Date => new Date(Date.parse(from) + seconds * 1000);

async function out(from: string, change: { cause?: string; inMaintenance?: boolean } = {}): Promise<string> {
  const at = after(from, 51);
  const { incidentId } = await platform.db.transaction().execute((trx) =>
    openOutage(trx, {
      targetId: site,
      siteId: site,
      firstFailureAt: new Date(from),
      confirmedAt: at,
      cause: 'status',
      detail: '503 from plugin-x',
      reason: { code: 'confirmed-elsewhere' },
      address: null,
      watcher: 'w',
      inMaintenance: false,
      at,
      ...change,
    }),
  );
  return incidentId;
}
const back = (at: Date) =>
  platform.db.transaction().execute((trx) => resolveOutage(trx, { targetId: site, fixedAt: at, at }));

async function told(incidentId: string, at: Date): Promise<void> {
  await queueMessage(platform.db, {
    id: `m-${at.getTime()}`,
    purpose: 'alarm',
    means: 'email',
    incidentId,
    guardId: null,
    recipient: 'guard@x.nl',
    content: { text: 'STORING' },
    step: 0,
    attempt: 0,
    providerId: 'house-mail',
    at,
  });
  await sql("update messages set state = 'accepted', accepted_at = $2 where id = $1", [`m-${at.getTime()}`, at]);
}

beforeAll(async () => {
  platform = await openTestPlatform({ clock });
  const { id } = await addCustomer(platform, admin, { name: 'Bakker' });
  me = { name: 'person:j@b.nl', kind: 'person', scope: 'own', role: 'customer', customerId: id, email: 'j@b.nl' };
  site = (await addSite(platform, admin, { url: 'https://bakkerij.nl', customer: id })).id;
  await sql("update watch_targets set added_at = '2026-09-01T00:00:00Z'");
});
afterAll(() => platform.close());

test('without an outage: two whole months, and nothing to prove', async () => {
  const { watch } = await showMySite(platform, me, site);
  expect(watch.thisMonth).toMatchObject({ share: 1, outages: 0 });
  expect(watch.lastMonth).toEqual({
    begins: '2026-09-30T22:00:00.000Z',
    share: 1,
    outMinutes: 0,
    workMinutes: 0,
    outages: 0,
  });
});

test('outages of this month and the last, each once, with how soon a guard knew', async () => {
  // Over the turn of the month, by the agency's clock: 30 minutes before it, 15 after.
  const turn = '2026-10-31T22:30:00Z';
  const first = await out(turn, { cause: 'refused' });
  await told(first, after(turn, 61));
  await acknowledgeIncident(platform.db, { name: 'guard:g' }, first, after(turn, 125));
  await back(after(turn, 45 * 60));
  const work = '2026-11-10T08:00:00Z';
  await out(work, { inMaintenance: true });
  await back(after(work, 600));
  const late = '2026-11-20T02:00:00Z';
  await told(await out(late), after(late, 400));
  await back(after(late, 1800));

  const { watch } = await showMySite(platform, me, site);
  expect(watch.outages).toEqual([
    {
      from: '2026-11-20T02:00:00.000Z',
      to: '2026-11-20T02:30:00.000Z',
      minutes: 30,
      cause: 'error',
      toldAfterSeconds: 400,
      takenAfterSeconds: null,
    },
    {
      from: '2026-11-10T08:00:00.000Z',
      to: '2026-11-10T08:10:00.000Z',
      minutes: 10,
      cause: null,
      toldAfterSeconds: null,
      takenAfterSeconds: null,
    },
    {
      from: '2026-10-31T22:30:00.000Z',
      to: '2026-10-31T23:15:00.000Z',
      minutes: 45,
      cause: 'unreachable',
      toldAfterSeconds: 61,
      takenAfterSeconds: 125,
    },
  ]);
  expect(watch.thisMonth).toMatchObject({ outMinutes: 45, workMinutes: 10, outages: 2 });
  expect(watch.lastMonth).toMatchObject({ outMinutes: 30, workMinutes: 0, outages: 1 });
  expect(watch.lastMonth?.share).toBeCloseTo(1 - 30 / (31 * 24 * 60 + 60), 6);
  expect(watch.promise).toEqual({ withinSeconds: 300, outages: 2, kept: 1, slowestSeconds: 400 });
});

test('an outage that goes on makes the state, our own work does not; nothing of how we know it is told', async () => {
  clock.set('2026-11-25T10:30:00Z');
  await out('2026-11-25T10:25:00Z', { inMaintenance: true, cause: 'database-error' });
  expect((await showMySites(platform, me))[0]?.reason).not.toBe('out');
  expect((await showMySite(platform, me, site)).watch).toMatchObject({
    state: 'work',
    since: '2026-11-25T10:25:00.000Z',
  });
  // It lasts longer than the work may.
  await platform.db.transaction().execute((trx) => countAfterWork(trx, { targetId: site, at: clock.now() }));
  clock.advance(60_000);
  expect((await showMySites(platform, me))[0]).toMatchObject({ state: 'attention', reason: 'out' });
  const shown = await showMySite(platform, me, site);
  expect(shown.watch.state).toBe('out');
  expect(shown.watch.outages).toHaveLength(5);
  expect(shown.watch.outages[0]).toMatchObject({ to: null, cause: 'error' });
  expect(JSON.stringify(shown)).not.toMatch(/database-error|plugin-x|guard|out:|503/);
});
