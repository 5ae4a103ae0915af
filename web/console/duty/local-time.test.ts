import { expect, test } from 'vitest';
import { fromLocalField, toLocalField } from './local-time.ts';

test('a field of date and time there and back', () => {
  const at = Date.parse('2026-11-28T09:05:00Z');
  expect(fromLocalField(toLocalField(at))).toBe('2026-11-28T09:05:00.000Z');
  expect(toLocalField(at)).toMatch(/^2026-11-2\d{1}T\d{2}:05$/);
  expect(fromLocalField('tomorrow')).toBeUndefined();
});
