/** What is known of a drill; epoch milliseconds. */
export interface DrillFacts {
  downAt: number;
  confirmedAt: number | null;
  acceptedAt: number | null;
  deliveredAt: number | null;
}

export interface DrillTimes {
  /** The promise: an SMS within five minutes (docs/promises.md, P1). */
  goalMs: number;
  /** The page is well again then, whatever came of it. */
  longestMs: number;
  /** A path without receipts delivers nothing: its drill ends this long after the SMS was accepted. */
  receiptMs: number;
}

export const realDrillTimes: DrillTimes = { goalMs: 300_000, longestMs: 600_000, receiptMs: 120_000 };

export type DrillFailure = 'not-confirmed' | 'not-accepted' | 'too-late';

export type DrillVerdict =
  | { state: 'running'; until: number; waitsFor: 'confirmed' | 'accepted' | 'delivered' }
  | { state: 'passed'; seconds: number }
  | { state: 'failed'; failure: DrillFailure };

/** How a drill stands. It ends when the SMS is delivered, when no receipt comes, or after `longestMs`. */
export function judgeDrill(now: number, facts: DrillFacts, times: DrillTimes = realDrillTimes): DrillVerdict {
  const { downAt, confirmedAt, acceptedAt, deliveredAt } = facts;
  const end = downAt + times.longestMs;
  const noReceipt = acceptedAt === null ? end : Math.min(end, acceptedAt + times.receiptMs);
  if (deliveredAt === null && now < noReceipt) {
    const waitsFor = acceptedAt !== null ? 'delivered' : confirmedAt !== null ? 'accepted' : 'confirmed';
    return { state: 'running', until: noReceipt, waitsFor };
  }
  const carriedAt = acceptedAt ?? deliveredAt;
  if (carriedAt === null) return { state: 'failed', failure: confirmedAt === null ? 'not-confirmed' : 'not-accepted' };
  if (carriedAt - downAt > times.goalMs) return { state: 'failed', failure: 'too-late' };
  return { state: 'passed', seconds: Math.round((carriedAt - downAt) / 1000) };
}
