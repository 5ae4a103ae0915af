import { expect, test } from 'vitest';
import { readAuditSearch, toInput } from './search.ts';

test('an address says what is searched; nonsense in it is left out', () => {
  expect(
    readAuditSearch({ text: ' winkel ', who: 12, from: '2026-11-01', to: '2026-13-99', kind: 'boss', x: 1 }),
  ).toEqual({ text: 'winkel', who: '12', from: '2026-11-01' });
  expect(readAuditSearch({ text: ['a'], kind: 'token' })).toEqual({ kind: 'token' });
});

test('both days are included, and the house itself only when asked', () => {
  const { from, to, ...rest } = toInput({ from: '2026-11-30', to: '2026-11-30', text: 'x' });
  expect(rest).toEqual({ kind: 'others', text: 'x' });
  expect(Date.parse(to ?? '') - Date.parse(from ?? '')).toBe(86_400_000);
  expect(toInput({ kind: 'all' })).toEqual({});
});
