import { Temporal } from 'temporal-polyfill';

/** When a duty opens, is due and closes. Evidence of a moment in [opensAt, closesAt) keeps it. */
export interface DutyWindow {
  opensAt: Date;
  due: Date;
  closesAt: Date;
}

/**
 * The daily duty whose day holds `now`, in the agency's time zone: it opens at midnight, is due at `dueBy` (06:00),
 * and takes late evidence until the next midnight. Days of 23 and 25 hours are days too.
 */
export function dailyWindow(now: Date, timeZone: string, dueBy = '06:00'): DutyWindow {
  const day = zoned(now, timeZone).toPlainDate();
  const at = (date: Temporal.PlainDate, time: string): Date =>
    new Date(date.toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from(time) }).epochMilliseconds);
  return { opensAt: at(day, '00:00'), due: at(day, dueBy), closesAt: at(day.add({ days: 1 }), '00:00') };
}

/**
 * The hourly duty whose hour holds `now`: it opens at the full hour and is due at the next, which also closes it.
 * Full hours as the clock on the wall shows them (half-hour zones differ from UTC).
 */
export function hourlyWindow(now: Date, timeZone: string): DutyWindow {
  const here = zoned(now, timeZone);
  // From the wall's minutes, not by rounding: rounding goes wrong in the hour that a clock change repeats.
  const opens = here.toInstant().subtract({
    minutes: here.minute,
    seconds: here.second,
    milliseconds: here.millisecond,
  });
  const opensMs = opens.epochMilliseconds;
  const due = new Date(opensMs + 3_600_000);
  return { opensAt: new Date(opensMs), due, closesAt: due };
}

function zoned(now: Date, timeZone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(timeZone);
}
