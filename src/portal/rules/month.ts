import { Temporal } from 'temporal-polyfill';

/** The calendar month that holds `now` in this time zone, as [from, to). */
export function monthOf(now: Date, timeZone: string): { from: Date; to: Date } {
  const first = Temporal.Instant.fromEpochMilliseconds(now.getTime())
    .toZonedDateTimeISO(timeZone)
    .toPlainDate()
    .with({ day: 1 });
  const at = (day: Temporal.PlainDate): Date => new Date(day.toZonedDateTime({ timeZone }).epochMilliseconds);
  return { from: at(first), to: at(first.add({ months: 1 })) };
}

/** The month before the one that holds `now`: `2026-10`. */
export function monthBefore(now: Date, timeZone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(now.getTime())
    .toZonedDateTimeISO(timeZone)
    .toPlainDate()
    .toPlainYearMonth()
    .subtract({ months: 1 })
    .toString();
}
