import { Temporal } from 'temporal-polyfill';

/** A calendar month on the wall's clock: `2026-11`, from its first midnight to the next one's. Default: that of `now`. */
export function monthOf(timeZone: string, now: Date, month?: string): { month: string; from: Date; to: Date } {
  const wanted =
    month === undefined
      ? Temporal.Instant.fromEpochMilliseconds(now.getTime())
          .toZonedDateTimeISO(timeZone)
          .toPlainDate()
          .toPlainYearMonth()
      : Temporal.PlainYearMonth.from(month);
  const first = wanted.toPlainDate({ day: 1 });
  const at = (date: Temporal.PlainDate): Date => new Date(date.toZonedDateTime({ timeZone }).epochMilliseconds);
  return { month: wanted.toString(), from: at(first), to: at(first.add({ months: 1 })) };
}

/** The month before the one that holds `now`: `2026-10`. */
export function monthBefore(timeZone: string, now: Date): string {
  return Temporal.PlainYearMonth.from(monthOf(timeZone, now).month).subtract({ months: 1 }).toString();
}
