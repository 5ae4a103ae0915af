/** Milliseconds. */
export interface RetryPolicy {
  giveUpAfterMs: number;
  /** 0 = it is tried once. */
  longestPauseMs: number;
}

/**
 * For how long one path is tried. An alarm gives up after 20 s: the second path must send within 60 s of the first try
 * (facts of the watch, 'SMS and duty'). What nobody waits for at night may wait for a gateway for a quarter of an hour.
 */
export function retryPolicyOf(purpose: string): RetryPolicy {
  if (purpose === 'alarm' || purpose === 'drill') return { giveUpAfterMs: 20_000, longestPauseMs: 8000 };
  if (purpose === 'test') return { giveUpAfterMs: 0, longestPauseMs: 0 };
  if (purpose === 'canary') return { giveUpAfterMs: 120_000, longestPauseMs: 15_000 };
  return { giveUpAfterMs: 900_000, longestPauseMs: 60_000 };
}

/**
 * When a message that certainly did not leave is tried again: after 1, 2, 4 s and so on. Null = not any more: the next
 * moment lies behind the end. `tries`: how often it was tried, at least 1. Times in milliseconds.
 */
export function nextTry(given: {
  now: number;
  tries: number;
  giveUpAt: number;
  longestPauseMs: number;
  scale?: number;
}): number | null {
  if (given.longestPauseMs === 0) return null;
  const pause = Math.min(1000 * 2 ** Math.min(given.tries - 1, 20), given.longestPauseMs) / (given.scale ?? 1);
  const at = given.now + pause;
  return at <= given.giveUpAt ? at : null;
}
