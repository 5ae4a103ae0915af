import { CheckFailure, type FailedPhase } from './check-failure.ts';

/** Ends whatever a check is waiting for when its time is over, or when nobody wants it any more. */
export class Deadline {
  #timer: NodeJS.Timeout;
  #over: 'time' | 'unwanted' | undefined;
  #cut: (() => void) | undefined;
  #signal: AbortSignal | undefined;
  readonly #onAbort = (): void => this.#end('unwanted');

  constructor(ms: number, signal: AbortSignal | undefined) {
    this.#timer = setTimeout(() => this.#end('time'), ms);
    this.#signal = signal;
    if (signal?.aborted === true) this.#over = 'unwanted';
    else signal?.addEventListener('abort', this.#onAbort, { once: true });
  }

  get isOver(): boolean {
    return this.#over !== undefined;
  }

  get isUnwanted(): boolean {
    return this.#over === 'unwanted';
  }

  /** Work that ends early, as a failure of its phase, when the time is over: `cut` gets that failure. */
  race<T>(
    phase: () => FailedPhase,
    work: (settle: { resolve: (value: T) => void; reject: (error: Error) => void }) => void,
    cut?: (failure: CheckFailure) => void,
  ): Promise<T> {
    return new Promise((resolve, reject) => {
      const end = (): void => {
        const failure = new CheckFailure(phase(), 'ETIMEDOUT');
        reject(failure);
        cut?.(failure);
      };
      if (this.#over !== undefined) return end();
      this.#cut = end;
      work({ resolve, reject });
    });
  }

  clear(): void {
    clearTimeout(this.#timer);
    this.#cut = undefined;
    this.#signal?.removeEventListener('abort', this.#onAbort);
  }

  #end(over: 'time' | 'unwanted'): void {
    this.#over = over;
    this.#cut?.();
  }
}
