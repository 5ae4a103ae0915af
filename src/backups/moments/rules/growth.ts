const DAY = 86_400_000;

export interface SizeAt {
  at: number;
  bytes: number;
}

export type GrowthOutlook =
  | { code: 'too-short' }
  | { code: 'steady' }
  | { code: 'shrinking'; perDay: number }
  | { code: 'growing'; perDay: number; fullAt: number | undefined }
  | { code: 'over'; perDay: number };

const shortestMs = 7 * DAY;
const lookBackMs = 90 * DAY;
/** Beyond this a date says nothing. */
const farthestMs = 5 * 365 * DAY;

/** How fast a site grows, by its size now and up to ninety days ago, and when the contract's limit is reached so. */
export function judgeGrowth(points: readonly SizeAt[], limitBytes: number): GrowthOutlook {
  const last = points.at(-1);
  const first = last === undefined ? undefined : points.find((point) => point.at >= last.at - lookBackMs);
  if (last === undefined || first === undefined || last.at - first.at < shortestMs) return { code: 'too-short' };
  const perDay = (last.bytes - first.bytes) / ((last.at - first.at) / DAY);
  if (last.bytes > limitBytes) return { code: 'over', perDay };
  // Less than a ten-thousandth of the limit a month is noise.
  if (Math.abs(perDay) * 30 < limitBytes / 10_000) return { code: 'steady' };
  if (perDay < 0) return { code: 'shrinking', perDay };
  const fullIn = ((limitBytes - last.bytes) / perDay) * DAY;
  return { code: 'growing', perDay, fullAt: fullIn > farthestMs ? undefined : last.at + fullIn };
}

/** The smallest calendar unit that keeps a curve below some two hundred points. */
export function growthUnit(days: number): 'hour' | 'day' | 'week' | 'month' {
  if (days <= 8) return 'hour';
  if (days <= 200) return 'day';
  return days <= 1400 ? 'week' : 'month';
}
