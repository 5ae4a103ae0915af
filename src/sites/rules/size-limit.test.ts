import { describe, expect, test } from 'vitest';
import { defaultLimitBytes, judgeSize } from './size-limit.ts';

const GB = 1_000_000_000;

describe('the 5 GB of the contract', () => {
  test.each([
    ['an empty site', 0, 0, 'ok', 0],
    ['just below 80 %', 3.9 * GB, 0.09 * GB, 'ok', 0.798],
    ['80 % exactly', 3 * GB, GB, 'near', 0.8],
    ['the limit exactly', 4 * GB, GB, 'near', 1],
    ['one byte beyond', 4 * GB, GB + 1, 'quote-needed', 1.0000000002],
    ['a database that counts too', GB, 5 * GB, 'quote-needed', 1.2],
  ])('%s', (_name, filesBytes, databaseBytes, state, share) => {
    const verdict = judgeSize({ filesBytes, databaseBytes, limitBytes: defaultLimitBytes });
    expect(verdict.state).toBe(state);
    expect(verdict.share).toBeCloseTo(share, 9);
    expect(verdict.totalBytes).toBe(filesBytes + databaseBytes);
  });

  test('takes a limit agreed by quote, and says what weighs most', () => {
    const verdict = judgeSize({ filesBytes: 2 * GB, databaseBytes: 7 * GB, limitBytes: 20 * GB });
    expect(verdict).toMatchObject({ state: 'ok', mostly: 'database', limitBytes: 20 * GB });
  });
});
