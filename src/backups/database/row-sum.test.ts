import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { encodeRows, RowScanner } from '../../connector/index.ts';
import { addSums, hexOf, RangeSummer, RowHasher } from './row-sum.ts';

interface SumsFixture {
  sets: { name: string; rows: (string | null)[][]; hashes: string[]; count: number; xor: string; sum: string }[];
}

const fixture: SumsFixture = JSON.parse(
  readFileSync(new URL('../../../connector/protocol/sums.json', import.meta.url), 'utf8'),
);

test.each(fixture.sets)('sums as the server makes them: $name', ({ rows, hashes, count, xor, sum }) => {
  const hasher = new RowHasher();
  const xored = new RangeSummer(false);
  const added = new RangeSummer(true);
  const made: string[] = [];
  for (const row of rows) {
    const cells = row.map((cell) => (cell === null ? null : Buffer.from(cell, 'base64')));
    const scanner = new RowScanner(encodeRows([cells]), cells.length);
    scanner.next();
    hasher.hash(scanner);
    xored.add(hasher.high, hasher.low);
    added.add(hasher.high, hasher.low);
    made.push(hexOf(hasher.high, hasher.low));
  }
  expect(made).toEqual(hashes);
  expect([xored.rows, xored.hex]).toEqual([count, xor]);
  expect([added.rows, added.hex]).toEqual([count, sum]);
});

test('equal rows do not cancel each other out where there is no key', () => {
  const sum = new RangeSummer(true);
  sum.add(-5, -6);
  sum.add(-5, -6);
  expect(sum.hex).toBe(((2n * 0xfffffffbfffffffan) % 2n ** 64n).toString(16).padStart(16, '0'));
  expect(addSums(['ffffffffffffffff', '0000000000000002'])).toBe('0000000000000001');
});
