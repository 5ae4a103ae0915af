// Where the marks of a watch strip stand, in percent of its width.

/** Moments in milliseconds since 1970. */
export interface StripFacts {
  from: number;
  to: number;
  /** The agency's: its nights are darker. */
  timeZone: string;
  span: 'day' | 'quarter' | 'year';
  backups: readonly { at: number; good: boolean }[];
  /** Our own work on the site; `until` null = under way. */
  work?: readonly { at: number; until?: number | null; what: string }[] | undefined;
  /** Undefined = nobody watched: the line then says nothing about the site being up. */
  outages?: readonly { from: number; until: number | null }[] | undefined;
  /** Since when somebody watches; undefined = all the while. */
  watchedFrom?: number | undefined;
}

export interface Band {
  x: number;
  width: number;
}

export interface StripLayout {
  /** Nights of a day; every other month of a longer span. */
  shades: Band[];
  ticks: { x: number; good: boolean; at: number; count: number }[];
  diamonds: { x: number; at: number; what: string }[];
  outages: Band[];
  /** Where somebody watched; undefined = nowhere. */
  watched: Band | undefined;
}

/** Marks nearer than this share one: more cannot be told apart. */
const slots = 180;
const hourMs = 3_600_000;
const nightFrom = 23;
const nightUntil = 7;

export function layoutStrip(facts: StripFacts): StripLayout {
  const { from, to, work = [], outages = [] } = facts;
  const length = Math.max(1, to - from);
  const percent = (at: number): number => round(((Math.min(Math.max(at, from), to) - from) / length) * 100);
  const band = (start: number, end: number): Band => ({
    x: percent(start),
    width: round(percent(end) - percent(start)),
  });
  const inside = (at: number): boolean => at >= from && at <= to;
  return {
    watched: facts.outages && band(facts.watchedFrom ?? from, to),
    shades: shadesOf(facts).map(([start, end]) => band(start, end)),
    ticks: ticksOf(facts, percent),
    diamonds: work.filter(({ at }) => inside(at)).map(({ at, what }) => ({ x: percent(at), at, what })),
    // However short: an outage can be seen.
    outages: outages
      .filter((each) => (each.until ?? to) > from && each.from < to)
      .map((each) => band(each.from, each.until ?? to))
      .map(({ x, width }) => ({ x: Math.min(x, 99.2), width: Math.max(width, 0.8) })),
  };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

/** One tick for a slot; a bad one among them makes it bad. */
function ticksOf({ from, to, backups }: StripFacts, percent: (at: number) => number): StripLayout['ticks'] {
  const ticks = new Map<number, StripLayout['ticks'][number]>();
  for (const { at, good } of backups) {
    if (at < from || at > to) continue;
    const slot = Math.floor(((at - from) / Math.max(1, to - from)) * slots);
    const known = ticks.get(slot);
    if (!known) ticks.set(slot, { x: percent(at), good, at, count: 1 });
    else ticks.set(slot, { ...known, good: known.good && good, count: known.count + 1 });
  }
  return [...ticks.values()];
}

let lastShades: { key: string; shades: [number, number][] } | undefined;

/** The same for every row of a list: worked out once. */
function shadesOf({ from, to, timeZone, span }: StripFacts): [number, number][] {
  const key = `${from} ${to} ${timeZone} ${span}`;
  if (lastShades?.key !== key)
    lastShades = { key, shades: span === 'day' ? nights(from, to, timeZone) : months(from, to, timeZone) };
  return lastShades.shades;
}

function nights(from: number, to: number, timeZone: string): [number, number][] {
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone, hour: 'numeric', minute: 'numeric', hourCycle: 'h23' });
  const hourAt = (at: number): number => {
    const [hour = '0', minute = '0'] = clock.format(at).split(':');
    return Number(hour) + Number(minute) / 60;
  };
  // In steps of a quarter of an hour: all zones and clock changes fall on one.
  const step = hourMs / 4;
  return runs(from, to, Math.ceil(from / step) * step, step, (at) => {
    const hour = hourAt(at);
    return hour >= nightFrom || hour < nightUntil;
  });
}

function months(from: number, to: number, timeZone: string): [number, number][] {
  const month = new Intl.DateTimeFormat('en', { timeZone, month: 'numeric' });
  return runs(from, to, from, 24 * hourMs, (at) => Number(month.format(at)) % 2 === 0);
}

/** Stretches in which something is so, looked at in steps from `first` on. */
function runs(
  from: number,
  to: number,
  first: number,
  step: number,
  isSo: (at: number) => boolean,
): [number, number][] {
  const found: [number, number][] = [];
  let since: number | undefined = first > from && isSo(first - step / 2) ? from : undefined;
  for (let at = first; at < to; at += step) {
    const so = isSo(at);
    if (so && since === undefined) since = at;
    if (!so && since !== undefined) {
      found.push([since, at]);
      since = undefined;
    }
  }
  if (since !== undefined) found.push([since, to]);
  return found;
}
