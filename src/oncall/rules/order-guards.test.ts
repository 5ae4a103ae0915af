import { describe, expect, test } from 'vitest';
import { findGaps } from './find-gaps.ts';
import { dutySpans, guardsAt, orderGuards, type Line } from './order-guards.ts';

const zone = 'Europe/Amsterdam';
const at = (iso: string): Date => new Date(iso);
/** A line whose guards change each Friday at nine, from 2 January on. */
const line = (id: string, guards: (string | null)[], overrides: Line['overrides'] = []): Line => ({
  id,
  rota: { timeZone: zone, every: 'week', handover: '09:00', firstTurn: '2026-01-02', guards },
  overrides,
});
const over = (guard: string, from: string, to: string) => ({
  guard,
  from: at(from),
  to: at(to),
  madeAt: at('2026-01-01T00:00Z'),
});
const nights = { days: [1, 2, 3, 4, 5, 6, 7], from: '22:00', to: '06:00', rota: 'second' };
const order = (lines: Line[], moment: string, asked = [] as (typeof nights)[]): string[] =>
  orderGuards(lines, asked, zone, at(moment)).map((one) => `${one.guard}/${one.line}/${one.why}`);

describe('who is asked first', () => {
  const both = [line('first', ['noor', 'sam']), line('second', ['bo'])];

  test.each([
    ['lines in their order', both, '2026-01-05T12:00Z', [], ['noor/first/turn', 'bo/second/turn']],
    [
      'at night the second line first',
      both,
      '2026-01-05T22:00Z',
      [nights],
      ['bo/second/asked-first', 'noor/first/turn'],
    ],
    ['until six on the wall', both, '2026-01-06T05:00Z', [nights], ['noor/first/turn', 'bo/second/turn']],
    ['the minute before', both, '2026-01-06T04:59Z', [nights], ['bo/second/asked-first', 'noor/first/turn']],
    ['in summer an hour earlier by UTC', both, '2026-07-06T04:00Z', [nights], ['noor/first/turn', 'bo/second/turn']],
    [
      'hours of a line that is gone change nothing',
      both,
      '2026-01-05T22:00Z',
      [{ ...nights, rota: 'gone' }],
      ['noor/first/turn', 'bo/second/turn'],
    ],
    [
      'somebody in two lines once, at his first place',
      [line('first', ['noor']), line('second', ['noor']), line('third', ['bo'])],
      '2026-01-05T12:00Z',
      [],
      ['noor/first/turn', 'bo/third/turn'],
    ],
    [
      'somebody in two lines at night',
      [line('first', ['noor']), line('second', ['noor'])],
      '2026-01-05T22:00Z',
      [nights],
      ['noor/second/asked-first'],
    ],
    [
      'a hole in the first line: the second',
      [line('first', [null]), line('second', ['bo'])],
      '2026-01-05T12:00Z',
      [],
      ['bo/second/turn'],
    ],
    [
      'a swap in the second line',
      [line('first', ['noor']), line('second', ['bo'], [over('sam', '2026-01-05T00:00Z', '2026-01-06T00:00Z')])],
      '2026-01-05T12:00Z',
      [],
      ['noor/first/turn', 'sam/second/override'],
    ],
    ['nobody', [line('first', [null])], '2026-01-05T12:00Z', [], []],
    ['no line at all', [], '2026-01-05T12:00Z', [], []],
  ])('%s', (_name, lines, moment, asked, wanted) => {
    expect(order(lines, moment, asked)).toEqual(wanted);
  });
});

describe('a copy for who decides without the database', () => {
  const lines = [
    line('first', ['noor', 'sam'], [over('bo', '2026-03-29T00:00Z', '2026-03-29T03:00Z')]),
    line('second', ['bo', null]),
  ];
  const [from, to] = [at('2026-03-27T00:07Z'), at('2026-04-10T00:00Z')];
  const spans = dutySpans(lines, [nights], zone, from, to);

  test('has no gap and no overlap, and says at every quarter what the rule says, over a change of the clock too', () => {
    expect([spans[0]?.from, spans.at(-1)?.to]).toEqual([from.toISOString(), to.toISOString()]);
    expect(spans.slice(1).map((one) => one.from)).toEqual(spans.slice(0, -1).map((one) => one.to));
    for (let now = from.getTime(); now < to.getTime(); now += 900_000) {
      expect(guardsAt(spans, now)).toEqual(orderGuards(lines, [nights], zone, new Date(now)).map((one) => one.guard));
    }
  });

  test('after its end the last ones stay; an empty one has nobody', () => {
    expect(guardsAt(spans, to.getTime() + 86_400_000)).toEqual(spans.at(-1)?.guards);
    expect(guardsAt([], 0)).toEqual([]);
  });

  test('survives as JSON', () => {
    expect(JSON.parse(JSON.stringify(spans))).toEqual(spans);
  });
});

describe('gaps', () => {
  const span = (from: string, to: string, guards: string[]) => ({ from, to, guards });

  test.each([
    ['none', [span('a', 'b', ['noor'])], { holes: [], withoutPhone: [] }],
    ['a hole', [span('a', 'b', ['noor']), span('b', 'c', [])], { holes: [{ from: 'b', to: 'c' }], withoutPhone: [] }],
    [
      'neighbours are one',
      [span('a', 'b', []), span('b', 'c', [])],
      { holes: [{ from: 'a', to: 'c' }], withoutPhone: [] },
    ],
    [
      'a guard without a number, told once',
      [span('a', 'b', ['noor', 'mute']), span('b', 'c', ['mute'])],
      { holes: [], withoutPhone: [{ guard: 'mute', from: 'a' }] },
    ],
  ])('%s', (_name, spans, gaps) => {
    expect(findGaps(spans, (guard) => guard !== 'mute')).toEqual(gaps);
  });
});
