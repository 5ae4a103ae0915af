import { expect, test } from 'vitest';
import { askedNext } from './asked-next.ts';
import { defaultEscalation, escalate, type Sent } from './escalate.ts';

const sms = (guard: string, step: number, at: number): Sent => ({
  guard,
  step,
  means: 'sms',
  provider: 0,
  at,
  state: 'delivered',
});

test.each([
  ['nobody was asked yet', ['noor', 'sam'], [], null],
  ['nobody is on duty', [], [sms('noor', 0, 0)], null],
  [
    'the second one, five minutes after the first SMS',
    ['noor', 'sam'],
    [sms('noor', 0, 0), sms('noor', 0, 60_000)],
    'sam 1 300000',
  ],
  ['the first one again', ['noor', 'sam'], [sms('noor', 0, 0), sms('sam', 1, 300_000)], 'noor 2 600000'],
  ['one alone is asked again', ['noor'], [sms('noor', 0, 0)], 'noor 1 300000'],
  ['after the last round nobody', ['noor'], [sms('noor', 2, 0)], null],
])('%s', (_name, guards, sent, wanted) => {
  const next = askedNext({ guards, sent }, defaultEscalation);
  expect(next && `${next.guard} ${next.step} ${next.at}`).toBe(wanted);
});

test('foretells what escalation does', () => {
  const guards = ['noor', 'sam', 'bo'];
  const sent = [sms('noor', 0, 0)];
  for (
    let next = askedNext({ guards, sent }, defaultEscalation);
    next;
    next = askedNext({ guards, sent }, defaultEscalation)
  ) {
    const action = escalate(next.at, { guards, providers: 1, canCall: false, sent });
    expect(action).toMatchObject({ do: 'send', guard: next.guard, step: next.step });
    sent.push(sms(next.guard, next.step, next.at));
  }
  expect(sent).toHaveLength(guards.length * defaultEscalation.rounds);
});
