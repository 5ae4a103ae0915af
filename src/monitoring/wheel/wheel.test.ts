import { describe, expect, test } from 'vitest';
import { TestClock } from '../../platform/clock.ts';
import { nextTurn, phaseOf } from './rules/due-times.ts';
import { createWheel, type Wheel } from './wheel.ts';

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Moves the time in steps and lets what is due run. */
async function pass(clock: TestClock, ms: number, step = 10): Promise<void> {
  for (let gone = 0; gone < ms; gone += step) {
    clock.advance(step);
    await settle();
  }
}

function turning(onDue: (id: string, wheel: Wheel) => Promise<void> | void, maxInFlight?: number) {
  const clock = new TestClock('2026-03-01T00:00:00Z');
  const wheel: Wheel = createWheel({
    clock,
    onDue: async (id) => onDue(id, wheel),
    ...(maxInFlight === undefined ? {} : { maxInFlight }),
  });
  wheel.start();
  return { clock, wheel };
}

describe('turns', () => {
  test('come when they are due, once', async () => {
    const seen: string[] = [];
    const { clock, wheel } = turning((id) => void seen.push(id));
    wheel.schedule('b', 300);
    wheel.schedule('a', 100);
    await pass(clock, 200);
    expect(seen).toEqual(['a']);
    await pass(clock, 1000);
    expect(seen).toEqual(['a', 'b']);
    expect(wheel.size).toBe(0);
    await wheel.stop();
  });

  test('the last plan counts, and a removed target has no turn', async () => {
    const seen: string[] = [];
    const { clock, wheel } = turning((id) => void seen.push(`${id} ${clock.monotonicMs() % 1000}`));
    wheel.schedule('moved', 100);
    wheel.schedule('moved', 400);
    wheel.schedule('earlier', 800);
    wheel.schedule('earlier', 200);
    wheel.schedule('gone', 300);
    wheel.remove('gone');
    await pass(clock, 1500);
    expect(seen).toEqual(['earlier 200', 'moved 400']);
    await wheel.stop();
  });

  test('a target may plan itself anew from its turn, also at once', async () => {
    let turns = 0;
    const { clock, wheel } = turning((id, own) => {
      turns += 1;
      if (turns < 5) own.schedule(id, 0);
    });
    wheel.schedule('a', 0);
    await pass(clock, 200);
    expect(turns).toBe(5);
    await wheel.stop();
  });

  test('after a standstill all that is due comes, and its lateness is told', async () => {
    const seen: string[] = [];
    const { clock, wheel } = turning((id) => void seen.push(id));
    for (let at = 0; at < 100; at++) wheel.schedule(`t${at}`, at * 10);
    clock.advance(3000);
    await settle();
    expect(seen).toHaveLength(100);
    const late = wheel.takeLateness();
    expect(late).toMatchObject({ turns: 100, max: 3000 });
    expect(late.p50).toBeGreaterThan(2000);
    expect(wheel.takeLateness()).toEqual({ turns: 0, p50: 0, p99: 0, max: 0 });
    await wheel.stop();
  });

  test('no more are in flight than may be: the others wait, and that is told', async () => {
    const ends: (() => void)[] = [];
    const { clock, wheel } = turning(() => new Promise<void>((resolve) => void ends.push(resolve)), 2);
    for (const id of ['a', 'b', 'c', 'd']) wheel.schedule(id, 10);
    await pass(clock, 2000);
    expect(wheel.inFlight).toBe(2);
    expect(wheel.waitingMs()).toBeGreaterThan(1900);
    wheel.remove('c');
    ends.shift()?.();
    await settle();
    expect(ends).toHaveLength(2);
    expect(wheel.inFlight).toBe(2);
    expect(wheel.size).toBe(0);
    expect(wheel.waitingMs()).toBe(0);
    for (const end of ends) end();
    await wheel.stop();
  });

  test('stopping waits for those in flight, and begins none', async () => {
    let end: (() => void) | undefined;
    const { clock, wheel } = turning(() => new Promise<void>((resolve) => (end = resolve)), 1);
    wheel.schedule('a', 10);
    wheel.schedule('b', 10);
    await pass(clock, 100);
    let isStopped = false;
    const stopping = wheel.stop().then(() => (isStopped = true));
    await settle();
    expect(isStopped).toBe(false);
    end?.();
    await stopping;
    await pass(clock, 100);
    expect(wheel.inFlight).toBe(0);
  });
});

describe('due times', () => {
  const ids = Array.from({ length: 15_000 }, (_, at) => `site-${at}`);

  test('are spread evenly from the first second on: no herd, no stagger', () => {
    const perSecond = Array.from({ length: 60 }, () => 0);
    for (const id of ids) perSecond[Math.floor(phaseOf(id, 60_000) / 1000)]! += 1;
    expect(Math.min(...perSecond)).toBeGreaterThan(190);
    expect(Math.max(...perSecond)).toBeLessThan(310);
  });

  test('are the same for every watcher, and one interval apart', () => {
    const after = Date.UTC(2026, 2, 1);
    const first = nextTurn('bakkerij', 60_000, after);
    expect(first).toBeGreaterThan(after);
    expect(first - after).toBeLessThanOrEqual(60_000);
    expect(nextTurn('bakkerij', 60_000, first)).toBe(first + 60_000);
    expect(nextTurn('bakkerij', 60_000, first - 1)).toBe(first);
  });

  test('on the wheel, 15,000 targets at 20 s have each had their turn after 20 s', async () => {
    const seen = new Set<string>();
    const { clock, wheel } = turning((id, own) => {
      seen.add(id);
      own.scheduleTurn(id, 20_000);
    });
    for (const id of ids) wheel.scheduleTurn(id, 20_000);
    await pass(clock, 10_000, 500);
    expect(seen.size).toBeGreaterThan(7000);
    expect(seen.size).toBeLessThan(8000);
    await pass(clock, 10_500, 500);
    expect(seen.size).toBe(15_000);
    expect(wheel.size).toBe(15_000);
    await wheel.stop();
  });
});
