import { expect, test } from 'vitest';
import { isPublicAddress } from './public-address.ts';

test.each<[string, boolean]>([
  ['1.1.1.1', true],
  ['2606:4700:4700::1111', true],
  ['10.1.2.3', false],
  ['127.0.0.1', false],
  ['169.254.169.254', false],
  ['100.64.0.1', false],
  ['::1', false],
  ['fe80::1', false],
  ['fd00::1', false],
  ['::ffff:10.0.0.1', false],
  ['::ffff:1.1.1.1', true],
  ['64:ff9b::7f00:1', false],
  ['64:ff9b::101:101', true],
  ['no address', false],
])('%s is public: %s', (address, expected) => {
  expect(isPublicAddress(address)).toBe(expected);
});
