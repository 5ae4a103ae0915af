import { availabilityOf, findAlarmTimes, type AlarmTimes, type Availability, monthBefore } from '../incidents/index.ts';
import type { Platform } from '../platform/platform.ts';
import { publicCauseOf, publicStateOf } from '../status-pages/index.ts';
import type { MyWatch, WatchMonth } from './contract.ts';
import { toldInTime, toldWithinSeconds } from './rules/told-in-time.ts';
import type { OwnSiteRow } from './store.ts';

type Outage = Availability['outages'][number];
const shownOutages = 50;

/** 'Watched around the clock' of one site: how it is now, this month and the last, and how soon a guard knew. */
export async function showMyWatch(
  { db, clock }: Pick<Platform, 'db' | 'clock'>,
  row: OwnSiteRow,
  timeZone: string,
): Promise<MyWatch> {
  const now = clock.now();
  const [current, before] = await Promise.all([
    availabilityOf(db, row.id, { timeZone, now }),
    availabilityOf(db, row.id, { timeZone, now, month: monthBefore(timeZone, now) }),
  ]);
  const outages = withoutSame([...current.outages, ...before.outages]);
  const times = await findAlarmTimes(db, [...new Set(outages.map((one) => one.incidentId))]);
  const shown = outages.map((one) => shownOutage(one, times.get(one.incidentId), now));
  const state = publicStateOf(
    {
      watched: row.watch_enabled,
      intervalMs: row.watch_interval_ms,
      verdict: row.verdict,
      checkedAt: row.checked_at?.getTime() ?? null,
    },
    outages.map(({ from, to, inMaintenance }) => ({ from: from.getTime(), to: to?.getTime() ?? null, inMaintenance })),
    now.getTime(),
  );
  return {
    state: state.state,
    since: state.since === null ? null : new Date(state.since).toISOString(),
    lastLookAt: row.checked_at?.toISOString() ?? null,
    everySeconds: Math.round(row.watch_interval_ms / 1000),
    watchedSince: row.watch_added_at.toISOString(),
    thisMonth: shownMonth(current),
    lastMonth: row.watch_added_at < before.to ? shownMonth(before) : null,
    outages: shown.slice(0, shownOutages),
    promise: {
      withinSeconds: toldWithinSeconds,
      ...toldInTime(
        outages.map((one, at) => ({
          toldAfterSeconds: shown[at]?.toldAfterSeconds ?? null,
          seconds: ((one.to ?? now).getTime() - one.from.getTime()) / 1000,
          isOurWork: one.inMaintenance,
        })),
      ),
    },
  };
}

/** An outage over the turn of the month stands in both. Newest first. */
function withoutSame(outages: readonly Outage[]): Outage[] {
  const byKey = new Map(outages.map((one) => [`${one.incidentId} ${one.from.getTime()}`, one]));
  return [...byKey.values()].toSorted((a, b) => b.from.getTime() - a.from.getTime());
}

function shownMonth({ from, share, outMinutes, maintenanceMinutes, outages }: Availability): WatchMonth {
  return {
    begins: from.toISOString(),
    share,
    outMinutes,
    workMinutes: maintenanceMinutes,
    outages: outages.filter((one) => !one.inMaintenance).length,
  };
}

function shownOutage(one: Outage, times: AlarmTimes | undefined, now: Date): MyWatch['outages'][number] {
  const after = (at: Date | null | undefined): number | null =>
    at ? Math.max(0, Math.round((at.getTime() - one.from.getTime()) / 1000)) : null;
  const ms = (one.to ?? now).getTime() - one.from.getTime();
  return {
    from: one.from.toISOString(),
    to: one.to?.toISOString() ?? null,
    minutes: Math.max(1, Math.ceil(ms / 60_000)),
    cause: one.inMaintenance ? null : publicCauseOf(one.cause),
    toldAfterSeconds: one.inMaintenance ? null : after(times?.alarmedAt),
    takenAfterSeconds: one.inMaintenance ? null : after(times?.takenAt),
  };
}
