import { Temporal } from 'temporal-polyfill';

/** The only reader of time. Everything that needs the time or waits gets a Clock, so that tests can move it. */
export interface Clock {
  now(): Date;
  instant(): Temporal.Instant;
  /** Milliseconds that only ever grow; for measuring how long something took. */
  monotonicMs(): number;
  /** Resolves after `ms`; rejects with the signal's reason when it is aborted first. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** The time of the machine. */
export const systemClock: Clock = {
  now: () => new Date(),
  instant: () => Temporal.Now.instant(),
  monotonicMs: () => performance.now(),
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(reasonOf(signal));
      const onAbort = (): void => {
        clearTimeout(timer);
        reject(reasonOf(signal));
      };
      const timer = setTimeout(() => {
        signal?.removeEventListener('abort', onAbort);
        resolve();
      }, ms);
      signal?.addEventListener('abort', onAbort, { once: true });
    }),
};

interface Sleeper {
  until: number;
  resolve: () => void;
}

/** A clock that stands still until a test moves it; `sleep` ends when the time has been moved past its end. */
export class TestClock implements Clock {
  #ms: number;
  #sleepers = new Set<Sleeper>();

  constructor(start: string | Date) {
    this.#ms = new Date(start).getTime();
  }

  now(): Date {
    return new Date(this.#ms);
  }

  instant(): Temporal.Instant {
    return Temporal.Instant.fromEpochMilliseconds(this.#ms);
  }

  monotonicMs(): number {
    return this.#ms;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(reasonOf(signal));
      const sleeper: Sleeper = { until: this.#ms + ms, resolve };
      this.#sleepers.add(sleeper);
      signal?.addEventListener(
        'abort',
        () => {
          if (this.#sleepers.delete(sleeper)) reject(reasonOf(signal));
        },
        { once: true },
      );
    });
  }

  /** Moves the time forward and wakes those whose sleep is over. */
  advance(ms: number): void {
    this.set(new Date(this.#ms + ms));
  }

  set(time: string | Date): void {
    this.#ms = new Date(time).getTime();
    for (const sleeper of this.#sleepers) {
      if (sleeper.until > this.#ms) continue;
      this.#sleepers.delete(sleeper);
      sleeper.resolve();
    }
  }
}

function reasonOf(signal: AbortSignal | undefined): Error {
  return signal?.reason instanceof Error ? signal.reason : new Error('aborted');
}
