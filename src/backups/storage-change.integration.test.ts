// What happens to repositories when the house's storage changes: they stay where they were made, each with its own keys.
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { addCustomer } from '../customers/index.ts';
import { systemActor } from '../identity/index.ts';
import { putHouseSetting, putHouseStore, storeKeysContext } from '../platform/house/index.ts';
import { openTestPlatform, type TestPlatform } from '../platform/test-platform.ts';
import { addSite } from '../sites/index.ts';
import { countKeysToExport, exportKey } from './export-key.ts';
import { ensureRepositoryRow, openSiteRepository, repositoryS3Keys } from './open-site-repository.ts';
import { findRepository } from './store.ts';

const admin = systemActor('test');
let platform: TestPlatform;
let customer: string;
let sites = 0;
let other: string;

beforeAll(async () => {
  platform = await openTestPlatform();
  customer = (await addCustomer(platform, admin, { name: 'Test' })).id;
  other = await mkdtemp(path.join(os.tmpdir(), 'nw-other-'));
});
afterAll(async () => {
  await platform.close();
  await rm(other, { recursive: true, force: true });
});

async function newSite(): Promise<string> {
  return (await addSite(platform, admin, { url: `http://site-${++sites}.test`, customer, allowHttp: true })).id;
}

async function useFolder(folder: string | null): Promise<void> {
  const by = { actor: 'test', at: platform.clock.now() };
  await putHouseSetting(platform.db, 'storage', { value: { kind: 'folder', folder } }, by);
}

async function useS3(bucket: string): Promise<string> {
  const at = platform.clock.now();
  const id = `store-${bucket}`;
  const keys = await platform.secrets.seal(
    storeKeysContext(id),
    JSON.stringify({ accessKey: `key-of-${bucket}`, secretKey: 'secret' }),
  );
  const place = { endpoint: 'https://s3.example', bucket, region: 'eu', prefix: 'wp' };
  await putHouseStore(platform.db, { id, ...place, keys, at });
  await putHouseSetting(platform.db, 'storage', { value: { kind: 's3', store: id } }, { actor: 'test', at });
  return id;
}

it('a repository that was made stays where it is, and opens as before', async () => {
  const site = await newSite();
  const made = await openSiteRepository(platform, site);
  await made.close();
  await useFolder(other);
  const again = await openSiteRepository(platform, site);
  expect(again.id).toBe(made.id);
  expect(again.backend.description).toContain(platform.config.dataFolder);
  await again.close();
  const fresh = await openSiteRepository(platform, await newSite());
  expect(fresh.backend.description).toContain(other);
  await fresh.close();
});

it('a place that was chosen and never used follows the house', async () => {
  await useS3('wrong');
  const site = await newSite();
  expect((await ensureRepositoryRow(platform, site)).place).toMatchObject({ kind: 's3', bucket: 'wrong' });
  await useFolder(null);
  const repo = await openSiteRepository(platform, site);
  expect(repo.backend.description).toContain(path.join('repositories', site));
  await repo.close();
  await useS3('later');
  expect((await findRepository(platform.db, site))?.place).toMatchObject({ kind: 'local' });
  expect((await findRepository(platform.db, site))?.repository_id).toBe(repo.id);
  await useFolder(null);
});

it('a repository that a dead process made without saying so is noted when it is next opened', async () => {
  const site = await newSite();
  const repo = await openSiteRepository(platform, site);
  await repo.close();
  await platform.connection.pool.query('update repositories set repository_id = null where site_id = $1', [site]);
  await (await openSiteRepository(platform, site)).close();
  expect((await findRepository(platform.db, site))?.repository_id).toBe(repo.id);
});

it("each store's repositories get that store's keys, also when the house uses another by now", async () => {
  await useS3('first');
  const inFirst = await ensureRepositoryRow(platform, await newSite());
  await useS3('second');
  const inSecond = await ensureRepositoryRow(platform, await newSite());
  expect((await repositoryS3Keys(platform, inFirst))?.accessKey).toBe('key-of-first');
  expect((await repositoryS3Keys(platform, inSecond))?.accessKey).toBe('key-of-second');
  await platform.connection.pool.query(`delete from house_stores where bucket = 'first'`);
  await expect(repositoryS3Keys(platform, inFirst)).rejects.toMatchObject({
    code: 'store-keys-missing',
    message: expect.stringContaining('https://s3.example/first') as string,
  });
  await useFolder(null);
});

it('counts the repositories whose password nobody has kept since it was set', async () => {
  const before = await countKeysToExport(platform.db);
  const site = await newSite();
  await ensureRepositoryRow(platform, site);
  expect(await countKeysToExport(platform.db)).toBe(before);
  await (await openSiteRepository(platform, site)).close();
  expect(await countKeysToExport(platform.db)).toBe(before + 1);
  await exportKey(platform, admin, site);
  expect(await countKeysToExport(platform.db)).toBe(before);
  await platform.connection.pool.query(
    `update repositories set password_set_at = exported_at + interval '1 second' where site_id = $1`,
    [site],
  );
  expect(await countKeysToExport(platform.db)).toBe(before + 1);
});
