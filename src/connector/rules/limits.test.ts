import { describe, expect, test } from 'vitest';
import {
  firstLimits,
  highestLimits,
  limitsFromHost,
  lowestLimits,
  nextLimits,
  type HostSays,
  type LearnedLimits,
  type Observation,
} from './limits.ts';

const MIB = 1024 * 1024;
const known: LearnedLimits = { budgetMs: 8000, maxBytes: 4 * MIB, maxPutBytes: 2 * MIB, usualWaitMs: 100 };
const full: LearnedLimits = { ...highestLimits, usualWaitMs: 100 };
const least: LearnedLimits = { ...lowestLimits, usualWaitMs: 100 };

describe('before the first long request', () => {
  test.each<[string, HostSays, Partial<LearnedLimits>]>([
    ['says nothing', {}, {}],
    ['has no limits, as PHP says it (0 and -1)', { maxExecutionTime: 0, memoryLimit: -1, postMaxSize: 0 }, {}],
    ['says nonsense', { maxExecutionTime: Number.NaN, memoryLimit: Infinity, postMaxSize: -5 }, {}],
    [
      'is roomy: its limits raise nothing',
      { maxExecutionTime: 300, memoryLimit: 1024 * MIB, postMaxSize: 512 * MIB },
      {},
    ],
    ['stops PHP after 10 s: half of it', { maxExecutionTime: 10 }, { budgetMs: 5000 }],
    ['gives 32 MB of memory', { memoryLimit: 32 * MIB }, { maxBytes: 2 * MIB }],
    ['takes bodies of 1 MB: three quarters', { postMaxSize: MIB }, { maxPutBytes: 0.75 * MIB }],
    [
      'takes large bodies and has little memory: the memory counts',
      { postMaxSize: 64 * MIB, memoryLimit: 12 * MIB },
      { maxPutBytes: MIB, maxBytes: 0.75 * MIB },
    ],
    [
      'is impossibly small: never below the least',
      { maxExecutionTime: 0.5, memoryLimit: 1, postMaxSize: 1 },
      lowestLimits,
    ],
  ])('a host that %s', (_name, says, changed) => {
    expect(limitsFromHost(firstLimits, says).value).toEqual({ ...firstLimits, ...changed });
  });

  test('what was learned to be too much stays so', () => {
    const learned = { ...known, budgetMs: 700 };
    expect(limitsFromHost(learned, { maxExecutionTime: 30 }).value).toEqual(learned);
  });

  test('asked again and again it changes nothing more', () => {
    const says = { maxExecutionTime: 10, memoryLimit: 32 * MIB, postMaxSize: MIB };
    const once = limitsFromHost(firstLimits, says).value;
    expect(limitsFromHost(once, says).value).toEqual(once);
  });
});

describe('after an answer', () => {
  const answered = (usedBudget: boolean): Observation => ({ kind: 'answered', wallMs: 600, siteMs: 500, usedBudget });

  test.each<[string, LearnedLimits, Observation, Partial<LearnedLimits>, string]>([
    [
      'that used its whole budget and came: larger pieces',
      known,
      answered(true),
      { budgetMs: 10_000, maxBytes: 5 * MIB },
      'a full budget went well',
    ],
    ['to small work says nothing of the limits', known, answered(false), {}, 'the work was small'],
    ['at the highest limits: no higher', full, answered(true), {}, 'a full budget went well'],
    [
      'that broke off: half of both',
      known,
      { kind: 'broke-off', wallMs: 8000 },
      { budgetMs: 4000, maxBytes: 2 * MIB },
      'an answer broke off after 8000 ms',
    ],
    [
      'that broke off early: half of what it lasted',
      known,
      { kind: 'broke-off', wallMs: 3000 },
      { budgetMs: 1500, maxBytes: 2 * MIB },
      'an answer broke off after 3000 ms',
    ],
    [
      'that broke off at once: no host allows less than a second',
      known,
      { kind: 'broke-off', wallMs: 3 },
      { budgetMs: 500, maxBytes: 2 * MIB },
      'an answer broke off after 3 ms',
    ],
    [
      'that broke off long after its budget: half of the budget',
      known,
      { kind: 'broke-off', wallMs: 60_000 },
      { budgetMs: 4000, maxBytes: 2 * MIB },
      'an answer broke off after 60000 ms',
    ],
    [
      'that broke off at the lowest limits: no lower',
      least,
      { kind: 'broke-off', wallMs: 100 },
      {},
      'an answer broke off after 100 ms',
    ],
    [
      'that refused a body (413): half of that body',
      known,
      { kind: 'put-refused', bytes: MIB },
      { maxPutBytes: 0.5 * MIB },
      'the host refused a body of 1048576 bytes',
    ],
    [
      'that refused a body made before the limit sank: the limit stays',
      known,
      { kind: 'put-refused', bytes: 10 * MIB },
      {},
      'the host refused a body of 10485760 bytes',
    ],
    [
      'that refused the smallest body: no lower',
      least,
      { kind: 'put-refused', bytes: 10 },
      {},
      'the host refused a body of 10 bytes',
    ],
  ])('%s', (_name, limits, seen, changed, reason) => {
    expect(nextLimits(limits, seen)).toEqual({ value: { ...limits, ...changed }, reason });
  });

  test('a refused body makes answers no smaller, and larger answers make no larger bodies', () => {
    const refused = nextLimits(known, { kind: 'put-refused', bytes: 2 * MIB }).value;
    expect(refused).toMatchObject({ budgetMs: known.budgetMs, maxBytes: known.maxBytes });
    expect(nextLimits(refused, answered(true)).value.maxPutBytes).toBe(refused.maxPutBytes);
  });

  test('a host that breaks everything off, and then nothing: to the least and back to the most', () => {
    let limits = full;
    for (let i = 0; i < 20; i++) limits = nextLimits(limits, { kind: 'broke-off', wallMs: limits.budgetMs }).value;
    expect(limits).toMatchObject({ budgetMs: lowestLimits.budgetMs, maxBytes: lowestLimits.maxBytes });
    for (let i = 0; i < 40; i++) limits = nextLimits(limits, answered(true)).value;
    expect(limits).toMatchObject({ budgetMs: highestLimits.budgetMs, maxBytes: highestLimits.maxBytes });
  });
});

describe('the usual wait', () => {
  const after = (usualWaitMs: number, waitMs: number): number =>
    nextLimits({ ...known, usualWaitMs }, { kind: 'answered', wallMs: 500 + waitMs, siteMs: 500, usedBudget: false })
      .value.usualWaitMs;

  test.each([
    ['is the first one that is seen', 0, 80, 80],
    ['moves slowly', 100, 200, 110],
    ['moves down too', 100, 50, 95],
    ['is not carried away by one long wait', 100, 60_000, 130],
    ['is known once it was nothing', 0, 0, 1],
    ['is never negative when the site says that it worked longer than we waited', 0, -400, 1],
  ])('%s', (_name, usual, wait, expected) => {
    expect(after(usual, wait)).toBeCloseTo(expected, 6);
  });

  test('is kept when an answer broke off', () => {
    expect(nextLimits(known, { kind: 'broke-off', wallMs: 9000 }).value.usualWaitMs).toBe(100);
  });
});
