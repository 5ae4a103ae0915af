import { describe, expect, test } from 'vitest';
import { holesBetween, spansBetween, whoIsNext, whoIsOnDuty, type Override, type Rota } from './on-duty.ts';

const weekly: Rota = {
  timeZone: 'Europe/Amsterdam',
  every: 'week',
  handover: '09:00',
  firstTurn: '2026-01-02',
  guards: ['noor', 'sam', 'bo'],
};
const daily: Rota = { ...weekly, every: 'day', guards: ['noor', 'sam'] };
const at = (iso: string): Date => new Date(iso);
const made = at('2026-01-01T00:00Z');
const over = (guard: string, from: string, to: string, madeAt = made): Override => ({
  guard,
  from: at(from),
  to: at(to),
  madeAt,
});

describe('on duty', () => {
  test.each([
    ['the first minute of the first turn', '2026-01-02T08:00Z', 'noor'],
    ['a minute before the second hand-over', '2026-01-09T07:59Z', 'noor'],
    ['the second hand-over', '2026-01-09T08:00Z', 'sam'],
    ['round the rota', '2026-01-23T08:00Z', 'noor'],
    ['summer: the hand-over is at nine on the wall', '2026-07-03T06:59Z', 'sam'],
    ['summer: and a minute later', '2026-07-03T07:00Z', 'bo'],
  ])('every week: %s', (_name, moment, guard) => {
    expect(whoIsOnDuty(weekly, [], at(moment))).toMatchObject({ guard, why: 'turn' });
  });

  test.each([
    ['before the hand-over', '2026-01-03T07:59Z'],
    ['after it', '2026-01-03T08:00Z'],
    ['before the clock goes forward', '2026-03-29T00:59Z'],
    ['on the day of 23 hours, a minute before nine on the wall', '2026-03-29T06:59Z'],
    ['on the day of 23 hours, at nine', '2026-03-29T07:00Z'],
    ['on the day of 25 hours, a minute before nine', '2026-10-25T07:59Z'],
    ['on the day of 25 hours, at nine', '2026-10-25T08:00Z'],
  ])('every day: %s', (_name, moment) => {
    expect(whoIsOnDuty(daily, [], at(moment))).toMatchObject({ guard: dailyByHand(at(moment)), why: 'turn' });
  });

  /** Independent of the rule: the wall's date and hour in Amsterdam by Intl. */
  function dailyByHand(moment: Date): string {
    const parts = new Intl.DateTimeFormat('en-CA', {
      timeZone: 'Europe/Amsterdam',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      hourCycle: 'h23',
    }).formatToParts(moment);
    const part = (type: string): number => Number(parts.find((one) => one.type === type)?.value);
    const days = (Date.UTC(part('year'), part('month') - 1, part('day')) - Date.UTC(2026, 0, 2)) / 86_400_000;
    const turn = part('hour') >= 9 ? days : days - 1;
    return turn % 2 === 0 ? 'noor' : 'sam';
  }

  test('a year of hand-overs: every turn ends where the next begins, 23 to 25 hours or a week of 167 to 169', () => {
    for (const rota of [daily, weekly]) {
      const spans = spansBetween(rota, [], at('2026-01-02T08:00Z'), at('2027-01-02T08:00Z'));
      for (const [i, span] of spans.entries()) {
        const next = spans[i + 1];
        if (next === undefined) continue;
        expect(next.from).toEqual(span.to);
        expect(next.guard).not.toBe(span.guard);
        const hours = (span.to.getTime() - span.from.getTime()) / 3_600_000;
        expect(rota.every === 'day' ? [23, 24, 25] : [167, 168, 169]).toContain(hours);
      }
    }
  });

  test('before the first turn, and in an empty rota, there is nobody, and it says why', () => {
    expect(whoIsOnDuty(weekly, [], at('2025-12-31T12:00Z'))).toMatchObject({ guard: null, why: 'before-first-turn' });
    expect(whoIsOnDuty({ ...weekly, guards: [] }, [], at('2026-05-05T12:00Z'))).toMatchObject({
      guard: null,
      why: 'empty-rota',
    });
  });

  test('one guard alone is on duty always', () => {
    expect(spansBetween({ ...weekly, guards: ['noor'] }, [], at('2026-02-01T00:00Z'), at('2026-04-01T00:00Z'))).toEqual(
      [{ from: at('2026-02-01T00:00Z'), to: at('2026-04-01T00:00Z'), guard: 'noor', why: 'turn' }],
    );
  });

  test('a hand-over at a time that the clock skips comes right after the skip', () => {
    const early = { ...daily, handover: '02:30' };
    const before = whoIsOnDuty(early, [], at('2026-03-29T01:29Z'));
    const after = whoIsOnDuty(early, [], at('2026-03-29T01:30Z'));
    expect(before.to).toEqual(at('2026-03-29T01:30Z'));
    expect(after.guard).not.toBe(before.guard);
  });
});

describe('overrides and swaps', () => {
  test('take over for their time only', () => {
    const swap = [over('bo', '2026-01-04T18:00Z', '2026-01-05T06:00Z')];
    expect(
      spansBetween(weekly, swap, at('2026-01-04T12:00Z'), at('2026-01-05T12:00Z')).map((span) => [
        span.guard,
        span.why,
        span.from.toISOString().slice(5, 16),
      ]),
    ).toEqual([
      ['noor', 'turn', '01-04T12:00'],
      ['bo', 'override', '01-04T18:00'],
      ['noor', 'turn', '01-05T06:00'],
    ]);
  });

  test('of overlapping ones the one made last counts, whatever their order in the list', () => {
    const first = over('bo', '2026-01-04T00:00Z', '2026-01-06T00:00Z', at('2026-01-01T10:00Z'));
    const later = over('sam', '2026-01-05T00:00Z', '2026-01-07T00:00Z', at('2026-01-01T11:00Z'));
    for (const overrides of [
      [first, later],
      [later, first],
    ]) {
      const guards = spansBetween(weekly, overrides, at('2026-01-04T00:00Z'), at('2026-01-08T00:00Z')).map(
        (span) => `${span.from.toISOString().slice(8, 10)} ${span.guard}`,
      );
      expect(guards).toEqual(['04 bo', '05 sam', '07 noor']);
    }
  });

  test('fill a hole, and one that ends before it begins is none', () => {
    const holed = { ...weekly, guards: ['noor', null] };
    const holes = holesBetween(holed, [], at('2026-01-02T08:00Z'), at('2026-01-30T08:00Z'));
    expect(holes.map((hole) => hole.from.toISOString().slice(0, 10))).toEqual(['2026-01-09', '2026-01-23']);
    expect(holes[0]?.why).toBe('nobodys-turn');
    const filled = [over('bo', '2026-01-09T08:00Z', '2026-01-16T08:00Z')];
    expect(holesBetween(holed, filled, at('2026-01-02T08:00Z'), at('2026-01-30T08:00Z'))).toHaveLength(1);
    const turned = [over('bo', '2026-01-16T08:00Z', '2026-01-09T08:00Z')];
    expect(holesBetween(holed, turned, at('2026-01-02T08:00Z'), at('2026-01-30T08:00Z'))).toHaveLength(2);
  });

  test('who is next skips a turn of the same guard and a hole', () => {
    const rota = { ...weekly, guards: ['noor', 'noor', null, 'sam'] };
    expect(whoIsNext(rota, [], at('2026-01-03T00:00Z'))).toMatchObject({ guard: 'sam', from: at('2026-01-23T08:00Z') });
    expect(whoIsNext({ ...weekly, guards: ['noor'] }, [], at('2026-01-03T00:00Z'))).toBeUndefined();
  });
});
