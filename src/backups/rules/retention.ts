// Which snapshots stay, and why. Time and data in, a decision with its reason for every snapshot out.

import { Temporal } from 'temporal-polyfill';
import type { BackupReason } from './snapshot-layout.ts';

export interface RetentionPolicy {
  /** The last snapshot of every hour, this many hours back from the newest good one. */
  hourly: number;
  /** The last snapshot of this many days that have one. */
  daily: number;
  /** The last snapshot of this many months that have one. */
  monthly: number;
  /** Snapshots made by hand or before an update or a restore stay at least this many days. */
  beforeChangeDays: number;
}

export const defaultRetention: RetentionPolicy = { hourly: 48, daily: 35, monthly: 12, beforeChangeDays: 14 };

export interface RetainedSnapshot {
  id: string;
  /** Milliseconds since 1970. */
  time: number;
  reason: BackupReason;
  /** Complete, and no verification has found it wrong. */
  good: boolean;
  /** In use at this moment (a restore reads it), or set aside by a person. */
  held?: 'in-use' | 'by-hand' | undefined;
}

/** Why a snapshot stays; `nth` of `of` counts from the newest, 1 first. `words.ts` says it in Dutch and English. */
export type KeepReason =
  | { code: 'last-good' }
  | { code: 'newest' }
  | { code: 'hour'; bucket: string; of: number }
  | { code: 'day'; bucket: string; nth: number; of: number }
  | { code: 'month'; bucket: string; nth: number; of: number }
  | { code: 'before-change'; until: string; reason: BackupReason }
  | { code: 'held'; by: 'in-use' | 'by-hand' }
  | { code: 'in-the-future' };

export type RemoveReason =
  /** A later (or a good) snapshot stands for the same hour, day and month. */
  | { code: 'replaced'; by: string }
  /** Older than all that the policy keeps. */
  | { code: 'too-old' };

export type RetentionDecision =
  | { id: string; keep: true; reasons: KeepReason[] }
  | { id: string; keep: false; reasons: RemoveReason[] };

/**
 * Decides for every snapshot of one site. Buckets are hours, days and months in the site's time zone; the doubled
 * hour of a summer-time change makes two. Within a bucket a good snapshot goes before a later one that is not.
 * Days and months count those that have a snapshot, so a site that was away for weeks loses nothing by it.
 * The newest good snapshot always stays, whatever the policy says, and so does the newest of all.
 */
export function decideRetention(
  snapshots: readonly RetainedSnapshot[],
  policy: RetentionPolicy,
  timeZone: string,
  now: number,
): RetentionDecision[] {
  const newestFirst = snapshots.toSorted((a, b) => b.time - a.time || (a.id < b.id ? 1 : -1));
  const past = newestFirst.filter((one) => one.time <= now);
  const reasons = new Map<string, KeepReason[]>();
  const keep = (id: string, reason: KeepReason) => reasons.set(id, [...(reasons.get(id) ?? []), reason]);

  for (const one of newestFirst) if (one.time > now) keep(one.id, { code: 'in-the-future' });
  const newest = past[0];
  if (newest !== undefined) keep(newest.id, { code: 'newest' });
  const lastGood = past.find((one) => one.good);
  if (lastGood !== undefined) keep(lastGood.id, { code: 'last-good' });

  const bucketsOf = bucketsIn(timeZone);
  const buckets = new Map(past.map((one) => [one.id, bucketsOf(one.time)]));
  const chosen = {
    hour: bestOfBuckets(past, (one) => buckets.get(one.id)?.hour ?? ''),
    day: bestOfBuckets(past, (one) => buckets.get(one.id)?.day ?? ''),
    month: bestOfBuckets(past, (one) => buckets.get(one.id)?.month ?? ''),
  };

  const anchor = lastGood ?? newest;
  if (anchor !== undefined) {
    const oldestHour = anchor.time - policy.hourly * 3_600_000;
    for (const [bucket, one] of chosen.hour)
      if (one.time > oldestHour) keep(one.id, { code: 'hour', bucket: hourWord(bucket), of: policy.hourly });
  }
  let nth = 0;
  for (const [bucket, one] of chosen.day)
    if (++nth <= policy.daily) keep(one.id, { code: 'day', bucket, nth, of: policy.daily });
  nth = 0;
  for (const [bucket, one] of chosen.month)
    if (++nth <= policy.monthly) keep(one.id, { code: 'month', bucket, nth, of: policy.monthly });

  for (const one of past) {
    if (one.held !== undefined) keep(one.id, { code: 'held', by: one.held });
    if (one.reason === 'by-hand' || one.reason === 'before-update' || one.reason === 'before-restore') {
      const until = one.time + policy.beforeChangeDays * 86_400_000;
      if (until > now)
        keep(one.id, { code: 'before-change', until: new Date(until).toISOString(), reason: one.reason });
    }
  }

  return newestFirst.map((one): RetentionDecision => {
    const kept = reasons.get(one.id);
    if (kept !== undefined) return { id: one.id, keep: true, reasons: kept };
    const day = chosen.day.get(buckets.get(one.id)?.day ?? '');
    return day !== undefined && day.id !== one.id
      ? { id: one.id, keep: false, reasons: [{ code: 'replaced', by: day.id }] }
      : { id: one.id, keep: false, reasons: [{ code: 'too-old' }] };
  });
}

interface Buckets {
  hour: string;
  day: string;
  month: string;
}

/** A zone's offset holds for months: it is asked for once a stretch, for thousands of snapshots come here at once. */
function bucketsIn(timeZone: string): (time: number) => Buckets {
  let stretch = { from: 0, until: 0, shift: 0, offset: '' };
  return (time) => {
    if (time < stretch.from || time >= stretch.until) {
      const at = Temporal.Instant.fromEpochMilliseconds(time).toZonedDateTimeISO(timeZone);
      // A transition at this very millisecond counts as before it.
      const before = at.add({ milliseconds: 1 }).getTimeZoneTransition('previous');
      const after = at.getTimeZoneTransition('next');
      stretch = {
        from: before?.epochMilliseconds ?? -Infinity,
        until: after?.epochMilliseconds ?? Infinity,
        shift: at.offsetNanoseconds / 1_000_000,
        offset: at.offset,
      };
    }
    const local = new Date(time + stretch.shift).toISOString();
    const day = local.slice(0, 10);
    // The offset tells the two hours of the same name apart when the clock is set back.
    return { hour: `${day} ${local.slice(11, 13)}:00 ${stretch.offset}`, day, month: day.slice(0, 7) };
  };
}

function hourWord(bucket: string): string {
  return bucket.slice(0, '2026-11-23 14:00'.length);
}

/** The best snapshot of every bucket, newest bucket first: the last good one, else the last. */
function bestOfBuckets(
  newestFirst: readonly RetainedSnapshot[],
  bucketOf: (one: RetainedSnapshot) => string,
): Map<string, RetainedSnapshot> {
  const best = new Map<string, RetainedSnapshot>();
  for (const one of newestFirst) {
    const bucket = bucketOf(one);
    const before = best.get(bucket);
    if (before === undefined || (one.good && !before.good)) best.set(bucket, one);
  }
  return best;
}
