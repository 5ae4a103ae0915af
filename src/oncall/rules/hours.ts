import { Temporal } from 'temporal-polyfill';

/** Hours of a week, on the wall's clock. `days`: 1 = Monday to 7 = Sunday (ISO 8601). `to` is not in it. */
export interface Hours {
  days: readonly number[];
  /** `HH:MM`. */
  from: string;
  to: string;
}

/** Whether a moment lies in the hours. Hours over midnight (`22:00` to `06:00`) belong to the day on which they begin. */
export function insideHours(hours: Hours, timeZone: string, at: Date): boolean {
  const here = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone);
  const time = here.toPlainTime();
  const [from, to] = [Temporal.PlainTime.from(hours.from), Temporal.PlainTime.from(hours.to)];
  const today = hours.days.includes(here.dayOfWeek);
  if (Temporal.PlainTime.compare(from, to) < 0) {
    return today && Temporal.PlainTime.compare(time, from) >= 0 && Temporal.PlainTime.compare(time, to) < 0;
  }
  const yesterday = hours.days.includes(here.dayOfWeek === 1 ? 7 : here.dayOfWeek - 1);
  if (Temporal.PlainTime.compare(time, from) >= 0) return today;
  return Temporal.PlainTime.compare(time, to) < 0 && yesterday;
}

/** The moment itself when it lies in the hours, else when they next begin; null = they never do. */
export function nextInsideHours(hours: Hours, timeZone: string, at: Date): Date | null {
  if (hours.days.length === 0) return null;
  if (insideHours(hours, timeZone, at)) return at;
  const from = Temporal.PlainTime.from(hours.from);
  const day = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone).toPlainDate();
  for (let ahead = 0; ahead <= 8; ahead += 1) {
    const date = day.add({ days: ahead });
    if (!hours.days.includes(date.dayOfWeek)) continue;
    const begins = new Date(date.toZonedDateTime({ timeZone, plainTime: from }).epochMilliseconds);
    if (begins > at) return begins;
  }
  return null;
}
