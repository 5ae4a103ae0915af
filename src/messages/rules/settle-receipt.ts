import type { MessageState } from '../contract.ts';

/** What a receipt makes of a message; null = nothing, and why. */
export type Settled =
  | { state: MessageState; why: 'first' | 'late' | 'truth' }
  | { state: null; why: 'repeated' | 'overtaken' };

/**
 * Receipts come late, twice and in any order. 'delivered' is the truth whatever stood there before, also 'failed' and
 * 'unknown': the phone has it. 'failed' counts unless the message was delivered. 'accepted' only tells what nobody knew.
 */
export function settleReceipt(stands: MessageState, told: 'accepted' | 'delivered' | 'failed'): Settled {
  if (stands === told) return { state: null, why: 'repeated' };
  if (told === 'delivered') {
    return { state: told, why: stands === 'failed' ? 'truth' : stands === 'unknown' ? 'late' : 'first' };
  }
  if (stands === 'delivered' || stands === 'failed') return { state: null, why: 'overtaken' };
  if (told === 'accepted' && stands === 'queued') return { state: null, why: 'overtaken' };
  return { state: told, why: stands === 'unknown' ? 'late' : 'first' };
}
