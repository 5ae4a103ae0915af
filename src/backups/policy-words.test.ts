import { expect, test } from 'vitest';
import { retentionRuleInWords, scheduleInWords } from './policy-words.ts';
import { defaultRetention } from './rules/retention.ts';

test('the rule of retention is a sentence in both languages', () => {
  expect(retentionRuleInWords(defaultRetention, 'nl')[0]).toBe(
    'We bewaren van de laatste 48 uur de laatste van elk uur, van 35 dagen de laatste van de dag en van 12 maanden de laatste van de maand.',
  );
  expect(retentionRuleInWords({ hourly: 0, daily: 0, monthly: 0, beforeChangeDays: 0 }, 'en')).toEqual([
    'We keep only the last one.',
    'The last good backup never goes, and neither does what you set aside.',
  ]);
});

test('and so is when the next one comes', () => {
  const nextAt = new Date('2026-11-25T01:13:00Z');
  const facts = { paused: false, nextAt, timeZone: 'Europe/Amsterdam' };
  expect(scheduleInWords({ ...facts, plan: 'daily' }, 'nl')).toBe('Elke nacht om 02:13.');
  expect(scheduleInWords({ ...facts, plan: 'hourly' }, 'en')).toBe('Every hour, 13 minutes past the hour.');
  expect(scheduleInWords({ ...facts, plan: 'hourly', paused: true }, 'en')).toContain('Paused');
});
