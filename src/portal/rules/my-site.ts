/** What is known of a site when its owner looks. Moments in milliseconds. */
export interface CareFacts {
  paired: boolean;
  paused: boolean;
  lastGoodBackup: number | undefined;
  /** A promise about this site is overdue. */
  overdue: boolean;
  /** An outage is confirmed; announced work of our own is none. */
  out: boolean;
  /** Work on the site that its owner notices. */
  restoring: boolean;
  /** He asked for something that is not answered yet. */
  requestWaits: boolean;
}

export type CareState = 'well' | 'working' | 'starting' | 'attention';

export interface CareVerdict {
  state: CareState;
  reason: 'all-kept' | 'out' | 'restoring' | 'request-waits' | 'not-connected' | 'no-backup-yet' | 'overdue' | 'paused';
}

/**
 * How a site is, to its owner: said plainly, the worst first. 'attention' is ours to solve, not his; what is not under
 * watch yet is never called well.
 */
export function judgeCare(facts: CareFacts): CareVerdict {
  if (facts.restoring) return { state: 'working', reason: 'restoring' };
  if (facts.out) return { state: 'attention', reason: 'out' };
  if (!facts.paired && facts.lastGoodBackup === undefined) return { state: 'starting', reason: 'not-connected' };
  if (!facts.paired) return { state: 'attention', reason: 'not-connected' };
  if (facts.paused) return { state: 'attention', reason: 'paused' };
  if (facts.overdue) return { state: 'attention', reason: 'overdue' };
  if (facts.lastGoodBackup === undefined) return { state: 'starting', reason: 'no-backup-yet' };
  if (facts.requestWaits) return { state: 'working', reason: 'request-waits' };
  return { state: 'well', reason: 'all-kept' };
}

export interface Window {
  opensAt: Date;
  due: Date;
}

/**
 * When the next backup is due at the latest: in this window, or in the next when this one has its backup already.
 * `next`: the window after this one.
 */
export function nextDue(lastGoodBackup: Date | null, window: Window, next: Window): Date {
  return lastGoodBackup !== null && lastGoodBackup >= window.opensAt ? next.due : window.due;
}

export interface MonthCount {
  kept: number;
  late: number;
  missed: number;
  open: number;
}

/** Duties by state as counted; one that is open and not yet due is still to come. */
export function monthInNumbers(states: readonly { state: string; count: number }[]): MonthCount & { due: number } {
  const of = (state: string): number => states.find((each) => each.state === state)?.count ?? 0;
  const count = { kept: of('kept'), late: of('late'), missed: of('missed'), open: of('open') };
  return { ...count, due: count.kept + count.late + count.missed };
}
