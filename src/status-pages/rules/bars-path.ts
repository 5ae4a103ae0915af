import type { DayBar } from '../../monitoring/index.ts';

type DayState = DayBar['worst'];

/** Each day is a bar of 7 in a slot of 10: a day with an outage is taller, one that nobody saw is lower. */
const shapes: Record<DayState, { top: number; height: number }> = {
  out: { top: 0, height: 40 },
  maintenance: { top: 12, height: 28 },
  well: { top: 12, height: 28 },
  unknown: { top: 26, height: 14 },
  none: { top: 36, height: 4 },
};
export const slotWidth = 10;
const barWidth = 7;

/** The bars of one state as one SVG path; empty when there are none. Thirty sites with a node a day would be a heavy page. */
export function barsPath(days: readonly { worst: DayState }[], state: DayState): string {
  const { top, height } = shapes[state];
  return days
    .map(({ worst }, at) => (worst === state ? `M${at * slotWidth} ${top}h${barWidth}v${height}h-${barWidth}z` : ''))
    .join('');
}
