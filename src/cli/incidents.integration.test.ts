// `nachtwacht incidents` as people type it, against a platform with an outage, in both languages.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addCustomer } from '../customers/index.ts';
import { systemActor } from '../identity/index.ts';
import { openOutage } from '../incidents/index.ts';
import { TestClock } from '../platform/clock.ts';
import type { TestPlatform } from '../platform/test-platform.ts';
import { addSite } from '../sites/index.ts';
import { openTestCommand, type Ended, type TestCommand } from './test-command.ts';

const admin = systemActor('test');
const clock = new TestClock('2026-11-25T02:20:00Z');
let command: TestCommand;
let platform: TestPlatform;
const tokens = new Map<string, string>();

beforeAll(async () => {
  command = await openTestCommand({ clock });
  platform = command.platform;
  for (const [name, scope] of [
    ['reader', 'read'],
    ['guard', 'operate'],
    ['other', 'operate'],
  ] as const)
    tokens.set(name, await command.tokenOf(name, scope));
  const customer = await addCustomer(platform, admin, { name: 'Bakker', phone: '+31600000001' });
  const { id } = await addSite(platform, admin, { url: 'https://bakkerij.nl', customer: customer.id });
  await platform.connection.pool.query("update watch_targets set added_at = '2026-11-01T00:00:00Z'");
  await platform.db.transaction().execute((trx) =>
    openOutage(trx, {
      targetId: id,
      siteId: id,
      firstFailureAt: new Date('2026-11-25T02:10:21Z'),
      confirmedAt: new Date('2026-11-25T02:11:12Z'),
      cause: 'database-error',
      detail: '500',
      reason: { code: 'confirmed-elsewhere', failures: 3, cause: 'database-error' },
      address: null,
      watcher: 'w',
      inMaintenance: false,
      at: clock.now(),
    }),
  );
});
afterAll(async () => {
  await command.close();
});

function run(who: string, args: string[], language = 'en_US.UTF-8'): Promise<Ended> {
  const environment = { LANG: language, TZ: 'Europe/Amsterdam' };
  return command.run(['incidents', ...args], { token: tokens.get(who), environment });
}

test('lists what is open, shows it to the second, takes it once, notes and says done', async () => {
  const listed = await run('reader', ['list']);
  expect(listed).toMatchObject({ code: 0, err: '' });
  expect(listed.out).toMatch(/1\s+open\s+Bakkerij\.nl: database error\.\s+25 Nov 2026, 03:10\s+10 min/);
  expect((await run('reader', ['list', '--kind', 'probe'])).out).toContain('Nothing is open.');

  const refused = await run('reader', ['ack', '1']);
  expect([refused.code, refused.out]).toEqual([3, '']);
  expect((await run('guard', ['ack', '1'])).out).toContain('You have 1');
  expect((await run('other', ['ack', '1'])).out).toMatch(/^guard has it, since /);
  expect((await run('guard', ['note', '1', 'hoster', 'gebeld'])).code).toBe(0);
  expect((await run('guard', ['cause', '1', 'disk full'])).code).toBe(0);
  expect((await run('guard', ['done', '1'])).out).toContain('as soon as the watch sees it');
  expect((await run('guard', ['show', '99'])).code).toBe(4);

  const { out } = await run('reader', ['show', '1'], 'nl_NL.UTF-8');
  expect(out).toContain('1: Bakkerij.nl: databasefout.');
  expect(out).toContain('guard heeft het');
  expect(out).toContain('Oorzaak: disk full');
  expect(out).toContain('Klant: Bakker (+31600000001)');
  expect(out).toContain('2026-11-25 03:10:21  Eerste keer mis bij bakkerij.nl: databasefout.');
  expect(out).toContain('2026-11-25 03:11:12  Bevestigd als storing');
  expect(out).toContain('guard: hoster gebeld');
}, 60_000);

test('availability of a month, in words and as a document', async () => {
  const { out } = await run('reader', ['availability', 'bakkerij.nl']);
  expect(out).toMatch(/^99\.97\d % reachable in 2026-11\n.*10 min {2}database error {2}#1/);
  const document = JSON.parse((await run('reader', ['availability', 'bakkerij.nl', '--json'])).out) as object;
  expect(document).toMatchObject({ month: '2026-11', outMinutes: 10, outages: [{ incident: 1, to: null }] });
}, 60_000);
