// The real program with real duty: the database stops, a site goes out, the watcher is killed over it, both come back.
import { fork, type ChildProcess } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dispatchAlarms } from '../../oncall/dispatch-alarms.ts';
import { systemClock } from '../../platform/clock.ts';
import { readConfig } from '../../platform/config.ts';
import { startEmbedded, type EmbeddedServer } from '../../platform/database/index.ts';
import { openPlatform, type Platform } from '../../platform/platform.ts';
import { addTestSites, startTestSites, unwell, until, type TestSites } from './test-watch.ts';

const program = fileURLToPath(new URL('../../watcher.ts', import.meta.url));
const folder = mkdtempSync('/var/tmp/nw-killed-');
chmodSync(folder, 0o711);
const texts: { to: string; text: string }[] = [];
const gateway = http.createServer((request, response) => {
  const asked = new URL(request.url ?? '', 'http://gateway');
  texts.push({ to: asked.searchParams.get('to') ?? '', text: asked.searchParams.get('text') ?? '' });
  response.end('OK 1');
});
const config = readConfig({
  NACHTWACHT_DATA: folder,
  NACHTWACHT_LOG: process.env['NACHTWACHT_TEST_LOG'] ?? 'silent',
  NACHTWACHT_ALLOW_PRIVATE: '1',
  NACHTWACHT_TEST_TIME_SCALE: '20',
});
let server: EmbeddedServer;
let platform: Platform;
let sites: TestSites;
let watcher: ChildProcess;

const startServer = (): Promise<EmbeddedServer> =>
  startEmbedded({ dataFolder: folder, clock: systemClock, settings: { fsync: 'off' } });

function start(): ChildProcess {
  const child = fork(program, [], { serialization: 'advanced', execArgv: [] });
  child.send({ config, databaseUrl: server.url });
  return child;
}

beforeAll(async () => {
  await new Promise<void>((resolve) => gateway.listen(0, '127.0.0.1', resolve));
  const { port } = gateway.address() as { port: number };
  server = await startServer();
  platform = await openPlatform({ config: { ...config, timeScale: 1 }, databaseUrl: server.url, migrate: true });
  const run = (text: string, values: unknown[] = []) => platform.connection.pool.query(text, values);
  await run(`update watch_settings set reference_hosts = '{}'`);
  await run(`insert into guards (id, name, phone, created_at) values ('anna', 'Anna', '+31600000001', now())`);
  await run(
    `insert into rotas (id, name, position, time_zone, every, handover, first_turn, created_at)
     values ('first', 'First line', 0, 'Europe/Amsterdam', 'week', '09:00', '2026-01-05', now())`,
  );
  await run(`insert into rota_turns (rota_id, position, guard_id) values ('first', 0, 'anna')`);
  await run(
    `insert into message_providers (id, kind, means, name, position, config, created_at)
     values ('p1', 'http-sms', 'sms', 'Gateway', 1, $1, now())`,
    [
      {
        url: `http://127.0.0.1:${port}/?to={to}&text={text}`,
        method: 'GET',
        headers: {},
        contentType: 'application/json',
      },
    ],
  );
  sites = await startTestSites();
  await addTestSites({ ...platform, databaseUrl: server.url }, sites, ['brood', 'wijn', 'kaas']);
  watcher = start();
});
afterAll(async () => {
  watcher.kill('SIGKILL');
  await sites.close();
  await platform.close();
  await server.stop();
  await new Promise((resolve) => gateway.close(resolve));
  rmSync(folder, { recursive: true, force: true });
});

async function count(text: string): Promise<number> {
  const { rows } = await platform.connection.pool.query<{ n: number }>(`select count(*)::int as n from ${text}`);
  return rows[0]?.n ?? 0;
}

test('the SMS goes once, whatever dies; afterwards there is one incident that knows of it', async () => {
  await until('all are well', async () => (await count(`watch_states where verdict = 'up'`)) === 3);
  const kit = path.join(folder, 'watch/0/kit.sealed');
  await until('the kit', () => existsSync(kit));
  expect(readFileSync(kit).includes('+31600000001')).toBe(false);

  await server.stop();
  sites.answers.set('wijn', unwell);
  await until('the SMS', () => texts.length > 0);
  watcher.kill('SIGKILL');
  await new Promise((resolve) => watcher.once('exit', resolve));
  watcher = start();
  const before = sites.asked.get('wijn')?.length ?? 0;
  await until('it is watched on', () => (sites.asked.get('wijn')?.length ?? 0) > before + 2);
  expect(texts).toHaveLength(1);
  expect(texts[0]).toMatchObject({ to: '+31600000001' });
  expect(texts[0]?.text).toMatch(/^STORING wijn\.localhost:\d+ 500 sinds \d\d:\d\d\. 1A=ik pak het 1D=klaar$/);

  server = await startServer();
  await until('the incident', () =>
    count('incidents').then(
      (n) => n > 0,
      () => false,
    ),
  );
  await until('the message', async () => (await count(`messages where sent_by is not null`)) === 1);
  await dispatchAlarms(platform);
  expect(await count('incidents')).toBe(1);
  expect(await count('messages')).toBe(1);
  expect(texts).toHaveLength(1);
});
