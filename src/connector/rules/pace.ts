import type { Decision } from './limits.ts';

/** How much a site may be asked. JSON; undefined = no bound beyond politeness. */
export interface RateLimit {
  /** Bytes of answers per second, on average. */
  bytesPerSecond?: number | undefined;
  requestsPerSecond?: number | undefined;
}

export interface PaceInput {
  /** Milliseconds from request to end of answer. */
  wallMs: number;
  /** Bytes of the answer on the wire. */
  bytes: number;
  /** Milliseconds that the site says it worked. */
  siteMs: number;
  /** Milliseconds that it was allowed to work. */
  budgetMs: number;
  /** Usual milliseconds beyond its work (LearnedLimits); 0 = not known. */
  usualWaitMs: number;
  rate: RateLimit;
}

/** Longest rest of our own accord; a site that needs more is reported by its due time, not starved by us. */
const LONGEST_REST_MS = 15_000;

/**
 * How long to wait before the next request, in ms. A site that lets us wait four times longer than it uses to, or needs
 * twice the time that it was allowed, has visitors to serve: it gets as long a rest as it took for us. A rate that
 * somebody set holds whatever it takes.
 */
export function pauseAfter(input: PaceInput): Decision<number> {
  const { wallMs, siteMs, bytes, rate } = input;
  const waitMs = wallMs - siteMs;
  const queued = input.usualWaitMs > 0 && waitMs > 1500 && waitMs > input.usualWaitMs * 4;
  const overran = siteMs > 2000 && siteMs > input.budgetMs * 2;
  const slow = queued || overran ? Math.min(LONGEST_REST_MS, wallMs) : 0;
  const byBytes = rate.bytesPerSecond === undefined ? 0 : (bytes / rate.bytesPerSecond) * 1000 - wallMs;
  const byCount = rate.requestsPerSecond === undefined ? 0 : 1000 / rate.requestsPerSecond - wallMs;
  const pause = Math.max(0, slow, byBytes, byCount);
  const reason =
    pause === 0
      ? 'the site answers as usual'
      : pause === slow
        ? 'the site answers slowly: it gets a rest'
        : 'the rate limit of this site';
  return { value: Math.round(pause), reason };
}

/** Milliseconds to wait before try number `attempt` (1 = the first repeat); undefined = give up. */
export function retryDelay(attempt: number, waits: readonly number[] = [500, 2000, 6000, 15_000]): number | undefined {
  return waits[attempt - 1];
}
