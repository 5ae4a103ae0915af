import { randomBytes } from 'node:crypto';

/** Polynomials over GF(2), one bit a coefficient. restic's chunker wants an irreducible one of degree 53. */
const DEGREE = 53;

function degree(f: bigint): number {
  return f === 0n ? -1 : f.toString(2).length - 1;
}

function modulo(a: bigint, f: bigint): bigint {
  const d = degree(f);
  let rest = a;
  for (let e = degree(rest); e >= d; e = degree(rest)) rest ^= f << BigInt(e - d);
  return rest;
}

/** The square doubles every exponent. */
function squareModulo(a: bigint, f: bigint): bigint {
  const bits = a.toString(2);
  return modulo(BigInt(`0b${bits.split('').join('0')}`), f);
}

function gcd(a: bigint, b: bigint): bigint {
  let [x, y] = [a, b];
  while (y !== 0n) [x, y] = [y, modulo(x, y)];
  return x;
}

/** Ben-Or's test: f is irreducible when gcd(x^(2^i) + x, f) = 1 for every i up to half its degree. */
export function isIrreducible(f: bigint): boolean {
  const d = degree(f);
  if (d < 1) return false;
  let power = 2n;
  for (let i = 1; i <= Math.floor(d / 2); i++) {
    power = squareModulo(power, f);
    if (gcd(f, power ^ 2n) !== 1n) return false;
  }
  return true;
}

/** A random irreducible polynomial of degree 53. About one candidate in 53/2 is. */
export function randomPolynomial(): bigint {
  for (;;) {
    const random = BigInt(`0x${randomBytes(8).toString('hex')}`) & ((1n << BigInt(DEGREE)) - 1n);
    const candidate = random | (1n << BigInt(DEGREE)) | 1n;
    if (isIrreducible(candidate)) return candidate;
  }
}
