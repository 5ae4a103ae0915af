const minuteMs = 60_000;
const mostAddresses = 10_000;

/** Counts by address and minute. Times in milliseconds. */
export interface Limiter {
  /** Counts one; false = there were too many in this minute already. */
  take(address: string, now: number): boolean;
  /** Whether one more would be too many. */
  isFull(address: string, now: number): boolean;
}

export function createLimiter(most: number): Limiter {
  const counts = new Map<string, { minute: number; count: number }>();
  const of = (address: string, now: number): { minute: number; count: number } => {
    const minute = Math.floor(now / minuteMs);
    const known = counts.get(address);
    if (known?.minute === minute) return known;
    // Whoever floods us from everywhere makes us forget, not grow.
    if (counts.size >= mostAddresses) counts.clear();
    const fresh = { minute, count: 0 };
    counts.set(address, fresh);
    return fresh;
  };
  return {
    take: (address, now) => ++of(address, now).count <= most,
    isFull: (address, now) => of(address, now).count >= most,
  };
}
