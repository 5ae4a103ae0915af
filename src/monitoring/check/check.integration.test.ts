import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  hostileKinds,
  outageKinds,
  startFaultSites,
  type FaultKind,
  type FaultSite,
  type FaultSites,
} from '../../../e2e/harness/fault-servers.ts';
import { systemClock } from '../../platform/clock.ts';
import { judgeCheck, type Verdict } from '../rules/verdict.ts';
import { createChecker, type Checked, type Checker } from './index.ts';

let shop: FaultSites;
let checker: Checker;
let site: FaultSite;

const timeoutMs = 10_000;

beforeAll(async () => {
  shop = await startFaultSites({ count: 2 });
  const [first] = shop.sites;
  if (first === undefined) throw new Error('no site');
  site = first;
  checker = open();
});
afterAll(async () => {
  checker.close();
  await shop.stop();
});
beforeEach(() => site.heal());

function open(options: Partial<Parameters<typeof createChecker>[0]> = {}): Checker {
  return createChecker({
    clock: systemClock,
    allowPrivate: true,
    dnsServers: [shop.dns.server],
    dnsReferences: [shop.foreign.host],
    dnsCacheMs: 0,
    dnsPatienceMs: 600,
    ...options,
  });
}

const look = (target: FaultSite = site, with_ = checker): Promise<Checked> =>
  with_.check({ url: target.url, keyword: target.keyword, timeoutMs });
const judge = (checked: Checked, target: FaultSite = site): Verdict =>
  judgeCheck(checked.outcome, { hosts: [target.host], status: 200 });

describe('a site that is well', () => {
  test('is up, with phases, address, certificate and what its page says', async () => {
    const checked = await look();
    expect(judge(checked)).toEqual({ verdict: 'up' });
    expect(checked.outcome).toMatchObject({ kind: 'answer', status: 200, hasKeyword: true, deadText: null });
    const { phases } = checked;
    for (const ms of [phases.dnsMs, phases.connectMs, phases.tlsMs, phases.firstByteMs])
      expect(ms).toBeGreaterThanOrEqual(0);
    expect(phases.totalMs).toBeGreaterThan(0);
    expect(checked).toMatchObject({ address: site.address, addressFrom: 'dns', redirects: 0, finalUrl: site.url });
    expect(checked.certificate?.names).toContain('*.shops.test');
    expect(checked.certificate?.issuer).toBe('Rig of one test run');
    expect(checked.certificate?.expiresAt.getTime()).toBeGreaterThan(systemClock.now().getTime());
    expect(checked.page).toMatchObject({
      title: site.host,
      generator: 'WordPress 6.8.1',
      isNoindex: false,
      isCut: false,
    });
    expect(checked.page?.footerTexts).toEqual([]);
    expect(checked.page?.bytes).toBe(checked.page?.body.length);
  });

  test('each check has a connection of its own', async () => {
    const before = site.requests;
    await Promise.all([look(), look(), look()]);
    expect(site.requests).toBe(before + 3);
  });

  test('a check that nobody wants any more says nothing', async () => {
    await site.break('too-slow');
    const abort = new AbortController();
    const checking = checker.check({ url: site.url, keyword: null }, abort.signal);
    abort.abort();
    expect((await checking).outcome).toEqual({ kind: 'own', code: 'no-check-yet' });
  });
});

describe('every kind of fault', () => {
  const expected: Record<FaultKind, string> = {
    refused: 'refused',
    reset: 'reset',
    'dns-gone': 'dns-gone',
    'dns-silent': 'dns-silent',
    'tls-expired': 'tls-expired',
    'tls-wrong-host': 'tls-wrong-host',
    'status-500': 'status',
    'status-503': 'status',
    'white-page': 'white-page',
    'database-error': 'database-error',
    'too-slow': 'too-slow',
    'foreign-redirect': 'foreign-redirect',
    'silent-tcp': 'too-slow',
    garbage: 'tls-failed',
    'endless-header': 'answer-broken',
    'endless-body': 'up',
    'slow-drip': 'too-slow',
    'gzip-bomb': 'up',
    'broken-gzip': 'answer-broken',
    'cut-off': 'reset',
    'redirect-loop': 'redirect-loop',
    'private-redirect': 'foreign-redirect',
    maintenance: 'maintenance',
    'critical-error': 'critical-error',
    'other-page': 'keyword-gone',
  };

  test.each([...outageKinds, ...hostileKinds])('%s', async (kind) => {
    await site.break(kind);
    const began = systemClock.monotonicMs();
    // Short only where it is the time-out that ends it: the machine may be slow.
    const endsByTime = expected[kind] === 'too-slow';
    const patienceMs = endsByTime ? 1500 : 10_000;
    const checked = await checker.check({ url: site.url, keyword: site.keyword, timeoutMs: patienceMs });
    const verdict = judge(checked);
    expect(verdict.verdict === 'up' ? 'up' : verdict.cause).toBe(expected[kind]);
    expect(systemClock.monotonicMs() - began).toBeLessThan(10_000);
    await site.heal();
    expect(judge(await look())).toEqual({ verdict: 'up' });
  });

  test('bodies without end are cut off, and then say nothing of the keyword', async () => {
    for (const kind of ['endless-body', 'gzip-bomb'] as const) {
      await site.break(kind);
      const checked = await checker.check({ url: site.url, keyword: site.keyword, maxBodyBytes: 100_000 });
      expect(checked.outcome).toMatchObject({ bodyBytes: 100_000, hasKeyword: null });
      expect(checked.page?.isCut).toBe(true);
    }
  });

  test('a certificate that is not accepted is told nevertheless', async () => {
    await site.break('tls-expired');
    expect((await look()).certificate?.expiresAt.getTime()).toBeLessThan(systemClock.now().getTime());
    await site.break('tls-wrong-host');
    expect((await look()).certificate?.names).toEqual(['somebody.else.test']);
  });

  test('nothing is sent to a server whose certificate is not accepted', async () => {
    const before = site.requests;
    await site.break('tls-wrong-host');
    await look();
    expect(site.requests).toBe(before);
  });
});
