import { insideHours, type Hours } from './hours.ts';
import { spansBetween, whoIsOnDuty, type Override, type Rota, type Span } from './on-duty.ts';

/** A rota with who takes over in it. */
export interface Line {
  id: string;
  rota: Rota;
  overrides: readonly Override[];
}

/** Whom to ask at a moment: one guard of a line. */
export interface Asked {
  guard: string;
  line: string;
  /** asked-first: his line goes before the first one in these hours. */
  why: Span['why'] | 'asked-first';
  until: Date;
}

/**
 * Guards in the order in which they are asked: in the hours of `askedFirst` that line's guard before all, then the lines
 * in their order. Somebody who is on duty in two lines is asked once, at his first place.
 */
export function orderGuards(
  lines: readonly Line[],
  askedFirst: readonly (Hours & { rota: string })[],
  timeZone: string,
  at: Date,
): Asked[] {
  const first = askedFirst.filter((hours) => insideHours(hours, timeZone, at)).map((hours) => hours.rota);
  const rank = (id: string): number => {
    const early = first.indexOf(id);
    return early >= 0 ? early - first.length : lines.findIndex((line) => line.id === id);
  };
  const ordered = lines.toSorted((a, b) => rank(a.id) - rank(b.id));
  const asked: Asked[] = [];
  for (const line of ordered) {
    const span = whoIsOnDuty(line.rota, line.overrides, at);
    if (span.guard === null || asked.some((one) => one.guard === span.guard)) continue;
    const why = first.includes(line.id) ? 'asked-first' : span.why;
    asked.push({ guard: span.guard, line: line.id, why, until: span.to });
  }
  return asked;
}

/** A stretch in which the same guards are asked in the same order. Moments in ISO 8601, so that it can travel. */
export interface DutySpan {
  from: string;
  to: string;
  guards: readonly string[];
}

/**
 * Who will be asked in [from, to), for those who decide without the database: watchers while it is away, and second
 * locations. The order changes only where a turn, an override or the hours of `askedFirst` begin or end.
 */
export function dutySpans(
  lines: readonly Line[],
  askedFirst: readonly (Hours & { rota: string })[],
  timeZone: string,
  from: Date,
  to: Date,
): DutySpan[] {
  const edges = new Set([from.getTime(), to.getTime()]);
  for (const line of lines) {
    for (const span of spansBetween(line.rota, line.overrides, from, to)) edges.add(span.from.getTime());
  }
  // Hours begin and end at full minutes: a quarter of an hour is fine enough to find where they change.
  if (askedFirst.length > 0) {
    const quarter = 900_000;
    for (let at = Math.ceil(from.getTime() / quarter) * quarter; at < to.getTime(); at += quarter) edges.add(at);
  }
  const times = [...edges].toSorted((a, b) => a - b);
  const spans: DutySpan[] = [];
  for (const [i, start] of times.entries()) {
    const end = times[i + 1];
    if (end === undefined) break;
    const guards = orderGuards(lines, askedFirst, timeZone, new Date(start)).map((one) => one.guard);
    const last = spans.at(-1);
    if (last && last.guards.join(' ') === guards.join(' ')) last.to = new Date(end).toISOString();
    else spans.push({ from: new Date(start).toISOString(), to: new Date(end).toISOString(), guards });
  }
  return spans;
}

/**
 * Who is asked at a moment, by a copy of the rota. After its end those of the last stretch: a guard whose week is over is
 * better than nobody.
 */
export function guardsAt(spans: readonly DutySpan[], now: number): readonly string[] {
  const here = spans.find(({ from, to }) => Date.parse(from) <= now && now < Date.parse(to));
  return here?.guards ?? spans.at(-1)?.guards ?? [];
}
