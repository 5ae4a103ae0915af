import { describe, expect, test } from 'vitest';
import { exactly, relatively, shortly } from './moment-words.ts';

const now = Date.parse('2026-11-25T09:00:00Z');
const ago = (seconds: number) => new Date(now - seconds * 1000);
const nl = { language: 'nl', timeZone: 'Europe/Amsterdam' } as const;
const en = { language: 'en', timeZone: 'Europe/Amsterdam' } as const;

describe('times', () => {
  test('beside now, in both languages', () => {
    expect(relatively(ago(10), now, 'nl')).toBe('nu');
    expect(relatively(ago(50), now, 'nl')).toBe('1 minuut geleden');
    expect(relatively(ago(3 * 60 + 59), now, 'en')).toBe('3 minutes ago');
    expect(relatively(ago(-2 * 3600), now, 'nl')).toBe('over 2 uur');
    expect(relatively(ago(86_400), now, 'en')).toBe('yesterday');
    expect(relatively(ago(400 * 86_400), now, 'nl')).toBe('vorig jaar');
  });

  test('as short as is clear: today, this week, this year, before', () => {
    expect(shortly(new Date('2026-11-25T02:10:21Z'), now, nl)).toBe('03:10');
    expect(shortly(new Date('2026-11-23T02:10:21Z'), now, nl)).toBe('ma 03:10');
    expect(shortly(new Date('2026-05-02T02:10:21Z'), now, en)).toBe('2 May');
    expect(shortly(new Date('2025-05-02T02:10:21Z'), now, nl)).toBe('2 mei 2025');
  });

  test('yesterday evening is not today, in the zone of the reader', () => {
    expect(shortly(new Date('2026-11-24T22:30:00Z'), now, nl)).toBe('di 23:30');
    expect(shortly(new Date('2026-11-24T23:30:00Z'), now, nl)).toBe('00:30');
  });

  test('exactly, with day, second and zone', () => {
    expect(exactly(new Date('2026-11-25T02:10:21Z'), nl)).toBe('woensdag 25 november 2026 om 03:10:21 CET');
  });
});
