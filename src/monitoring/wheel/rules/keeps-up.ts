/** Past these, the figures of a checker are no figures of the sites (facts: trouble of our own is unknown, never down). */
export const mostLoopDelayMs = 250;
export const mostLatenessMs = 2000;
/** How long all must be calm before its figures count again. */
export const calmMs = 10_000;

/** How a process kept up: now, and what was said of it before. Milliseconds. */
export interface Pace {
  at: number;
  /** Delay of the event loop, p99 of the last period. */
  loopDelayMs: number;
  /** Of the turns of the last period, or of one that still waits: the most. */
  latenessMs: number;
}

export interface KeptUp {
  /** When it ceased to keep up; null = it keeps up. */
  blindSince: number | null;
  why: 'loop-delay' | 'lateness' | null;
  /** When it last was too slow. */
  lastBadAt: number | null;
}

export const keepsUp: KeptUp = { blindSince: null, why: null, lastBadAt: null };

/** Whether a process still keeps up: blind at once when it does not, seeing again after ten seconds of calm. */
export function judgePace(before: KeptUp, pace: Pace): KeptUp {
  const why = pace.latenessMs > mostLatenessMs ? 'lateness' : pace.loopDelayMs > mostLoopDelayMs ? 'loop-delay' : null;
  if (why !== null) return { blindSince: before.blindSince ?? pace.at, why, lastBadAt: pace.at };
  const isCalm = before.lastBadAt === null || pace.at - before.lastBadAt >= calmMs;
  return isCalm ? keepsUp : before;
}
