import type { Timeline, TimelineBar } from '../../src/backups/moments/contract.ts';

/** Index of the bar that a moment lies in, or of the nearest one that has a moment; -1 = there is none. */
export function barOf(line: Pick<Timeline, 'bars'>, moment: { id: string; takenAt: string } | undefined): number {
  const exact = line.bars.findIndex((bar) => bar.moment !== null && bar.moment.id === moment?.id);
  if (exact >= 0) return exact;
  const withOne = line.bars.flatMap((bar, index) => (bar.moment === null ? [] : [{ bar, index }]));
  if (moment === undefined) return withOne.at(-1)?.index ?? -1;
  const at = Date.parse(moment.takenAt);
  const inside = withOne.find(({ bar }) => Date.parse(bar.from) <= at && at < Date.parse(bar.to));
  if (inside !== undefined) return inside.index;
  const distance = (bar: TimelineBar) => Math.abs(Date.parse(bar.moment?.takenAt ?? bar.from) - at);
  return withOne.toSorted((a, b) => distance(a.bar) - distance(b.bar))[0]?.index ?? -1;
}

/** The bar `steps` moments further (or back when negative) from `index`; stays at the ends. */
export function stepInLine(bars: readonly TimelineBar[], index: number, steps: number): number {
  const withOne = bars.flatMap((bar, at) => (bar.moment === null ? [] : [at]));
  const here = withOne.findIndex((at) => at >= index);
  const from = here < 0 ? withOne.length - 1 : here;
  return withOne[Math.max(0, Math.min(withOne.length - 1, from + steps))] ?? -1;
}

/** The bar with a moment that is nearest to a share of the line's width (0 to 1). */
export function barAt(bars: readonly TimelineBar[], share: number): number {
  const wanted = Math.max(0, Math.min(bars.length - 1, Math.floor(share * bars.length)));
  for (let away = 0; away < bars.length; away++) {
    if (bars[wanted - away]?.moment) return wanted - away;
    if (bars[wanted + away]?.moment) return wanted + away;
  }
  return -1;
}

/** Where the dates stand below the line: about `wanted` of them, evenly, the last one 'now' or the end. */
export function dateMarks(bars: readonly TimelineBar[], wanted: number): { share: number; at: string }[] {
  if (bars.length === 0) return [];
  const every = Math.max(1, Math.ceil(bars.length / wanted));
  const marks: { share: number; at: string }[] = [];
  for (let at = 0; at < bars.length; at += every) {
    // Too near to the end, where 'now' stands.
    if (at > 0 && (bars.length - at) / bars.length < 0.12) break;
    marks.push({ share: at / bars.length, at: bars[at]!.from });
  }
  return marks;
}
