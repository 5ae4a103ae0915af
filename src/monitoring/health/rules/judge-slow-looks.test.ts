import { describe, expect, test } from 'vitest';
import type { Finding, Seen } from './finding.ts';
import { judgeDomain, type DomainLook } from './judge-domain.ts';
import { judgePage, usualSize, type PageLook } from './judge-page.ts';
import type { DomainMemory, PageMemory } from './memory.ts';
import { mergeFindings, urgentOf } from './merge-findings.ts';

const day = 86_400_000;
const hour = 3_600_000;
const start = Date.UTC(2026, 10, 28);
const iso = (ms: number): string => new Date(ms).toISOString();

describe('the page, every hour', () => {
  const look = (over: Partial<PageLook['page'] & object> = {}, more: Partial<PageLook> = {}): PageLook => ({
    page: { status: 200, bytes: 50_000, isNoindex: false, finalUrl: 'https://a.nl/', ...over },
    loginStatus: 200,
    restStatus: 200,
    certificate: null,
    ...more,
  });
  const run = (all: PageLook[], everyMs = hour) => {
    let memory: PageMemory | null = null;
    return all.map((one, no) => {
      const done = judgePage(start + no * everyMs, memory, one);
      ({ memory } = done);
      return done;
    });
  };
  const sizes = (all: number[], everyMs?: number) =>
    run(
      all.map((bytes) => look({ bytes })),
      everyMs,
    ).map((one) => one.judged.get('size-collapse') != null);

  test.each([
    [[50_000, 50_000, 50_000, 19_000], true],
    [[50_000, 50_000, 50_000, 21_000], false],
    [[50_000, 50_000, 10_000], false],
    [[1500, 1500, 1500, 100], false],
    [[50_000, 60_000, 40_000, 10_000, 55_000], false],
  ])('sizes %j: %s', (all, found) => {
    expect(sizes(all).at(-1)).toBe(found);
  });

  test('small pages are not learnt from; after three days that is its size', () => {
    const all = sizes([50_000, 50_000, 50_000, ...Array.from({ length: 5 }, () => 10_000)], day);
    expect(all).toEqual([false, false, false, true, true, true, true, false]);
    expect(usualSize([50_000, 10_000, 60_000])).toBe(50_000);
  });

  test.each([
    ['sign-in well, then 500', [200, 500], true],
    ['sign-in never found', [404, 500], false],
    ['sign-in moved', [200, 404], false],
    ['no answer', [200, null], false],
  ])('%s', (_, statuses, found) => {
    const all = run(statuses.map((loginStatus) => look({}, { loginStatus })));
    expect(all.at(-1)?.judged.get('login-broken') != null).toBe(found);
  });

  test('while the page is out, the watch has it', () => {
    const all = run([look(), look({}, { page: null, loginStatus: 500, restStatus: 500 })]);
    expect([...(all.at(-1)?.judged.keys() ?? [])]).toEqual(['certificate-ends']);
  });

  test.each([
    [20, null, undefined],
    [15, null, undefined],
    [13.9, 'low', 14],
    [7.1, 'low', 14],
    [6.9, 'low', 7],
    [2.1, 'low', 7],
    [1.9, 'high', 2],
    [0.1, 'high', 2],
    [-1, null, undefined],
  ])('a certificate with %d days: %s', (days, urgency, step) => {
    const certificate = { expiresAt: iso(start + days * day), issuer: "Let's Encrypt" };
    const found = run([look({}, { certificate })])[0]?.judged.get('certificate-ends') ?? null;
    expect(found?.urgency ?? null).toBe(urgency);
    expect(found?.facts['step']).toBe(step);
  });
});

describe('the domain, every day', () => {
  const look = (over: Partial<DomainLook> = {}): DomainLook => ({
    name: 'a.nl',
    nameServers: ['ns1.host.nl', 'ns2.host.nl'],
    registry: { exists: true, status: ['active'], expiresAt: null, registrar: 'Reg' },
    ...over,
  });
  const registry = (status: string[], expiresAt: string | null = null) =>
    look({ registry: { exists: true, status, expiresAt, registrar: null } });
  const run = (all: DomainLook[]) => {
    let memory: DomainMemory | null = null;
    return all.map((one, no) => {
      const done = judgeDomain(start + no * day, memory, one);
      ({ memory } = done);
      return done;
    });
  };
  const codes = (all: DomainLook[]) =>
    [...(run(all).at(-1)?.judged ?? [])].flatMap(([code, seen]) => (seen === null ? [] : [`${code} ${seen.urgency}`]));

  test.each<[string, DomainLook[], string[]]>([
    ['well', [look(), look()], []],
    ['client hold', [registry(['client hold'])], ['domain-hold high']],
    ['server hold', [registry(['active', 'server hold'])], ['domain-hold high']],
    ['inactive', [registry(['inactive'])], ['domain-hold high']],
    ['redemption', [registry(['redemption period'])], ['domain-ending high']],
    ['pending delete', [registry(['pending delete'])], ['domain-ending high']],
    ['transfer locks say nothing', [registry(['client transfer prohibited'])], []],
    ['ends in 10 days', [registry(['active'], iso(start + 10 * day))], ['domain-expires low']],
    ['ends in 30 days', [registry(['active'], iso(start + 30 * day))], []],
    ['name servers changed', [look(), look({ nameServers: ['ns1.other.nl'] })], ['name-servers-changed low']],
    ['in another order', [look(), look({ nameServers: ['ns2.host.nl', 'ns1.host.nl'] })], []],
    ['changed and back', [look(), look({ nameServers: ['x.nl'] }), look()], []],
    ['DNS silent', [look(), look({ nameServers: null })], []],
    [
      'gone once',
      [look(), look({ nameServers: [], registry: { exists: false, status: [], expiresAt: null, registrar: null } })],
      [],
    ],
    [
      'registry silent and DNS empty',
      [look(), look({ nameServers: [], registry: null }), look({ nameServers: [], registry: null })],
      [],
    ],
  ])('%s', (_, all, found) => {
    expect(codes(all)).toEqual(found);
  });

  test('not registered any more, twice: gone', () => {
    const none = look({ nameServers: [], registry: { exists: false, status: [], expiresAt: null, registrar: null } });
    expect(run([look(), none]).at(-1)?.again).toBe(true);
    expect(codes([look(), none, none])).toEqual(['domain-gone high']);
    expect(codes([look(), none, none, look()])).toEqual([]);
  });

  test('a change of name servers is told for a week', () => {
    const other = look({ nameServers: ['ns1.other.nl'] });
    expect(codes([look(), ...Array.from({ length: 8 }, () => other)])).toEqual(['name-servers-changed low']);
    expect(codes([look(), ...Array.from({ length: 10 }, () => other)])).toEqual([]);
  });
});

describe('findings after a look', () => {
  const seen = (code: Finding['code'], step?: number): Seen => ({
    code,
    urgency: 'low',
    facts: step === undefined ? {} : { step },
    reason: { code: 'below', limit: 1 },
  });
  const known = (code: Finding['code'], step?: number): Finding => ({ ...seen(code, step), since: iso(start) });

  test('keeps the moment of what goes on, drops what is gone, leaves what was not looked at', () => {
    const after = mergeFindings(
      [known('disk-low'), known('cron-late'), known('noindex')],
      new Map([
        ['disk-low', seen('disk-low')],
        ['cron-late', null],
        ['php-fatals', seen('php-fatals')],
      ]),
      start + hour,
    );
    expect(after.map((one) => [one.code, one.since])).toEqual([
      ['disk-low', iso(start)],
      ['noindex', iso(start)],
      ['php-fatals', iso(start + hour)],
    ]);
  });

  test('another step is news', () => {
    const judged = new Map([['certificate-ends' as const, seen('certificate-ends', 7)]]);
    expect(mergeFindings([known('certificate-ends', 14)], judged, start + hour)[0]?.since).toBe(iso(start + hour));
  });

  test('urgent ones are for an incident', () => {
    expect(urgentOf([known('disk-low'), { ...known('domain-gone'), urgency: 'high' }]).map((one) => one.code)).toEqual([
      'domain-gone',
    ]);
  });
});
