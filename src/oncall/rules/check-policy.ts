import type { Hours } from './hours.ts';

/** From the first failure to the first SMS on a handset, at worst (facts of the watch, 'Confirmation and the 5 minutes'). */
export const worstFirstSmsMs = 143_000;
/** The promise: somebody knows within five minutes, over whichever path. */
export const promisedMs = 300_000;
/** An acknowledgement within three minutes, or the next step. */
export const answerWithinMs = 180_000;

export type PolicyProblem =
  /** With the second path only after `receiptMs`, the SMS could come after the promised five minutes. */
  | { code: 'receipt-too-long'; mostMs: number }
  /** The call comes before the second path was tried. */
  | { code: 'call-before-receipt' }
  | { code: 'call-too-late'; mostMs: number }
  /** The next guard would be asked before the first one is called. */
  | { code: 'next-before-call' }
  | { code: 'next-too-late'; mostMs: number }
  /** What can wait would wait for ever. */
  | { code: 'no-office-hours' };

/** Whether guards asked like this can keep the promise; null = they can. */
export function policyProblem(policy: {
  receiptMs: number;
  callMs: number;
  nextMs: number;
  officeHours: Hours;
}): PolicyProblem | null {
  const { receiptMs, callMs, nextMs } = policy;
  if (worstFirstSmsMs + receiptMs > promisedMs)
    return { code: 'receipt-too-long', mostMs: promisedMs - worstFirstSmsMs };
  if (callMs <= receiptMs) return { code: 'call-before-receipt' };
  if (callMs > answerWithinMs) return { code: 'call-too-late', mostMs: answerWithinMs };
  if (nextMs <= callMs) return { code: 'next-before-call' };
  if (nextMs > promisedMs) return { code: 'next-too-late', mostMs: promisedMs };
  return policy.officeHours.days.length === 0 ? { code: 'no-office-hours' } : null;
}
