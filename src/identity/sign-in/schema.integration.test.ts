// Our migration makes what better-auth asks for: what it would still create or add, by its own reckoning, is nothing.
import { getMigrations } from 'better-auth/db/migration';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestPlatform, type TestPlatform } from '../../platform/test-platform.ts';
import { authOf } from './auth.ts';
import { signInTidyLoop } from './tidy-sign-in.ts';

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

test('what has run out is removed, what has not stays', async () => {
  const { pool } = platform.connection;
  await pool.query(
    `insert into auth_verifications (id, identifier, value, "expiresAt") values
       ('old', 'old', '', now() - interval '1 second'), ('new', 'new', '', now() + interval '1 hour')`,
  );
  await signInTidyLoop.run(platform, new AbortController().signal);
  expect((await pool.query('select id from auth_verifications')).rows).toEqual([{ id: 'new' }]);
});

test('it would find a column that is missing (the test can fail)', async () => {
  const { options } = await authOf(platform);
  await platform.connection.pool.query('alter table auth_passkeys drop column aaguid');
  const found = await getMigrations(options, { throwOnUnsafe: false });
  expect(found.toBeAdded.map(({ table }) => table)).toEqual(['auth_passkeys']);
});
