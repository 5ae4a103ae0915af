import { describe, expect, test } from 'vitest';
import { mondayOf, placeIn, weeksOf, type DutySpan } from './calendar-weeks.ts';

const zone = 'Europe/Amsterdam';
const at = Date.parse;
const span = (guard: string | null, from: string, to: string): DutySpan => ({
  guard,
  from: at(from),
  to: at(to),
  isOverride: false,
});

describe('the weeks of a rota', () => {
  test('begin on Monday by the calendar of the rota', () => {
    expect(mondayOf(at('2026-11-29T23:30:00Z'), zone)).toBe(at('2026-11-29T23:00:00Z'));
    expect(mondayOf(at('2026-11-29T22:30:00Z'), zone)).toBe(at('2026-11-22T23:00:00Z'));
  });

  test('a turn from Friday to Friday lies in two weeks', () => {
    const [first, second] = weeksOf(
      [span('noor', '2026-11-27T08:00Z', '2026-12-04T08:00Z')],
      at('2026-11-28T12:00Z'),
      2,
      zone,
    );
    expect(first?.monday).toBe('2026-11-23');
    expect(first?.bars.map(({ x, width }) => [x, Math.round(x + width)])).toEqual([[62.5, 100]]);
    expect(second?.bars.map(({ x, width }) => [x, width])).toEqual([[0, 62.5]]);
  });

  test('noon is in the middle of a day also when the clock changes on it', () => {
    const [week] = weeksOf([], at('2026-03-29T10:00:00Z'), 1, zone);
    expect((week?.days.at(-1) ?? 0) - (week?.days.at(-2) ?? 0)).toBe(23 * 3_600_000);
    expect(placeIn(week?.days ?? [], at('2026-03-29T10:00:00Z'))).toBeCloseTo(((6 + 11 / 23) / 7) * 100, 1);
  });
});
