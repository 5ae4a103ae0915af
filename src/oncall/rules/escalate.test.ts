import { describe, expect, test } from 'vitest';
import { defaultEscalation, escalate, type EscalationAction, type Sent } from './escalate.ts';

const ground = { guards: ['noor', 'sam'], providers: 2, canCall: true };

/** Plays an incident that nobody takes: what is sent, when (seconds), and how each thing fares. */
function play(
  fate: (sent: Sent) => Sent['state'],
  given: { guards: readonly string[]; providers: number; canCall: boolean } = ground,
): { lines: string[]; end: EscalationAction } {
  const sent: Sent[] = [];
  const lines: string[] = [];
  let now = 0;
  for (let turn = 0; turn < 200; turn += 1) {
    const action = escalate(now, { ...given, sent });
    if (action.do === 'give-up') return { lines, end: action };
    if (action.do === 'wait') {
      if (action.until <= now) throw new Error(`waits for the past at ${now}`);
      now = action.until;
      continue;
    }
    const { guard, step, means, provider } = action;
    const one: Sent = { guard, step, means, provider, at: now, state: 'accepted' };
    sent.push({ ...one, state: fate(one) });
    lines.push(`${now / 1000} ${guard} ${means}${means === 'sms' ? provider : ''} ${action.why}`);
  }
  throw new Error('never ends');
}

describe('nobody takes it', () => {
  test('everything is delivered: SMS, a call after 3 minutes, the next guard after 5, three rounds', () => {
    const { lines, end } = play(() => 'delivered');
    expect(lines.slice(0, 6)).toEqual([
      '0 noor sms0 first',
      '180 noor call no-answer-call',
      '300 sam sms0 no-answer-next',
      '480 sam call no-answer-call',
      '600 noor sms0 no-answer-next',
      '780 noor call no-answer-call',
    ]);
    expect(lines).toHaveLength(2 * 2 * defaultEscalation.rounds);
    expect(end).toEqual({ do: 'give-up', why: 'nobody-left' });
  });

  test('no receipt: the second provider after 60 s', () => {
    expect(play(() => 'accepted').lines.slice(0, 3)).toEqual([
      '0 noor sms0 first',
      '60 noor sms1 no-receipt',
      '180 noor call no-answer-call',
    ]);
  });

  test('the gateway refuses: the second provider at once', () => {
    const lines = play((one) => (one.provider === 0 && one.means === 'sms' ? 'failed' : 'delivered')).lines;
    expect(lines.slice(0, 3)).toEqual(['0 noor sms0 first', '0 noor sms1 failed', '180 noor call no-answer-call']);
  });

  test('all providers refuse and there is no call: the next guard is not kept waiting', () => {
    const { lines, end } = play(() => 'failed', { ...ground, canCall: false });
    expect(lines.slice(0, 4)).toEqual([
      '0 noor sms0 first',
      '0 noor sms1 failed',
      '0 sam sms0 no-answer-next',
      '0 sam sms1 failed',
    ]);
    expect(end.do).toBe('give-up');
  });

  test('one provider, no call', () => {
    const { lines } = play(() => 'delivered', { guards: ['noor'], providers: 1, canCall: false });
    expect(lines).toEqual(['0 noor sms0 first', '300 noor sms0 no-answer-next', '600 noor sms0 no-answer-next']);
  });
});

test('an empty rota is said at once', () => {
  expect(escalate(0, { ...ground, guards: [], sent: [] })).toEqual({ do: 'give-up', why: 'nobody-on-duty' });
});

test('asked again in the same moment it asks for nothing twice', () => {
  const sent: Sent[] = [{ guard: 'noor', step: 0, means: 'sms', provider: 0, at: 1000, state: 'accepted' }];
  expect(escalate(1000, { ...ground, sent })).toEqual({ do: 'wait', until: 61_000, why: 'receipt' });
});

test('a hand-over in between: who was asked first stays the one of that step', () => {
  const sent: Sent[] = [{ guard: 'noor', step: 0, means: 'sms', provider: 0, at: 0, state: 'delivered' }];
  expect(escalate(180_000, { ...ground, guards: ['bo', 'sam'], sent })).toMatchObject({ guard: 'noor', means: 'call' });
});
