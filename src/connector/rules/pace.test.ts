import { describe, expect, test } from 'vitest';
import { pauseAfter, retryDelay, type PaceInput } from './pace.ts';

/** A site that is well: 300 ms of work, 100 ms around it. */
const well: PaceInput = { wallMs: 400, bytes: 100_000, siteMs: 300, budgetMs: 6000, usualWaitMs: 100, rate: {} };
const usual = 'the site answers as usual';
const rest = 'the site answers slowly: it gets a rest';
const rated = 'the rate limit of this site';

describe('the pause after an answer', () => {
  test.each<[string, Partial<PaceInput>, number, string]>([
    ['as usual: none', {}, 0, usual],
    ['that worked its whole budget: that was asked for', { wallMs: 6100, siteMs: 6000 }, 0, usual],
    ['that waited four times longer than usual', { wallMs: 2400, siteMs: 400 }, 2400, rest],
    ['that waited long, as it always does', { wallMs: 2400, siteMs: 400, usualWaitMs: 600 }, 0, usual],
    ['that waited four times longer, and yet shortly', { wallMs: 1700, siteMs: 300 }, 0, usual],
    ['that waited long, when nothing is known of it yet', { wallMs: 9000, siteMs: 300, usualWaitMs: 0 }, 0, usual],
    ['that worked twice as long as it was allowed', { wallMs: 13_000, siteMs: 12_500 }, 13_000, rest],
    ['that worked a little too long', { wallMs: 11_000, siteMs: 10_900 }, 0, usual],
    ['that overran a tiny budget by little time', { wallMs: 1900, siteMs: 1850, budgetMs: 500 }, 0, usual],
    ['that took a minute: a rest of ours has an end', { wallMs: 60_000, siteMs: 59_000 }, 15_000, rest],
    ['of a million bytes at a million a second', { bytes: 1e6, rate: { bytesPerSecond: 1e6 } }, 600, rated],
    ['that came slower than its rate already', { wallMs: 2000, siteMs: 1900, rate: { bytesPerSecond: 1e6 } }, 0, usual],
    ['at two requests a second', { rate: { requestsPerSecond: 2 } }, 100, rated],
    ['at a request in ten seconds', { rate: { requestsPerSecond: 0.1 } }, 9600, rated],
    ['at both rates: the slower one', { rate: { bytesPerSecond: 100_000, requestsPerSecond: 2 } }, 600, rated],
    [
      'that is slow and has a rate: the longer of the two',
      { wallMs: 2400, siteMs: 400, rate: { requestsPerSecond: 0.2 } },
      2600,
      rated,
    ],
    ['that is slow and has a loose rate', { wallMs: 2400, siteMs: 400, rate: { requestsPerSecond: 1 } }, 2400, rest],
    // 8 MB at 100 kB a second: a shorter pause would be five times the rate that somebody set.
    ['that is large for its rate: the rate holds', { bytes: 8e6, rate: { bytesPerSecond: 100_000 } }, 79_600, rated],
  ])('%s', (_name, change, value, reason) => {
    expect(pauseAfter({ ...well, ...change })).toEqual({ value, reason });
  });

  test('over many answers the average stays within the rate', () => {
    const rate = { bytesPerSecond: 50_000 };
    let ms = 0;
    let bytes = 0;
    for (const size of [10, 4_000_000, 200_000, 8_000_000, 50_000]) {
      const wallMs = 200 + size / 1000;
      ms += wallMs + pauseAfter({ ...well, wallMs, siteMs: 100, bytes: size, rate }).value;
      bytes += size;
    }
    expect(bytes / (ms / 1000)).toBeLessThanOrEqual(rate.bytesPerSecond);
  });
});

describe('the wait before a repeat', () => {
  test('grows, and then it is given up', () => {
    expect([1, 2, 3, 4, 5].map((attempt) => retryDelay(attempt))).toEqual([500, 2000, 6000, 15_000, undefined]);
  });

  test('follows the list that is given; without one there is no repeat', () => {
    expect([1, 2, 3].map((attempt) => retryDelay(attempt, [10, 20]))).toEqual([10, 20, undefined]);
    expect(retryDelay(1, [])).toBeUndefined();
  });
});
