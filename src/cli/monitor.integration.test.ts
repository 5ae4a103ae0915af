// `nachtwacht monitor` as people type it, against a platform.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createApi } from '../api.ts';
import { addCustomer } from '../customers/index.ts';
import { authenticate, createToken, systemActor } from '../identity/index.ts';
import { createApp, startHttp, type HttpServer } from '../platform/http/server.ts';
import { openTestPlatform, type TestPlatform } from '../platform/test-platform.ts';
import { addSite } from '../sites/index.ts';

const admin = systemActor('test');
let platform: TestPlatform;
let http: HttpServer;
let token: string;

beforeAll(async () => {
  platform = await openTestPlatform({ environment: { NACHTWACHT_PORT: '0' } });
  http = await startHttp(
    platform,
    createApp(platform, { api: createApi(platform), authenticate: (secret) => authenticate(platform, secret) }),
  );
  token = (await createToken(platform, admin, { name: 'cli', scope: 'admin' })).secret;
  await addCustomer(platform, admin, { name: 'Bakkerij' });
  const { id } = await addSite(platform, admin, { url: 'https://wijn.nl', customer: 'Bakkerij' });
  await addSite(platform, admin, { url: 'https://brood.nl', customer: 'Bakkerij' });
  await platform.connection.pool.query(
    `insert into watch_states (target_id, watcher_id, watched, phase, verdict, cause, detail, reason, checked_at, total_ms, updated_at)
     values ($1, 'w', '{}', 'out', 'down', 'status', '503', '{"code": "still-out", "cause": "status"}', now(), 120, now())`,
    [id],
  );
});
afterAll(async () => {
  await http.stop(1000);
  await platform.close();
});

function run(args: string[]): Promise<{ code: number | null; out: string; err: string }> {
  const child = spawn(process.execPath, [path.join(import.meta.dirname, 'main.ts'), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'], NACHTWACHT_URL: http.url, NACHTWACHT_TOKEN: token, LANG: 'en_US.UTF-8' },
  });
  const parts = { out: '', err: '' };
  child.stdout.on('data', (part: Buffer) => (parts.out += part.toString()));
  child.stderr.on('data', (part: Buffer) => (parts.err += part.toString()));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, ...parts })));
}

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
