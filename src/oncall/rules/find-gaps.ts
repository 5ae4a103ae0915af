import type { DutySpan } from './order-guards.ts';

/** What is wrong with who will be asked. Moments in ISO 8601. */
export interface Gaps {
  /** Stretches in which nobody would be asked, in no line. */
  holes: { from: string; to: string }[];
  /** Guards who will be on duty and have no number; `from`: their first such stretch. */
  withoutPhone: { guard: string; from: string }[];
}

/** Reads a plan (`dutySpans`) for times in which an alarm would reach nobody. `hasPhone`: of a guard's id. */
export function findGaps(spans: readonly DutySpan[], hasPhone: (guard: string) => boolean): Gaps {
  const gaps: Gaps = { holes: [], withoutPhone: [] };
  for (const { from, to, guards } of spans) {
    if (guards.length === 0) {
      const last = gaps.holes.at(-1);
      if (last?.to === from) last.to = to;
      else gaps.holes.push({ from, to });
    }
    for (const guard of guards) {
      if (!hasPhone(guard) && !gaps.withoutPhone.some((one) => one.guard === guard))
        gaps.withoutPhone.push({ guard, from });
    }
  }
  return gaps;
}
