import { crc32, inflateRawSync } from 'node:zlib';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeTestRepository, type TestRepository } from './test-snapshot.ts';
import { chooseScope, type RestoreScope } from './rules/choose-scope.ts';
import { entriesInScope } from './snapshot-contents.ts';
import { zipSnapshot } from './zip-snapshot.ts';

const all: RestoreScope = { files: 'all', tables: 'all', reason: 'whole-site' };

describe('a snapshot as a zip', () => {
  let test: TestRepository;

  beforeAll(async () => {
    test = await makeTestRepository();
  });

  afterAll(async () => {
    await test.remove();
  });

  it('holds every file byte for byte, links, empty folders and names of any language', async () => {
    const large = Buffer.alloc(5_000_000, 'all work and no play ');
    const tree = await test.save({
      'index.php': '<?php\n',
      'wp-content/uploads/été ☕.txt': 'koffie',
      'wp-content/uploads/large.bin': large,
      'wp-content/uploads/photo.jpg': Buffer.from([0xff, 0xd8, 0, 1, 2]),
      'wp-content/empty': null,
      'wp-content/current': { link: 'uploads' },
      'zero.txt': '',
    });
    const zip = await buffer(zipSnapshot(test.repository, entriesInScope(test.repository, tree, all)));
    const entries = readZip(zip);
    expect(entries.get('files/root/index.php')?.bytes.toString()).toBe('<?php\n');
    expect(entries.get('files/root/wp-content/uploads/été ☕.txt')?.bytes.toString()).toBe('koffie');
    expect(entries.get('files/root/wp-content/uploads/large.bin')?.bytes.equals(large)).toBe(true);
    expect(entries.get('files/root/wp-content/uploads/photo.jpg')).toMatchObject({ method: 0 });
    expect(entries.get('files/root/wp-content/empty/')?.bytes).toHaveLength(0);
    expect(entries.get('files/root/wp-content/current')).toMatchObject({
      mode: 0o120777,
      bytes: Buffer.from('uploads'),
    });
    expect(entries.get('files/root/zero.txt')?.bytes).toHaveLength(0);
    expect(zip.length).toBeLessThan(200_000);
  });

  it('holds only the chosen folder', async () => {
    const tree = await test.save({ 'index.php': 'a', 'wp-content/uploads/a.txt': 'b', 'wp-content/themes/t.css': 'c' });
    const choice = chooseScope({ files: ['wp-content/uploads'] });
    if (!choice.ok) throw new Error(choice.why);
    const zip = await buffer(zipSnapshot(test.repository, entriesInScope(test.repository, tree, choice.scope)));
    expect([...readZip(zip).keys()]).toEqual(['files/root/wp-content/uploads/', 'files/root/wp-content/uploads/a.txt']);
  });

  it('ends in an error and not in a short zip when a blob cannot be read', async () => {
    const tree = await test.save({ 'a.txt': 'good' });
    async function* damaged(): AsyncGenerator<{ names: string[]; node: Awaited<ReturnType<typeof nodeOf>> }> {
      const node = await nodeOf();
      yield { names: ['a.txt'], node: { ...node, content: ['0'.repeat(64)] } };
    }
    const nodeOf = async () => {
      const node = await test.repository.findNode(tree, ['files', 'root', 'a.txt']);
      if (node === undefined) throw new Error('not saved');
      return node;
    };
    await expect(buffer(zipSnapshot(test.repository, damaged()))).rejects.toThrow(/blob/u);
  });
});

interface ZipEntry {
  mode: number;
  method: number;
  bytes: Buffer;
}

/** Reads a zip by its central directory (PKWARE APPNOTE 4.3.12) and checks every CRC. */
function readZip(zip: Buffer): Map<string, ZipEntry> {
  const entries = new Map<string, ZipEntry>();
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  let at = zip.readUInt32LE(end + 16);
  for (let count = zip.readUInt16LE(end + 10); count > 0; count -= 1) {
    expect(zip.toString('latin1', at, at + 4)).toBe('PK\x01\x02');
    const method = zip.readUInt16LE(at + 10);
    const crc = zip.readUInt32LE(at + 16);
    const packed = zip.readUInt32LE(at + 20);
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((offset) => zip.readUInt16LE(at + offset));
    const mode = zip.readUInt32LE(at + 38) >>> 16;
    const local = zip.readUInt32LE(at + 42);
    const name = zip.toString('utf8', at + 46, at + 46 + (nameLength ?? 0));
    const from = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const raw = zip.subarray(from, from + packed);
    const bytes = method === 8 ? inflateRawSync(raw) : Buffer.from(raw);
    expect(crc32(bytes)).toBe(crc);
    entries.set(name, { mode, method, bytes });
    at += 46 + (nameLength ?? 0) + (extraLength ?? 0) + (commentLength ?? 0);
  }
  return entries;
}
