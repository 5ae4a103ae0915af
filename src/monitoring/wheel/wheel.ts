import type { Clock } from '../../platform/clock.ts';
import { nextTurn } from './rules/due-times.ts';

export interface WheelOptions {
  clock: Clock;
  /**
   * A target's turn has come; it is in flight until the promise settles. Schedules the next turn itself, and never
   * rejects: that would end the process, as an error that nobody caught does.
   */
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
  /** Targets that have a turn to come. */
  readonly size: number;
  readonly inFlight: number;
  /** How much later than due turns began, since the last call. */
  takeLateness(): Lateness;
  /** How late the turn is that has waited longest for its beginning; 0 = none waits. */
  waitingMs(): number;
  start(): void;
  /** No more turns begin; resolves when those in flight are done. */
  stop(): Promise<void>;
}

export interface Lateness {
  turns: number;
  p50: number;
  p99: number;
  max: number;
}

/** Width of a slot: the least that turns are late by. */
const tickMs = 10;
const usualMaxInFlight = 5000;

interface Turn {
  id: string;
  dueAt: number;
  slot: number;
}

/** A timing wheel whose slots are made when they are needed, so it has no end: planning and taking cost the same for any number. */
export function createWheel(options: WheelOptions): Wheel {
  const { clock } = options;
  const most = options.maxInFlight ?? usualMaxInFlight;
  const turns = new Map<string, Turn>();
  const slots = new Map<number, Turn[]>();
  let lateness: number[] = [];
  // Due, but too many are in flight. Taken from the front by moving `nextWaiting`.
  let waiting: Turn[] = [];
  let nextWaiting = 0;
  let inFlight = 0;
  let done = Math.floor(clock.monotonicMs() / tickMs);
  let abort: AbortController | undefined;
  let onIdle: (() => void) | undefined;

  const plan = (id: string, inMs: number): void => {
    const dueAt = clock.monotonicMs() + Math.max(0, inMs);
    const slot = Math.max(Math.ceil(dueAt / tickMs), done + 1);
    const turn = { id, dueAt, slot };
    turns.set(id, turn);
    const beside = slots.get(slot);
    if (beside) beside.push(turn);
    else slots.set(slot, [turn]);
  };

  const isPlanned = (turn: Turn): boolean => turns.get(turn.id) === turn;

  const begin = (turn: Turn): void => {
    turns.delete(turn.id);
    lateness.push(Math.max(0, clock.monotonicMs() - turn.dueAt));
    inFlight += 1;
    void options.onDue(turn.id).finally(ended);
  };

  const ended = (): void => {
    inFlight -= 1;
    beginWaiting();
    if (inFlight === 0) onIdle?.();
  };

  const mayBegin = (): boolean => abort !== undefined && inFlight < most && nextWaiting < waiting.length;

  const beginWaiting = (): void => {
    while (mayBegin()) {
      const turn = waiting[nextWaiting++];
      if (turn !== undefined && isPlanned(turn)) begin(turn);
    }
    if (nextWaiting === waiting.length) {
      waiting = [];
      nextWaiting = 0;
    }
  };

  const turnTo = (now: number): void => {
    for (const last = Math.floor(now / tickMs); done < last;) {
      done += 1;
      const due = slots.get(done);
      if (due === undefined) continue;
      slots.delete(done);
      for (const turn of due) if (isPlanned(turn)) waiting.push(turn);
    }
    beginWaiting();
  };

  const run = async (signal: AbortSignal): Promise<void> => {
    while (!signal.aborted) {
      turnTo(clock.monotonicMs());
      await clock.sleep(tickMs, signal).catch(() => undefined);
    }
  };

  return {
    schedule: plan,
    scheduleTurn: (id, intervalMs, atLeastMs = 0) => {
      const now = clock.now().getTime();
      plan(id, nextTurn(id, intervalMs, now + atLeastMs) - now);
    },
    remove: (id) => void turns.delete(id),
    get size() {
      return turns.size;
    },
    get inFlight() {
      return inFlight;
    },
    takeLateness: () => {
      const sorted = lateness.toSorted((a, b) => a - b);
      lateness = [];
      const at = (share: number): number => sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
      return { turns: sorted.length, p50: at(0.5), p99: at(0.99), max: at(1) };
    },
    waitingMs: () => {
      const first = waiting.slice(nextWaiting, nextWaiting + 1).find(isPlanned);
      return first === undefined ? 0 : Math.max(0, clock.monotonicMs() - first.dueAt);
    },
    start: () => {
      if (abort !== undefined) return;
      abort = new AbortController();
      void run(abort.signal);
    },
    stop: async () => {
      abort?.abort();
      abort = undefined;
      if (inFlight > 0) await new Promise<void>((resolve) => (onIdle = resolve));
    },
  };
}
