import type { EscalationPolicy, Sent } from './escalate.ts';

/**
 * Who is asked after the one who was asked last, and when, if nobody takes it meanwhile; null = nobody was asked yet, or
 * nobody is left. The same counting as `escalate`. Milliseconds.
 */
export function askedNext(
  given: { guards: readonly string[]; sent: readonly Sent[] },
  policy: EscalationPolicy,
): { guard: string; step: number; at: number } | null {
  const { guards, sent } = given;
  if (guards.length === 0 || sent.length === 0) return null;
  const last = Math.max(...sent.map((one) => one.step));
  const step = last + 1;
  const guard = guards[step % guards.length];
  if (guard === undefined || step >= guards.length * policy.rounds) return null;
  const began = Math.min(...sent.filter((one) => one.step === last).map((one) => one.at));
  return { guard, step, at: began + policy.nextMs };
}
