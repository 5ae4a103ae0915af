import { expect, test } from 'vitest';
import { printable, tableText } from './table.ts';

test('columns line up, numbers stand right, nothing trails', () => {
  expect(
    tableText(
      ['Site', 'Size', 'State'],
      [
        ['shop.nl', '4.1 GB', 'ok'],
        ['a.nl', '12 kB', ''],
      ],
    ),
  ).toBe(['Site       Size  State', 'shop.nl  4.1 GB  ok', 'a.nl      12 kB'].join('\n'));
});

test('what a hostile site says cannot drive the terminal', () => {
  expect(printable('a\u001b[2Jb\rc\u0007d\u202ee\nf')).toBe('a\uFFFD[2Jb\uFFFDc\uFFFDd\uFFFDe\nf');
});
