import { randomBytes } from 'node:crypto';
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rm, truncate, unlink, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { compress } from './compress.ts';
import { sha256 } from './hash.ts';
import { initRepository, openLocalBackend, openRepository } from './index.ts';
import type { Id, Lock, RepositoryApi, Snapshot, Writer } from './index.ts';
import { openMasterKey } from './keys.ts';
import { Sealer } from './seal.ts';
import { makeFolder, saveSnapshotOf } from './test-folder.ts';

const CHEAP = { cost: { N: 2, r: 8, p: 1 } };
let folder: string;
let healthy: string;
let snapshot: Snapshot;
/** A fresh copy of the healthy repository, for each test to damage. */
let place: string;
let count = 0;

beforeAll(async () => {
  folder = await mkdtemp('/var/tmp/nw-restic-check-');
  healthy = join(folder, 'healthy');
  await makeFolder(join(folder, 'site'), { oddLinks: true, files: 30 });
  const repository = await initRepository(openLocalBackend(healthy), 'x', CHEAP);
  const lock = await repository.lock({ exclusive: false, holder: 'test' });
  await repository.loadIndex();
  snapshot = await saveSnapshotOf(repository, lock, join(folder, 'site'), { packSize: 1024 * 1024 });
  await lock.release();
});
afterAll(() => rm(folder, { recursive: true, force: true }));
beforeEach(async () => {
  place = join(folder, `copy-${count++}`);
  await cp(healthy, place, { recursive: true });
});

async function open(): Promise<RepositoryApi> {
  const repository = await openRepository(openLocalBackend(place), 'x');
  return repository;
}

async function under<T>(exclusive: boolean, work: (repository: RepositoryApi, lock: Lock) => Promise<T>): Promise<T> {
  const repository = await open();
  const lock = await repository.lock({ exclusive, holder: 'test' });
  try {
    return await work(repository, lock);
  } finally {
    await lock.release();
  }
}

const prune = (): Promise<unknown> => under(true, (repository, lock) => repository.prune(lock, { maxUnusedShare: 0 }));

async function codes(readData: 'none' | 'all' = 'all'): Promise<string[]> {
  const { problems } = await (await open()).check({ readData });
  return [...new Set(problems.map(({ code }) => code))].toSorted();
}

async function files(type: string): Promise<string[]> {
  const entries = await readdir(join(place, type), { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

async function edit(path: string, change: (bytes: Buffer) => void): Promise<void> {
  const bytes = await readFile(path);
  change(bytes);
  await chmod(path, 0o600);
  await writeFile(path, bytes);
}

async function largestPack(): Promise<string> {
  const sizes = await Promise.all(
    (await files('data')).map(async (path) => ({ path, size: (await readFile(path)).length })),
  );
  return sizes.toSorted((a, b) => b.size - a.size)[0]!.path;
}

/** The pack that holds the snapshot's trees. */
async function treePack(): Promise<string> {
  const sealer = await sealerOf();
  for (const path of await files('data')) {
    const bytes = await readFile(path);
    const length = bytes.readUInt32LE(bytes.length - 4);
    const header = sealer.open(bytes.subarray(bytes.length - 4 - length, bytes.length - 4), 'header');
    if (header[0]! % 2 === 1) return path;
  }
  throw new Error('no pack of trees');
}

async function sealerOf(): Promise<Sealer> {
  return new Sealer((await openMasterKey(openLocalBackend(place), 'x')).master);
}

test('a healthy repository has no problems, and its parts make up the whole', async () => {
  expect(await codes()).toEqual([]);
  const repository = await open();
  const whole = await repository.check({ readData: 'all' });
  let packs = 0;
  let bytes = 0;
  for (let part = 1; part <= 4; part++) {
    const result = await repository.check({ readData: { part, of: 4 } });
    packs += result.packsRead;
    bytes += result.bytesRead;
  }
  // How many packs there are depends on the random polynomial of the repository: 4 to 6.
  expect(whole.packsRead).toBeGreaterThan(2);
  expect([packs, bytes, whole.snapshots]).toEqual([whole.packsRead, whole.bytesRead, 1]);
  await expect(repository.check({ readData: { part: 0, of: 4 } })).rejects.toMatchObject({ code: 'bad-slice' });
});

describe('damage is found, and prune then removes nothing', () => {
  const damages: [string, () => Promise<void>, string[], string[]][] = [
    // What, how, found without reading data, found with.
    ['a flipped byte in a pack', async () => edit(await largestPack(), (b) => (b[100]! ^= 1)), [], ['damaged']],
    ['a pack cut short', async () => truncateFile(await largestPack()), ['pack-size'], ['damaged', 'pack-size']],
    ['a pack gone', async () => unlink(await largestPack()), ['missing-pack'], ['missing-pack']],
    ['a tree pack gone', async () => unlink(await treePack()), ['missing-pack'], ['missing-pack']],
    ['a flipped byte in a tree', async () => edit(await treePack(), (b) => (b[20]! ^= 1)), ['damaged'], ['damaged']],
    ['the index gone', async () => removeAll('index'), ['missing-blob'], ['missing-blob']],
    [
      'a flipped byte in the index',
      async () => edit((await files('index'))[0]!, (b) => (b[50]! ^= 1)),
      ['damaged', 'missing-blob'],
      ['damaged', 'missing-blob'],
    ],
    [
      'a flipped byte in a snapshot',
      async () => edit((await files('snapshots'))[0]!, (b) => (b[50]! ^= 1)),
      ['damaged'],
      ['damaged'],
    ],
    ['an empty snapshot file', async () => truncateFile((await files('snapshots'))[0]!, 0), ['damaged'], ['damaged']],
  ];

  async function truncateFile(path: string, size = 1000): Promise<void> {
    await chmod(path, 0o600);
    await truncate(path, size);
  }

  async function removeAll(type: string): Promise<void> {
    for (const path of await files(type)) await unlink(path);
  }

  test.each(damages)('%s', async (_what, damage, without, withData) => {
    await damage();
    expect(await codes('none')).toEqual(without);
    expect(await codes('all')).toEqual(withData);
    const before = (await files('.')).toSorted();
    // A flipped byte that no check of the structure sees is copied by no repack either: all packs are full here.
    const refused = without.length === 0 ? 'ResticError' : await nameOfError(prune);
    expect(refused).toBe('ResticError');
    const after = (await files('.')).toSorted();
    expect(before.filter((path) => !after.includes(path))).toEqual([]);
    await rm(place, { recursive: true });
  });
});

describe('repair', () => {
  const otherFolder = async (): Promise<Snapshot> =>
    under(false, async (repository, lock) => {
      await repository.loadIndex();
      const other = join(folder, `other-${randomBytes(4).toString('hex')}`);
      await mkdir(other);
      await writeFile(join(other, 'alone.bin'), randomBytes(50_000));
      return saveSnapshotOf(repository, lock, other, { packSize: 64 * 1024 });
    });
  const saveAgain = (): Promise<Snapshot> =>
    under(false, async (repository, lock) => {
      await repository.loadIndex();
      return saveSnapshotOf(repository, lock, join(folder, 'site'), { packSize: 64 * 1024 });
    });

  test.each([
    ['a flipped byte in a pack', async () => edit(await largestPack(), (bytes) => (bytes[100]! ^= 1))],
    ['a flipped byte in a tree', async () => edit(await treePack(), (bytes) => (bytes[20]! ^= 1))],
    ['a pack that is gone', async () => unlink(await largestPack())],
  ])(
    '%s: names the snapshots it breaks, the next backup stores again what was lost, and prune goes on',
    async (_what, damage) => {
      await damage();
      const other = await otherFolder();
      const found = await (await open()).check({ readData: 'all' });
      expect(found.brokenSnapshots).toEqual([snapshot.id]);
      expect(found.brokenPacks).toHaveLength(1);

      const repaired = await under(true, (repository, lock) => repository.repair(lock, found.brokenPacks));
      expect(repaired.blobsLost).toBeGreaterThan(0);
      // What is lost is missing now and nothing is damaged: nobody will rely on it again.
      expect(new Set(await codes('all'))).toEqual(new Set(['missing-blob']));
      expect(await nameOfError(prune)).toBe('ResticError');
      await under(true, (repository, lock) => repository.prune(lock, { mayMiss: [snapshot.id] }));

      const again = await saveAgain();
      const repository = await open();
      const healed = await repository.check({ readData: 'all' });
      expect(healed.problems).toEqual([]);
      await repository.loadIndex();
      for (const [tree, name] of [
        [again.tree, 'again'],
        [other.tree, 'other'],
        [snapshot.tree, 'first'],
      ] as const) {
        await repository.restore(tree, join(folder, `${name}-${randomBytes(4).toString('hex')}`), { verify: true });
      }
    },
  );

  test('leaves a whole repository as it is, and refuses when most packs are gone: that is a store not mounted', async () => {
    const before = (await files('.')).toSorted();
    const names = (await files('data')).map((file) => basename(file));
    expect(await under(true, (repository, lock) => repository.repair(lock, names))).toEqual({
      blobsKept: 0,
      blobsLost: 0,
    });
    expect((await files('.')).toSorted()).toEqual(before);
    for (const file of (await files('data')).slice(1)) await unlink(file);
    await expect(under(true, (repository, lock) => repository.repair(lock, names))).rejects.toMatchObject({
      code: 'store-missing',
    });
    await expect(under(false, (repository, lock) => repository.repair(lock, names))).rejects.toMatchObject({
      code: 'lock-not-exclusive',
    });
  });
});

test('a restore of damaged data fails instead of giving wrong bytes', async () => {
  await edit(await largestPack(), (bytes) => (bytes[100]! ^= 1));
  const repository = await open();
  await repository.loadIndex();
  await expect(repository.restore(snapshot.tree, join(folder, 'never'))).rejects.toMatchObject({ code: 'damaged' });
});

test('blobs and packs of a killed writer are no problem, and prune removes them', async () => {
  await under(false, async (repository, lock) => {
    await repository.loadIndex();
    const writer = repository.writer(lock, { packSize: 64 * 1024 });
    // Six packs, never in an index: as after a kill.
    for (let i = 0; i < 20; i++) await writer.saveBlob('data', randomBytes(20_000));
    await new Promise((resolve) => setTimeout(resolve, 200));
  });
  expect(await codes()).toEqual([]);
  const orphaned = (await files('data')).length;
  const healthyPacks = (await readdir(join(healthy, 'data'), { recursive: true })).filter((name) => name.length > 60);
  expect(orphaned).toBeGreaterThan(healthyPacks.length);
  expect(await prune()).toMatchObject({ packsRemoved: orphaned - healthyPacks.length });
  expect(await codes()).toEqual([]);
});

test('a checkpoint makes blobs known to the next opening', async () => {
  const bytes = randomBytes(5000);
  await under(false, async (repository, lock) => {
    await repository.loadIndex();
    const writer = repository.writer(lock);
    await writer.saveBlob('data', bytes);
    await writer.checkpoint();
    // Not closed: as after a kill.
  });
  const repository = await open();
  await repository.loadIndex();
  expect(repository.hasBlob('data', sha256(bytes))).toBe(true);
  expect((await repository.readBlob('data', sha256(bytes))).equals(bytes)).toBe(true);
});

test('a snapshot of a tree that is in no index is refused', async () => {
  await under(false, async (repository, lock) => {
    await repository.loadIndex();
    const made = { ...snapshot, tree: 'f'.repeat(64) };
    await expect(repository.saveSnapshot(lock, made)).rejects.toMatchObject({ code: 'missing-blob' });
    const writer: Writer = repository.writer(lock);
    const tree = await writer.saveTree([{ name: 'l', type: 'symlink', mode: 0o777, mtimeNs: 5n, linktarget: 'x' }]);
    await expect(repository.saveSnapshot(lock, { ...snapshot, tree })).rejects.toMatchObject({ code: 'missing-blob' });
  });
});

test('two writers of one repository never leave one relying on packs the other has not indexed', async () => {
  const bytes = randomBytes(100_000);
  await under(false, async (repository, lock) => {
    await repository.loadIndex();
    const [one, other] = [repository.writer(lock, { packSize: 64 * 1024 }), repository.writer(lock)];
    await one.saveBlob('data', bytes);
    while (!repository.hasBlob('data', sha256(bytes))) await new Promise((resolve) => setTimeout(resolve, 5));
    expect((await other.saveBlob('data', bytes)).isNew).toBe(false);
    await other.close();
    // The first is "killed" here.
  });
  const repository = await open();
  await repository.loadIndex();
  expect(repository.hasBlob('data', sha256(bytes))).toBe(true);
});

test('the same blob many times at once is stored once', async () => {
  await under(false, async (repository, lock) => {
    await repository.loadIndex();
    const writer = repository.writer(lock);
    const bytes = randomBytes(10_000);
    const saved = await Promise.all(Array.from({ length: 50 }, () => writer.saveBlob('data', bytes)));
    expect(saved.filter(({ isNew }) => isNew)).toHaveLength(1);
    const stats = await writer.close();
    expect([stats.blobsNew, stats.blobsReused, stats.packs]).toEqual([1, 49, 1]);
  });
});

test('a store that fails ends the writer: nothing later claims to be saved', async () => {
  await under(false, async (repository, lock) => {
    await repository.loadIndex();
    const writer = repository.writer(lock, { packSize: 64 * 1024 });
    repository.backend.write = async () => {
      throw new Error('disk on fire');
    };
    const many = async (): Promise<void> => {
      for (let i = 0; i < 1000; i++) await writer.saveBlob('data', randomBytes(50_000));
    };
    await expect(many()).rejects.toThrow('disk on fire');
    await expect(writer.checkpoint()).rejects.toThrow('disk on fire');
    await expect(writer.close()).rejects.toThrow('disk on fire');
  });
});

describe('hostile files end as errors', () => {
  async function writeSealed(type: 'index' | 'snapshot', plain: Buffer): Promise<Id> {
    const sealed = (await sealerOf()).seal(plain);
    await openLocalBackend(place).write(type, sha256(sealed), sealed);
    return sha256(sealed);
  }

  test('an index that unpacks to a gigabyte', async () => {
    const bomb = compress(Buffer.alloc(1_000_000_000, ' '));
    expect(bomb.length).toBeLessThan(200_000);
    await writeSealed('index', Buffer.concat([Buffer.of(2), bomb]));
    await expect((await open()).loadIndex()).rejects.toMatchObject({ code: 'damaged' });
    expect(await codes('none')).toEqual(['damaged']);
  });

  test.each([
    ['an unknown encoding', Buffer.from([3, 1, 2])],
    ['nothing', Buffer.alloc(0)],
    ['no object', Buffer.from('[1]')],
    ['no JSON', Buffer.from('{')],
  ])('an index of %s', async (_what, plain) => {
    await writeSealed('index', plain);
    await expect((await open()).loadIndex()).rejects.toMatchObject({ code: 'damaged' });
  });

  test('a key file that asks for all memory there is is passed over', async () => {
    const data = 'A'.repeat(200);
    const key = { kdf: 'scrypt', N: 2 ** 30, r: 8, p: 1, salt: data, data, created: '', hostname: '', username: '' };
    const bytes = Buffer.from(JSON.stringify(key));
    await openLocalBackend(place).write('key', sha256(bytes), bytes);
    expect(await codes('none')).toEqual([]);
    await expect(openRepository(openLocalBackend(place), 'wrong')).rejects.toMatchObject({ code: 'wrong-password' });
  });

  test.each([1, 3, '2', undefined])('a repository of version %j is refused', async (version) => {
    const config = { version, id: 'a'.repeat(64), chunker_polynomial: '25b468838dcb75' };
    const sealed = (await sealerOf()).seal(Buffer.from(JSON.stringify(config)));
    await openLocalBackend(place).write('config', '', sealed);
    await expect(open()).rejects.toMatchObject({ code: 'unknown-version' });
  });

  test('a chunker polynomial that can be divided is refused', async () => {
    const config = { version: 2, id: 'a'.repeat(64), chunker_polynomial: '25b468838dcb76' };
    const sealed = (await sealerOf()).seal(Buffer.from(JSON.stringify(config)));
    await openLocalBackend(place).write('config', '', sealed);
    await expect(open()).rejects.toMatchObject({ code: 'damaged' });
  });

  test('a file that lies about its size is found by check, though not by restic', async () => {
    await under(false, async (repository, lock) => {
      await repository.loadIndex();
      const writer = repository.writer(lock);
      const { id } = await writer.saveBlob('data', Buffer.from('four'));
      const tree = await writer.saveTree([
        { name: 'f', type: 'file', mode: 0o644, mtimeNs: 0n, size: 5, content: [id] },
      ]);
      await writer.close();
      await repository.saveSnapshot(lock, { ...snapshot, tree });
    });
    expect(await codes('none')).toEqual(['wrong-size']);
  });

  test('a tree that holds itself twice, sixty folders deep, is checked and pruned at once', async () => {
    await under(false, async (repository, lock) => {
      await repository.loadIndex();
      const writer = repository.writer(lock);
      let tree = await writer.saveTree([]);
      for (let depth = 0; depth < 60; depth++) {
        tree = await writer.saveTree(
          ['a', 'b'].map((name) => ({ name, type: 'dir' as const, mode: 0o755, mtimeNs: 0n, subtree: tree })),
        );
      }
      await writer.close();
      await repository.saveSnapshot(lock, { ...snapshot, tree });
    });
    expect(await codes('none')).toEqual([]);
    await prune();
    expect(await codes('none')).toEqual([]);
  });
});

describe('what may not be', () => {
  test('forget and prune without an exclusive lock', async () => {
    await under(false, async (repository, lock) => {
      await expect(repository.forget(lock, [snapshot.id])).rejects.toMatchObject({ code: 'lock-not-exclusive' });
      await expect(repository.prune(lock)).rejects.toMatchObject({ code: 'lock-not-exclusive' });
    });
    expect(await files('snapshots')).toHaveLength(1);
  });

  test('creating a repository over another', async () => {
    await expect(initRepository(openLocalBackend(place), 'y', CHEAP)).rejects.toMatchObject({ code: 'exists' });
    expect(await files('keys')).toHaveLength(1);
  });

  test('opening with a wrong or empty password, or where nothing is', async () => {
    await expect(openRepository(openLocalBackend(place), 'no')).rejects.toMatchObject({ code: 'wrong-password' });
    await expect(openRepository(openLocalBackend(place), '')).rejects.toMatchObject({ code: 'bad-password' });
    const nothing = openRepository(openLocalBackend(join(place, 'nothing')), 'x');
    await expect(nothing).rejects.toMatchObject({ code: 'not-a-repository' });
  });
});

test('a second password opens the same repository, and the first can be taken away', async () => {
  const repository = await open();
  const second = await repository.addKey('second');
  expect(await repository.listKeys()).toHaveLength(2);
  const again = await openRepository(openLocalBackend(place), 'second');
  expect(again.id).toBe(repository.id);
  const first = (await again.listKeys()).find(({ current }) => !current)!;
  expect(first.id).not.toBe(second);
  await expect(again.removeKey(second)).rejects.toMatchObject({ code: 'key-in-use' });
  await again.removeKey(first.id);
  await expect(open()).rejects.toMatchObject({ code: 'wrong-password' });
  expect((await again.check()).problems).toEqual([]);
});

test('writing with an index that was read before the lock was taken is refused', async () => {
  const repository = await open();
  await repository.loadIndex();
  const lock = await repository.lock({ exclusive: false, holder: 'test' });
  expect(() => repository.writer(lock)).toThrow('before the lock');
  await repository.loadIndex();
  expect(() => repository.writer(lock)).not.toThrow();
  await lock.release();
});

async function nameOfError(work: () => Promise<unknown>): Promise<string> {
  return work().then(
    () => 'none',
    (error: unknown) => (error instanceof Error ? error.name : String(error)),
  );
}
