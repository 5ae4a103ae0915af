// Our migration makes what better-auth asks for: what it would still create or add, by its own reckoning, is nothing.
import { getMigrations } from 'better-auth/db/migration';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestPlatform, type TestPlatform } from '../../platform/test-platform.ts';
import { authOf } from './auth.ts';

let platform: TestPlatform;
beforeAll(async () => {
  platform = await openTestPlatform();
});
afterAll(() => platform.close());

test('better-auth finds nothing to create, to add or to complain of', async () => {
  const { options } = await authOf(platform);
  const found = await getMigrations(options, { throwOnUnsafe: false });
  expect(found.toBeCreated).toEqual([]);
  expect(found.toBeAdded).toEqual([]);
  expect(found.toBeAddedIndexes).toEqual([]);
  expect(found.schemaProblems).toEqual([]);
  expect(found.unsafeChanges).toEqual([]);
});

test('it would find a column that is missing (the test can fail)', async () => {
  const { options } = await authOf(platform);
  await platform.connection.pool.query('alter table auth_passkeys drop column aaguid');
  const found = await getMigrations(options, { throwOnUnsafe: false });
  expect(found.toBeAdded.map(({ table }) => table)).toEqual(['auth_passkeys']);
});
