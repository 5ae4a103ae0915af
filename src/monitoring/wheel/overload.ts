import type { Clock } from '../../platform/clock.ts';
import type { LoopDelay } from '../../platform/loop-delay.ts';
import type { CheckOutcome } from '../rules/verdict.ts';
import type { Wheel } from './wheel.ts';

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
  /** p99, milliseconds. */
  loopDelayMs: number;
  latenessMs: number;
}

/** Watches whether this process keeps up: the figures of a checker that does not are no figures of the sites. */
export interface Overload {
  pace(): OwnPace;
  /** What is left of an outcome: `own/overload` when it was measured while we could not keep up. `startedAt`: monotonicMs. */
  trust(outcome: CheckOutcome, startedAt: number): CheckOutcome;
  start(): void;
  stop(): void;
}

export function createOverload(_options: OverloadOptions): Overload {
  throw new Error('not there yet');
}
