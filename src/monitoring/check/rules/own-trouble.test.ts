import { expect, test } from 'vitest';
import { ownTrouble } from './own-trouble.ts';

const ipv4 = { isIpv6: false, hasIpv6: false };

test.each<[string, { isIpv6: boolean; hasIpv6: boolean }, string | null]>([
  ['ECONNREFUSED', ipv4, null],
  ['EHOSTUNREACH', ipv4, null],
  ['EMFILE', ipv4, 'overload'],
  ['EADDRNOTAVAIL', ipv4, 'overload'],
  ['ENETDOWN', ipv4, 'own-network'],
  ['ENETUNREACH', { isIpv6: true, hasIpv6: false }, 'own-network'],
  ['ENETUNREACH', { isIpv6: true, hasIpv6: true }, null],
])('%s with %o is our own: %s', (code, facts, expected) => {
  expect(ownTrouble(code, facts)).toBe(expected);
});
