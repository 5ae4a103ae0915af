import type { Db } from '../platform/database/index.ts';
import { outMs, shareWell, type Stretch } from '../monitoring/index.ts';
import { monthOf } from './rules/month.ts';
import { findWatchedSince, listStretches } from './show-store.ts';

/** A stretch in which a site was out; `to` null = still. Our own work is marked. */
export interface OutageSpan {
  siteId: string;
  incidentId: string;
  number: number;
  from: Date;
  to: Date | null;
  cause: string | null;
  inMaintenance: boolean;
}

/** Outages that lie at least partly in [from, to), oldest first. They come from incidents, never from raw checks. */
export async function outagesBetween(
  db: Db,
  siteIds: readonly string[] | 'all',
  from: Date,
  to: Date,
): Promise<OutageSpan[]> {
  return (await listStretches(db, siteIds, from, to)).map((row) => ({
    siteId: row.site_id,
    incidentId: row.incident_id,
    number: row.number,
    from: row.from_at,
    to: row.to_at,
    cause: row.cause,
    inMaintenance: row.in_maintenance,
  }));
}

export interface Availability {
  /** `2026-11`. */
  month: string;
  from: Date;
  to: Date;
  /** 0 to 1, announced work of our own left out; null = watched for less than an hour of the month. */
  share: number | null;
  outMinutes: number;
  maintenanceMinutes: number;
  outages: (OutageSpan & { minutes: number })[];
}

/** One site in one calendar month of the agency, up to now. Time before it was watched does not count. */
export async function availabilityOf(
  db: Db,
  siteId: string,
  asked: { month?: string | undefined; timeZone: string; now: Date },
): Promise<Availability> {
  const { month, from, to } = monthOf(asked.timeZone, asked.now, asked.month);
  const end = new Date(Math.min(to.getTime(), asked.now.getTime()));
  const [spans, since] = await Promise.all([outagesBetween(db, [siteId], from, end), findWatchedSince(db, siteId)]);
  const begin = Math.max(from.getTime(), since?.getTime() ?? Number.POSITIVE_INFINITY);
  const stretches = (all: OutageSpan[]): Stretch[] =>
    all.map((one) => ({ from: one.from.getTime(), to: one.to?.getTime() ?? null }));
  const counted = stretches(spans.filter((one) => !one.inMaintenance));
  const announced = stretches(spans.filter((one) => one.inMaintenance));
  const [first, last] = [from.getTime(), end.getTime()];
  return {
    month,
    from,
    to,
    share: begin < last ? shareWell(counted, begin, last) : null,
    outMinutes: minutesOf(outMs(counted, first, last)),
    maintenanceMinutes: minutesOf(outMs(announced, first, last)),
    outages: spans.map((one) => ({ ...one, minutes: minutesOf(outMs(stretches([one]), first, last)) })),
  };
}

/** A minute that has begun counts: nobody is told that an outage took none. */
function minutesOf(ms: number): number {
  return Math.ceil(ms / 60_000);
}
