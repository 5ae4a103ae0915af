import { Temporal } from 'temporal-polyfill';

/** Guards who take turns. A turn begins at `handover` on the wall's clock in `timeZone`. */
export interface Rota {
  timeZone: string;
  every: 'day' | 'week';
  /** `HH:MM`. */
  handover: string;
  /** Date of the first turn, `YYYY-MM-DD`; with `week`, its day of the week is the day of every hand-over. */
  firstTurn: string;
  /** Ids of guards in the order of their turns; somebody may be in it more than once, and null is a turn of nobody. */
  guards: readonly (string | null)[];
}

/** Somebody takes over for a while; a swap is two of these. Of overlapping ones the one made last counts. */
export interface Override {
  from: Date;
  to: Date;
  guard: string;
  madeAt: Date;
}

/** A stretch of time with one guard. `guard` null = a hole: nobody would be woken. */
export interface Span {
  from: Date;
  to: Date;
  guard: string | null;
  why: 'turn' | 'override' | 'nobodys-turn' | 'before-first-turn' | 'empty-rota';
}

const DAY_MS = 86_400_000;
const LONGEST_TURN_MS = 8 * DAY_MS;

/** Who is on duty at a moment, since when and until when the same guard is, and why. */
export function whoIsOnDuty(rota: Rota, overrides: readonly Override[], at: Date): Span {
  const span = spansBetween(
    rota,
    overrides,
    new Date(at.getTime() - LONGEST_TURN_MS),
    new Date(at.getTime() + LONGEST_TURN_MS),
  ).find((one) => one.from <= at && at < one.to);
  if (span === undefined) throw new Error('a moment lies in no span');
  return span;
}

/** Who comes after the present guard, within `withinDays`; undefined = nobody else does. */
export function whoIsNext(
  rota: Rota,
  overrides: readonly Override[],
  at: Date,
  withinDays = 60,
): (Span & { guard: string }) | undefined {
  const spans = spansBetween(rota, overrides, at, new Date(at.getTime() + withinDays * DAY_MS));
  const now = spans[0]?.guard;
  return spans.find((one): one is Span & { guard: string } => one.guard !== null && one.guard !== now);
}

/** Stretches in which nobody is on duty. */
export function holesBetween(rota: Rota, overrides: readonly Override[], from: Date, to: Date): Span[] {
  return spansBetween(rota, overrides, from, to).filter((one) => one.guard === null);
}

/** All of [from, to) without gaps, in order; neighbours differ in guard or in why. */
export function spansBetween(rota: Rota, overrides: readonly Override[], from: Date, to: Date): Span[] {
  const turns = turnsBetween(rota, from, to);
  const relevant = overrides.filter((one) => one.from < to && one.to > from && one.from < one.to);
  const edges = new Set([from.getTime(), to.getTime()]);
  for (const { from: a, to: b } of [...turns, ...relevant]) {
    for (const edge of [a.getTime(), b.getTime()]) if (edge > from.getTime() && edge < to.getTime()) edges.add(edge);
  }
  const times = [...edges].toSorted((a, b) => a - b);
  const spans: Span[] = [];
  for (const [i, start] of times.entries()) {
    const end = times[i + 1];
    if (end === undefined) break;
    const over = relevant
      .filter((one) => one.from.getTime() <= start && one.to.getTime() > start)
      .toSorted((a, b) => b.madeAt.getTime() - a.madeAt.getTime())[0];
    const turn = turns.find((one) => one.from.getTime() <= start && one.to.getTime() > start);
    const span: Span = {
      from: new Date(start),
      to: new Date(end),
      guard: over?.guard ?? turn?.guard ?? null,
      why: over === undefined ? (turn?.why ?? 'before-first-turn') : 'override',
    };
    const last = spans.at(-1);
    if (last !== undefined && last.guard === span.guard && last.why === span.why) last.to = span.to;
    else spans.push(span);
  }
  return spans;
}

function turnsBetween(rota: Rota, from: Date, to: Date): Span[] {
  const { timeZone, guards } = rota;
  if (guards.length === 0) return [{ from, to, guard: null, why: 'empty-rota' }];
  const first = Temporal.PlainDate.from(rota.firstTurn);
  const days = rota.every === 'week' ? 7 : 1;
  // One turn earlier than the day of `from`: the hand-over of that day may come later than `from`.
  const day = Temporal.Instant.fromEpochMilliseconds(from.getTime()).toZonedDateTimeISO(timeZone).toPlainDate();
  const passed = Math.floor(first.until(day, { largestUnit: 'days' }).days / days) - 1;
  const turns: Span[] = [];
  for (let turn = Math.max(0, passed); ; turn += 1) {
    const begins = handoverOf(rota, first.add({ days: turn * days }));
    if (begins >= to) return turns;
    const ends = handoverOf(rota, first.add({ days: (turn + 1) * days }));
    const guard = guards[turn % guards.length] ?? null;
    turns.push({ from: begins, to: ends, guard, why: guard === null ? 'nobodys-turn' : 'turn' });
  }
}

/** A time that the clock skips is taken at the same distance after the skip; one that comes twice, the first time. */
function handoverOf(rota: Rota, date: Temporal.PlainDate): Date {
  const plainTime = Temporal.PlainTime.from(rota.handover);
  return new Date(date.toZonedDateTime({ timeZone: rota.timeZone, plainTime }).epochMilliseconds);
}
