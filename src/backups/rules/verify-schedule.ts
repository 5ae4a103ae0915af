// What of a repository is read back when. A backup that was never read back is a hope.

import { Temporal } from 'temporal-polyfill';
import { hashOf } from './changed-files.ts';

export interface VerifyPolicy {
  /** All data is read back once in so many days, one slice a day. */
  readAllInDays: number;
  /** A full trial restore into a scratch folder and database once in so many months. */
  trialRestoreMonths: number;
}

export const defaultVerify: VerifyPolicy = { readAllInDays: 30, trialRestoreMonths: 1 };

export interface VerifyFacts {
  siteId: string;
  timeZone: string;
  /** Milliseconds since 1970. */
  now: number;
  /** Start of the first good backup; undefined = there is nothing to verify. */
  firstGoodBackup?: number | undefined;
  /** The slice read last (1 ... of) and when. */
  lastSlice?: { part: number; of: number; at: number } | undefined;
  lastTrialRestore?: number | undefined;
  /** Start of the newest try, whatever came of it: one that fails is not begun again at once. */
  lastSliceTry?: number | undefined;
  lastTrialTry?: number | undefined;
}

export type VerifyReason =
  | { code: 'nothing-to-verify' }
  | { code: 'slice-of-today'; part: number; of: number }
  | { code: 'slice-done-today'; nextAt: string }
  | { code: 'trial-never-done' }
  | { code: 'trial-month-passed'; last: string }
  | { code: 'trial-not-yet'; nextAt: string }
  | { code: 'outside-hours'; nextAt: string }
  | { code: 'tried-recently'; nextAt: string };

export interface VerifyDecision<T> {
  due: boolean;
  reason: VerifyReason;
  what?: T;
}

/** Read-back and trial restores run in the day, after the night's backups: local hours 7 to 22, spread by site. */
const FROM_HOUR = 7;
/** Between two tries when the first ended without a verdict (the store was away, no scratch database). */
const SLICE_RETRY_MS = 3_600_000;
const TRIAL_RETRY_MS = 86_400_000;
const SPREAD_HOURS = 14;

/** Whether today's slice of the data must be read back now, and which. A missed day moves the slices, skips none. */
export function decideSlice(facts: VerifyFacts, policy: VerifyPolicy): VerifyDecision<{ part: number; of: number }> {
  if (facts.firstGoodBackup === undefined) return { due: false, reason: { code: 'nothing-to-verify' } };
  const today = dayOf(facts.now, facts.timeZone);
  const startsAt = startOn(facts, today);
  if (
    facts.lastSlice !== undefined &&
    Temporal.PlainDate.compare(dayOf(facts.lastSlice.at, facts.timeZone), today) >= 0
  )
    return { due: false, reason: { code: 'slice-done-today', nextAt: iso(startOn(facts, today.add({ days: 1 }))) } };
  if (facts.now < startsAt) return { due: false, reason: { code: 'outside-hours', nextAt: iso(startsAt) } };
  if (facts.lastSliceTry !== undefined && facts.now < facts.lastSliceTry + SLICE_RETRY_MS)
    return { due: false, reason: { code: 'tried-recently', nextAt: iso(facts.lastSliceTry + SLICE_RETRY_MS) } };
  const of = policy.readAllInDays;
  const part = facts.lastSlice === undefined || facts.lastSlice.of !== of ? 1 : (facts.lastSlice.part % of) + 1;
  return { due: true, reason: { code: 'slice-of-today', part, of }, what: { part, of } };
}

/** Whether the monthly trial restore is due. The first one comes a day after the first good backup. */
export function decideTrialRestore(facts: VerifyFacts, policy: VerifyPolicy): VerifyDecision<true> {
  if (facts.firstGoodBackup === undefined) return { due: false, reason: { code: 'nothing-to-verify' } };
  const day =
    facts.lastTrialRestore === undefined
      ? dayOf(facts.firstGoodBackup, facts.timeZone).add({ days: 1 })
      : dayOf(facts.lastTrialRestore, facts.timeZone).add({ months: policy.trialRestoreMonths });
  const at = startOn(facts, day);
  if (facts.now < at) return { due: false, reason: { code: 'trial-not-yet', nextAt: iso(at) } };
  if (facts.lastTrialTry !== undefined && facts.now < facts.lastTrialTry + TRIAL_RETRY_MS)
    return { due: false, reason: { code: 'tried-recently', nextAt: iso(facts.lastTrialTry + TRIAL_RETRY_MS) } };
  return facts.lastTrialRestore === undefined
    ? { due: true, reason: { code: 'trial-never-done' }, what: true }
    : { due: true, reason: { code: 'trial-month-passed', last: iso(facts.lastTrialRestore) }, what: true };
}

function startOn(facts: VerifyFacts, day: Temporal.PlainDate): number {
  const minute = hashOf(`verify ${facts.siteId}`) % (SPREAD_HOURS * 60);
  const plainTime = { hour: FROM_HOUR + Math.floor(minute / 60), minute: minute % 60 };
  return day.toZonedDateTime({ timeZone: facts.timeZone, plainTime }).epochMilliseconds;
}

function dayOf(time: number, timeZone: string): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(time).toZonedDateTimeISO(timeZone).toPlainDate();
}

function iso(time: number): string {
  return new Date(time).toISOString();
}
