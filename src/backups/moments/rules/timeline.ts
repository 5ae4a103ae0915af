// How the line of a site's snapshots is cut, and where it has holes. Pure: time and data in, bars and gaps out.

import { Temporal } from 'temporal-polyfill';

export type BarUnit = 'moment' | 'hour' | 'day' | 'week' | 'month';

/** As many bars as fit a wide screen; a phone shows them narrower. */
export const MOST_BARS = 120;

const HOUR = 3_600_000;
const lengthOf: Record<Exclude<BarUnit, 'moment'>, number> = {
  hour: HOUR,
  day: 24 * HOUR,
  week: 7 * 24 * HOUR,
  month: 31 * 24 * HOUR,
};

/** A bar for every snapshot while they fit, else the smallest calendar unit that fits. */
export function chooseUnit(snapshots: number, from: number, to: number): { unit: BarUnit; reason: string } {
  if (snapshots <= MOST_BARS) return { unit: 'moment', reason: `${snapshots} snapshots fit` };
  for (const unit of ['hour', 'day', 'week'] as const) {
    const bars = Math.ceil((to - from) / lengthOf[unit]) + 1;
    if (bars <= MOST_BARS) return { unit, reason: `${bars} bars of one ${unit}` };
  }
  return { unit: 'month', reason: 'longer than two years' };
}

/** The beginning of the unit that `time` lies in, and of the next one, in the zone; milliseconds. */
export function unitAround(time: number, unit: Exclude<BarUnit, 'moment'>, timeZone: string): [number, number] {
  const at = Temporal.Instant.fromEpochMilliseconds(time).toZonedDateTimeISO(timeZone);
  if (unit === 'hour') {
    const start = at.round({ smallestUnit: 'hour', roundingMode: 'floor' });
    return [start.epochMilliseconds, start.add({ hours: 1 }).epochMilliseconds];
  }
  const day = at.toPlainDate();
  const first =
    unit === 'day' ? day : unit === 'week' ? day.subtract({ days: day.dayOfWeek - 1 }) : day.with({ day: 1 });
  const next = first.add(unit === 'day' ? { days: 1 } : unit === 'week' ? { weeks: 1 } : { months: 1 });
  const begin = (date: Temporal.PlainDate): number => date.toZonedDateTime(timeZone).epochMilliseconds;
  return [begin(first), begin(next)];
}

/** All units that touch the range, in order, empty ones too. */
export function unitsWithin(
  from: number,
  to: number,
  unit: Exclude<BarUnit, 'moment'>,
  timeZone: string,
): { from: number; to: number }[] {
  const units: { from: number; to: number }[] = [];
  for (let at = from; at <= to;) {
    const [begin, end] = unitAround(at, unit, timeZone);
    units.push({ from: begin, to: end });
    at = end;
  }
  return units;
}

/** Longest time between two good snapshots that is no gap: a day with its night window, an hour with its retries. */
export function longestQuiet(plan: 'daily' | 'hourly'): number {
  return plan === 'daily' ? 36 * HOUR : 2.5 * HOUR;
}

export interface Span {
  from: number;
  to: number;
}

/** Whether a bar without a snapshot stands where one should be. */
export function isInGap(bar: Span, gaps: readonly Span[]): boolean {
  return gaps.some((gap) => gap.from <= bar.from && gap.to >= bar.to);
}
