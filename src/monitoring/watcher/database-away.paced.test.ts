// The database stops during an outage: the alarm goes, nothing is lost, nothing is made up. Twenty times the speed.
import { mkdtempSync, chmodSync, rmSync } from 'node:fs';
import http from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openSender } from '../../channels/index.ts';
import { keepCode } from '../../oncall/store.ts';
import { escalate } from '../../oncall/rules/escalate.ts';
import { systemClock } from '../../platform/clock.ts';
import { readConfig } from '../../platform/config.ts';
import { startEmbedded, type EmbeddedServer } from '../../platform/database/index.ts';
import { openPlatform, type Platform } from '../../platform/platform.ts';
import { readPack } from '../results/pack.ts';
import {
  addTestSites,
  startTestSites,
  startTestWatcher,
  testKit,
  unwell,
  until,
  type TestSites,
  type TestWatcher,
  type Told,
} from './test-watch.ts';
import { tellIncidents } from './tell-incidents.ts';

const timeScale = 20;
const told: Told = { incidents: [], sms: [] };
const folder = mkdtempSync('/var/tmp/nw-away-');
chmodSync(folder, 0o711);
const watchFolder = mkdtempSync('/var/tmp/nw-away-watch-');
const texts: { to: string; text: string }[] = [];
/** A gateway as `http-sms` talks to it. */
const gateway = http.createServer((request, response) => {
  const asked = new URL(request.url ?? '', 'http://gateway');
  texts.push({ to: asked.searchParams.get('to') ?? '', text: asked.searchParams.get('text') ?? '' });
  response.end('OK 1');
});
let server: EmbeddedServer;
let platform: Platform;
let sites: TestSites;
let watcher: TestWatcher;
let ids: string[];
const names = ['brood', 'wijn', 'kaas', 'vis', 'vlees', 'zout', 'peper', 'thee'];

const startServer = (): Promise<EmbeddedServer> =>
  startEmbedded({ dataFolder: folder, clock: systemClock, settings: { fsync: 'off' } });

function start(): Promise<TestWatcher> {
  const { port } = gateway.address() as { port: number };
  const config = { url: `http://127.0.0.1:${port}/?to={to}&text={text}`, method: 'GET' };
  return startTestWatcher({ databaseUrl: server.url }, told, {
    timeScale,
    dataFolder: watchFolder,
    incidents: tellIncidents(keepCode),
    fetchKit: async () => {
      // As the real one: without the database there is no new kit.
      await platform.connection.pool.query('select 1');
      return { ...testKit, providers: [{ id: 'p1', kind: 'http-sms', config, secrets: {} }] };
    },
    directRules: {
      next: (now, given, policy) => {
        const action = escalate(now, { ...given, canCall: false }, policy);
        return action.do === 'send' ? action : undefined;
      },
      text: ({ url, others, code }) => `STORING ${new URL(url).hostname} +${others} ${code}A`,
      openSender: (provider) => openSender(provider.kind, { ...config, ...(provider.config as object) }, {}),
    },
  });
}

beforeAll(async () => {
  await new Promise<void>((resolve) => gateway.listen(0, '127.0.0.1', resolve));
  server = await startServer();
  platform = await openPlatform({
    config: readConfig({ NACHTWACHT_DATA: folder, NACHTWACHT_LOG: 'silent', NACHTWACHT_ALLOW_PRIVATE: '1' }),
    databaseUrl: server.url,
    migrate: true,
  });
  await platform.connection.pool.query(`update watch_settings set reference_hosts = '{}'`);
  await platform.connection.pool.query(
    `insert into guards (id, name, phone, created_at) values ('anna', 'Anna', '+31600000001', now())`,
  );
  await platform.connection.pool.query(
    `insert into message_providers (id, kind, means, name, position, config, created_at)
     values ('p1', 'http-sms', 'sms', 'Gateway', 1, '{}', now())`,
  );
  sites = await startTestSites();
  ids = await addTestSites({ ...platform, databaseUrl: server.url }, sites, names);
  watcher = await start();
  for (const id of ids) await until(`state of ${id}`, async () => (await phaseOf(id)) === 'well');
});
afterAll(async () => {
  await watcher.stop();
  await sites.close();
  await platform.close();
  await server.stop();
  await new Promise((resolve) => gateway.close(resolve));
  for (const each of [folder, watchFolder]) rmSync(each, { recursive: true, force: true });
});

async function phaseOf(id: string | undefined): Promise<string | undefined> {
  const { rows } = await platform.connection.pool.query<{ phase: string }>(
    'select phase from watch_states where target_id = $1',
    [id],
  );
  return rows[0]?.phase;
}

async function incidents(): Promise<string[]> {
  const { rows } = await platform.connection.pool.query<{ line: string }>(
    `select subject || case when resolved_at is null then ' open' else ' resolved' end as line from incidents order by opened_at`,
  );
  return rows.map((row) => row.line);
}

async function storedChecks(): Promise<number> {
  const { rows } = await platform.connection.pool.query<{ from_at: Date; packed: Buffer }>(
    'select from_at, packed from check_packs',
  );
  return rows.reduce((sum, row) => sum + readPack(row.from_at.getTime(), row.packed).length, 0);
}

const askedInAll = (): number => [...sites.asked.values()].reduce((sum, times) => sum + times.length, 0);

describe('the database away for ten minutes during an outage', () => {
  let begun: number;

  test('the watch goes on, and the SMS goes out', async () => {
    await server.stop();
    begun = systemClock.monotonicMs();
    sites.answers.set('wijn', unwell);
    await until('the SMS', () => texts.length > 0);
    expect(texts).toEqual([{ to: '+31600000001', text: 'STORING wijn.localhost +0 3A' }]);
    expect(watcher.watch.sites.get(ids[1] ?? '')?.state.watched.phase).toBe('out');
  });

  test('no other site is called down, and every one is looked at all the time', async () => {
    await until('ten minutes', () => systemClock.monotonicMs() - begun > 600_000 / timeScale, 120_000);
    const phases = [...watcher.watch.sites.values()].map((site) => site.state.watched.phase);
    expect(phases.filter((phase) => phase !== 'well')).toEqual(['out']);
    const before = askedInAll();
    await until('a minute more', () => askedInAll() >= before + names.length);
    expect(texts).toHaveLength(1);
  });

  test('killed and started without the database it knows its sites, and the outage', async () => {
    // What `SIGKILL` leaves: no grace for the database, the spool as it is.
    await watcher.stop(0);
    watcher = await start();
    await until('its sites', () => watcher.watch.sites.size === names.length);
    expect(watcher.watch.sites.get(ids[1] ?? '')?.state.watched.phase).toBe('out');
    const before = sites.asked.get('vis')?.length ?? 0;
    await until('a look', () => (sites.asked.get('vis')?.length ?? 0) > before);
    expect(texts).toHaveLength(1);
  });

  test('once the database is back there is one incident, with the SMS that went', async () => {
    server = await startServer();
    await until('the incident', async () => (await incidents().catch(() => [])).length > 0);
    expect(await incidents()).toEqual([`target:${ids[1]} open`]);
    const { rows } = await platform.connection.pool.query(
      'select recipient, state, short_code, step, provider_id, sent_by is not null as elsewhere from messages',
    );
    expect(rows).toEqual([
      { recipient: '+31600000001', state: 'accepted', short_code: 3, step: 0, provider_id: 'p1', elsewhere: true },
    ]);
    const asked = await platform.connection.pool.query<{ facts: unknown }>(
      `select facts from incident_events where kind = 'asked'`,
    );
    expect(asked.rows).toEqual([{ facts: expect.objectContaining({ to: 'Anna', code: 3, why: 'database-away' }) }]);
    const codes = await platform.connection.pool.query('select guard_id, code from short_codes');
    expect(codes.rows).toEqual([{ guard_id: 'anna', code: 3 }]);
    sites.answers.delete('wijn');
    await until('over', async () => (await incidents()).includes(`target:${ids[1]} resolved`));
    expect(await incidents()).toHaveLength(1);
    expect(texts).toHaveLength(1);
  });

  test('and no result is lost, or doubled', async () => {
    await watcher.stop();
    const asked = askedInAll();
    const stored = await storedChecks();
    // At each of two ends, looks that were under way are given up.
    expect(asked - stored).toBeGreaterThanOrEqual(0);
    expect(asked - stored).toBeLessThanOrEqual(4);
    console.log(`${asked} checks were made, ${stored} are stored`);
    watcher = await start();
  });
});
