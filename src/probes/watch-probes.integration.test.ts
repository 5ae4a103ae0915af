import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { acknowledgeIncident } from '../incidents/index.ts';
import { systemActor } from '../identity/index.ts';
import { TestClock } from '../platform/clock.ts';
import { openTestPlatform, type TestPlatform } from '../platform/test-platform.ts';
import type { ProbeFacts } from './contract.ts';
import { removeProbe } from './remove-probe.ts';
import { insertProbe, markSeen, takeToken } from './store.ts';
import { silentProbesLoop } from './watch-probes.ts';

const clock = new TestClock('2026-11-25T02:00:00Z');
let platform: TestPlatform;
const query = (text: string, values: unknown[] = []) => platform.connection.pool.query(text, values);
const run = (): Promise<void> => silentProbesLoop.run(platform, new AbortController().signal);

beforeAll(async () => {
  platform = await openTestPlatform({ clock });
  const now = clock.now();
  await query(`insert into guards (id, name, phone, created_at) values ('jan', 'Jan', '+31600000001', $1)`, [now]);
  await query(
    `insert into rotas (id, name, position, time_zone, every, handover, first_turn, created_at)
     values ('r', 'Eerste', 0, 'Europe/Amsterdam', 'week', '09:00', '2026-01-05', $1)`,
    [now],
  );
  await query(`insert into rota_turns values ('r', 0, 'jan')`);
  await query(
    `insert into message_providers (id, kind, means, name, position, config, created_at)
     values ('sms', 'twilio', 'sms', 'Een', 0, '{}', $1)`,
    [now],
  );
});
beforeEach(async () => {
  await query('delete from messages');
  await query('delete from incidents');
  await query('delete from probes');
});
afterAll(() => platform.close());

async function addProbe(name: string): Promise<string> {
  const at = clock.now();
  const joinHash = Buffer.from(name.padEnd(32, '.'));
  const later = new Date(at.getTime() + 60_000);
  const id = `probe${name.toLowerCase()}`;
  await insertProbe(platform.db, { id, name, joinHash, joinExpiresAt: later, at });
  await takeToken(platform.db, { joinHash, publicKey: Buffer.alloc(32, name), version: '1', at });
  return id;
}

const facts = (sms: string | null): ProbeFacts => ({
  address: null,
  sms,
  smsError: null,
  kitUntil: '2027-01-01T00:00:00.000Z',
  references: 'fine',
  loopDelayMs: 1,
  checks: 0,
  alarmsSince: null,
});
const beHeard = (id: string, sms: string | null): Promise<void> =>
  markSeen(platform.db, id, { at: clock.now(), version: '1', facts: facts(sms) });

/** The loop looks every five seconds, as it does for real. */
async function pass(seconds: number, meanwhile: () => Promise<void> = () => Promise.resolve()): Promise<void> {
  for (let left = seconds; left > 0; left -= 5) {
    clock.advance(5000);
    await meanwhile();
    await run();
  }
}

const incidents = async () =>
  (await query(`select urgency, cause, quiet_until, resolved_at is not null as over from incidents order by opened_at`))
    .rows;
const notices = async () =>
  (await query(`select guard_id, purpose, content->>'text' as text from messages order by created_at`)).rows;

test('the only one, at night, without an SMS account: one message to the guard, and the rest by day', async () => {
  clock.set('2026-11-25T02:00:00Z');
  const id = await addProbe('FRANKFURT');
  await run();
  await beHeard(id, null);
  await pass(85);
  expect(await incidents()).toEqual([]);
  await pass(60);
  const text = expect.stringContaining('FRANKFURT zwijgt sinds 03:00');
  expect(await notices()).toEqual([{ guard_id: 'jan', purpose: 'notice', text }]);
  const quietUntil = new Date('2026-11-25T08:00:00Z');
  expect(await incidents()).toEqual([{ urgency: 'low', cause: 'silent', quiet_until: quietUntil, over: false }]);
  await beHeard(id, null);
  await run();
  expect(await incidents()).toMatchObject([{ over: true }]);
});

test('one that alarms by itself has the word first: ours is held back for 15 minutes', async () => {
  clock.set('2026-11-25T02:00:00Z');
  const id = await addProbe('FRANKFURT');
  await run();
  await beHeard(id, 'twilio');
  await pass(890);
  expect(await incidents()).toMatchObject([{ over: false }]);
  expect(await notices()).toEqual([]);
  await pass(20);
  expect(await notices()).toHaveLength(1);
});

test('one that somebody took meanwhile is told to nobody', async () => {
  clock.set('2026-11-25T02:00:00Z');
  const id = await addProbe('FRANKFURT');
  await run();
  await beHeard(id, 'twilio');
  await pass(120);
  const [{ id: incident }] = (await query('select id from incidents')).rows;
  await acknowledgeIncident(platform.db, { name: 'person:jan' }, incident, clock.now());
  await pass(900);
  expect(await notices()).toEqual([]);
});

test('by day nothing goes beside the ordinary way of asking', async () => {
  clock.set('2026-11-25T10:00:00Z');
  const id = await addProbe('FRANKFURT');
  await run();
  await beHeard(id, null);
  await pass(150);
  expect(await incidents()).toMatchObject([{ urgency: 'low', quiet_until: null }]);
  expect(await notices()).toEqual([]);
});

test('while another one looks along it waits for the day', async () => {
  clock.set('2026-11-25T02:00:00Z');
  const [one, two] = [await addProbe('FRANKFURT'), await addProbe('PARIJS')];
  await run();
  await beHeard(one, null);
  await pass(200, () => beHeard(two, null));
  expect(await incidents()).toHaveLength(1);
  expect(await notices()).toEqual([]);
});

test('what nobody of us could hear counts against none of them', async () => {
  clock.set('2026-11-25T02:00:00Z');
  const id = await addProbe('FRANKFURT');
  await run();
  await beHeard(id, null);
  // The core stood still for an hour: no loop ran.
  clock.advance(3_600_000);
  await run();
  await pass(60, () => beHeard(id, null));
  expect(await incidents()).toEqual([]);
});

test('its incident ends when it is removed', async () => {
  clock.set('2026-11-25T02:00:00Z');
  const id = await addProbe('FRANKFURT');
  await run();
  await beHeard(id, null);
  await pass(150);
  await removeProbe(platform, systemActor('test'), id);
  await run();
  expect(await incidents()).toMatchObject([{ over: true }]);
});
