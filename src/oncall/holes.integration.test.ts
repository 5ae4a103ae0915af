// Holes in the rota become incidents days before, and the calendar feed tells the rota, on a real database.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemActor, type Actor } from '../identity/index.ts';
import { listOpenOfKind } from '../incidents/index.ts';
import { TestClock } from '../platform/clock.ts';
import { createApp } from '../platform/http/server.ts';
import { openTestPlatform, type TestPlatform } from '../platform/test-platform.ts';
import { answerCalendar } from './calendar/answer-calendar.ts';
import { makeCalendar, revokeCalendar } from './calendar/make-calendar.ts';
import { settleHoles } from './raise-holes.ts';

// A Wednesday, 10:00 in Amsterdam.
const clock = new TestClock('2026-11-25T09:00:00Z');
const admin = systemActor('test');
const guard: Actor = { name: 'person:g@x.nl', kind: 'person', scope: 'operate', role: 'guard' };
let platform: TestPlatform;

const sql = (text: string, values: unknown[] = []) => platform.connection.pool.query(text, values);
const open = async () => {
  clock.advance(60_000);
  await settleHoles(platform);
  await settleHoles(platform);
  const rows = await listOpenOfKind(platform.db, 'rota');
  return rows.map((row) => ({ subject: row.subject, cause: row.cause, urgency: row.urgency, quiet: row.quiet_until }));
};

beforeAll(async () => {
  platform = await openTestPlatform({ clock, environment: { NACHTWACHT_URL: 'https://nw.example' } });
});
afterAll(() => platform.close());

test('a house without a rota has not begun: nothing is raised', async () => {
  expect(await open()).toEqual([]);
});

test('a turn of nobody within a week is told once, in the hours of the agency, until it is filled', async () => {
  await sql(`
    insert into guards (id, name, phone, created_at) values
      ('noor', 'Noor', '+31600000001', now()), ('mute', 'Mute; "M"', null, now());
    insert into rotas (id, name, position, time_zone, every, handover, first_turn, created_at)
      values ('r1', 'First, line', 0, 'Europe/Amsterdam', 'week', '09:00', '2026-11-23', now());
    insert into rota_turns (rota_id, position, guard_id) values ('r1', 0, 'noor'), ('r1', 1, null)`);
  // Monday the 30th is five days ahead.
  expect(await open()).toEqual([{ subject: 'rota:hole', cause: 'nobody-on-duty', urgency: 'low', quiet: clock.now() }]);
  await sql("update rota_turns set guard_id = 'noor' where position = 1");
  expect(await open()).toEqual([]);
});

test('at night it waits for the morning', async () => {
  clock.set('2026-11-25T22:00:00Z');
  await sql('update rota_turns set guard_id = null where position = 1');
  expect(await open()).toMatchObject([{ subject: 'rota:hole', quiet: new Date('2026-11-26T08:00:00Z') }]);
});

test('an override fills it; who has no number is named', async () => {
  await sql(`insert into rota_overrides (id, rota_id, guard_id, from_at, to_at, made_at, made_by)
    values ('o1', 'r1', 'mute', '2026-11-30T08:00Z', '2026-12-07T08:00Z', '2026-11-25T10:00Z', 'x')`);
  expect(await open()).toMatchObject([{ subject: 'rota:phone:mute', cause: 'guard-without-phone' }]);
  await sql("update guards set phone = '+31600000002' where id = 'mute'");
  expect(await open()).toEqual([]);
});

test('who left the house leaves a hole', async () => {
  await sql(`insert into auth_users (id, name, email, "emailVerified")
    values ('u1', 'Mute', 'mute@x.nl', true);
    insert into people (user_id, role, created_at) values ('u1', 'guard', now());
    update guards set user_id = 'u1' where id = 'mute'`);
  expect(await open()).toEqual([]);
  await sql("update people set deactivated_at = now() where user_id = 'u1'");
  expect(await open()).toMatchObject([{ subject: 'rota:hole' }]);
  await sql("update people set deactivated_at = null where user_id = 'u1'");
  expect(await open()).toEqual([]);
});

test('the feed: its address is shown once, a new one ends the old one, a guard may not', async () => {
  await expect(makeCalendar(platform, { ...guard, scope: 'own' })).rejects.toMatchObject({ code: 'not-allowed' });
  const app = createApp(platform, {
    api: { handle: async () => undefined, describe: async () => ({}) },
    authenticate: async () => undefined,
    parts: [answerCalendar(platform)],
  });
  const get = (url: string, headers: Record<string, string> = {}) =>
    app.request(url.replace('https://nw.example', 'http://127.0.0.1'), { headers: { host: '127.0.0.1', ...headers } });
  const first = (await makeCalendar(platform, admin)).url;
  const answer = await get(`${first}?lang=en`);
  const text = await answer.text();
  expect(answer.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
  const unfolded = text.replaceAll('\r\n ', '');
  expect(unfolded).toContain(String.raw`SUMMARY:Mute\; "M" is on duty (First\, line)`);
  expect(unfolded).toContain('DTSTART:20261130T080000Z\r\nDTEND:20261207T080000Z');
  expect(text.split('\r\n').every((line) => new TextEncoder().encode(line).length <= 75)).toBe(true);

  const etag = answer.headers.get('etag') ?? '';
  expect((await get(`${first}?lang=en`, { 'if-none-match': etag })).status).toBe(304);
  // Tomorrow the same turns have the same names.
  const names = (feed: string): string[] => feed.match(/UID:\S+/g)?.slice(1, -1) ?? [];
  clock.advance(86_400_000);
  expect(names(await (await get(`${first}?lang=en`)).text())).toEqual(expect.arrayContaining(names(text)));
  await sql("update rota_overrides set removed_at = now() where id = 'o1'");
  expect((await get(`${first}?lang=en`, { 'if-none-match': etag })).status).toBe(200);

  const mine = await (await get(`${first}?guard=noor`)).text();
  expect(mine).toContain('Noor heeft dienst');
  expect(mine).not.toContain('Niemand');
  const second = (await makeCalendar(platform, admin)).url;
  expect((await get(first)).status).toBe(404);
  expect((await get(second)).status).toBe(200);
  await revokeCalendar(platform, admin);
  expect((await get(second)).status).toBe(404);
  const { rows } = await sql("select count(*)::int as n from audit where action like 'duty-calendar-%'");
  expect(rows[0].n).toBe(3);
});
