import type { Clock } from '../../platform/clock.ts';
import { watchLoopDelay, type LoopDelay } from '../../platform/loop-delay.ts';
import type { CheckOutcome } from '../rules/verdict.ts';
import { judgePace, keepsUp, mostLatenessMs, mostLoopDelayMs, type KeptUp } from './rules/keeps-up.ts';
import type { Lateness, Wheel } from './wheel.ts';

export interface OverloadOptions {
  clock: Clock;
  wheel: Pick<Wheel, 'takeLateness' | 'waitingMs'>;
  /** Default: of this process. */
  loopDelay?: LoopDelay;
}

/** How this process itself is doing, of the last seconds. */
export interface OwnPace {
  /** Set while its measurements cannot be trusted. */
  blind: { cause: 'overload'; since: Date; why: 'loop-delay' | 'lateness' } | null;
  /** p99 of the last five seconds, milliseconds. */
  loopDelayMs: number;
  /** Of the turns of the last five seconds, milliseconds. */
  lateness: Lateness;
}

/** Watches whether this process keeps up: the figures of a checker that does not are no figures of the sites. */
export interface Overload {
  pace(): OwnPace;
  /** What is left of an outcome: `own/overload` when it was measured while we could not keep up. `startedAt`: monotonicMs. */
  trust(outcome: CheckOutcome, startedAt: number): CheckOutcome;
  start(): void;
  stop(): void;
}

const beatMs = 100;
const periodMs = 5000;
/** Stalls are remembered longer than any check takes. */
const rememberMs = 120_000;
const overload: CheckOutcome = { kind: 'own', code: 'overload' };
const timeOuts = new Set(['ETIMEDOUT', 'ETIMEOUT']);

export function createOverload({ clock, wheel, ...options }: OverloadOptions): Overload {
  const loopDelay = options.loopDelay ?? watchLoopDelay();
  let state: KeptUp = keepsUp;
  let blindUntil = -Infinity;
  let loopDelayMs = 0;
  let lateness: Lateness = { turns: 0, p50: 0, p99: 0, max: 0 };
  let stalls: { until: number; ms: number }[] = [];
  let lastBeat = clock.monotonicMs();
  let lastPeriod = lastBeat;
  let abort: AbortController | undefined;

  const judge = (at: number, latenessMs: number): void => {
    const before = state;
    state = judgePace(state, { at, loopDelayMs, latenessMs });
    if (before.blindSince !== null && state.blindSince === null) blindUntil = at;
  };

  const beat = (): void => {
    const now = clock.monotonicMs();
    const stalledMs = now - lastBeat - beatMs;
    if (stalledMs > beatMs)
      stalls = [...stalls.filter(({ until }) => now - until < rememberMs), { until: now, ms: stalledMs }];
    lastBeat = now;
    if (now - lastPeriod >= periodMs) {
      lastPeriod = now;
      loopDelayMs = loopDelay.takeP99Ms();
      lateness = wheel.takeLateness();
      judge(now, Math.max(lateness.p99, wheel.waitingMs()));
      return;
    }
    if (state.blindSince === null && wheel.waitingMs() > mostLatenessMs) judge(now, wheel.waitingMs());
  };

  /** How long this process stood still since a moment: a time-out of that time may be of our own making. */
  const stalledSince = (startedAt: number, now: number): number =>
    Math.max(0, now - lastBeat - beatMs) +
    stalls.reduce((sum, { until, ms }) => sum + (until > startedAt ? Math.min(ms, until - startedAt) : 0), 0);

  const run = async (signal: AbortSignal): Promise<void> => {
    while (!signal.aborted) {
      await clock.sleep(beatMs, signal).catch(() => undefined);
      if (!signal.aborted) beat();
    }
  };

  return {
    pace: () => {
      const { blindSince, why } = state;
      const since = blindSince === null ? null : new Date(clock.now().getTime() - (clock.monotonicMs() - blindSince));
      return { blind: since && why ? { cause: 'overload', since, why } : null, loopDelayMs, lateness };
    },
    trust: (outcome, startedAt) => {
      if (outcome.kind === 'own') return outcome;
      if (state.blindSince !== null || startedAt < blindUntil || wheel.waitingMs() > mostLatenessMs) return overload;
      const isTimeOut = outcome.kind === 'failure' && timeOuts.has(outcome.code);
      return isTimeOut && stalledSince(startedAt, clock.monotonicMs()) > mostLoopDelayMs ? overload : outcome;
    },
    start: () => {
      if (abort !== undefined) return;
      abort = new AbortController();
      lastBeat = clock.monotonicMs();
      lastPeriod = lastBeat;
      loopDelay.takeP99Ms();
      void run(abort.signal);
    },
    stop: () => {
      abort?.abort();
      abort = undefined;
      loopDelay.stop();
    },
  };
}
