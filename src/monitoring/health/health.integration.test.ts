import http from 'node:http';
import type net from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startDnsServer, type TestDns } from '../../../e2e/harness/dns-server.ts';
import { addCustomer } from '../../customers/index.ts';
import { systemActor, type Actor } from '../../identity/index.ts';
import { findIncident, listUnanswered } from '../../incidents/index.ts';
import { systemClock } from '../../platform/clock.ts';
import { openTestPlatform, type TestPlatform } from '../../platform/test-platform.ts';
import { addSite } from '../../sites/index.ts';
import { addNewSites, findHealth, listDue, postpone, saveLook } from './health-store.ts';
import { listFindings } from './list-findings.ts';
import { dnsNameServers, lookDomain } from './look-domain.ts';
import { lookNow } from './look-now.ts';
import { createRdap } from './rdap.ts';
import type { Finding } from './rules/finding.ts';
import { settleFindings } from './settle-findings.ts';
import { showHealth } from './show-health.ts';

const admin: Actor = systemActor('test');
const signal = new AbortController().signal;

describe('the registry', () => {
  let server: http.Server;
  let base: string;
  beforeAll(async () => {
    const answers: Record<string, [number, unknown]> = {
      '/rdap/domain/well.nl': [200, { objectClassName: 'domain', status: ['active'] }],
      '/rdap/domain/held.com': [
        200,
        {
          status: ['Client Hold'],
          events: [
            { eventAction: 'registration', eventDate: '2020-01-01T00:00:00Z' },
            { eventAction: 'expiration', eventDate: '2027-01-01T00:00:00Z' },
          ],
          entities: [
            {
              roles: ['registrar'],
              vcardArray: [
                'vcard',
                [
                  ['version', {}, 'text', '4.0'],
                  ['fn', {}, 'text', 'Reg B.V.'],
                ],
              ],
            },
          ],
        },
      ],
      '/rdap/domain/odd.nl': [200, { status: 'active' }],
      '/rdap/domain/busy.nl': [429, {}],
    };
    server = http.createServer((request, response) => {
      const [status, body] = answers[request.url ?? ''] ?? [404, { errorCode: 404 }];
      response.writeHead(status, { 'content-type': 'application/rdap+json' }).end(JSON.stringify(body));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    base = `http://127.0.0.1:${(server.address() as net.AddressInfo).port}/rdap`;
  });
  afterAll(() => server.close());

  test.each([
    ['well.nl', { exists: true, status: ['active'], expiresAt: null, registrar: null }],
    [
      'held.com',
      { exists: true, status: ['client hold'], expiresAt: '2027-01-01T00:00:00.000Z', registrar: 'Reg B.V.' },
    ],
    ['none.nl', { exists: false, status: [], expiresAt: null, registrar: null }],
    ['odd.nl', null],
    ['busy.nl', null],
  ])('of %s: %j', async (name, told) => {
    expect(await createRdap({ clock: systemClock, base }).find(name, signal)).toEqual(told);
  });

  test('nobody answers: nothing is known, nothing is wrong', async () => {
    expect(await createRdap({ clock: systemClock, base: 'http://127.0.0.1:9' }).find('well.nl', signal)).toBeNull();
  });
});

describe('name servers', () => {
  let dns: TestDns;
  beforeAll(async () => {
    dns = await startDnsServer();
    dns.set('silent.nl', { kind: 'silent' });
  });
  afterAll(() => dns.stop());

  test('of a name that does not exist, and of one whose servers are silent', async () => {
    const nameServers = dnsNameServers([dns.server]);
    expect(await nameServers('gone.nl')).toEqual([]);
    expect(await nameServers('silent.nl')).toBeNull();
  });

  test.each([
    ['www.shop.bakkerij.nl', 'bakkerij.nl', ['ns1.host.nl']],
    ['bakkerij.co.uk', 'bakkerij.co.uk', ['ns1.uk']],
  ])('the zone of %s is %s', async (host, name, found) => {
    const zones: Record<string, string[]> = {
      'bakkerij.nl': ['ns1.host.nl'],
      'bakkerij.co.uk': ['ns1.uk'],
      'co.uk': ['nic'],
    };
    const registry = (): Promise<null> => Promise.resolve(null);
    const look = await lookDomain(
      { nameServers: (zone) => Promise.resolve(zones[zone] ?? []), registry },
      host,
      null,
      signal,
    );
    expect(look).toEqual({ name, nameServers: found, registry: null });
  });

  test.each(['127.0.0.1', 'localhost', '[::1]'])('%s has no domain', async (host) => {
    const never = (): Promise<null> => Promise.reject(new Error('asked'));
    expect(await lookDomain({ nameServers: never, registry: never }, host, null, signal)).toBeNull();
  });
});

describe('in the house', () => {
  let platform: TestPlatform;
  let site: { id: string; url: string };
  beforeAll(async () => {
    platform = await openTestPlatform();
    const customer = await addCustomer(platform, admin, { name: 'Bakkerij' });
    site = await addSite(platform, admin, { url: 'https://bakkerij.example', customer: customer.id });
  });
  afterAll(() => platform.close());

  const finding = (over: Partial<Finding> = {}): Finding => ({
    code: 'database-gone',
    since: '2026-11-28T03:00:00.000Z',
    urgency: 'high',
    facts: { error: 2002 },
    reason: { code: 'behind-cache', failures: 3, forMs: 30_000 },
    ...over,
  });
  const pair = (): Promise<unknown> =>
    platform.connection.pool.query('update sites set paired_at = now() where id = $1', [site.id]);

  test('who may only read, or is a customer, cannot have a site looked at', async () => {
    for (const scope of ['read', 'own'] as const) {
      const actor: Actor = { ...admin, scope };
      await expect(lookNow(platform, actor, site.id)).rejects.toMatchObject({ code: 'not-allowed' });
    }
    expect(await findHealth(platform.db, site.id)).toBeUndefined();
  });

  test('a site that is not paired has nothing to ask, and says so', async () => {
    await expect(lookNow(platform, admin, site.id)).rejects.toMatchObject({ code: 'site-not-paired' });
    expect(await showHealth(platform, site.id)).toMatchObject({ findings: [], health: null, page: null, domain: null });
  });

  test('paired sites join, each at a moment of its own; one that is removed is left alone', async () => {
    await pair();
    const now = platform.clock.now();
    await addNewSites(platform.db, now, { health: 60_000, page: 600_000, domain: 600_000 });
    const row = await findHealth(platform.db, site.id);
    expect((row?.next_at.getTime() ?? 0) - now.getTime()).toBeLessThan(60_000);
    const later = new Date(now.getTime() + 600_000);
    expect(await listDue(platform.db, later, 10, [])).toMatchObject([
      { id: site.id, due: { health: true, page: true, domain: true } },
    ]);
    expect(await listDue(platform.db, later, 10, [site.id])).toEqual([]);
    await postpone(platform.db, site.id, new Date(later.getTime() + 1000));
    expect(await listDue(platform.db, later, 10, [])).toEqual([]);
    await platform.connection.pool.query('update watch_targets set enabled = false where id = $1', [site.id]);
    expect(await listDue(platform.db, new Date(later.getTime() + 5000), 10, [])).toEqual([]);
  });

  test('an urgent finding is one incident, however often it is told, and is over with it', async () => {
    const at = platform.clock.now();
    const change = (before: Finding[], after: Finding[]) =>
      platform.db.transaction().execute(async (trx) => {
        await settleFindings(trx, site, { before, after, at, firstFailureAt: (one) => new Date(one.since) });
        await saveLook(trx, site.id, { at, findings: after });
      });
    const low = finding({
      code: 'disk-low',
      urgency: 'low',
      facts: { free: 1e8 },
      reason: { code: 'below', limit: 5e8 },
    });
    await change([], [low]);
    expect(await listUnanswered(platform.db, at)).toEqual([]);
    await change([low], [low, finding()]);
    await change([low], [low, finding()]);
    const open = await listUnanswered(platform.db, at);
    expect(open).toMatchObject([
      { kind: 'finding', urgency: 'high', cause: 'database-gone', subject: `finding:database-gone:site:${site.id}` },
    ]);
    expect((await listFindings(platform.db)).map((one) => one.code)).toEqual(['database-gone', 'disk-low']);
    expect(await listFindings(platform.db, [])).toEqual([]);
    await change([low, finding()], [low]);
    expect(await findIncident(platform.db, open[0]?.id ?? '')).toMatchObject({ resolved_at: at });
    expect((await listFindings(platform.db, [site.id])).map((one) => one.code)).toEqual(['disk-low']);
  });
});
