import { mkdtemp, readdir, rm, stat, utimes, writeFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startCeph } from '../../e2e/harness/ceph.ts';
import type { CephGateway } from '../../e2e/harness/ceph.ts';
import { openLocalBackend } from './backend-local.ts';
import { openS3Backend } from './backend-s3.ts';
import { backendSuite } from './backend-suite.ts';
import { sha256 } from './hash.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp('/var/tmp/nw-restic-');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

backendSuite('local', async () => openLocalBackend(join(folder, 'suite')));

describe('local files', () => {
  const data = Buffer.from('content');

  test('only the owner may read them, and no half-written file is left', async () => {
    const backend = openLocalBackend(join(folder, 'modes'));
    await backend.write('data', sha256(data), data);
    const path = join(folder, 'modes', 'data', sha256(data).slice(0, 2), sha256(data));
    expect((await stat(path)).mode & 0o777).toBe(0o400);
    expect((await stat(join(folder, 'modes', 'data'))).mode & 0o077).toBe(0);
    expect(await readdir(join(folder, 'modes', 'tmp'))).toEqual([]);
  });

  test('what a killed process left half-written goes after a day, not before', async () => {
    const root = join(folder, 'sweep');
    await mkdir(join(root, 'tmp'), { recursive: true });
    const [old, fresh] = [join(root, 'tmp', 'old'), join(root, 'tmp', 'fresh')];
    for (const path of [old, fresh]) await writeFile(path, 'half');
    const dayAgo = Date.now() / 1000 - 25 * 3600;
    await utimes(old, dayAgo, dayAgo);
    await openLocalBackend(root).write('data', sha256(data), data);
    expect(await readdir(join(root, 'tmp'))).toEqual(['fresh']);
  });

  test('files with other names are not listed', async () => {
    const root = join(folder, 'strangers');
    const backend = openLocalBackend(root);
    await backend.write('index', sha256(data), data);
    await writeFile(join(root, 'index', 'README'), 'hello');
    await writeFile(join(root, 'index', `${sha256(data)}.bak`), 'hello');
    const names: string[] = [];
    for await (const { name } of backend.list('index')) names.push(name);
    expect(names).toEqual([sha256(data)]);
  });
});

describe('S3 (Ceph RADOS gateway)', () => {
  let ceph: CephGateway;
  beforeAll(async () => {
    ceph = await startCeph();
  });
  afterAll(() => ceph.stop());

  backendSuite('S3', async () => openS3Backend({ ...ceph, prefix: 'suite' }));

  test('repositories beside each other in one bucket do not see each other', async () => {
    const [one, other] = ['sites/1', 'sites/10'].map((prefix) => openS3Backend({ ...ceph, prefix }));
    await one!.write('key', sha256(Buffer.of(1)), Buffer.of(1));
    const seen: string[] = [];
    for await (const { name } of other!.list('key')) seen.push(name);
    expect(seen).toEqual([]);
  });

  test('a wrong secret is said as such and is not tried again', async () => {
    const backend = openS3Backend({ ...ceph, prefix: 'x', secretAccessKey: 'wrong' });
    await expect(backend.read('config', '')).rejects.toMatchObject({ code: 'access-denied', retryable: false });
  });

  test('a bucket that is not there is said as such', async () => {
    const backend = openS3Backend({ ...ceph, prefix: 'x', bucket: 'nobody-has-this' });
    const listing = backend.list('key')[Symbol.asyncIterator]().next();
    await expect(listing).rejects.toMatchObject({ code: 'no-bucket' });
    await expect(backend.write('key', sha256(Buffer.of(1)), Buffer.of(1))).rejects.toMatchObject({ code: 'no-bucket' });
  });

  test('an unreachable store is worth another try', async () => {
    const backend = openS3Backend({ ...ceph, prefix: 'x', endpoint: 'http://127.0.0.1:9' });
    await expect(backend.read('config', '')).rejects.toMatchObject({ code: 'store-failed', retryable: true });
  });
});
