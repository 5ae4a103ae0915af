// Trouble of the watcher's own: its network, a database that hangs, a full spool. Twenty times the speed.
import net from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openTestPlatform, type TestPlatform } from '../../platform/test-platform.ts';
import { readPack } from '../results/pack.ts';
import {
  addTestSites,
  startTestSites,
  startTestWatcher,
  unwell,
  until,
  type TestSites,
  type TestWatcher,
  type Told,
} from './test-watch.ts';

const timeScale = 20;
const names = ['brood', 'wijn', 'kaas', 'vis', 'vlees', 'zout'];
let told: Told;
let platform: TestPlatform;
let sites: TestSites;
let watcher: TestWatcher | undefined;
let ids: string[];

beforeEach(async () => {
  told = { incidents: [], sms: [] };
  platform = await openTestPlatform();
  await setReferences([]);
  sites = await startTestSites();
  ids = await addTestSites(platform, sites, names);
});
afterEach(async () => {
  await watcher?.stop();
  await sites.close();
  await platform.close();
});

async function setReferences(hosts: string[]): Promise<void> {
  await platform.connection.pool.query('update watch_settings set reference_hosts = $1', [hosts]);
}

async function allWell(): Promise<void> {
  await until('all are well', async () => {
    const { rows } = await platform.connection.pool.query<{ n: number }>(
      `select count(*)::int as n from watch_states where verdict = 'up' and phase = 'well'`,
    );
    return rows[0]?.n === names.length;
  });
}

async function storedChecks(): Promise<number> {
  const { rows } = await platform.connection.pool.query<{ from_at: Date; packed: Buffer }>('select * from check_packs');
  return rows.reduce((sum, row) => sum + readPack(row.from_at.getTime(), row.packed).length, 0);
}

const askedInAll = (): number => [...sites.asked.values()].reduce((sum, times) => sum + times.length, 0);

/** A way to the database that can be held up and cut. */
async function startWay(): Promise<{ url: string; hold(): void; release(): void; close(): Promise<void> }> {
  const target = new URL(platform.databaseUrl);
  const sockets = new Set<net.Socket>();
  let isHeld = false;
  const server = net.createServer((client) => {
    const database = net.connect({ host: target.hostname, port: Number(target.port) });
    client.pipe(database);
    database.pipe(client);
    for (const socket of [client, database]) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => {
        sockets.delete(socket);
        client.destroy();
        database.destroy();
      });
      if (isHeld) socket.pause();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as net.AddressInfo;
  const url = new URL(platform.databaseUrl);
  url.host = `127.0.0.1:${port}`;
  return {
    url: url.href,
    hold: () => {
      isHeld = true;
      for (const socket of sockets) socket.pause();
    },
    release: () => {
      isHeld = false;
      for (const socket of sockets) socket.resume();
    },
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

test('when the reference hosts fail too, it is our own network: no site is called down, the watch is blind and says so', async () => {
  const reference = net.createServer((socket) => socket.destroy());
  await new Promise<void>((resolve) => reference.listen(0, '127.0.0.1', resolve));
  const { port } = reference.address() as net.AddressInfo;
  await setReferences([`127.0.0.1:${port}`, '127.0.0.1:1']);
  watcher = await startTestWatcher(platform, told, { timeScale });
  await allWell();

  await new Promise((resolve) => reference.close(resolve));
  for (const name of names) sites.answers.set(name, (response) => response.destroy());
  await until('it says that it is blind', () => told.incidents.includes('blind own-network'));
  const blind = async (): Promise<string[]> => {
    const { rows } = await platform.connection.pool.query<{ blind_cause: string }>(
      'select blind_cause from watchers where blind_since is not null',
    );
    return rows.map((row) => row.blind_cause);
  };
  await until('the heartbeat says so', async () => (await blind()).includes('own-network'));
  const { rows } = await platform.connection.pool.query<{ verdict: string; cause: string }>(
    `select distinct verdict, cause from watch_states where verdict <> 'up' and cause = 'own-network'`,
  );
  expect(rows).toEqual([{ verdict: 'unknown', cause: 'own-network' }]);

  await new Promise<void>((resolve) => reference.listen(port, '127.0.0.1', resolve));
  sites.answers.clear();
  await until('it sees', () => told.incidents.includes('over watch'));
  await allWell();
  expect(told.incidents).toEqual(['blind own-network', 'over watch']);
  await new Promise((resolve) => reference.close(resolve));
});

test('a database that hangs holds nothing up: the alarm goes, and all is stored when it answers', async () => {
  const way = await startWay();
  watcher = await startTestWatcher({ databaseUrl: way.url }, told, { timeScale });
  await allWell();
  way.hold();
  sites.answers.set('wijn', unwell);
  await until('the SMS', () => told.sms.length > 0);
  expect(told.incidents).toEqual([]);
  way.release();
  await until('the incident', () => told.incidents.length >= 2);
  expect(told.incidents).toEqual([`opened ${sites.url('wijn')} status`, 'sent +31600000001 accepted']);
  await watcher.stop();
  expect(askedInAll() - (await storedChecks())).toBeLessThanOrEqual(names.length);
  expect(told.sms).toHaveLength(1);
  await way.close();
  watcher = undefined;
});

test('a full spool lets the oldest results go, tells how many, and never an outage', async () => {
  const way = await startWay();
  const spoolLimits = { maxBytes: 24 * 30, segmentBytes: 24 * 10 };
  watcher = await startTestWatcher({ databaseUrl: way.url }, told, { timeScale, spoolLimits });
  const { dataFolder } = watcher;
  await allWell();
  const stored = await storedChecks();
  await way.close();
  sites.answers.set('kaas', unwell);
  await until('results go', () => (watcher?.results.dropped ?? 0) >= 20, 120_000);
  await until('the SMS', () => told.sms.length > 0);
  expect(watcher.results.bytes).toBeLessThanOrEqual(spoolLimits.maxBytes);
  await watcher.stop(0);
  const asked = askedInAll();

  watcher = await startTestWatcher(platform, told, { timeScale, dataFolder, spoolLimits });
  await until('the outage', () => told.incidents.includes(`opened ${sites.url('kaas')} status`));
  await until('the rest', async () => (await storedChecks()) > stored);
  expect(await storedChecks()).toBeLessThan(asked);
  expect(ids).toHaveLength(names.length);
});
