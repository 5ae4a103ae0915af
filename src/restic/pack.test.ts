import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { sha256 } from './hash.ts';
import { decodeHeader, PackBuilder, packFileSize, readHeader } from './pack.ts';
import { Sealer } from './seal.ts';

const sealer = new Sealer({ encrypt: randomBytes(32), macK: randomBytes(16), macR: randomBytes(16) });

function build(bufferSize: number): { id: string; file: Buffer; blobs: PackBuilder['blobs'] } {
  const pack = new PackBuilder('data', Buffer.allocUnsafeSlow(bufferSize));
  pack.add(sealer, randomBytes(32), Buffer.from('stored as it is'), 0);
  pack.add(sealer, randomBytes(32), Buffer.from('packed'), 600);
  pack.addSealed(randomBytes(32), sealer.seal(randomBytes(5000)), 0);
  return { ...pack.finish(sealer), blobs: pack.blobs };
}

test.each([10, 100_000])('a pack tells its blobs in its header (first buffer of %i bytes)', (bufferSize) => {
  const { id, file, blobs } = build(bufferSize);
  expect(id).toBe(sha256(file));
  expect(readHeader(sealer, file, 'pack')).toEqual(blobs);
  expect(packFileSize(blobs)).toBe(file.length);
  const first = blobs[0]!;
  expect(sealer.open(file.subarray(0, first.length), 'blob').toString()).toBe('stored as it is');
});

test('a header that does not fit its file is refused', () => {
  const { file } = build(1000);
  expect(() => readHeader(sealer, file.subarray(0, 20), 'pack')).toThrow('too short');
  expect(() => readHeader(sealer, Buffer.concat([Buffer.alloc(1), file]), 'pack')).toThrow('does not fit');
  const huge = Buffer.from(file);
  huge.writeUInt32LE(0xffffffff, huge.length - 4);
  expect(() => readHeader(sealer, huge, 'pack')).toThrow('longer than itself');
});

test.each(['04', '00112233', `02${'00'.repeat(38)}`])('a header of %s is refused', (hex) => {
  expect(() => decodeHeader(Buffer.from(hex, 'hex'), 'pack')).toThrow('damaged');
});
