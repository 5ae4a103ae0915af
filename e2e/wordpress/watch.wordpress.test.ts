import { createServer, type Server } from 'node:net';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startPlatform, type PlatformProcess } from '../browser/platform-process.ts';
import { addUploads } from '../harness/load.ts';
import { startSmppCenter, type CenterSms, type SmppCenter } from '../harness/smpp-center.ts';
import { startSite } from '../harness/start-site.ts';
import type { TestSite } from '../harness/test-site.ts';

// Truth 7 of 'The watch and the guard': a real WordPress loses its database, the guard's phone gets the SMS over SMPP, he
// answers, the database comes back, it is over, and the timeline shows every moment. Times are four times faster.
const scale = 4;
const waiting = { timeout: 150_000, interval: 250 };
const jan = '+31600000001';

let platform: PlatformProcess;
let center: SmppCenter;
let reference: Server;
let site: TestSite;
let cached: TestSite;

beforeAll(async () => {
  [platform, center, site] = await Promise.all([
    startPlatform({ NACHTWACHT_TEST_TIME_SCALE: String(scale) }),
    startSmppCenter(),
    startSite(),
  ]);
  cached = await startSite({ config: "define( 'WP_CACHE', true );" });
  reference = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve) => reference.listen(0, '127.0.0.1', resolve));
  const address = reference.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const { client } = platform;
  await client.monitoring.setReferences({ hosts: [`127.0.0.1:${port}`] });
  await client.messages.saveProvider({
    kind: 'smpp',
    name: 'Centrale',
    config: { host: center.host, port: center.port, systemId: center.systemId, from: '+31970000002' },
    secrets: { password: center.password },
  });
  const guard = await client.oncall.saveGuard({ name: 'Jan', phone: jan, language: 'nl' });
  await client.oncall.saveRota({
    name: 'Eerste lijn',
    timeZone: 'Europe/Amsterdam',
    every: 'week',
    handover: '09:00',
    firstTurn: '2026-01-05',
    turns: [guard.id],
  });
  await client.customers.add({ name: 'Bakkerij' });
  for (const one of [site, cached]) {
    await client.sites.add({ url: one.url, customer: 'Bakkerij', allowHttp: true });
    await client.sites.pair({ site: one.url, code: await one.makePairingCode() });
  }
  await keepPages(cached);
  await addUploads(site, 20);
});
afterAll(async () => {
  await platform.stop();
  await center.stop();
  reference.close();
  await Promise.all([site.stop(), cached.stop()]);
});

/** A page cache as plugins make them: a drop-in that answers before WordPress asks its database. */
async function keepPages(one: TestSite): Promise<void> {
  const { body } = await one.visit('/');
  await one.writeFile('wp-content/kept.html', body);
  await one.writeFile(
    'wp-content/advanced-cache.php',
    `<?php
if ( 'GET' === $_SERVER['REQUEST_METHOD'] && '/' === $_SERVER['REQUEST_URI'] ) {
	readfile( __DIR__ . '/kept.html' );
	exit;
}
`,
  );
}

const loseDatabase = (one: TestSite): Promise<unknown> =>
  one.db.sql(`alter user '${one.db.user}'@'localhost' account lock; alter user '${one.db.user}'@'127.%' account lock`);
const getDatabase = (one: TestSite): Promise<unknown> =>
  one.db.sql(
    `alter user '${one.db.user}'@'localhost' account unlock; alter user '${one.db.user}'@'127.%' account unlock`,
  );

async function isWatched(one: TestSite): Promise<void> {
  await vi.waitFor(async () => {
    const { phase, verdict, lastCheckAt } = await platform.client.monitoring.site({ site: one.url });
    expect({ phase, verdict, seen: lastCheckAt !== null }).toEqual({ phase: 'well', verdict: 'up', seen: true });
    const { health } = await platform.client.health.show({ site: one.url });
    expect(health?.database.ok).toBe(true);
  }, waiting);
}

const alarmsAbout = (one: TestSite): CenterSms[] =>
  center.sent.filter(({ text }) => /\d+A=/.test(text) && text.includes(one.host));

async function alarmAbout(one: TestSite): Promise<{ sms: CenterSms; code: string }> {
  const sms = await vi.waitFor(() => {
    const [first] = alarmsAbout(one);
    if (first === undefined) throw new Error(`no SMS about ${one.host}; sent: ${JSON.stringify(center.sent)}`);
    return first;
  }, waiting);
  return { sms, code: /(\d+)A=/.exec(sms.text)?.[1] ?? '' };
}

async function incidentOf(one: TestSite, fits: (incident: { resolvedAt: string | null }) => boolean) {
  return vi.waitFor(async () => {
    const { rows } = await platform.client.incidents.list({ site: one.url });
    const urgent = rows.filter((row) => row.urgency === 'high');
    expect(urgent).toHaveLength(1);
    const [incident] = urgent;
    if (incident === undefined || !fits(incident)) throw new Error(`not yet: ${JSON.stringify(incident)}`);
    return incident;
  }, waiting);
}

test('a lost database: one SMS, `1a` takes it, it comes back, it is over, and every moment stands on the timeline', async () => {
  await isWatched(site);
  const lost = performance.now();
  await loseDatabase(site);
  const { sms, code } = await alarmAbout(site);
  console.log(
    `database gone to SMS: ${(((sms.at - lost) * scale) / 1000).toFixed(0)} s at default intervals: '${sms.text}'`,
  );
  expect(sms.to).toBe(jan);
  expect(sms.text).toContain('STORING');
  expect(sms.text).toContain('databasefout');
  expect(code).toBe('1');
  expect(((sms.at - lost) * scale) / 1000).toBeLessThan(300);
  expect(await center.reply({ from: jan, text: `${code}a` })).toBe(0);
  await vi.waitFor(async () => {
    const incident = await incidentOf(site, () => true);
    expect(incident.acknowledged?.by.name).toBe('Jan');
  }, waiting);
  await getDatabase(site);
  const over = await incidentOf(site, ({ resolvedAt }) => resolvedAt !== null);
  expect(alarmsAbout(site)).toHaveLength(1);
  const { timeline } = await platform.client.incidents.show({ incident: over.id });
  const kinds = timeline.map((entry) => entry.kind);
  for (const kind of [
    'first-failure',
    'confirmed',
    'asked',
    'accepted',
    'delivered',
    'acknowledged',
    'fixed',
    'resolved',
  ])
    expect(kinds).toContain(kind);
  const moments = timeline.map((entry) => Date.parse(entry.at));
  expect(moments).toEqual(moments.toSorted((a, b) => a - b));
}, 300_000);

test('a page cache hides a lost database from visitors, and the guard is told all the same', async () => {
  await isWatched(cached);
  const lost = performance.now();
  await loseDatabase(cached);
  expect((await cached.visit('/')).status).toBe(200);
  const { sms, code } = await alarmAbout(cached);
  console.log(
    `database gone behind a page cache to SMS: ${(((sms.at - lost) * scale) / 1000).toFixed(0)} s at default intervals: '${sms.text}'`,
  );
  expect(((sms.at - lost) * scale) / 1000).toBeLessThan(300);
  expect(sms.text).toContain('database weg');
  const { findings } = await platform.client.health.show({ site: cached.url });
  expect(findings).toMatchObject([{ code: 'database-gone', urgency: 'high', reason: { code: 'behind-cache' } }]);
  await center.reply({ from: jan, text: `${code}a` });
  await vi.waitFor(async () => {
    const incident = await incidentOf(cached, () => true);
    expect({ kind: incident.kind, by: incident.acknowledged?.by.name }).toEqual({ kind: 'finding', by: 'Jan' });
  }, waiting);
  await getDatabase(cached);
  await incidentOf(cached, ({ resolvedAt }) => resolvedAt !== null);
  expect(alarmsAbout(cached)).toHaveLength(1);
}, 300_000);

test('while we put a site back it may be unreachable: watched, on record as ours, and nobody is alarmed', async () => {
  const { client } = platform;
  await isWatched(site);
  const before = alarmsAbout(site).length;
  const { runId } = await client.backups.start({ site: site.url });
  await endOf(runId);
  await addUploads(site, 150);
  // Slow enough for the watch to see it out: what is measured is the window, not the restore.
  await client.sites.change({ site: site.url, rate: { requestsPerSecond: 0.5 } });
  const restore = await client.restores.start({ site: site.url, snapshot: 'latest' });
  await vi.waitFor(async () => {
    expect((await client.runs.get({ run: restore.runId })).state).toBe('running');
  }, waiting);
  await site.writeFile('.maintenance', `<?php $upgrading = ${Math.floor(Date.now() / 1000) + 3600};`);
  const seen = await vi.waitFor(async () => {
    const row = await client.monitoring.site({ site: site.url });
    expect({ phase: row.phase, ours: row.inMaintenance }).toEqual({ phase: 'out', ours: true });
    return row;
  }, waiting);
  expect(seen.cause).toBe('maintenance');
  await client.sites.change({ site: site.url, rate: null });
  await endOf(restore.runId);
  await rm(join(site.dir, '.maintenance'), { force: true });
  await isWatched(site);
  expect(alarmsAbout(site)).toHaveLength(before);
}, 400_000);

async function endOf(runId: string): Promise<void> {
  await vi.waitFor(
    async () => {
      expect((await platform.client.runs.get({ run: runId })).state).toBe('done');
    },
    { timeout: 280_000, interval: 500 },
  );
}
