import { describe, expect, test } from 'vitest';
import { TestClock } from '../../platform/clock.ts';
import type { CheckOutcome } from '../rules/verdict.ts';
import { createOverload } from './overload.ts';
import { judgePace, keepsUp } from './rules/keeps-up.ts';

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const slow: CheckOutcome = { kind: 'failure', phase: 'answer', code: 'ETIMEDOUT' };
const refused: CheckOutcome = { kind: 'failure', phase: 'connect', code: 'ECONNREFUSED' };
const own: CheckOutcome = { kind: 'own', code: 'overload' };

function watching() {
  const clock = new TestClock('2026-03-01T00:00:00Z');
  const figures = { loop: 0, p99: 0, waiting: 0 };
  const overload = createOverload({
    clock,
    loopDelay: { takeP99Ms: () => figures.loop, stop: () => undefined },
    wheel: {
      takeLateness: () => ({ turns: 1, p50: 0, p99: figures.p99, max: figures.p99 }),
      waitingMs: () => figures.waiting,
    },
  });
  overload.start();
  const pass = async (ms: number): Promise<void> => {
    for (let gone = 0; gone < ms; gone += 100) {
      clock.advance(100);
      await settle();
    }
  };
  return { clock, figures, overload, pass };
}

describe('the rule', () => {
  test.each<[string, number, number, string | null]>([
    ['calm', 20, 30, null],
    ['at the limits', 250, 2000, null],
    ['the event loop is late', 251, 0, 'loop-delay'],
    ['turns are late', 0, 2001, 'lateness'],
  ])('%s', (_name, loopDelayMs, latenessMs, why) => {
    expect(judgePace(keepsUp, { at: 5, loopDelayMs, latenessMs })).toMatchObject({ why, blindSince: why && 5 });
  });

  test('it sees again after ten seconds of calm, counted from the last bad moment', () => {
    const bad = judgePace(keepsUp, { at: 0, loopDelayMs: 900, latenessMs: 0 });
    const still = judgePace(bad, { at: 5000, loopDelayMs: 900, latenessMs: 0 });
    expect(still.blindSince).toBe(0);
    expect(judgePace(still, { at: 14_000, loopDelayMs: 0, latenessMs: 0 }).blindSince).toBe(0);
    expect(judgePace(still, { at: 15_000, loopDelayMs: 0, latenessMs: 0 })).toEqual(keepsUp);
  });
});

describe('a process that does not keep up', () => {
  test('says so, with the reason and since when, and trusts nothing that it measures', async () => {
    const { clock, figures, overload, pass } = watching();
    await pass(6000);
    expect(overload.pace().blind).toBeNull();
    expect(overload.trust(refused, clock.monotonicMs())).toBe(refused);
    figures.loop = 400;
    await pass(5000);
    expect(overload.pace()).toMatchObject({ blind: { cause: 'overload', why: 'loop-delay' }, loopDelayMs: 400 });
    expect(overload.trust(refused, clock.monotonicMs())).toEqual(own);
    figures.loop = 10;
    const startedAt = clock.monotonicMs();
    await pass(25_000);
    expect(overload.pace().blind).toBeNull();
    // What began while it was blind is not trusted afterwards either.
    expect(overload.trust(refused, startedAt)).toEqual(own);
    expect(overload.trust(refused, clock.monotonicMs())).toBe(refused);
    overload.stop();
  });

  test('turns that wait two seconds make it blind within a tenth of a second', async () => {
    const { clock, figures, overload, pass } = watching();
    await pass(1000);
    figures.waiting = 2500;
    expect(overload.trust(slow, clock.monotonicMs())).toEqual(own);
    await pass(100);
    expect(overload.pace().blind?.why).toBe('lateness');
    overload.stop();
  });

  test('a time-out during a standstill is our own, a refusal is not, and a later time-out counts', async () => {
    const { clock, overload, pass } = watching();
    await pass(1000);
    const startedAt = clock.monotonicMs();
    clock.advance(4000);
    // Before the next beat as well as after it.
    expect(overload.trust(slow, startedAt)).toEqual(own);
    await settle();
    expect(overload.trust(slow, startedAt)).toEqual(own);
    expect(overload.trust(refused, startedAt)).toBe(refused);
    const later = clock.monotonicMs();
    await pass(10_000);
    expect(overload.trust(slow, later)).toBe(slow);
    overload.stop();
  });
});
