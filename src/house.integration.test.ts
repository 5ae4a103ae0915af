// Registering customers and sites, tokens, duties: who may, what is refused, what is written down.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { recordAudit } from './audit/index.ts';
import { addCustomer } from './customers/index.ts';
import { alarmOverdue } from './duties/alarm-overdue.ts';
import { dailyWindow, dischargeDuty, hourlyWindow, listDuties, openDuty } from './duties/index.ts';
import { authenticate, createToken, systemActor, type Actor } from './identity/index.ts';
import { revokeToken } from './identity/revoke-token.ts';
import { listAlarms } from './platform/alarms/index.ts';
import { TestClock } from './platform/clock.ts';
import { runAlone } from './platform/database/index.ts';
import { currentClaim, defineSaga, startSaga } from './platform/saga/index.ts';
import { openTestPlatform, type TestPlatform } from './platform/test-platform.ts';
import { changeSite } from './sites/change-site.ts';
import { checkSite } from './sites/check-site.ts';
import {
  addSite,
  connectToSite,
  getSite,
  listSites,
  pairWithSite,
  recordMeasurement,
  siteSubject,
} from './sites/index.ts';
import { measureSite } from './sites/measure-site.ts';
import { removeSite } from './sites/remove-site.ts';
import { unpairSite } from './sites/unpair-site.ts';

const clock = new TestClock('2026-07-15T10:00:00Z');
let platform: TestPlatform;
const admin = systemActor('test');
const operator: Actor = { name: 'token:operator', scope: 'operate', kind: 'token' };
const reader: Actor = { name: 'token:reader', scope: 'read', kind: 'token' };

beforeAll(async () => {
  platform = await openTestPlatform({ clock });
  await addCustomer(platform, admin, { name: 'Bakkerij De Wit', email: 'info@bakkerij.nl' });
});
afterAll(() => platform.close());

async function auditOf(subject: string): Promise<unknown[]> {
  const { rows } = await platform.connection.pool.query<{ line: string }>(
    `select actor || ' ' || action as line from audit where subject = $1 order by id`,
    [subject],
  );
  return rows.map((row) => row.line);
}

describe('customers', () => {
  test('have a name of their own, whatever the case', async () => {
    await expect(addCustomer(platform, admin, { name: 'BAKKERIJ de wit' })).rejects.toMatchObject({
      code: 'customer-exists',
    });
  });
});

describe('sites', () => {
  test('are registered once, found by id, URL and host, and written down', async () => {
    const site = await addSite(platform, admin, { url: 'https://Brood.nl/', customer: 'bakkerij de wit' });
    expect(site).toMatchObject({
      url: 'https://brood.nl',
      customer_name: 'Bakkerij De Wit',
      limit_bytes: 5_000_000_000,
    });
    for (const reference of [site.id, 'https://brood.nl', 'https://brood.nl/', 'brood.nl', 'BROOD.nl']) {
      expect((await getSite(platform.db, reference)).id).toBe(site.id);
    }
    await expect(addSite(platform, admin, { url: 'brood.nl', customer: 'Bakkerij De Wit' })).rejects.toMatchObject({
      code: 'site-exists',
    });
    await expect(getSite(platform.db, 'rood.nl')).rejects.toMatchObject({ code: 'site-not-found', kind: 'not-found' });
    expect(await auditOf(siteSubject(site.id))).toEqual(['system:test site-added']);
  });

  test('with a password in the address are refused without repeating it', async () => {
    const adding = addSite(platform, admin, { url: 'https://user:geheim@brood2.nl', customer: 'Bakkerij De Wit' });
    await expect(adding).rejects.toMatchObject({ code: 'site-url-has-credentials' });
    await expect(adding).rejects.not.toThrow(/geheim/);
  });

  test('one host over http and https is two sites, and a bare host then asks which', async () => {
    for (const url of ['https://dubbel.nl', 'http://dubbel.nl']) {
      await addSite(platform, admin, { url, customer: 'Bakkerij De Wit', allowHttp: true });
    }
    await expect(getSite(platform.db, 'dubbel.nl')).rejects.toMatchObject({ code: 'site-ambiguous' });
  });

  test('removed leave the list and their duties; the address is free again, the history stays', async () => {
    const site = await addSite(platform, admin, { url: 'weg.nl', customer: 'Bakkerij De Wit' });
    const subject = siteSubject(site.id);
    await openDuty(platform.db, { promise: 'P5', kind: 'backup-daily', subject, ...dailyWindow(clock.now(), 'UTC') });
    const busy = defineSaga({ name: 'busy', subject: () => subject, run: async () => null });
    const { runId } = await startSaga(platform, busy, {}, { requestedBy: 'test' });
    await expect(removeSite(platform, admin, 'weg.nl')).rejects.toMatchObject({
      code: 'site-busy',
      details: { runId },
    });
    await platform.connection.pool.query(`update saga_runs set state = 'done' where id = $1`, [runId]);
    await removeSite(platform, admin, 'weg.nl');
    expect((await listSites(platform.db)).map((each) => each.id)).not.toContain(site.id);
    expect((await getSite(platform.db, site.id, { removedToo: true })).removed_at).not.toBeNull();
    expect((await listDuties(platform.db, { subject, limit: 9 })).map((duty) => duty.state)).toEqual(['withdrawn']);
    expect((await addSite(platform, admin, { url: 'weg.nl', customer: 'Bakkerij De Wit' })).id).not.toBe(site.id);
  });

  test('that are not paired say so, and how to', async () => {
    const site = await getSite(platform.db, 'brood.nl');
    await expect(connectToSite(platform, site.id)).rejects.toMatchObject({
      code: 'site-not-paired',
      nextStep: expect.stringContaining('site pair https://brood.nl') as string,
    });
  });

  test('near and beyond the 5 GB raise their alarm, which goes when the site shrinks or the quote is agreed', async () => {
    const site = await getSite(platform.db, 'brood.nl');
    const standing = async (): Promise<string[]> =>
      (await listAlarms(platform.db, { subject: siteSubject(site.id), standing: true, limit: 9 })).map(
        (alarm) => alarm.code,
      );
    const measure = (filesBytes: number) =>
      recordMeasurement(platform, site.id, { files: 10, filesBytes, tables: 3, databaseBytes: 500_000_000 });
    expect(await measure(1_000_000_000)).toMatchObject({ state: 'ok' });
    expect(await standing()).toEqual([]);
    expect(await measure(4_000_000_000)).toMatchObject({ state: 'near', share: 0.9, mostly: 'files' });
    expect(await standing()).toEqual(['site-size-near']);
    expect(await measure(5_000_000_000)).toMatchObject({ state: 'quote-needed' });
    expect(await standing()).toEqual(['site-quote-needed']);
    await changeSite(platform, admin, site.id, { limitBytes: 20_000_000_000 });
    expect(await measure(5_000_000_000)).toMatchObject({ state: 'ok' });
    expect(await standing()).toEqual([]);
  });
});

describe('somebody who may not', () => {
  const site = 'brood.nl';
  test.each<[string, Actor, (actor: Actor) => Promise<unknown>]>([
    ['add a customer', operator, (actor) => addCustomer(platform, actor, { name: 'Nieuw' })],
    ['add a site', operator, (actor) => addSite(platform, actor, { url: 'nieuw.nl', customer: 'Bakkerij De Wit' })],
    ['change a site', operator, (actor) => changeSite(platform, actor, site, { plan: 'hourly' })],
    ['remove a site', operator, (actor) => removeSite(platform, actor, site)],
    ['unpair a site', operator, (actor) => unpairSite(platform, actor, { site, force: true })],
    ['take over a site', operator, (actor) => checkSite(platform, actor, { site, takeOver: true })],
    ['pair a site', reader, (actor) => pairWithSite(platform, actor, { site, code: 'x' })],
    ['measure a site', reader, (actor) => measureSite(platform, actor, site)],
    ['check a site', reader, (actor) => checkSite(platform, actor, { site })],
    ['make a token', operator, (actor) => createToken(platform, actor, { name: 'x', scope: 'read' })],
    ['revoke a token', operator, (actor) => revokeToken(platform, actor, 'x')],
  ])('cannot %s', async (_name, actor, deed) => {
    const before = await platform.connection.pool.query('select count(*) from audit');
    await expect(deed(actor)).rejects.toMatchObject({ code: 'not-allowed', kind: 'not-allowed' });
    expect((await platform.connection.pool.query('select count(*) from audit')).rows).toEqual(before.rows);
  });

  test('raises no claim number either', async () => {
    const { id } = await getSite(platform.db, site);
    expect(await currentClaim(platform.db, siteSubject(id))).toBe(0);
  });
});

describe('tokens', () => {
  test('work until they are revoked, are kept only as a hash, and tell when they were used', async () => {
    const { token, secret } = await createToken(platform, admin, { name: 'script', scope: 'operate' });
    expect(await authenticate(platform, secret)).toMatchObject({ name: 'token:script', scope: 'operate' });
    const { rows } = await platform.connection.pool.query('select * from api_tokens where id = $1', [token.id]);
    expect(JSON.stringify(rows)).not.toContain(secret);
    expect((rows[0] as { last_used_at: Date }).last_used_at).toEqual(clock.now());
    for (const wrong of ['', 'nw_', secret.slice(1), `${secret}=`, secret.toLowerCase()]) {
      expect(await authenticate(platform, wrong)).toBeUndefined();
    }
    expect((await revokeToken(platform, admin, 'script')).map((each) => each.id)).toEqual([token.id]);
    expect(await authenticate(platform, secret)).toBeUndefined();
    await expect(revokeToken(platform, admin, token.id)).rejects.toMatchObject({ code: 'token-not-found' });
  });

  test('are made by a person only soon after he signed in', async () => {
    const boss = (minutesAgo: number): Actor => ({
      name: 'person:boss@x.nl',
      kind: 'person',
      role: 'operator',
      scope: 'admin',
      signedInAt: new Date(clock.now().getTime() - minutesAgo * 60_000),
    });
    const input = { name: 'by a person', scope: 'read' as const };
    await expect(createToken(platform, boss(11), input)).rejects.toMatchObject({ code: 'sign-in-not-fresh' });
    expect((await createToken(platform, boss(9), input)).token.made_by).toBe('person:boss@x.nl');
  });

  test('end by themselves: after a year when nobody says otherwise, or never', async () => {
    const began = clock.now();
    const secrets = new Map<string, string>();
    for (const [name, days] of [
      ['year', undefined],
      ['week', 7],
      ['always', null],
    ] as const) {
      const input = { name, scope: 'read' as const, ...(days === undefined ? {} : { days }) };
      secrets.set(name, (await createToken(platform, admin, input)).secret);
    }
    const works = async (days: number): Promise<string[]> => {
      clock.set(new Date(began.getTime() + days * 86_400_000 - 1).toISOString());
      const found = await Promise.all([...secrets.values()].map((secret) => authenticate(platform, secret)));
      return found.flatMap((actor) => actor?.name ?? []);
    };
    expect(await works(7)).toEqual(['token:year', 'token:week', 'token:always']);
    expect(await works(8)).toEqual(['token:year', 'token:always']);
    expect(await works(365)).toEqual(['token:year', 'token:always']);
    expect(await works(366)).toEqual(['token:always']);
    clock.set(began.toISOString());
  });
});

describe('duties', () => {
  const zone = 'Europe/Amsterdam';
  const kind = 'backup-daily';
  const standing = async (subject: string): Promise<string[]> =>
    (await listAlarms(platform.db, { subject, standing: true, limit: 9 })).map((alarm) => alarm.code);
  const states = async (subject: string): Promise<string[]> =>
    (await listDuties(platform.db, { subject, limit: 9 })).map((duty) => duty.state);

  test('not discharged in time raise one alarm, which late evidence clears', async () => {
    const subject = 'site:late';
    clock.set('2026-07-15T22:30:00Z'); // half past midnight in Amsterdam
    const duty = { promise: 'P5', kind, subject, ...dailyWindow(clock.now(), zone) };
    expect(duty.due.toISOString()).toBe('2026-07-16T04:00:00.000Z');
    expect(await openDuty(platform.db, duty)).toBe(true);
    expect(await openDuty(platform.db, duty)).toBe(false);
    clock.set('2026-07-16T04:10:00Z');
    await alarmOverdue(platform);
    expect(await standing(subject)).toEqual([]);
    clock.set('2026-07-16T04:16:00Z');
    await alarmOverdue(platform);
    await alarmOverdue(platform);
    expect(await standing(subject)).toEqual(['backup-daily-overdue']);
    const done = { kind, subject, evidenceAt: clock.now(), evidence: { snapshot: 'abc' }, at: clock.now() };
    expect(await dischargeDuty(platform.db, done)).toMatchObject([{ state: 'late' }]);
    expect(await standing(subject)).toEqual([]);
    expect(await listDuties(platform.db, { subject, limit: 9 })).toMatchObject([
      { state: 'late', evidence: { snapshot: 'abc' } },
    ]);
  });

  test('discharged in time never alarm, and older ones that were missed stay missed', async () => {
    const subject = 'site:kept';
    for (const day of ['2026-08-01', '2026-08-02', '2026-08-03']) {
      const window = dailyWindow(new Date(`${day}T03:00:00Z`), zone);
      await openDuty(platform.db, { promise: 'P5', kind, subject, ...window });
    }
    clock.set('2026-08-03T02:00:00Z');
    await alarmOverdue(platform);
    expect(await standing(subject)).toEqual(['backup-daily-overdue']);
    const done = { kind, subject, evidenceAt: clock.now(), evidence: { snapshot: 'def' }, at: clock.now() };
    await dischargeDuty(platform.db, done);
    expect(await states(subject)).toEqual(['kept', 'missed', 'missed']);
    expect(await standing(subject)).toEqual([]);
    clock.set('2026-08-03T09:00:00Z');
    await alarmOverdue(platform);
    expect(await standing(subject)).toEqual([]);
  });

  test('hourly: the missed hour is alarmed, the next backup clears it', async () => {
    const subject = 'site:hourly';
    const hourly = 'backup-hourly';
    for (const at of ['2026-08-10T12:10:00Z', '2026-08-10T13:10:00Z']) {
      await openDuty(platform.db, { promise: 'P10', kind: hourly, subject, ...hourlyWindow(new Date(at), zone) });
    }
    clock.set('2026-08-10T13:06:00Z');
    await alarmOverdue(platform);
    expect(await standing(subject)).toEqual(['backup-hourly-overdue']);
    clock.set('2026-08-10T13:20:00Z');
    const done = { kind: hourly, subject, evidenceAt: clock.now(), evidence: {}, at: clock.now() };
    await dischargeDuty(platform.db, done);
    expect(await states(subject)).toEqual(['kept', 'missed']);
    expect(await standing(subject)).toEqual([]);
  });
});

describe('the ground', () => {
  test('a deed that is rolled back leaves no audit row', async () => {
    const deed = platform.db.transaction().execute(async (trx) => {
      await recordAudit(trx, admin, { action: 'tried', subject: 'x:1', at: clock.now() });
      throw new Error('no');
    });
    await expect(deed).rejects.toThrow('no');
    expect(await auditOf('x:1')).toEqual([]);
  });

  test('one watcher looks at a time', async () => {
    const gate = Promise.withResolvers<void>();
    const began = Promise.withResolvers<void>();
    const first = runAlone(platform.db, 'test', () => {
      began.resolve();
      return gate.promise;
    });
    await began.promise;
    expect(await runAlone(platform.db, 'test', async () => {})).toBe(false);
    gate.resolve();
    expect(await first).toBe(true);
    expect(await runAlone(platform.db, 'test', async () => {})).toBe(true);
  });
});
