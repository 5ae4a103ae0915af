// What a customer sees of his sites, and what he may ask; real database, times put by hand.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDuty, dischargeDuty, hourlyWindow } from '../duties/index.ts';
import { addCustomer } from '../customers/index.ts';
import { systemActor, type Actor } from '../identity/index.ts';
import { TestClock } from '../platform/clock.ts';
import { openTestPlatform, type TestPlatform } from '../platform/test-platform.ts';
import { addSite, siteSubject } from '../sites/index.ts';
import { answerRequest } from './answer-request.ts';
import { askRestore } from './ask-restore.ts';
import { listOpenRequests } from './index.ts';
import { showMyMoments, showMySite, showMySites } from './show-my-sites.ts';
import { findRequest } from './store.ts';
import { withdrawRequest } from './withdraw-request.ts';

const clock = new TestClock('2026-11-25T10:20:00Z');
const admin = systemActor('test');
let platform: TestPlatform;
let mine: string;
let other: string;
let bare: string;
let me: Actor;
let neighbour: Actor;
const guard: Actor = { name: 'person:g@x.nl', kind: 'person', scope: 'operate', role: 'guard' };

const customerOf = (customerId: string, email: string): Actor => ({
  name: `person:${email}`,
  kind: 'person',
  scope: 'own',
  role: 'customer',
  customerId,
  email,
});

async function sql(text: string, values: unknown[] = []): Promise<unknown[]> {
  return (await platform.connection.pool.query<Record<string, unknown>>(text, values)).rows;
}

async function putSnapshot(site: string, id: string, at: string, change: Record<string, unknown> = {}): Promise<void> {
  const row = {
    reason: 'hourly',
    complete: true,
    wrong_since: null,
    figures: { fileBytes: 1000, databaseBytes: 500 },
    ...change,
  };
  await sql(
    `insert into snapshots (id, site_id, run_id, reason, taken_at, stored_at, consistent, complete, gaps, figures, wrong_since)
     values ($1, $2, 'r', $3, $4, $4, true, $5, '[]', $6, $7)`,
    [id, site, row.reason, at, row.complete, JSON.stringify(row.figures), row.wrong_since],
  );
}

beforeAll(async () => {
  platform = await openTestPlatform({ clock });
  const [baker, shop] = await Promise.all(['Bakker', 'Winkel'].map((name) => addCustomer(platform, admin, { name })));
  me = customerOf(baker!.id, 'jan@bakker.nl');
  neighbour = customerOf(shop!.id, 'piet@winkel.nl');
  mine = (await addSite(platform, admin, { url: 'https://bakkerij.nl', customer: baker!.id, plan: 'hourly' })).id;
  bare = (await addSite(platform, admin, { url: 'https://nieuw.nl', customer: baker!.id })).id;
  other = (await addSite(platform, admin, { url: 'https://winkel.nl', customer: shop!.id })).id;
  await sql(
    'update sites set paired_at = $1, files_bytes = 4000000000, database_bytes = 500, measured_at = $1 where id = $2',
    ['2026-11-01T00:00:00Z', mine],
  );
  await sql("update watch_targets set added_at = '2026-11-05T00:00:00Z'");
  await putSnapshot(mine, 'a1', '2026-11-25T08:05:00Z');
  await putSnapshot(mine, 'a2', '2026-11-25T09:05:00Z');
  await putSnapshot(mine, 'a3', '2026-11-25T09:30:00Z', { reason: 'before-restore' });
  await putSnapshot(mine, 'a4', '2026-11-25T09:40:00Z', { complete: false });
  await putSnapshot(other, 'b1', '2026-11-25T09:05:00Z');
  await sql(
    `insert into verifications (site_id, kind, snapshot_id, began_at, ended_at, ok, problems, figures)
     values ($1, 'trial-restore', 'a1', $2, $2, true, '[]', '{}'), ($1, 'trial-restore', 'a2', $3, $3, false, '["acme-forms"]', '{}')`,
    [mine, '2026-11-24T03:00:00Z', '2026-11-25T03:00:00Z'],
  );
  for (const at of ['2026-10-25T08:05:00Z', '2026-11-25T08:05:00Z', '2026-11-25T09:05:00Z']) {
    const subject = siteSubject(mine);
    const window = hourlyWindow(new Date(at), 'Europe/Amsterdam');
    await openDuty(platform.db, { promise: 'P10', kind: 'backup-hourly', subject, ...window });
    const evidenceAt = new Date(at);
    await dischargeDuty(platform.db, { kind: 'backup-hourly', subject, evidenceAt, evidence: {}, at: evidenceAt });
  }
});
afterAll(() => platform.close());

describe('a customer', () => {
  test('sees his sites and no other, the worst word only where it is due', async () => {
    expect((await showMySites(platform, me)).map((site) => [site.url, site.state, site.reason])).toEqual([
      ['https://bakkerij.nl', 'well', 'all-kept'],
      ['https://nieuw.nl', 'starting', 'not-connected'],
    ]);
    expect((await showMySites(platform, neighbour)).map((site) => site.id)).toEqual([other]);
  });

  test('sees what was promised with its proof, and nothing of how it is done', async () => {
    const site = await showMySite(platform, me, mine);
    expect(site).toEqual({
      id: mine,
      url: 'https://bakkerij.nl',
      plan: 'hourly',
      state: 'well',
      reason: 'all-kept',
      lastBackupAt: '2026-11-25T09:05:00.000Z',
      nextBackupBy: '2026-11-25T11:00:00.000Z',
      lastProof: { kind: 'trial-restore', at: '2026-11-24T03:00:00.000Z', takenAt: '2026-11-25T08:05:00.000Z' },
      careSince: clock.now().toISOString(),
      timeZone: 'Europe/Amsterdam',
      month: { begins: '2026-10-31T23:00:00.000Z', due: 2, kept: 2, late: 0, missed: 0 },
      moments: { count: 2, oldest: '2026-11-25T08:05:00.000Z' },
      watch: {
        state: 'unsure',
        since: null,
        lastLookAt: null,
        everySeconds: 60,
        watchedSince: '2026-11-05T00:00:00.000Z',
        thisMonth: { begins: '2026-10-31T23:00:00.000Z', share: 1, outMinutes: 0, workMinutes: 0, outages: 0 },
        lastMonth: null,
        outages: [],
        promise: { withinSeconds: 300, outages: 0, kept: 0, slowestSeconds: null },
      },
      size: { totalBytes: 4_000_000_500, limitBytes: 5_000_000_000, state: 'near' },
      requests: [],
    });
  });

  test('sees moments and sizes only', async () => {
    expect(await showMyMoments(platform, me, { site: mine, limit: 10 })).toEqual([
      { at: '2026-11-25T09:40:00.000Z', bytes: 1500, usable: false },
      { at: '2026-11-25T09:30:00.000Z', bytes: 1500, usable: false },
      { at: '2026-11-25T09:05:00.000Z', bytes: 1500, usable: true },
      { at: '2026-11-25T08:05:00.000Z', bytes: 1500, usable: true },
    ]);
  });

  test('gets the same answer for a site of somebody else as for none', async () => {
    const answers = await Promise.all(
      [other, 'zzzzzzzzzzzz', 'https://winkel.nl', 'winkel.nl'].map((site) =>
        showMySite(platform, me, site).catch(
          (error: Error) => JSON.stringify(error).replaceAll(site, 'X') + error.message.replaceAll(site, 'X'),
        ),
      ),
    );
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toContain('site-not-found');
  });

  test.each<[string, Actor]>([
    ['an operator', { name: 'person:o@x.nl', kind: 'person', scope: 'admin', role: 'operator' }],
    ['a guard', guard],
    ['a token', { name: 'token:x', kind: 'token', scope: 'admin' }],
    ['the house', admin],
    ['a customer without a customer', { name: 'person:c@x.nl', kind: 'person', scope: 'own', role: 'customer' }],
    [
      'an operator who claims a customer',
      { name: 'person:o@x.nl', kind: 'person', scope: 'own', role: 'operator', customerId: 'x' },
    ],
  ])('is not %s', async (_who, actor) => {
    await expect(showMySites(platform, actor)).rejects.toMatchObject({ kind: 'not-allowed' });
    await expect(askRestore(platform, actor, { site: mine, moment: null, note: '' })).rejects.toMatchObject({
      kind: 'not-allowed',
    });
  });
});

describe('asking for a restore', () => {
  const ask = (change: Partial<Parameters<typeof askRestore>[2]> = {}) =>
    askRestore(platform, me, { site: mine, moment: '2026-11-25T08:05:00.000Z', note: 'Logo is weg', ...change });

  test('needs a moment that is kept and can be put back', async () => {
    for (const moment of ['2026-11-25T08:05:01.000Z', '2026-11-25T09:30:00.000Z', '2020-01-01T00:00:00.000Z'])
      await expect(ask({ moment })).rejects.toMatchObject({ code: 'moment-not-kept' });
    await expect(ask({ site: other })).rejects.toMatchObject({ code: 'site-not-found' });
    expect(await listOpenRequests(platform.db)).toEqual([]);
  });

  test('goes to the agency once, with the snapshot of that moment, and is told in the trail', async () => {
    const request = await ask();
    await expect(ask()).rejects.toMatchObject({ code: 'request-waits-already' });
    expect(request).toMatchObject({ state: 'open', snapshot_id: 'a1', asked_by: 'person:jan@bakker.nl' });
    expect(await listOpenRequests(platform.db)).toMatchObject([
      {
        id: request.id,
        customer: { name: 'Bakker' },
        site: { url: 'https://bakkerij.nl' },
        note: 'Logo is weg',
        accepted: false,
      },
    ]);
    expect(await sql(`select actor, action, site_id from audit where subject = $1`, [`request:${request.id}`])).toEqual(
      [{ actor: 'person:jan@bakker.nl', action: 'request-made', site_id: mine }],
    );
    expect((await showMySite(platform, me, mine)).reason).toBe('request-waits');
  });

  test('is answered by who may operate; the customer reads the answer, not who gave it', async () => {
    const [open] = await listOpenRequests(platform.db);
    const input = { request: open!.id, state: 'accepted' as const, answer: 'We zijn ermee bezig.' };
    for (const actor of [me, { name: 'token:r', kind: 'token', scope: 'read' } as const])
      await expect(answerRequest(platform, actor, input)).rejects.toMatchObject({ code: 'not-allowed' });
    await answerRequest(platform, guard, input);
    await expect(answerRequest(platform, guard, input)).rejects.toMatchObject({ code: 'request-over' });
    await answerRequest(platform, guard, { ...input, state: 'done', answer: 'Staat terug.' });
    const [shown] = (await showMySite(platform, me, mine)).requests;
    expect(shown).toMatchObject({ state: 'done', answer: 'Staat terug.' });
    expect(JSON.stringify(shown)).not.toContain('g@x.nl');
    expect((await showMySite(platform, me, mine)).state).toBe('well');
  });

  test('is withdrawn by the customer himself, and only while nobody took it on', async () => {
    const request = await ask({ moment: null });
    await expect(withdrawRequest(platform, neighbour, request.id)).rejects.toMatchObject({ code: 'request-not-found' });
    await expect(withdrawRequest(platform, me, 'zzz')).rejects.toMatchObject({ code: 'request-not-found' });
    await withdrawRequest(platform, me, request.id);
    expect((await findRequest(platform.db, request.id))?.state).toBe('withdrawn');
    const again = await ask({ moment: null });
    await answerRequest(platform, guard, { request: again.id, state: 'accepted', answer: '' });
    await expect(withdrawRequest(platform, me, again.id)).rejects.toMatchObject({ code: 'request-over' });
  });
});

test('a site that left our care is no longer there for its customer', async () => {
  await sql('update sites set removed_at = now() where id = $1', [bare]);
  expect((await showMySites(platform, me)).map((site) => site.id)).toEqual([mine]);
  await expect(showMySite(platform, me, bare)).rejects.toMatchObject({ code: 'site-not-found' });
});
