import type { Cause, OwnCause, Verdict } from './verdict.ts';

/** Times in milliseconds. Where the numbers come from: README of this folder, 'Confirmation'. */
export interface ConfirmPolicy {
  intervalMs: number;
  /** Between looks while in doubt. */
  confirmMs: number;
  /** Failures in a row that are an outage when the second location sees it too. */
  failures: number;
  /** The same without a second location. */
  failuresAlone: number;
  /** Successes in a row that end an outage. */
  successes: number;
  /** This many outages within `flapWindowMs`: the site flaps, and only `calmMs` of successes ends the incident. */
  flapOutages: number;
  flapWindowMs: number;
  calmMs: number;
  /** Fails here, works elsewhere, for so long: worth telling, not worth waking somebody. */
  partialAfterMs: number;
}

export const defaultPolicy: ConfirmPolicy = {
  intervalMs: 60_000,
  confirmMs: 17_000,
  failures: 3,
  failuresAlone: 5,
  successes: 2,
  flapOutages: 3,
  flapWindowMs: 3_600_000,
  calmMs: 900_000,
  partialAfterMs: 600_000,
};

/** What the watch knows of a site between two looks. */
export interface Watched {
  /** well; doubted: failing, not yet confirmed; out: a confirmed outage; back: answers again, not yet confirmed. */
  phase: 'well' | 'doubted' | 'out' | 'back';
  failures: number;
  successes: number;
  firstFailureAt: number | null;
  firstSuccessAt: number | null;
  cause: Cause | null;
  /** Whether somebody was told that it fails here only. */
  partialTold: boolean;
  /** When outages were confirmed, within the window of flapping. */
  outages: readonly number[];
}

export const unwatched: Watched = {
  phase: 'well',
  failures: 0,
  successes: 0,
  firstFailureAt: null,
  firstSuccessAt: null,
  cause: null,
  partialTold: false,
  outages: [],
};

/** One look at a site. `elsewhere`: what the second location saw at the same time; none = not asked, or no answer. */
export interface Look {
  at: number;
  here: Verdict;
  elsewhere: 'up' | 'down' | 'none';
  /** Hosts of others that always answer: when they fail too, it is our own network. */
  references: 'fine' | 'failing' | 'none';
}

export type WatchEvent = 'opened' | 'resolved' | 'blip' | 'partial';

export type Reason =
  | { code: 'answers' }
  | { code: 'blind'; cause: OwnCause }
  | { code: 'first-failure'; cause: Cause }
  | { code: 'not-yet'; failures: number; needed: number; cause: Cause }
  | { code: 'elsewhere-well'; cause: Cause }
  | { code: 'confirmed-elsewhere' | 'confirmed-alone'; failures: number; cause: Cause }
  | { code: 'still-out'; cause: Cause }
  | { code: 'answers-again'; successes: number; needed: number }
  | { code: 'flaps'; outages: number; calmForMs: number; neededMs: number }
  | { code: 'over' };

export interface Step {
  state: Watched;
  /** To the next look, counted from the start of this one. */
  nextInMs: number;
  /** Whether the next look asks the second location and the reference hosts as well. */
  askOthers: boolean;
  event: WatchEvent | null;
  reason: Reason;
}

/** What follows from one look: the new state, when to look again, whether an outage began or ended, and why. */
export function confirm(state: Watched, look: Look, policy: ConfirmPolicy = defaultPolicy): Step {
  const { here } = look;
  if (here.verdict === 'unknown') return blind(state, here.cause, policy);
  if (here.verdict === 'up') return answered(state, look.at, policy);
  // A site that fails while everything fails: that is us.
  if (look.references === 'failing') return blind(state, 'own-network', policy);
  return failed(state, look, here.cause, policy);
}

/** Nothing was learnt of the site: nothing is counted, for it or against it. */
function blind(state: Watched, cause: OwnCause, policy: ConfirmPolicy): Step {
  const calm = state.phase === 'well' || state.phase === 'out';
  const nextInMs = calm ? policy.intervalMs : policy.confirmMs;
  return { state, nextInMs, askOthers: state.phase === 'doubted', event: null, reason: { code: 'blind', cause } };
}

function answered(state: Watched, at: number, policy: ConfirmPolicy): Step {
  const { intervalMs, confirmMs } = policy;
  const well = { ...unwatched, outages: state.outages };
  if (state.phase === 'well') {
    return { state, nextInMs: intervalMs, askOthers: false, event: null, reason: { code: 'answers' } };
  }
  if (state.phase === 'doubted') {
    return { state: well, nextInMs: intervalMs, askOthers: false, event: 'blip', reason: { code: 'answers' } };
  }
  const successes = state.successes + 1;
  const firstSuccessAt = state.firstSuccessAt ?? at;
  const back: Watched = { ...state, phase: 'back', successes, firstSuccessAt };
  const wait = (nextInMs: number, reason: Reason): Step => ({
    state: back,
    nextInMs,
    askOthers: false,
    event: null,
    reason,
  });
  if (successes < policy.successes) {
    return wait(confirmMs, { code: 'answers-again', successes, needed: policy.successes });
  }
  const outages = state.outages.filter((one) => at - one < policy.flapWindowMs).length;
  const calmForMs = at - firstSuccessAt;
  if (outages >= policy.flapOutages && calmForMs < policy.calmMs) {
    return wait(intervalMs, { code: 'flaps', outages, calmForMs, neededMs: policy.calmMs });
  }
  return { state: well, nextInMs: intervalMs, askOthers: false, event: 'resolved', reason: { code: 'over' } };
}

function failed(state: Watched, look: Look, cause: Cause, policy: ConfirmPolicy): Step {
  const { at, elsewhere } = look;
  const failures = state.failures + 1;
  const firstFailureAt = state.firstFailureAt ?? at;
  if (state.phase === 'out' || state.phase === 'back') {
    const out: Watched = { ...state, phase: 'out', successes: 0, firstSuccessAt: null, failures, cause };
    const reason = { code: 'still-out', cause } as const;
    return { state: out, nextInMs: policy.intervalMs, askOthers: false, event: null, reason };
  }
  const doubted: Watched = { ...state, phase: 'doubted', failures, firstFailureAt, cause };
  const wait = (reason: Reason, event: WatchEvent | null = null, next = doubted): Step => ({
    state: next,
    nextInMs: policy.confirmMs,
    askOthers: true,
    event,
    reason,
  });
  if (state.phase === 'well') return wait({ code: 'first-failure', cause });
  if (elsewhere === 'up') {
    const tell = !state.partialTold && at - firstFailureAt >= policy.partialAfterMs;
    const next = tell ? { ...doubted, partialTold: true } : doubted;
    return wait({ code: 'elsewhere-well', cause }, tell ? 'partial' : null, next);
  }
  const needed = elsewhere === 'down' ? policy.failures : policy.failuresAlone;
  if (failures < needed) return wait({ code: 'not-yet', failures, needed, cause });
  const recent = state.outages.filter((one) => at - one < policy.flapWindowMs);
  return {
    state: { ...doubted, phase: 'out', outages: [...recent, at] },
    nextInMs: policy.intervalMs,
    askOthers: false,
    event: 'opened',
    reason: { code: elsewhere === 'down' ? 'confirmed-elsewhere' : 'confirmed-alone', failures, cause },
  };
}
