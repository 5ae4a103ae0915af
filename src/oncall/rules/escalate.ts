/** Milliseconds. Sources: facts of the watch ('SMS and duty'): receipt within 60 s, call after 3 min, next person after 5. */
export interface EscalationPolicy {
  receiptMs: number;
  callMs: number;
  nextMs: number;
  /** After the last guard the round begins again, this often at most. */
  rounds: number;
}

export const defaultEscalation: EscalationPolicy = { receiptMs: 60_000, callMs: 180_000, nextMs: 300_000, rounds: 3 };

/** One thing that was sent about an incident, or is being sent. */
export interface Sent {
  guard: string;
  /** Which place in the order of guards, counted through all rounds. */
  step: number;
  means: 'sms' | 'call';
  provider: number;
  at: number;
  /** accepted: the gateway took it; delivered: a receipt came; failed: refused, or given up. */
  state: 'accepted' | 'delivered' | 'failed';
}

export type EscalationAction =
  | { do: 'send'; guard: string; step: number; means: 'sms' | 'call'; provider: number; why: SendReason }
  | { do: 'wait'; until: number; why: 'receipt' | 'answer' }
  | { do: 'give-up'; why: 'nobody-left' | 'nobody-on-duty' };

export type SendReason = 'first' | 'failed' | 'no-receipt' | 'no-answer-call' | 'no-answer-next';

/**
 * What to do now about an incident that nobody has taken: a pure function of what was sent, so that a worker that died
 * between two steps does nothing twice. `guards`: who would be asked, in order; `providers`: how many SMS paths there are.
 */
export function escalate(
  now: number,
  given: { guards: readonly string[]; providers: number; canCall: boolean; sent: readonly Sent[] },
  policy: EscalationPolicy = defaultEscalation,
): EscalationAction {
  const { guards, sent } = given;
  if (guards.length === 0) return { do: 'give-up', why: 'nobody-on-duty' };
  const step = Math.max(0, ...sent.map((one) => one.step));
  const here = sent.filter((one) => one.step === step);
  const guard = here[0]?.guard ?? guards[step % guards.length] ?? '';
  const first = here[0];
  const send = (means: 'sms' | 'call', provider: number, why: SendReason): EscalationAction => ({
    do: 'send',
    guard,
    step,
    means,
    provider,
    why,
  });
  if (first === undefined) return send('sms', 0, 'first');

  const began = Math.min(...here.map((one) => one.at));
  if (now - began >= policy.nextMs) return next(step + 1, given.guards, policy);
  const messages = here.filter((one) => one.means === 'sms');
  const delivered = messages.some((one) => one.state === 'delivered');
  const lastMessage = messages.at(-1);
  const another = messages.length < given.providers;
  if (!delivered && lastMessage !== undefined && another) {
    if (lastMessage.state === 'failed') return send('sms', messages.length, 'failed');
    if (now - lastMessage.at >= policy.receiptMs) return send('sms', messages.length, 'no-receipt');
  }
  const called = here.some((one) => one.means === 'call');
  if (given.canCall && !called && now - began >= policy.callMs) return send('call', 0, 'no-answer-call');
  // Every message failed and there is no call to make: five minutes of silence would help nobody.
  const allFailed = !another && here.every((one) => one.state === 'failed') && (called || !given.canCall);
  if (allFailed) return next(step + 1, given.guards, policy);

  const times = [began + policy.nextMs];
  if (given.canCall && !called) times.push(began + policy.callMs);
  if (!delivered && another && lastMessage !== undefined) {
    return { do: 'wait', until: Math.min(lastMessage.at + policy.receiptMs, ...times), why: 'receipt' };
  }
  return { do: 'wait', until: Math.min(...times), why: 'answer' };
}

function next(step: number, guards: readonly string[], policy: EscalationPolicy): EscalationAction {
  if (step >= guards.length * policy.rounds) return { do: 'give-up', why: 'nobody-left' };
  return {
    do: 'send',
    guard: guards[step % guards.length] ?? '',
    step,
    means: 'sms',
    provider: 0,
    why: 'no-answer-next',
  };
}
