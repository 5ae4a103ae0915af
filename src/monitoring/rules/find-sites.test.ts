import { describe, expect, test } from 'vitest';
import { matchesFilter, sortRows, type FoundRow } from './find-sites.ts';

const row = (url: string, more: Partial<FoundRow> = {}): FoundRow => ({
  url,
  customer: 'X',
  enabled: true,
  phase: 'well',
  verdict: 'up',
  since: null,
  checkedAt: 1,
  responseMs: 100,
  certificateDays: 30,
  availability: 1,
  ...more,
});
const urls = (rows: readonly FoundRow[]): string => rows.map((each) => each.url).join(' ');

describe('the list of the watch', () => {
  const rows = [
    row('a'),
    row('b', { phase: 'out', verdict: 'down', since: 200 }),
    row('c', { enabled: false, verdict: 'unknown', responseMs: null }),
    row('d', { verdict: 'unknown' }),
    row('e', { phase: 'out', verdict: 'down', since: 100, responseMs: null }),
    row('f', { phase: 'doubted', verdict: 'down', since: 300 }),
    row('g', { phase: 'back', responseMs: 50 }),
  ];

  test.each([
    ['state', false, 'e b f g d a c'],
    ['site', true, 'g f e d c b a'],
    ['response', false, 'g a b d f c e'],
    ['response', true, 'a b d f g c e'],
  ] as const)('by %s, descending: %s', (sort, descending, expected) => {
    expect(urls(sortRows(rows, { sort, descending }))).toBe(expected);
  });

  test('filters by phase and verdict; a site that is not watched is in no phase', () => {
    expect(urls(rows.filter((each) => matchesFilter(each, { phase: 'out' })))).toBe('b e');
    expect(urls(rows.filter((each) => matchesFilter(each, { phase: 'well' })))).toBe('a d');
    expect(urls(rows.filter((each) => matchesFilter(each, { verdict: 'unknown' })))).toBe('c d');
  });
});
