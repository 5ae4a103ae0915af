// The one suite that every backend passes. Not a test by itself: *.integration.test.ts files call it.
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sha256 } from './hash.ts';
import type { Backend, FileType } from './types.ts';

const TYPES: FileType[] = ['key', 'data', 'index', 'snapshot', 'lock'];

async function listed(backend: Backend, type: FileType): Promise<Map<string, number>> {
  const found = new Map<string, number>();
  for await (const { name, size } of backend.list(type)) found.set(name, size);
  return found;
}

/** `make` opens the same empty place each time it is called. */
export function backendSuite(title: string, make: () => Promise<Backend>): void {
  describe(`the ${title} backend`, () => {
    let backend: Backend;
    beforeAll(async () => {
      backend = await make();
    });
    afterAll(() => backend.close());

    test('lists nothing in an empty place and says what is not there', async () => {
      for (const type of [...TYPES, 'config'] as FileType[]) {
        expect(await listed(backend, type)).toEqual(new Map());
        const name = type === 'config' ? '' : sha256(randomBytes(8));
        await expect(backend.read(type, name)).rejects.toMatchObject({ code: 'not-found' });
        await expect(backend.read(type, name, { offset: 0, length: 1 })).rejects.toMatchObject({ code: 'not-found' });
      }
    });

    test.each(TYPES)('keeps %s files: write, list, read, replace, remove', async (type) => {
      const [data, other] = [randomBytes(3000), randomBytes(10)];
      const [name, second] = [sha256(data), sha256(other)];
      await backend.write(type, name, data);
      await backend.write(type, second, other);
      expect(await listed(backend, type)).toEqual(
        new Map([
          [name, 3000],
          [second, 10],
        ]),
      );
      expect((await backend.read(type, name)).equals(data)).toBe(true);
      await backend.write(type, name, other);
      expect((await backend.read(type, name)).equals(other)).toBe(true);
      await backend.remove(type, name);
      await backend.remove(type, name);
      expect(await listed(backend, type)).toEqual(new Map([[second, 10]]));
      await expect(backend.read(type, name)).rejects.toMatchObject({ code: 'not-found' });
      await backend.remove(type, second);
    });

    test('reads ranges exactly, and refuses those beyond the end', async () => {
      const data = randomBytes(100_000);
      const name = sha256(data);
      await backend.write('data', name, data);
      for (const [offset, length] of [
        [0, 1],
        [1, 99_999],
        [50_000, 123],
        [99_999, 1],
        [10, 0],
      ] as const) {
        const part = await backend.read('data', name, { offset, length });
        expect(part.equals(data.subarray(offset, offset + length))).toBe(true);
      }
      for (const [offset, length] of [
        [99_999, 2],
        [100_000, 1],
        [200_000, 5],
      ] as const) {
        await expect(backend.read('data', name, { offset, length })).rejects.toMatchObject({ code: 'damaged' });
      }
      await backend.remove('data', name);
    });

    test('keeps empty and large files', async () => {
      for (const size of [0, 40 * 1024 * 1024 + 17]) {
        const data = Buffer.alloc(size, 7);
        const name = sha256(data);
        await backend.write('data', name, data);
        expect(await listed(backend, 'data')).toEqual(new Map([[name, size]]));
        expect(sha256(await backend.read('data', name))).toBe(name);
        await backend.remove('data', name);
      }
    });

    test('of many who create the config at once exactly one succeeds', async () => {
      const tries = Array.from({ length: 8 }, (_, i) => backend.write('config', '', Buffer.of(i), { ifAbsent: true }));
      const results = await Promise.allSettled(tries);
      const won = results.flatMap((result, i) => (result.status === 'fulfilled' ? [i] : []));
      expect(won).toHaveLength(1);
      const reasons = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []));
      expect(reasons).toEqual(reasons.map(() => expect.objectContaining({ code: 'exists' }) as unknown));
      expect(await backend.read('config', '')).toEqual(Buffer.of(won[0]!));
      expect(await listed(backend, 'config')).toEqual(new Map([['', 1]]));
      await backend.remove('config', '');
    });

    test('lists a thousand and more files, all of them once', async () => {
      const names = Array.from({ length: 1100 }, () => sha256(randomBytes(8)));
      for (let i = 0; i < names.length; i += 50) {
        await Promise.all(names.slice(i, i + 50).map((name) => backend.write('data', name, Buffer.of(1))));
      }
      const seen: string[] = [];
      for await (const { name } of backend.list('data')) seen.push(name);
      expect(seen.toSorted()).toEqual(names.toSorted());
      for (let i = 0; i < names.length; i += 50) {
        await Promise.all(names.slice(i, i + 50).map((name) => backend.remove('data', name)));
      }
    });

    test.each(['', '../../etc/passwd', 'a'.repeat(63), 'G'.repeat(64), `${'a'.repeat(64)}/x`])(
      'refuses the name %j',
      async (bad) => {
        for (const type of TYPES) {
          await expect(backend.read(type, bad)).rejects.toMatchObject({ code: 'bad-name' });
          await expect(backend.write(type, bad, Buffer.of(1))).rejects.toMatchObject({ code: 'bad-name' });
          await expect(backend.remove(type, bad)).rejects.toMatchObject({ code: 'bad-name' });
        }
      },
    );

    test('a second opening of the same place sees the same files', async () => {
      const data = randomBytes(100);
      await backend.write('index', sha256(data), data);
      const other = await make();
      expect((await other.read('index', sha256(data))).equals(data)).toBe(true);
      await other.remove('index', sha256(data));
      await other.close();
      expect(await listed(backend, 'index')).toEqual(new Map());
    });
  });
}
