/** A stretch of time and who is asked in it, the first one first. Moments in ISO 8601. */
export interface DutySpan {
  from: string;
  to: string;
  guards: readonly string[];
}

/**
 * Who is asked at a moment, by a copy of the rota. After its end those of the last stretch: a guard whose week is over is
 * better than nobody.
 */
export function guardsAt(spans: readonly DutySpan[], now: number): readonly string[] {
  const here = spans.find(({ from, to }) => Date.parse(from) <= now && now < Date.parse(to));
  return here?.guards ?? spans.at(-1)?.guards ?? [];
}
