import type { CanaryState, MessageState } from '../../contract.ts';

export interface CanaryFacts {
  /** Not removed, switched on, and with a number to send to. */
  isTried: boolean;
  state: CanaryState | null;
  /** When the last one was sent, milliseconds; null = none yet, or the settings changed since. */
  at: number | null;
  /** State of the message that is waited for; null = there is none. */
  message: MessageState | null;
  /** Whether its gateway can tell us that a message arrived. Else 'accepted' is all there is to wait for. */
  tellsReceipts: boolean;
}

export type CanaryStep =
  | { do: 'nothing'; why: 'not-yet' | 'waiting' | 'not-tried' }
  | { do: 'send'; why: 'first' | 'daily' | 'again' }
  | { do: 'settle'; state: 'working' | 'failing'; why: 'delivered' | 'accepted' | 'failed' | 'no-receipt' }
  /** It is not tried any more: what was known of it counts no more. */
  | { do: 'forget'; why: 'not-tried' };

/** Milliseconds. A failing path is tried again each half hour, so that it counts again soon after it works. */
export const canaryPolicy = { everyMs: 86_400_000, againMs: 1_800_000, receiptMs: 600_000 };

/** What to do now about the daily test message of one provider. */
export function nextCanary(now: number, facts: CanaryFacts, policy = canaryPolicy): CanaryStep {
  const { isTried, state, at, message, tellsReceipts } = facts;
  if (!isTried) return state === null ? { do: 'nothing', why: 'not-tried' } : { do: 'forget', why: 'not-tried' };
  if (at === null) return { do: 'send', why: 'first' };
  if (message !== null) {
    if (message === 'delivered') return { do: 'settle', state: 'working', why: 'delivered' };
    if (message === 'accepted' && !tellsReceipts) return { do: 'settle', state: 'working', why: 'accepted' };
    if (message === 'failed') return { do: 'settle', state: 'failing', why: 'failed' };
    if (now - at >= policy.receiptMs) return { do: 'settle', state: 'failing', why: 'no-receipt' };
    return { do: 'nothing', why: 'waiting' };
  }
  if (state === 'failing')
    return now - at >= policy.againMs ? { do: 'send', why: 'again' } : { do: 'nothing', why: 'not-yet' };
  return now - at >= policy.everyMs ? { do: 'send', why: 'daily' } : { do: 'nothing', why: 'not-yet' };
}
