// What happens when nobody can be asked, when several ask at once, and when a whole server falls over; on a real database.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addCustomer } from '../customers/index.ts';
import { systemActor } from '../identity/index.ts';
import { findIncident, groupLoop, openOutage, resolveOutage } from '../incidents/index.ts';
import { listMessages } from '../messages/index.ts';
import { TestClock } from '../platform/clock.ts';
import { openTestPlatform, type TestPlatform } from '../platform/test-platform.ts';
import { addSite } from '../sites/index.ts';
import { dispatchAlarms } from './dispatch-alarms.ts';
import { showNow } from './show-duty.ts';

const clock = new TestClock('2026-11-24T01:00:00Z');
const actor = systemActor('test');
let platform: TestPlatform;
const sites: string[] = [];

const sql = (text: string, values: unknown[] = []) => platform.connection.pool.query(text, values);

beforeAll(async () => {
  platform = await openTestPlatform({
    clock,
    environment: {
      NACHTWACHT_URL: 'https://nw.example',
      NACHTWACHT_SMTP_HOST: '127.0.0.1',
      NACHTWACHT_MAIL_FROM: 'wacht@nw.example',
    },
  });
  const customer = await addCustomer(platform, actor, { name: 'Bakkerij' });
  for (const name of ['een', 'twee', 'drie', 'vier']) {
    sites.push((await addSite(platform, actor, { url: `https://${name}.example`, customer: customer.id })).id);
  }
  await sql(`
    insert into auth_users (id, name, email, "emailVerified") values
      ('u1', 'Jan', 'jan@nw.example', true), ('u2', 'Piet', 'piet@nw.example', true);
    insert into people (user_id, role, language, created_at) values ('u1', 'operator', 'nl', now()), ('u2', 'operator', 'en', now());
    insert into guards (id, name, phone, email, can_be_called, language, created_at) values
      ('noor', 'Noor', '+31600000001', 'noor@nw.example', false, 'nl', now()),
      ('sam', 'Sam', '+31600000002', null, true, 'nl', now());
    insert into rotas (id, name, position, time_zone, every, handover, first_turn, created_at) values
      ('r1', 'First', 0, 'Europe/Amsterdam', 'week', '09:00', '2026-01-02', now()),
      ('r2', 'Second', 1, 'Europe/Amsterdam', 'week', '09:00', '2026-01-02', now());
    insert into rota_turns (rota_id, position, guard_id) values ('r1', 0, 'noor'), ('r2', 0, 'sam')`);
});
afterAll(() => platform.close());

async function goOut(site: string): Promise<string> {
  const at = clock.now();
  const { incidentId } = await platform.db.transaction().execute((trx) =>
    openOutage(trx, {
      targetId: site,
      siteId: site,
      firstFailureAt: new Date(at.getTime() - 34_000),
      confirmedAt: at,
      cause: 'refused',
      detail: '',
      reason: { code: 'confirmed-elsewhere' },
      address: '192.0.2.7',
      watcher: 'w1',
      inMaintenance: false,
      at,
    }),
  );
  return incidentId;
}

async function allBack(): Promise<void> {
  const at = clock.now();
  for (const site of sites) {
    await platform.db.transaction().execute((trx) => resolveOutage(trx, { targetId: site, fixedAt: at, at }));
  }
  clock.advance(7_200_000);
  await dispatchAlarms(platform);
}

const sent = async (incidentId: string): Promise<string[]> =>
  (await listMessages(platform.db, { incidentId }))
    .map((row) => `${row.purpose} ${row.means} ${row.recipient} ${row.step}`)
    .toSorted();

test('without any way to send an SMS it is said, shown, and mailed to the guards and to every operator; once', async () => {
  expect((await showNow(platform)).smsPaths).toBe(0);
  const id = await goOut(sites[0]!);
  await Promise.all([dispatchAlarms(platform), dispatchAlarms(platform)]);
  clock.advance(1000);
  await dispatchAlarms(platform);
  expect((await findIncident(platform.db, id))?.given_up_at).not.toBeNull();
  expect(await sent(id)).toEqual([
    'alarm email noor@nw.example 0',
    'notice email jan@nw.example 0',
    'notice email piet@nw.example 0',
  ]);
  const mails = await listMessages(platform.db, { incidentId: id });
  expect(mails.find((one) => one.recipient.startsWith('jan'))?.content.subject).toBe('Niemand pakt het: een.example');
  expect(mails.find((one) => one.recipient.startsWith('piet'))?.content.subject).toBe('Nobody takes it: een.example');
  const toGuard = mails.find((one) => one.recipient.startsWith('noor'));
  expect(toGuard?.content.text).toMatch(/https:\/\/nw\.example\/g\/\w{22}/);
  await allBack();
});

test('two processes that look at the same moment ask once', async () => {
  await sql(`insert into message_providers (id, kind, means, name, position, config, created_at) values
    ('p1', 'twilio', 'sms', 'One', 0, '{}', now()), ('voice', 'twilio-voice', 'call', 'Voice', 0, '{}', now())`);
  const id = await goOut(sites[0]!);
  await Promise.all(Array.from({ length: 5 }, () => dispatchAlarms(platform)));
  expect((await sent(id)).filter((one) => one.includes(' sms '))).toEqual(['alarm sms +31600000001 0']);
  await allBack();
});

test('who does not want to be called is not; the next one is', async () => {
  const id = await goOut(sites[0]!);
  await dispatchAlarms(platform);
  await sql("update messages set state = 'delivered' where incident_id = $1", [id]);
  for (let minute = 0; minute < 9; minute += 1) {
    clock.advance(60_000);
    await dispatchAlarms(platform);
  }
  expect((await sent(id)).filter((one) => !one.includes('email'))).toEqual([
    'alarm call +31600000002 1',
    'alarm sms +31600000001 0',
    'alarm sms +31600000002 1',
  ]);
  await allBack();
});

test('a whole server: one incident, one SMS that counts its sites, one code', async () => {
  await sql("update watch_states set address = '192.0.2.7'");
  const ids: string[] = [];
  for (const site of sites) ids.push(await goOut(site));
  await groupLoop.run(platform, new AbortController().signal);
  await dispatchAlarms(platform);
  await dispatchAlarms(platform);
  const { rows } = await sql("select id from incidents where kind = 'group' and resolved_at is null");
  expect(rows).toHaveLength(1);
  const all = (await listMessages(platform.db, { guardId: 'noor' })).filter((one) => one.created_at >= clock.now());
  const alarms = all.filter((one) => one.means === 'sms' && one.purpose === 'alarm');
  expect(alarms.map((one) => one.incident_id)).toEqual([rows[0].id]);
  expect(alarms[0]?.content.text).toMatch(
    /^STORING 4 sites bij 192\.0\.2\.7 .*sinds \d\d:\d\d\. 1A=ik pak het 1D=klaar https:/,
  );
  expect(alarms[0]?.content.text.length).toBeLessThanOrEqual(160);
});
