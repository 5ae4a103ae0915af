import { describe, expect, test } from 'vitest';
import { compareVersions, countFacets, matches, sortSites, type FoundSite } from './find-sites.ts';

function site(url: string, over: Partial<Omit<FoundSite, 'row'>> & Partial<FoundSite['row']> = {}): FoundSite {
  const { state = 'well', reasons = [{ code: 'backup-good' }], share = 0.1, overdue = [], running, ...row } = over;
  const known = {
    customer_name: 'Bakkerij',
    plan: 'daily' as const,
    wordpress: '6.8.1',
    php: '8.2.3',
    last_good_at: null,
  };
  return { state, reasons, share, overdue, running, row: { url, ...known, ...row } };
}

describe('filters', () => {
  const one = site('https://a.nl', {
    state: 'broken',
    reasons: [{ code: 'duty-overdue' }, { code: 'size-near' }],
    overdue: [1],
  });
  test.each([
    [{}, true],
    [{ state: 'broken' }, true],
    [{ state: 'well' }, false],
    [{ reason: 'duty-overdue' }, true],
    [{ reason: 'size-near' }, false],
    [{ plan: 'hourly' }, false],
    [{ wordpress: '6.8' }, true],
    [{ wordpress: '6' }, true],
    [{ wordpress: '6.8.1' }, true],
    [{ wordpress: '6.8.10' }, false],
    [{ php: '8' }, true],
    [{ php: '8.20' }, false],
    [{ overdue: true }, true],
    [{ overdue: false }, false],
    [{ running: false }, true],
    [{ running: true }, false],
    [{ state: 'broken', php: '7.4' }, false],
  ] as const)('%j: %s', (filter, expected) => {
    expect(matches(one, filter)).toBe(expected);
  });

  test('an unknown version is of no branch', () => {
    expect(matches(site('https://a.nl', { wordpress: null }), { wordpress: '6' })).toBe(false);
  });
});

describe('order', () => {
  const day = (n: number): number => Date.UTC(2026, 10, n);
  const sites = [
    site('a', { state: 'well', share: null, last_good_at: day(3), wordpress: '6.10', customer_name: 'zus' }),
    site('b', { state: 'broken', share: 0.9, last_good_at: null, wordpress: '6.9', customer_name: 'Aap' }),
    site('c', { state: 'unsure', share: 0.5, last_good_at: day(1), wordpress: null, customer_name: 'aap' }),
  ];
  test.each([
    ['site', false, 'abc'],
    ['site', true, 'cba'],
    ['state', false, 'bca'],
    ['state', true, 'acb'],
    ['customer', false, 'bca'],
    ['backup', false, 'cab'],
    ['backup', true, 'acb'],
    ['size', false, 'cba'],
    ['size', true, 'bca'],
    ['wordpress', false, 'bac'],
    ['wordpress', true, 'abc'],
  ] as const)('by %s, descending %s', (sort, descending, expected) => {
    expect(
      sortSites(sites, { sort, descending })
        .map((each) => each.row.url)
        .join(''),
    ).toBe(expected);
  });

  test.each([
    ['6.9', '6.10', -1],
    ['6.8', '6.8.0', 0],
    ['6.8-beta1', '6.8', -1],
    ['6.8-beta1', '6.8-rc1', -1],
    ['8.2.3', '8.2.3', 0],
    ['10', '9.9', 1],
  ])('%s and %s', (a, b, sign) => {
    expect(Math.sign(compareVersions(a, b))).toBe(sign);
    expect(Math.sign(compareVersions(b, a))).toBe(sign === 0 ? 0 : -sign);
  });
});

test('facets count branches, newest first, and states by weight', () => {
  const facets = countFacets([
    site('a', { wordpress: '6.8.1', php: '8.3.1' }),
    site('b', { wordpress: '6.8.3', php: null, state: 'broken', overdue: [1], running: {} }),
    site('c', { wordpress: '6.10', plan: 'hourly' }),
  ]);
  expect(facets).toEqual({
    state: [
      { value: 'broken', count: 1 },
      { value: 'well', count: 2 },
    ],
    plan: [
      { value: 'daily', count: 2 },
      { value: 'hourly', count: 1 },
    ],
    wordpress: [
      { value: '6.10', count: 1 },
      { value: '6.8', count: 2 },
    ],
    php: [
      { value: '8.3', count: 1 },
      { value: '8.2', count: 1 },
    ],
    overdue: 1,
    running: 1,
  });
});
