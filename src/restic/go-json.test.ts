import { expect, test } from 'vitest';
import { goString, goTime, parseGoTime } from './go-json.ts';

test.each([
  [0n, '1970-01-01T00:00:00Z'],
  [1_700_000_000_123_456_789n, '2023-11-14T22:13:20.123456789Z'],
  [1_700_000_000_120_000_000n, '2023-11-14T22:13:20.12Z'],
  [-1n, '1969-12-31T23:59:59.999999999Z'],
  [253_402_300_799_000_000_000n, '9999-12-31T23:59:59Z'],
  [-62_135_596_800_000_000_000n, '0001-01-01T00:00:00Z'],
])('%d ns is %s, both ways', (ns, text) => {
  expect(goTime(ns)).toBe(text);
  expect(parseGoTime(text)).toBe(ns);
});

test('times that Go cannot write move to the nearest it can', () => {
  expect(goTime(10n ** 30n)).toBe('9999-12-31T23:59:59Z');
  expect(goTime(-(10n ** 30n))).toBe('0000-01-01T00:00:00Z');
});

test.each([
  ['2023-11-14T23:13:20.5+01:00', 1_700_000_000_500_000_000n],
  ['2023-11-14T16:43:20-05:30', 1_700_000_000_000_000_000n],
])('reads the offset of %s', (text, ns) => {
  expect(parseGoTime(text)).toBe(ns);
});

test.each([undefined, 5, '', 'yesterday', '2023-11-14', '2023-11-14T22:13:20'])('%j is no time', (value) => {
  expect(parseGoTime(value)).toBeUndefined();
});

test('escapes what Go escapes', () => {
  expect(goString('<a&b>\u2028\u2029"\\')).toBe('"\\u003ca\\u0026b\\u003e\\u2028\\u2029\\"\\\\"');
  expect(JSON.parse(goString('<\u0001>'))).toBe('<\u0001>');
});
