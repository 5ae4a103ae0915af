/** One day of a site: what of it was an outage, what was work of our own, and whether anybody watched. */
export interface DayFacts {
  /** `YYYY-MM-DD`, by the agency's calendar. */
  day: string;
  outageMs: number;
  outages: number;
  /** Announced work: shown, not counted against the promise. */
  maintenanceMs: number;
  /** Whether anybody watched on this day. */
  watched: boolean;
}

export type DayState = 'well' | 'out' | 'maintenance' | 'unwatched';

export function stateOfDay({ outageMs, outages, maintenanceMs, watched }: DayFacts): DayState {
  if (outages > 0 || outageMs > 0) return 'out';
  if (!watched) return 'unwatched';
  return maintenanceMs > 0 ? 'maintenance' : 'well';
}

export interface DaySum {
  days: number;
  watchedDays: number;
  outDays: number;
  outages: number;
  outageMs: number;
}

export function sumOfDays(days: readonly DayFacts[]): DaySum {
  const sum: DaySum = { days: days.length, watchedDays: 0, outDays: 0, outages: 0, outageMs: 0 };
  for (const day of days) {
    const state = stateOfDay(day);
    if (state !== 'unwatched') sum.watchedDays += 1;
    if (state === 'out') sum.outDays += 1;
    sum.outages += day.outages;
    sum.outageMs += day.outageMs;
  }
  return sum;
}

const calendars = new Map<string, Intl.DateTimeFormat>();

/** `YYYY-MM-DD` of a moment by a zone's calendar. */
export function dayOf(at: number, timeZone: string): string {
  let made = calendars.get(timeZone);
  if (!made) {
    made = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
    calendars.set(timeZone, made);
  }
  return made.format(at);
}

interface Outage {
  from: number;
  until: number | null;
  inMaintenance: boolean;
}

/**
 * The last `count` days up to `now` with the parts of outages that fell on each. `watchedSince`: null = never. Days are
 * the zone's: those of a clock change have 23 or 25 hours.
 */
export function daysOf(
  outages: readonly Outage[],
  given: { now: number; count: number; timeZone: string; watchedSince: number | null },
): DayFacts[] {
  const { now, count, timeZone, watchedSince } = given;
  const starts = startsOfDays(now, count, timeZone);
  return starts.map(({ day, at }, index) => {
    const end = starts[index + 1]?.at ?? now;
    const facts: DayFacts = {
      day,
      outageMs: 0,
      outages: 0,
      maintenanceMs: 0,
      watched: watchedSince !== null && watchedSince < end,
    };
    for (const each of outages) {
      const ms = Math.min(each.until ?? now, end) - Math.max(each.from, at);
      if (ms <= 0) continue;
      if (each.inMaintenance) facts.maintenanceMs += ms;
      else {
        facts.outageMs += ms;
        facts.outages += 1;
      }
    }
    return facts;
  });
}

const quarterMs = 900_000;

/** First moment of each day, the oldest first: days of every zone begin at a quarter of an hour. */
function startsOfDays(now: number, count: number, timeZone: string): { day: string; at: number }[] {
  const found: { day: string; at: number }[] = [];
  let at = Math.floor(now / quarterMs) * quarterMs;
  while (found.length < count) {
    const day = dayOf(at, timeZone);
    for (const step of [4 * quarterMs, quarterMs]) while (dayOf(at - step, timeZone) === day) at -= step;
    found.push({ day, at });
    at -= quarterMs;
  }
  return found.toReversed();
}
