/** From when to when something was out, milliseconds since 1970; `to` null = still. */
export interface Stretch {
  from: number;
  to: number | null;
}

/** Milliseconds of a span that lie in at least one of the stretches. */
export function outMs(stretches: readonly Stretch[], from: number, to: number): number {
  const clipped = stretches
    .map((one) => ({ from: Math.max(from, one.from), to: Math.min(to, one.to ?? to) }))
    .filter((one) => one.to > one.from)
    .toSorted((a, b) => a.from - b.from);
  let sum = 0;
  let end = from;
  for (const one of clipped) {
    if (one.to <= end) continue;
    sum += one.to - Math.max(end, one.from);
    end = one.to;
  }
  return sum;
}

/** Part of a span without outage, 0 to 1; null when the span is shorter than `leastMs`. */
export function shareWell(stretches: readonly Stretch[], from: number, to: number, leastMs = 3_600_000): number | null {
  if (to - from < leastMs) return null;
  return 1 - outMs(stretches, from, to) / (to - from);
}
