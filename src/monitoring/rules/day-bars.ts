import { Temporal } from 'temporal-polyfill';
import { outMs, shareWell, type Stretch } from './outage-share.ts';

export interface DayChecks {
  /** `2026-11-28` */
  day: string;
  checks: number;
  down: number;
  unknown: number;
}

export interface DayOutage extends Stretch {
  inMaintenance: boolean;
}

export interface DayBar extends DayChecks {
  worst: 'none' | 'well' | 'unknown' | 'maintenance' | 'out';
  outageMinutes: number;
  outages: number;
}

/** Share of a day's checks that could not tell from which on the day is one that we cannot speak for. */
const unsureFrom = 0.05;

/** Calendar days of a time zone up to the one that holds `now`, oldest first. */
export function calendarDays(
  now: number,
  timeZone: string,
  count: number,
): { day: string; from: number; to: number }[] {
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone).toPlainDate();
  const startOf = (day: Temporal.PlainDate): number => day.toZonedDateTime(timeZone).epochMilliseconds;
  return Array.from({ length: count }, (_, at) => {
    const day = today.subtract({ days: count - 1 - at });
    return { day: day.toString(), from: startOf(day), to: startOf(day.add({ days: 1 })) };
  });
}

/**
 * One bar for each day. Outages come from incidents; checks tell only whether it was watched, and whether the watch could
 * see. Our own work is shown and not counted. `watchedFrom`: when the watch of this site began.
 */
export function dayBars(
  days: readonly { day: string; from: number; to: number }[],
  given: { now: number; watchedFrom: number; checks: readonly DayChecks[]; outages: readonly DayOutage[] },
): { days: DayBar[]; availability: number | null; outageMinutes: number; outages: number } {
  const checksOf = new Map(given.checks.map((each) => [each.day, each]));
  const counted = given.outages.filter((each) => !each.inMaintenance);
  const bars = days.map(({ day, from, to }): DayBar => {
    const end = Math.min(to, given.now);
    const hit = (one: Stretch): boolean => one.from < end && (one.to ?? given.now) > from;
    const { checks, down, unknown } = checksOf.get(day) ?? { checks: 0, down: 0, unknown: 0 };
    const outages = counted.filter(hit).length;
    return {
      day,
      checks,
      down,
      unknown,
      outages,
      outageMinutes: Math.round(outMs(counted, from, end) / 60_000),
      worst: worstOf(outages > 0, given.outages.some(hit), checks, unknown),
    };
  });
  const from = Math.max(days[0]?.from ?? given.now, given.watchedFrom);
  return {
    days: bars,
    availability: shareWell(counted, from, given.now),
    outageMinutes: Math.round(outMs(counted, from, given.now) / 60_000),
    outages: counted.filter((one) => (one.to ?? given.now) > from).length,
  };
}

function worstOf(out: boolean, maintenance: boolean, checks: number, unknown: number): DayBar['worst'] {
  if (out) return 'out';
  if (maintenance) return 'maintenance';
  if (checks === 0) return 'none';
  return unknown / checks >= unsureFrom ? 'unknown' : 'well';
}
