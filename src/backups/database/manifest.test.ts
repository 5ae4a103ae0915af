import { expect, test } from 'vitest';
import { readManifest, writeManifest } from './manifest.ts';
import { isSameShape, makeShape } from './table-shape.ts';

const shape = makeShape(
  'wp_`p',
  [{ name: 'ID', form: 'num', type: 'bigint(20) unsigned' }],
  ['ID'],
  'CREATE TABLE x (\n) ENGINE=InnoDB',
);
const range = { bound: [{ t: '7' }], rows: 3, sum: '00112233445566ff', bytes: 40, blobs: 1 };

test('a manifest comes back as it was', () => {
  const read = readManifest(
    writeManifest({ shape, complete: true, ranges: [range, { ...range, bound: [{ b: '/w==' }] }] }),
  );
  expect(isSameShape(read.shape, shape)).toBe(true);
  expect(read).toEqual({ shape, complete: true, ranges: [range, { ...range, bound: [{ b: '/w==' }] }] });
  expect(readManifest(writeManifest({ shape, complete: false, ranges: [] })).ranges).toEqual([]);
});

test.each([
  ['not JSON', 'x'],
  [
    'another version',
    writeManifest({ shape, complete: true, ranges: [] }).toString().replace('"version":1', '"version":2'),
  ],
  ['a sum that is none', writeManifest({ shape, complete: true, ranges: [{ ...range, sum: 'x' }] }).toString()],
])('refused: %s', (_name, json) => {
  expect(() => readManifest(Buffer.from(json))).toThrow(/cannot be read/);
});
