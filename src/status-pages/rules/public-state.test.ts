import { describe, expect, test } from 'vitest';
import { causes } from '../../monitoring/contract.ts';
import { barsPath } from './bars-path.ts';
import {
  publicCauseOf,
  publicCauses,
  publicStateOf,
  shareInHundredths,
  worstOf,
  type PublicStretch,
} from './public-state.ts';
import { isSlug } from './slug.ts';

const now = 1_000_000_000;
const minute = 60_000;

describe('how a site is for the public', () => {
  const fine: Parameters<typeof publicStateOf>[0] = {
    watched: true,
    intervalMs: minute,
    verdict: 'up',
    checkedAt: now - 20_000,
  };
  const open = (agoMs: number, inMaintenance = false): PublicStretch => ({
    from: now - agoMs,
    to: null,
    inMaintenance,
  });
  const over: PublicStretch = { from: now - 9 * minute, to: now - minute, inMaintenance: false };

  test.each<[string, Partial<typeof fine>, PublicStretch[], string, number | null]>([
    ['answers', {}, [], 'well', null],
    ['answers again', {}, [over], 'well', null],
    ['fails, not confirmed', { verdict: 'down' }, [], 'well', null],
    ['is out', { verdict: 'down' }, [open(3 * minute)], 'out', now - 3 * minute],
    ['is out twice over: since the first', {}, [open(minute), open(5 * minute)], 'out', now - 5 * minute],
    ['is worked on', { verdict: 'down' }, [open(minute, true)], 'work', now - minute],
    ['is out beside the work', {}, [open(9 * minute, true), open(minute)], 'out', now - minute],
    ['is out, and nobody looks any more', { checkedAt: now - 60 * minute }, [open(minute)], 'out', now - minute],
    ['the watch cannot see', { verdict: 'unknown' }, [], 'unsure', null],
    ['was looked at just in time', { checkedAt: now - 5 * minute }, [], 'well', null],
    ['nobody has looked lately', { checkedAt: now - 5 * minute - 1 }, [], 'unsure', null],
    ['nobody has looked yet', { checkedAt: null, verdict: null }, [], 'unsure', null],
    ['nobody is to look', { watched: false }, [], 'unwatched', null],
  ])('%s', (_case, site, stretches, state, since) => {
    expect(publicStateOf({ ...fine, ...site }, stretches, now)).toEqual({ state, since });
  });

  test('the worst counts, and how many are so', () => {
    expect(worstOf(['well', 'out', 'work', 'out'])).toEqual({ state: 'out', sites: 2 });
    expect(worstOf(['well', 'unsure', 'work'])).toEqual({ state: 'work', sites: 1 });
    expect(worstOf(['well', 'well'])).toEqual({ state: 'well', sites: 2 });
  });
});

test('every cause of the watch is one of five for the public, a hacked site an error like others', () => {
  for (const cause of causes) expect(publicCauses).toContain(publicCauseOf(cause));
  expect(
    ['refused', 'dns-gone', 'tls-expired', 'too-slow', 'foreign-redirect', 'database-error', null].map(publicCauseOf),
  ).toEqual(['unreachable', 'address', 'certificate', 'slow', 'error', 'error', 'error']);
});

test.each([
  [1, 1],
  [0.999_999, 0.9999],
  [0.9999, 0.9999],
  [0.998_61, 0.9986],
  [0, 0],
])('a share of %d is %d: less than all is never 100 %%', (share, shown) => {
  expect(shareInHundredths(share)).toBe(shown);
});

test('bars of one state are one path, an outage over the whole height', () => {
  const days = (['well', 'out', 'well', 'none'] as const).map((worst) => ({ worst }));
  expect(barsPath(days, 'well')).toBe('M0 12h7v28h-7zM20 12h7v28h-7z');
  expect(barsPath(days, 'out')).toBe('M10 0h7v40h-7z');
  expect(barsPath(days, 'unknown')).toBe('');
});

test.each([
  ['bakkerij', true],
  ['bakkerij-de-wit-2', true],
  ['ab', false],
  ['-abc', false],
  ['a--b', false],
  ['Bakkerij', false],
  ['../etc', false],
  ['a.b.c', false],
  ['', false],
  ['a'.repeat(61), false],
])('%s is an address: %s', (text, expected) => {
  expect(isSlug(text)).toBe(expected);
});
