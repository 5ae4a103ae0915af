import { defaultPolicy, type ConfirmPolicy } from '../rules/confirm.ts';
import { unlearnt } from '../rules/learn.ts';
import type { CheckResult } from '../results/pack.ts';
import { newState, type TargetState, type WatchTarget } from './target.ts';

/** One target in the hands of this watcher. */
export interface WatchedSite {
  target: WatchTarget;
  policy: ConfirmPolicy;
  state: TargetState;
  /** Whether the next look asks second locations and reference hosts as well. */
  asksOthers: boolean;
  isLooking: boolean;
  /** It goes to another watcher: no look begins any more. */
  isGivenAway: boolean;
  /** Look again at once when the look under way is done. */
  again: boolean;
  /** Results that are not in the database, with their numbers in the spool. */
  hot: CheckResult[];
  seqs: number[];
  /** Since when the state differs from the database's; monotonic, null = it does not. */
  dirtySince: number | null;
  /** Goes into the database with the next flush. */
  isUrgent: boolean;
}

/** The times of one target, divided by the time scale of tests. A short interval is not confirmed more slowly than it ticks. */
export function policyOf(intervalMs: number, timeScale: number): ConfirmPolicy {
  const confirmMs = Math.min(defaultPolicy.confirmMs, intervalMs);
  return {
    ...defaultPolicy,
    intervalMs: intervalMs / timeScale,
    confirmMs: confirmMs / timeScale,
    flapWindowMs: defaultPolicy.flapWindowMs / timeScale,
    calmMs: defaultPolicy.calmMs / timeScale,
    partialAfterMs: defaultPolicy.partialAfterMs / timeScale,
  };
}

export function newWatchedSite(target: WatchTarget, state: TargetState | undefined, timeScale: number): WatchedSite {
  const site: WatchedSite = {
    target,
    policy: policyOf(target.intervalMs, timeScale),
    state: state ?? newState(target),
    asksOthers: state?.watched.phase === 'doubted',
    isLooking: false,
    isGivenAway: false,
    again: false,
    hot: [],
    seqs: [],
    dirtySince: null,
    isUrgent: false,
  };
  forgetLearnt(site);
  return site;
}

/** What was learnt before somebody said 'learn anew' does not count, nor what was learnt of another address. */
export function forgetLearnt(site: WatchedSite, isElsewhere = false): void {
  const { learnFrom } = site.target;
  const { learning } = site.state;
  const isOld = learnFrom !== null && learning.from > 0 && (learning.since ?? 0) <= learnFrom;
  if (isOld || isElsewhere) site.state = { ...site.state, learning: unlearnt };
}
