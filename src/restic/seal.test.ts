import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { Sealer, SEAL_OVERHEAD } from './seal.ts';

const key = () => ({ encrypt: randomBytes(32), macK: randomBytes(16), macR: randomBytes(16) });

test.each([0, 1, 15, 16, 17, 4096, 1_000_003])('what was sealed opens again: %i bytes', (length) => {
  const sealer = new Sealer(key());
  const plain = randomBytes(length);
  const sealed = sealer.seal(plain);
  expect(sealed.length).toBe(length + SEAL_OVERHEAD);
  expect(sealer.open(sealed, 'test').equals(plain)).toBe(true);
});

// Source: D. J. Bernstein, "The Poly1305-AES message-authentication code", appendix B. r is given unclamped there.
test.each([
  {
    r: '851fc40c3467ac0be05cc20404f3f700',
    k: 'ec074c835580741701425b623235add6',
    n: 'fb447350c4e868c52ac3275cf9d4327e',
    m: 'f3f6',
    mac: 'f4c633c3044fc145f84f335cb81953de',
  },
  {
    r: 'a0f3080000f46400d0c7e9076c834403',
    k: '75deaa25c09f208e1dc4ce6b5cad3fbf',
    n: '61ee09218d29b0aaed7e154a2c5509cc',
    m: '',
    mac: 'dd3fab2251f11ac759f0887129cc2ee7',
  },
])('authenticates as published: message "$m"', ({ r, k, n, m, mac }) => {
  const hex = (text: string): Buffer => Buffer.from(text, 'hex');
  const sealer = new Sealer({ encrypt: randomBytes(32), macK: hex(k), macR: hex(r) });
  expect(sealer.open(hex(n + m + mac), 'test')).toHaveLength(m.length / 2);
  expect(() => sealer.open(hex(n + m + mac.replace(/^./, '0')), 'test')).toThrow('authentication');
});

test('any changed byte, another key or a short piece is refused', () => {
  const sealer = new Sealer(key());
  const sealed = sealer.seal(Buffer.from('the night watch'));
  for (let i = 0; i < sealed.length; i++) {
    const changed = Buffer.from(sealed);
    changed[i]! ^= 1;
    expect(() => sealer.open(changed, 'test')).toThrow('authentication');
  }
  expect(() => new Sealer(key()).open(sealed, 'test')).toThrow('authentication');
  expect(() => sealer.open(sealed.subarray(0, 31), 'test')).toThrow('too short');
});

test('no two seals share an initialisation vector', () => {
  const sealer = new Sealer(key());
  const seen = new Set(Array.from({ length: 2000 }, () => sealer.seal(Buffer.of()).toString('hex', 0, 16)));
  expect(seen.size).toBe(2000);
});
