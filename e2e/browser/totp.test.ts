import { expect, test } from 'vitest';
import { secretOf, totp } from './totp.ts';

// Appendix B of RFC 6238, the last six of the eight digits; the key is '12345678901234567890'.
test.each([
  [59, '287082'],
  [1111111109, '081804'],
  [1234567890, '005924'],
  [20000000000, '353130'],
])('at %d s it is %s', (seconds, code) => {
  expect(totp('GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ', new Date(seconds * 1000))).toBe(code);
});

test('the secret of a QR code is read', () => {
  expect(secretOf('otpauth://totp/Studio:jan@noord.example?secret=GEZDGNBV&issuer=Studio')).toBe('GEZDGNBV');
  expect(() => secretOf('otpauth://totp/x')).toThrow('no secret');
  expect(() => totp('not base 32!')).toThrow('no base32');
});
