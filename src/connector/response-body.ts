import type { IncomingMessage } from 'node:http';
import { freeMemory } from './free-memory.ts';
import type { ByteSource } from './frame-reader.ts';

// What may follow the end frame of an answer whose connection is kept: bytes, and milliseconds to wait for them.
const MAX_REST = 64 * 1024;
const REST_MS = 1000;

export interface BodyHooks {
  onBytes: (bytes: number) => void;
  /** What a failure of the stream means. */
  explain: (error: Error) => Error;
}

/** The body of an HTTP answer: pulled chunk by chunk, or handed out as it comes. Read once, by one reader. */
export class ResponseBody implements ByteSource, AsyncIterator<Buffer, undefined> {
  readonly #response: IncomingMessage;
  readonly #chunks: Buffer[] = [];
  #take: ((chunk: Buffer) => void) | undefined;
  #isOver = false;
  #failure: Error | undefined;
  /** Called when something happened. */
  #wake: () => void = () => {};

  constructor(response: IncomingMessage, hooks: BodyHooks) {
    this.#response = response;
    const end = (error?: Error): void => {
      if (this.#isOver) return;
      this.#isOver = true;
      if (error !== undefined) this.#failure = hooks.explain(error);
      this.#wake();
    };
    response.on('data', (chunk: Buffer) => {
      hooks.onBytes(chunk.length);
      if (this.#take !== undefined) return this.#take(chunk);
      this.#chunks.push(chunk);
      response.pause();
      this.#wake();
    });
    response.on('end', () => end());
    response.on('error', end);
    response.on('close', () => end(response.complete ? undefined : (response.errored ?? new Error('aborted'))));
    response.pause();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<Buffer, undefined>> {
    for (;;) {
      const chunk = this.#chunks.shift();
      if (chunk !== undefined) return { done: false, value: chunk };
      if (this.#failure !== undefined) throw this.#failure;
      if (this.#isOver) return { done: true, value: undefined };
      await this.#more();
    }
  }

  async each(take: (chunk: Buffer) => boolean): Promise<void> {
    const handed: { isEnough: boolean; thrown?: { error: unknown } } = { isEnough: false };
    const hand = (chunk: Buffer): void => {
      if (handed.isEnough) return;
      try {
        handed.isEnough = take(chunk);
      } catch (error) {
        handed.isEnough = true;
        handed.thrown = { error };
      }
      freeMemory(chunk);
      if (handed.isEnough) {
        this.#response.pause();
        this.#wake();
      }
    };
    for (const chunk of this.#chunks.splice(0)) hand(chunk);
    this.#take = hand;
    while (!handed.isEnough && !this.#isOver) await this.#more();
    this.#take = undefined;
    if (handed.thrown !== undefined) throw handed.thrown.error;
    if (!handed.isEnough && this.#failure !== undefined) throw this.#failure;
  }

  /**
   * Nothing more is wanted: reads the little that an honest answer has after its end frame, so that the connection can be
   * used again. True when that came to its end; else the connection must be closed.
   */
  drain(onOver: (isWhole: boolean) => void): void {
    let left = MAX_REST;
    const over = (): void => {
      clearTimeout(timer);
      this.#wake = () => {};
      this.#take = () => {};
      onOver(this.#isOver && this.#failure === undefined);
    };
    const timer = setTimeout(over, REST_MS);
    timer.unref();
    this.#chunks.length = 0;
    this.#take = (chunk) => {
      left -= chunk.length;
      if (left < 0) over();
    };
    this.#wake = over;
    if (this.#isOver) over();
    else this.#response.resume();
  }

  /** Lets the answer flow until something happens. */
  async #more(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#wake = resolve;
    this.#response.resume();
    await promise;
  }
}
