import type { Clock } from '../../platform/clock.ts';

export interface WheelOptions {
  clock: Clock;
  /** A target's turn has come; the wheel counts it as in flight until the promise settles. Must schedule its next turn. */
  onDue(id: string): Promise<void>;
  /** Default 5000: sites that hang cost a socket, not time. */
  maxInFlight?: number;
}

/** When the turns of tens of thousands of targets come. Times in milliseconds. */
export interface Wheel {
  /** Next turn in so many milliseconds from now; replaces the one it had. */
  schedule(id: string, inMs: number): void;
  /** Next turn on the target's own grid (rules/due-times.ts), at least `atLeastMs` from now (default 0). */
  scheduleTurn(id: string, intervalMs: number, atLeastMs?: number): void;
  remove(id: string): void;
  readonly size: number;
  readonly inFlight: number;
  /** How much later than due turns began, since the last call. */
  takeLateness(): { turns: number; p50: number; p99: number; max: number };
  /** How late the turn is that has waited longest for its beginning; 0 = none waits. */
  waitingMs(): number;
  start(): void;
  /** No more turns begin; resolves when those in flight are done. */
  stop(): Promise<void>;
}

export function createWheel(_options: WheelOptions): Wheel {
  throw new Error('not there yet');
}
