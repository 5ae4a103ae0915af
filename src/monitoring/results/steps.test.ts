import { describe, expect, test } from 'vitest';
import type { CheckResult } from './pack.ts';
import { averagePhases, gatherSteps, mergeHours, percentile } from './steps.ts';

const minute = 60_000;
const check = (at: number, totalMs: number, verdict: CheckResult['verdict'] = 'up'): CheckResult => ({
  at,
  verdict,
  cause: null,
  status: 200,
  dnsMs: 1,
  connectMs: 10,
  tlsMs: null,
  firstByteMs: totalMs - 20,
  totalMs,
});

describe('steps', () => {
  test('average those that answered, count the others, and leave gaps out', () => {
    const steps = gatherSteps(
      [check(minute, 100), check(2 * minute, 300, 'down'), check(3 * minute, 9000, 'unknown'), check(16 * minute, 50)],
      5 * minute,
    );
    expect(steps.map((step) => step.at)).toEqual([0, 15 * minute]);
    expect(averagePhases(steps[0] ?? fail())).toEqual({
      checks: 3,
      down: 1,
      unknown: 1,
      dnsMs: 1,
      connectMs: 10,
      tlsMs: null,
      firstByteMs: 180,
      totalMs: 200,
      slowMs: 300,
    });
  });

  test('hours make days, weighed by their checks', () => {
    const hours = [
      ...gatherSteps([check(0, 100), check(minute, 100), check(2 * minute, 100)], 60 * minute),
      ...gatherSteps([check(120 * minute, 500)], 60 * minute),
    ];
    const [day] = mergeHours(hours, 24 * 60 * minute);
    expect(averagePhases(day ?? fail())).toMatchObject({ checks: 4, totalMs: 200, slowMs: 200 });
  });

  test.each([
    [[], 0.5, null],
    [[7], 0.95, 7],
    [[1, 2, 3, 4], 0.5, 2],
    [[4, 3, 2, 1], 1, 4],
    [Array.from({ length: 100 }, (_, i) => i + 1), 0.95, 95],
  ])('percentile of %j at %d', (values, share, expected) => {
    expect(percentile(values, share)).toBe(expected);
  });
});

function fail(): never {
  throw new Error('no step');
}
