import { Temporal } from 'temporal-polyfill';

/** When drills are held: a weekday (ISO, 1 = Monday) and a time on the wall, `HH:MM`. */
export interface WeeklyTime {
  day: number;
  time: string;
}

/** How late a drill may begin: after that it waits for next week, for nobody expects it any more. */
const latestMs = 2 * 3_600_000;

export type DrillDue =
  | { do: 'wait'; until: Date; why: 'not-yet' | 'held-already' }
  | { do: 'hold'; due: Date }
  /** Nothing ran at that time: it is noted as dealt with. */
  | { do: 'skip'; due: Date; why: 'first-look' | 'too-late' };

/** Whether a drill is due now. `heldFor`: the due moment that was dealt with last; null = none yet. */
export function drillDue(now: Date, weekly: WeeklyTime, timeZone: string, heldFor: Date | null): DrillDue {
  const due = lastDue(now, weekly, timeZone);
  const until = nextDue(now, weekly, timeZone);
  // Switched on just now: the past week owes nothing.
  if (heldFor === null) return { do: 'skip', due, why: 'first-look' };
  if (heldFor >= due) return { do: 'wait', until, why: 'held-already' };
  if (now.getTime() - due.getTime() > latestMs) return { do: 'skip', due, why: 'too-late' };
  return { do: 'hold', due };
}

/** The latest due moment that is not after `now`. */
export function lastDue(now: Date, weekly: WeeklyTime, timeZone: string): Date {
  const date = dateOf(now, weekly, timeZone);
  const here = momentOf(date, weekly, timeZone);
  return here <= now ? here : momentOf(date.subtract({ days: 7 }), weekly, timeZone);
}

/** The first due moment after `now`. */
export function nextDue(now: Date, weekly: WeeklyTime, timeZone: string): Date {
  const date = dateOf(now, weekly, timeZone);
  const here = momentOf(date, weekly, timeZone);
  return here > now ? here : momentOf(date.add({ days: 7 }), weekly, timeZone);
}

/** The date of the weekday in the week of today or before it: at most six days back. */
function dateOf(now: Date, { day }: WeeklyTime, timeZone: string): Temporal.PlainDate {
  const today = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(timeZone).toPlainDate();
  return today.subtract({ days: (today.dayOfWeek - day + 7) % 7 });
}

/** A time that daylight saving leaves out happens as much later as the clock was put forward. */
function momentOf(date: Temporal.PlainDate, { time }: WeeklyTime, timeZone: string): Date {
  const zoned = date.toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from(time) });
  return new Date(zoned.epochMilliseconds);
}
