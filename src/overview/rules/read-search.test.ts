import { expect, test } from 'vitest';
import { readSearch } from './read-search.ts';

test.each([
  ['', []],
  ['  ', []],
  ['Bakkerij', [{ text: 'bakkerij' }]],
  ['https://Shop.nl', [{ text: 'shop.nl' }]],
  ['bakkerij delft', [{ text: 'bakkerij' }, { text: 'delft' }]],
  ['WooCommerce 9.8', [{ text: 'woocommerce', version: '9.8' }]],
  [
    'php 7 akismet v5.3',
    [
      { text: 'php', version: '7' },
      { text: 'akismet', version: '5.3' },
    ],
  ],
  ['7.4', [{ text: '7.4' }]],
  ['a 1 2', [{ text: 'a', version: '1' }, { text: '2' }]],
  ['a b c d e f g h', ['a', 'b', 'c', 'd', 'e', 'f'].map((text) => ({ text }))],
])('"%s"', (search, terms) => {
  expect(readSearch(search)).toEqual(terms);
});
