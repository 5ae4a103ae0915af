import { expect, test } from 'vitest';
import { oneSegment, septetsOf, toAscii } from './segment.ts';

test.each([
  ['abc', 3],
  ['€5', 3],
  ['[a]', 5],
  ['', 0],
  ['é', 1],
  ['ê', undefined],
  ['漢', undefined],
])('%j takes %j septets', (text, septets) => {
  expect(septetsOf(text)).toBe(septets);
});

test('any text becomes ASCII', () => {
  expect(toAscii('Café “Zoë” – 5 €\n漢')).toBe('Cafe "Zoe" - 5 EUR ?');
});

test('a short alarm stays as it is', () => {
  const parts = { before: 'STORING', shorten: 'bakkerij.nl', after: '500 sinds 14:32. 7A=ik pak het 7D=klaar' };
  expect(oneSegment(parts)).toBe('STORING bakkerij.nl 500 sinds 14:32. 7A=ik pak het 7D=klaar');
});

test.each(['x'.repeat(300), 'ééé{}[]'.repeat(50), '€'.repeat(200), '漢'.repeat(200), '\u{1f600}'.repeat(200)])(
  'a long name is cut, never the code: %#',
  (name) => {
    const sent = oneSegment({ before: 'STORING', shorten: name, after: '500 sinds 14:32. 7A=ik pak het' });
    expect(septetsOf(sent)).toBeLessThanOrEqual(160);
    expect(septetsOf(sent)).toBeGreaterThan(155);
    expect(sent.endsWith('.. 500 sinds 14:32. 7A=ik pak het')).toBe(true);
  },
);
