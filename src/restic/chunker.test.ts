import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { Chunker, gearTable, MAX_CHUNK, MIN_CHUNK } from './chunker.ts';

const gear = gearTable(Buffer.from('key'));

/** The same pseudo-random bytes on every run. */
function noise(length: number, seed: string): Buffer {
  const blocks: Buffer[] = [];
  for (let i = 0; i * 32 < length; i++) blocks.push(createHash('sha256').update(`${seed}${i}`).digest());
  return Buffer.concat(blocks).subarray(0, length);
}

function cut(data: Buffer, pieceSize: number): Buffer[] {
  const chunker = new Chunker(gear);
  const chunks: Buffer[] = [];
  for (let at = 0; at < data.length; at += pieceSize) {
    for (const chunk of chunker.push(data.subarray(at, at + pieceSize))) chunks.push(Buffer.from(chunk));
  }
  const rest = chunker.end();
  if (rest !== undefined) chunks.push(Buffer.from(rest));
  return chunks;
}

const data = noise(12_000_000, 'a');

test('chunks make up the stream and keep to their sizes', () => {
  const chunks = cut(data, 65536);
  expect(Buffer.concat(chunks).equals(data)).toBe(true);
  expect(chunks.length).toBeGreaterThan(6);
  for (const chunk of chunks.slice(0, -1)) {
    expect(chunk.length).toBeGreaterThanOrEqual(MIN_CHUNK);
    expect(chunk.length).toBeLessThanOrEqual(MAX_CHUNK);
  }
});

test.each([4096, 1_000_003, 20_000_000])('pieces of %i bytes give the same cuts', (pieceSize) => {
  const lengths = cut(data, 65536).map((chunk) => chunk.length);
  expect(cut(data, pieceSize).map((chunk) => chunk.length)).toEqual(lengths);
});

test('an insertion changes only chunks around it', () => {
  const before = cut(data, 65536);
  const after = cut(Buffer.concat([data.subarray(0, 3_000_000), Buffer.from('new'), data.subarray(3_000_000)]), 65536);
  const known = new Set(before.map((chunk) => chunk.toString('latin1')));
  expect(after.filter((chunk) => !known.has(chunk.toString('latin1'))).length).toBeLessThanOrEqual(2);
});

test('data without any cut is cut at the largest size', () => {
  expect(cut(Buffer.alloc(20_000_000), 1_000_000).map((chunk) => chunk.length)).toEqual([
    MAX_CHUNK,
    MAX_CHUNK,
    3_222_784,
  ]);
});

test('nothing gives nothing', () => {
  expect(cut(Buffer.alloc(0), 10)).toEqual([]);
});

test('another key cuts elsewhere', () => {
  const other = gearTable(Buffer.from('other key'));
  expect(other).not.toEqual(gear);
});
