// `nachtwacht monitor` as people type it, against a platform.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addCustomer } from '../customers/index.ts';
import { systemActor } from '../identity/index.ts';
import { addSite } from '../sites/index.ts';
import { openTestCommand, type Ended, type TestCommand } from './test-command.ts';

const admin = systemActor('test');
let command: TestCommand;

beforeAll(async () => {
  command = await openTestCommand();
  const { platform } = command;
  await addCustomer(platform, admin, { name: 'Bakkerij' });
  const { id } = await addSite(platform, admin, { url: 'https://wijn.nl', customer: 'Bakkerij' });
  await addSite(platform, admin, { url: 'https://brood.nl', customer: 'Bakkerij' });
  await platform.connection.pool.query(
    `insert into watch_states (target_id, watcher_id, watched, phase, verdict, cause, detail, reason, checked_at, total_ms, updated_at)
     values ($1, 'w', '{}', 'out', 'down', 'status', '503', '{"code": "still-out", "cause": "status"}', now(), 120, now())`,
    [id],
  );
});
afterAll(() => command.close());

const run = (args: string[]): Promise<Ended> => command.run(args);

test('lists the watch, worst first, in both languages', async () => {
  const english = await run(['monitor', 'list']);
  expect(english.err).toBe('');
  expect(english.out.split('\n')[1]).toMatch(/^https:\/\/wijn\.nl +outage +120 ms .* The outage goes on: 503\.$/);
  const dutch = await run(['monitor', 'list', '--lang', 'nl', '--phase', 'out']);
  expect(dutch.out).toMatch(/^site +toestand .*\nhttps:\/\/wijn\.nl +storing .* De storing duurt voort: 503\.\n$/);
});

test('shows, sets and looks', async () => {
  expect((await run(['monitor', 'show', 'wijn.nl'])).out).toContain('Still learns: 0 of 5 good checks.');
  const set = await run(['monitor', 'set', 'wijn.nl', '--interval', '20', '--keyword', 'Wijnen', '--json']);
  expect(JSON.parse(set.out)).toMatchObject({ settings: { intervalMs: 20_000, keyword: 'Wijnen' } });
  expect((await run(['monitor', 'set', 'wijn.nl', '--interval', '5'])).code).toBe(2);
  expect((await run(['monitor', 'check', 'wijn.nl'])).out).toBe('wijn.nl is looked at now.\n');
  expect((await run(['monitor', 'references', '1.1.1.1:443'])).out).toBe('Reference hosts: 1.1.1.1:443\n');
  expect((await run(['monitor', 'watchers'])).out).toContain('Nobody watches.');
});
