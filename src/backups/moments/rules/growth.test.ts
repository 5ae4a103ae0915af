import { describe, expect, test } from 'vitest';
import { growthUnit, judgeGrowth } from './growth.ts';

const GB = 1e9;
const DAY = 86_400_000;
const line = (days: number, from: number, to: number) =>
  Array.from({ length: days + 1 }, (_, day) => ({ at: day * DAY, bytes: from + ((to - from) * day) / days }));

describe('how fast a site grows', () => {
  test('says when the limit is reached at the pace of the last ninety days', () => {
    // 2 GB to 3.8 GB in 360 days is 5 MB a day: the remaining 1.2 GB take 240 days.
    const found = judgeGrowth(line(360, 2 * GB, 3.8 * GB), 5 * GB);
    expect(found.code).toBe('growing');
    if (found.code !== 'growing') return;
    expect(found.perDay / 1e6).toBeCloseTo(5, 5);
    expect((found.fullAt ?? 0) / DAY).toBeCloseTo(600, 5);
  });

  test.each([
    ['less than a week is too short', line(3, GB, 2 * GB), 'too-short'],
    ['nothing is too short', [], 'too-short'],
    ['the same size', line(60, GB, GB), 'steady'],
    ['smaller', line(60, 3 * GB, 2 * GB), 'shrinking'],
    ['beyond the limit', line(60, 3 * GB, 6 * GB), 'over'],
  ])('%s', (_name, points, code) => {
    expect(judgeGrowth(points, 5 * GB).code).toBe(code);
  });

  test('a date more than five years away is not named', () => {
    expect(judgeGrowth(line(90, GB, 1.001 * GB), 5 * GB)).toMatchObject({ code: 'steady' });
    expect(judgeGrowth(line(90, GB, 1.05 * GB), 5 * GB)).toMatchObject({ code: 'growing', fullAt: undefined });
  });

  test('a curve of any length stays short', () => {
    expect([3, 90, 365, 3000].map(growthUnit)).toEqual(['hour', 'day', 'week', 'month']);
  });
});
