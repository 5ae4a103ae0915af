import { describe, expect, test } from 'vitest';
import type { TimelineBar } from '../../src/backups/moments/contract.ts';
import { barAt, barOf, dateMarks, stepInLine } from './place-in-line.ts';

const day = (nth: number, id: string | null): TimelineBar => ({
  from: `2026-11-0${nth}T00:00:00.000Z`,
  to: `2026-11-0${nth + 1}T00:00:00.000Z`,
  moment: id === null ? null : { id, takenAt: `2026-11-0${nth}T03:00:00.000Z`, reason: 'daily' },
  snapshots: id === null ? 0 : 1,
  bytes: 1,
  storedBytes: 0,
  incomplete: 0,
  wrong: 0,
  held: 0,
  failed: 0,
  gap: false,
});
const bars = [day(1, 'a'), day(2, null), day(3, 'c'), day(4, 'd'), day(5, null)];

describe('a place in the line of moments', () => {
  test('is that of the moment itself, of its bar, or the nearest', () => {
    expect(barOf({ bars }, { id: 'c', takenAt: '2026-11-03T03:00:00.000Z' })).toBe(2);
    expect(barOf({ bars }, { id: 'other', takenAt: '2026-11-04T20:00:00.000Z' })).toBe(3);
    expect(barOf({ bars }, { id: 'old', takenAt: '2026-10-01T00:00:00.000Z' })).toBe(0);
    expect(barOf({ bars }, undefined)).toBe(3);
    expect(barOf({ bars: [] }, undefined)).toBe(-1);
  });

  test('moves over what has no moment, and stays at the ends', () => {
    expect(stepInLine(bars, 0, 1)).toBe(2);
    expect(stepInLine(bars, 2, -1)).toBe(0);
    expect(stepInLine(bars, 3, 10)).toBe(3);
    expect(stepInLine(bars, 0, -10)).toBe(0);
    expect(stepInLine([], 0, 1)).toBe(-1);
  });

  test('is found by the pointer', () => {
    expect(barAt(bars, 0)).toBe(0);
    expect(barAt(bars, 0.99)).toBe(3);
    expect(barAt(bars, 0.3)).toBe(0);
  });

  test('has dates below it that leave room for now', () => {
    const marks = dateMarks(
      Array.from({ length: 9 }, (_, i) => day(i + 1, 'x')),
      3,
    );
    expect(marks.map((mark) => mark.share.toFixed(2))).toEqual(['0.00', '0.33', '0.67']);
  });
});
