import { createHash, randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { BlobIndex } from './blob-index.ts';
import { addIndexFile } from './index-files.ts';

const idOf = (n: number): Buffer => createHash('sha256').update(String(n)).digest();
const packId = (n: number): string => createHash('sha256').update(`pack${n}`).digest('hex');

test('finds a hundred thousand blobs where they were put, and no others', () => {
  const index = new BlobIndex();
  for (let pack = 0; pack < 100; pack++) {
    index.addPack(
      packId(pack),
      Array.from({ length: 1000 }, (_, i) => ({
        type: pack % 10 === 0 ? ('tree' as const) : ('data' as const),
        id: idOf(pack * 1000 + i),
        offset: i * 100,
        length: 100,
        uncompressedLength: i % 2 === 0 ? 300 : 0,
      })),
    );
  }
  expect(index.size).toBe(100_000);
  for (let n = 0; n < 100_000; n += 7) {
    const type = Math.floor(n / 1000) % 10 === 0 ? 'tree' : 'data';
    const entry = index.find(type, idOf(n).toString('hex'));
    expect(index.packId(index.pack(entry))).toBe(packId(Math.floor(n / 1000)));
    expect(index.offset(entry)).toBe((n % 1000) * 100);
    expect(index.plainLength(entry)).toBe(n % 2 === 0 ? 300 : 68);
    expect(index.find(type === 'tree' ? 'data' : 'tree', idOf(n).toString('hex'))).toBe(-1);
  }
  expect(index.find('data', randomBytes(32).toString('hex'))).toBe(-1);
  expect(index.find('data', 'no id')).toBe(-1);
});

test('a million blobs take little memory', () => {
  const before = process.memoryUsage().arrayBuffers;
  const index = new BlobIndex();
  const id = Buffer.alloc(32);
  for (let pack = 0; pack < 1000; pack++) {
    index.addPack(
      packId(pack),
      (function* () {
        for (let i = 0; i < 1000; i++) {
          id.writeUInt32LE(pack * 1000 + i, 0);
          id.writeUInt32LE((pack * 7919 + i) >>> 0, 4);
          yield { type: 'data' as const, id, offset: i, length: 100, uncompressedLength: 0 };
        }
      })(),
    );
  }
  expect(index.size).toBe(1_000_000);
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(90e6);
});

test('a pack named by two index files counts once, a blob in two packs is found in the first', () => {
  const index = new BlobIndex();
  const blob = { type: 'data' as const, id: idOf(1), offset: 0, length: 50, uncompressedLength: 0 };
  const other = { ...blob, id: idOf(2), offset: 50 };
  index.addPack(packId(1), [blob]);
  index.addPack(packId(1), [blob, other]);
  index.addPack(packId(2), [blob]);
  expect(index.size).toBe(3);
  expect(index.runsOf(0)).toHaveLength(2);
  expect(index.pack(index.findBytes('data', idOf(1)))).toBe(0);
});

test.each<[string, unknown]>([
  ['no packs', {}],
  ['a pack without an id', { packs: [{ blobs: [] }] }],
  ['a pack with a path for an id', { packs: [{ id: '../../etc/passwd', blobs: [] }] }],
  [
    'a blob of an unknown type',
    { packs: [{ id: packId(1), blobs: [{ id: packId(2), type: 'x', offset: 0, length: 99 }] }] },
  ],
  [
    'a negative offset',
    { packs: [{ id: packId(1), blobs: [{ id: packId(2), type: 'data', offset: -1, length: 99 }] }] },
  ],
  ['a huge length', { packs: [{ id: packId(1), blobs: [{ id: packId(2), type: 'data', offset: 0, length: 1e12 }] }] }],
  [
    'a blob shorter than its seal',
    { packs: [{ id: packId(1), blobs: [{ id: packId(2), type: 'data', offset: 0, length: 9 }] }] },
  ],
  ['a null among packs', { packs: [null] }],
])('an index with %s is refused', (_what, json) => {
  expect(() => addIndexFile(new BlobIndex(), json as Record<string, unknown>, packId(9))).toThrow('damaged');
});

test('unknown fields and the old "supersedes" are ignored', () => {
  const index = new BlobIndex();
  addIndexFile(index, { supersedes: [packId(5)], packs: null, new: 1 }, packId(9));
  expect(index.size).toBe(0);
});
