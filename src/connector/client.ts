import type { Clock } from '../platform/clock.ts';
import * as shapes from './answers.ts';
import { callSite, nothingLearned, type CallInput, type Learned, type Site } from './call-site.ts';
import {
  callUntilDone,
  checked,
  type Answer,
  type ArgsFor,
  type CallOptions,
  type SiteCaller,
  type StreamOptions,
} from './caller.ts';
import { DatabaseCommands } from './database-commands.ts';
import { ConnectorError } from './errors.ts';
import { FileCommands } from './file-commands.ts';
import { AnswerCollector, AnswerMemory } from './collect-answer.ts';
import type { AnswerEnd } from './frame-parser.ts';
import type { Frame } from './frame-reader.ts';
import { limitsFromHost, nextLimits } from './rules/limits.ts';
import { pauseAfter, retryDelay, type RateLimit } from './rules/pace.ts';
import { Transport, type Traffic, type TransportOptions } from './post-request.ts';
import type { SiteCredentials } from './sign-request.ts';

export interface SiteClientOptions {
  credentials: SiteCredentials;
  /** What an earlier client learned (`client.learned`). */
  learned?: Learned | undefined;
  /** Claim number of the run: the site refuses a lower one than it has seen. */
  claim: number;
  clock: Pick<Clock, 'now' | 'sleep' | 'monotonicMs'>;
  transport?: TransportOptions | undefined;
  rate?: RateLimit | undefined;
  /** Ends every request under way and to come. */
  signal?: AbortSignal | undefined;
  /** Called when something was learned that is worth keeping. */
  onLearned?: ((learned: Learned) => void) | undefined;
}

const SMALL_ANSWER = 2 * 1024 * 1024;
// Kept with the site and read with it: a thousand plugins at the 500 bytes or so that one has, twice.
const LARGEST_INVENTORY = 1024 * 1024;
const BROKE_OFF = new Set(['timeout', 'too-slow', 'answer-cut']);

/** Speaks to one paired site. Cheap to make; `close` when done. Safe for several calls at a time. */
export class SiteClient implements SiteCaller {
  readonly files: FileCommands;
  readonly database: DatabaseCommands;
  readonly signal: AbortSignal | undefined;
  readonly #options: SiteClientOptions;
  readonly #site: Site;
  readonly #memory = new AnswerMemory();
  #restUntil = 0;

  constructor(options: SiteClientOptions) {
    this.#options = options;
    this.signal = options.signal;
    this.#site = {
      credentials: options.credentials,
      transport: new Transport(options.transport),
      clock: options.clock,
      learned: options.learned ?? nothingLearned,
    };
    this.files = new FileCommands(this);
    this.database = new DatabaseCommands(this);
  }

  /** What this client knows of the site by now: JSON, for the next client. */
  get learned(): Learned {
    return this.#site.learned;
  }

  /** Bytes on the wire so far: HTTP heads and bodies as they travelled. */
  get traffic(): Readonly<Traffic> {
    return { ...this.#site.transport.traffic };
  }

  /** How much it may ask at most. */
  get rate(): RateLimit {
    return this.#options.rate ?? {};
  }

  close(): void {
    this.#site.transport.close();
  }

  /** What the site says of itself; its limits are learned from it. */
  async status(): Promise<shapes.SiteStatus> {
    const { end } = await this.call('status', {});
    const status = checked(shapes.Status, end);
    if (status.protocol !== 1) throw new ConnectorError('version', { details: { protocol: status.protocol } });
    const { limits } = status;
    this.#learn({
      ...this.learned,
      zlib: limits.zlib === true,
      limits: limitsFromHost(this.learned.limits, {
        maxExecutionTime: limits.max_execution_time ?? 0,
        memoryLimit: phpBytes(limits.memory_limit),
        postMaxSize: phpBytes(limits.post_max_size),
      }).value,
    });
    return status;
  }

  /**
   * How the site is, in one light request without repeats. `since`: Unix seconds of the last look, for its error log.
   * `throughWordPress`: by an entry that loads WordPress, which knows a little more. `time`: the site's clock, Unix seconds.
   */
  async health(options: {
    since: number;
    throughWordPress?: boolean;
    signal?: AbortSignal;
  }): Promise<shapes.SiteHealthAnswer & { time: number }> {
    const { end } = await this.call(
      'health',
      { since: options.since },
      {
        retries: 0,
        budgetMs: 5000,
        maxAnswerBytes: 64 * 1024,
        needsWordPress: options.throughWordPress === true,
        ...(options.signal && { signal: options.signal }),
      },
    );
    return { ...checked(shapes.Health, end), time: end.time };
  }

  /**
   * Core, plugins, themes, PHP, database: one record each, all of it small enough to be kept with the site. Needs
   * WordPress. `retries`: see CallOptions.
   */
  async inventory(options: Pick<CallOptions, 'retries'> = {}): Promise<shapes.InventoryRecord[]> {
    const asked = { needsWordPress: true, maxAnswerBytes: LARGEST_INVENTORY, ...options };
    const { records } = await this.call('inventory', {}, asked);
    return checked(
      shapes.Inventory,
      records.map((record) => record.value),
    );
  }

  /** The site forgets our key. */
  async unpair(): Promise<void> {
    await this.call('unpair', {});
  }

  /**
   * One command, its whole answer in memory and verified. Repeats what may succeed later, with less work at a time when
   * the site broke off; keeps to the site's pace.
   */
  async call(command: string, args: ArgsFor, options: CallOptions = {}): Promise<Answer> {
    const retries = options.retries ?? 4;
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#collect(command, args, options);
      } catch (error) {
        if (!(error instanceof ConnectorError) || this.#signalOf(options)?.aborted === true) throw error;
        this.#learnFromFailure(error, attempt, sizeOf(options.blob ?? []));
        const delay = attempt > retries ? undefined : retryDelay(attempt);
        if (!error.retryable || delay === undefined) throw error;
        await this.#options.clock.sleep(delay, this.#signalOf(options));
      }
    }
  }

  /** A command that is called again, with `from` = the answer's `next`, until it is finished. The last end frame. */
  async callUntilDone(command: string, args: object, onProgress?: (end: AnswerEnd) => void): Promise<AnswerEnd> {
    return await callUntilDone(this, command, args, { maxAnswerBytes: 4 * SMALL_ANSWER, onProgress });
  }

  /**
   * The frames of one answer as they come, without repeats. Nothing of them may be believed before the generator has
   * returned the end frame.
   */
  async *stream(command: string, args: object, options: StreamOptions = {}): AsyncGenerator<Frame, AnswerEnd, void> {
    await this.#rest(options);
    return yield* callSite(this.#site, { ...this.#input(command, args, options), ...timeouts(options) });
  }

  async #collect(command: string, args: ArgsFor, options: CallOptions): Promise<Answer> {
    await this.#rest(options);
    const { clock } = this.#options;
    const { limits } = this.learned;
    const started = clock.monotonicMs();
    const before = this.#site.transport.traffic.down;
    const input = this.#input(command, typeof args === 'function' ? args(limits) : args, options);
    const into = new AnswerCollector(this.#memory);
    let end: AnswerEnd;
    try {
      end = await endOf(callSite(this.#site, { ...input, into }));
    } catch (error) {
      into.release();
      throw error;
    }
    const wallMs = clock.monotonicMs() - started;
    const usedBudget = end['next'] !== undefined && end['next'] !== null;
    const next = nextLimits(limits, { kind: 'answered', wallMs, siteMs: end.ms, usedBudget }).value;
    this.#learn({ ...this.learned, limits: next });
    const bytes = this.#site.transport.traffic.down - before;
    const budgetMs = options.budgetMs ?? limits.budgetMs;
    const { usualWaitMs } = limits;
    const pause = pauseAfter({ wallMs, siteMs: end.ms, budgetMs, bytes, usualWaitMs, rate: this.rate }).value;
    if (pause > 0) this.#restUntil = Math.max(this.#restUntil, clock.monotonicMs() + pause);
    return { records: into.records, end, release: () => into.release() };
  }

  #input(command: string, args: object, options: CallOptions): CallInput {
    const { limits } = this.learned;
    const budgetMs = options.budgetMs ?? limits.budgetMs;
    const blobBytes = (options.blob ?? []).reduce((sum, part) => sum + part.length, 0);
    return {
      command,
      args,
      blob: options.blob,
      claim: this.#options.claim,
      needsWordPress: options.needsWordPress === true,
      maxAnswerBytes: options.maxAnswerBytes ?? SMALL_ANSWER,
      // Room for a slow line: 50 kB a second.
      totalTimeoutMs: 60_000 + budgetMs * 2 + (blobBytes + (options.maxAnswerBytes ?? 0)) / 50,
      idleTimeoutMs: 30_000 + budgetMs * 2,
      signal: this.#signalOf(options),
    };
  }

  #signalOf(options: CallOptions): AbortSignal | undefined {
    const signals = [this.signal, options.signal].filter((signal) => signal !== undefined);
    return signals.length > 1 ? AbortSignal.any(signals) : signals[0];
  }

  async #rest(options: CallOptions): Promise<void> {
    const pause = this.#restUntil - this.#options.clock.monotonicMs();
    if (pause > 0) await this.#options.clock.sleep(pause, this.#signalOf(options));
  }

  #learn(learned: Learned): void {
    const before = this.#site.learned;
    this.#site.learned = learned;
    if (JSON.stringify({ ...before, limits: null }) !== JSON.stringify({ ...learned, limits: null })) {
      this.#options.onLearned?.(learned);
    }
  }

  #learnFromFailure(error: ConnectorError, attempt: number, sentBytes: number): void {
    const { limits, mode } = this.learned;
    if (BROKE_OFF.has(error.code)) {
      const seen = { kind: 'broke-off', wallMs: limits.budgetMs } as const;
      this.#learn({ ...this.learned, limits: nextLimits(limits, seen).value });
    } else if (error.code === 'request-too-large') {
      const seen = { kind: 'put-refused', bytes: sentBytes || limits.maxPutBytes } as const;
      this.#learn({ ...this.learned, limits: nextLimits(limits, seen).value });
    } else if (error.code === 'answer-corrupt' && attempt === 2 && mode === 'z') {
      // Damaged twice: something on the way does not leave binary answers alone.
      this.#learn({ ...this.learned, mode: 'y' });
    }
  }
}

const sizeOf = (blob: readonly Buffer[]): number => blob.reduce((sum, { length }) => sum + length, 0);

/** What the generator returns; it yields nothing. */
async function endOf(frames: AsyncGenerator<Frame, AnswerEnd, void>): Promise<AnswerEnd> {
  for (;;) {
    const step = await frames.next();
    if (step.done === true) return step.value;
  }
}

function timeouts(options: StreamOptions): Partial<CallInput> {
  return {
    ...(options.totalTimeoutMs === undefined ? {} : { totalTimeoutMs: options.totalTimeoutMs }),
    ...(options.idleTimeoutMs === undefined ? {} : { idleTimeoutMs: options.idleTimeoutMs }),
  };
}

/** PHP's shorthand for bytes ('128M', '-1') as a number. */
function phpBytes(value: number | string | null | undefined): number {
  if (typeof value === 'number') return value;
  const match = /^\s*(-?\d+)\s*([kmg]?)/i.exec(value ?? '');
  if (match === null) return 0;
  const scale = { '': 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3 }[(match[2] ?? '').toLowerCase()] ?? 1;
  return Number(match[1]) * scale;
}
