import { Temporal } from 'temporal-polyfill';

/** A stretch of duty; milliseconds since 1970. `guard` null = nobody. */
export interface DutySpan {
  from: number;
  to: number;
  guard: string | null;
  /** Somebody stands in for whose turn it is. */
  isOverride: boolean;
}

/** A part of a span within one week, in percent of its width. */
export interface Bar {
  x: number;
  width: number;
  span: DutySpan;
}

export interface Week {
  /** `YYYY-MM-DD` of its Monday. */
  monday: string;
  /** Moments at which its seven days begin, and that at which the last ends: days of a clock change are longer or shorter. */
  days: number[];
  bars: Bar[];
}

/** First moment of the Monday of the week of `at`, by the zone's calendar. */
export function mondayOf(at: number, timeZone: string): number {
  const day = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toPlainDate();
  return startOf(day.subtract({ days: day.dayOfWeek - 1 }), timeZone);
}

/** The weeks from that of `from` on, each with the bars that lie in it. A day has a seventh of the width, whatever its length. */
export function weeksOf(spans: readonly DutySpan[], from: number, count: number, timeZone: string): Week[] {
  const first = Temporal.Instant.fromEpochMilliseconds(mondayOf(from, timeZone))
    .toZonedDateTimeISO(timeZone)
    .toPlainDate();
  return Array.from({ length: count }, (_, nth) => {
    const monday = first.add({ weeks: nth });
    const days = Array.from({ length: 8 }, (__, day) => startOf(monday.add({ days: day }), timeZone));
    const [start = 0, end = 0] = [days[0], days[7]];
    const bars = spans
      .filter((span) => span.to > start && span.from < end)
      .map((span) => {
        const x = placeIn(days, Math.max(span.from, start));
        return { x, width: placeIn(days, Math.min(span.to, end)) - x, span };
      });
    return { monday: monday.toString(), days, bars };
  });
}

/** Where a moment lies in a week, in percent. */
export function placeIn(days: readonly number[], at: number): number {
  const day = Math.min(
    6,
    Math.max(
      0,
      days.findLastIndex((start) => start <= at),
    ),
  );
  const [start = 0, end = 1] = [days[day], days[day + 1]];
  return Math.round(((day + Math.min(1, (at - start) / (end - start))) / 7) * 10_000) / 100;
}

function startOf(day: Temporal.PlainDate, timeZone: string): number {
  return day.toZonedDateTime({ timeZone }).epochMilliseconds;
}
