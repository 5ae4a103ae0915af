// When a site's next backup is due, and why now. Nothing here reads a clock.

import { Temporal } from 'temporal-polyfill';
import { hashOf } from './changed-files.ts';

export type BackupPlan = 'daily' | 'hourly';

/** The night window in which daily backups are spread, minutes after local midnight. */
export const NIGHT_FROM = 30;
export const NIGHT_UNTIL = 300;
/**
 * Hourly backups begin in the first 40 minutes of the hour: the hour's duty is due at its end (duties/rules), so a slow
 * one still has 20 minutes.
 */
export const HOURLY_SPREAD_MINUTES = 40;

/** Waits after failed attempts in a row, minutes; the last one repeats. */
const retryMinutes = [2, 5, 10, 20, 30];

export interface ScheduleFacts {
  siteId: string;
  plan: BackupPlan;
  timeZone: string;
  /** Milliseconds since 1970. */
  now: number;
  /** When the site came under care. Slots before it do not count. */
  since: number;
  /** Start of the newest backup that went well and was complete; undefined = never. */
  lastGoodStart?: number | undefined;
  /** End of the newest attempt, whatever came of it. */
  lastAttemptEnd?: number | undefined;
  /** Attempts that failed since the last good one. */
  failuresInRow: number;
  /** A backup is waiting or running. */
  busy: boolean;
}

export type ScheduleReason =
  | { code: 'first-backup' }
  | { code: 'slot-reached'; slot: string; plan: BackupPlan }
  | { code: 'slot-missed'; slot: string; plan: BackupPlan; lateMinutes: number }
  | { code: 'retry-after-failure'; failures: number }
  | { code: 'waiting-for-slot'; slot: string }
  | { code: 'waiting-for-retry'; at: string; failures: number }
  | { code: 'busy' };

export interface ScheduleDecision {
  due: boolean;
  reason: ScheduleReason;
  /** The slot this backup answers to (the last one reached), ms. */
  slot: number;
  /** When to ask again at the latest, ms. */
  nextAt: number;
  kind: 'first' | BackupPlan;
}

/** Whether a backup has to be started now. Slots that were missed (we were down) are made up for by one backup. */
export function decideBackup(facts: ScheduleFacts): ScheduleDecision {
  const slot = lastSlot(facts.siteId, facts.plan, facts.timeZone, facts.now);
  const next = nextSlot(facts.siteId, facts.plan, facts.timeZone, facts.now);
  const kind = facts.lastGoodStart === undefined ? 'first' : facts.plan;
  const answer = (due: boolean, reason: ScheduleReason, nextAt: number): ScheduleDecision => ({
    due,
    reason,
    slot,
    nextAt,
    kind,
  });
  if (facts.busy) return answer(false, { code: 'busy' }, facts.now + 60_000);

  const wanted = facts.lastGoodStart === undefined || facts.lastGoodStart < slot;
  const counts = facts.lastGoodStart === undefined || slot >= facts.since;
  if (!wanted || !counts) return answer(false, { code: 'waiting-for-slot', slot: iso(next) }, next);

  if (facts.failuresInRow > 0 && facts.lastAttemptEnd !== undefined) {
    const wait = retryMinutes[Math.min(facts.failuresInRow, retryMinutes.length) - 1] ?? 30;
    const at = facts.lastAttemptEnd + wait * 60_000;
    if (facts.now < at)
      return answer(false, { code: 'waiting-for-retry', at: iso(at), failures: facts.failuresInRow }, at);
    return answer(true, { code: 'retry-after-failure', failures: facts.failuresInRow }, next);
  }
  if (facts.lastGoodStart === undefined) return answer(true, { code: 'first-backup' }, next);
  const late = Math.floor((facts.now - slot) / 60_000);
  const missed = late >= (facts.plan === 'hourly' ? 15 : 60);
  return answer(
    true,
    missed
      ? { code: 'slot-missed', slot: iso(slot), plan: facts.plan, lateMinutes: late }
      : { code: 'slot-reached', slot: iso(slot), plan: facts.plan },
    next,
  );
}

/** Minutes after local midnight at which this site's daily backup begins: spread evenly by a hash of its id. */
export function dailyMinute(siteId: string): number {
  return NIGHT_FROM + (hashOf(`daily ${siteId}`) % (NIGHT_UNTIL - NIGHT_FROM));
}

/** The minute of every hour at which this site's hourly backup begins. */
export function hourlyMinute(siteId: string): number {
  return hashOf(`hourly ${siteId}`) % HOURLY_SPREAD_MINUTES;
}

/** The newest slot at or before `now`, ms. */
export function lastSlot(siteId: string, plan: BackupPlan, timeZone: string, now: number): number {
  if (plan === 'hourly') {
    // Hours of the site's own clock: some zones are half an hour off.
    const zone = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone).offsetNanoseconds / 1_000_000;
    const shift = hourlyMinute(siteId) * 60_000 - zone;
    return Math.floor((now - shift) / 3_600_000) * 3_600_000 + shift;
  }
  const today = dayOf(now, timeZone);
  const slot = dailySlotOn(siteId, timeZone, today);
  return slot <= now ? slot : dailySlotOn(siteId, timeZone, today.subtract({ days: 1 }));
}

/** The first slot after `now`, ms. */
export function nextSlot(siteId: string, plan: BackupPlan, timeZone: string, now: number): number {
  if (plan === 'hourly') return lastSlot(siteId, plan, timeZone, now) + 3_600_000;
  const today = dayOf(now, timeZone);
  const slot = dailySlotOn(siteId, timeZone, today);
  return slot > now ? slot : dailySlotOn(siteId, timeZone, today.add({ days: 1 }));
}

function dailySlotOn(siteId: string, timeZone: string, day: Temporal.PlainDate): number {
  const minute = dailyMinute(siteId);
  const plainTime = { hour: Math.floor(minute / 60), minute: minute % 60 };
  // A time that a summer-time change leaves out moves forward by the gap ('compatible').
  return day.toZonedDateTime({ timeZone, plainTime }).epochMilliseconds;
}

function dayOf(time: number, timeZone: string): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(time).toZonedDateTimeISO(timeZone).toPlainDate();
}

function iso(time: number): string {
  return new Date(time).toISOString();
}
