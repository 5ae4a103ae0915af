import { expect, test } from 'vitest';
import { isIrreducible, randomPolynomial } from './polynomial.ts';

// Sources: restic's chunker tests, and the config shown in restic's design document.
test.each([0x3da3358b4dc173n, 0x25b468838dcb75n])('%d is irreducible', (polynomial) => {
  expect(isIrreducible(polynomial)).toBe(true);
});

test.each([0n, 1n, 0x38f1e565e288dfn, 0x25b468838dcb75n ^ 2n, 0b101n, 0b110n, 0x3da3358b4dc173n << 1n])(
  '%d is not',
  (polynomial) => {
    expect(isIrreducible(polynomial)).toBe(false);
  },
);

test('small ones, against division by everything smaller', () => {
  const divides = (d: bigint, f: bigint): boolean => {
    let rest = f;
    const length = (x: bigint): number => x.toString(2).length;
    while (rest !== 0n && length(rest) >= length(d)) rest ^= d << BigInt(length(rest) - length(d));
    return rest === 0n;
  };
  for (let f = 2n; f < 512n; f++) {
    let found = false;
    for (let d = 2n; d < f && !found; d++) found = d.toString(2).length < f.toString(2).length && divides(d, f);
    expect(isIrreducible(f)).toBe(!found);
  }
});

test('random ones have degree 53, are irreducible and differ', () => {
  const [one, other] = [randomPolynomial(), randomPolynomial()];
  expect(one).not.toBe(other);
  for (const f of [one, other]) {
    expect(f.toString(2)).toHaveLength(54);
    expect(isIrreducible(f)).toBe(true);
  }
});
