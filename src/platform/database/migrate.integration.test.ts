import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect } from './connect.ts';
import { knownMigrations, migrate, pendingMigrations } from './migrate.ts';
import { createTestDatabase, type TestDatabase } from './test-database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

test('five processes at once bring an empty database up to date exactly once', async () => {
  await database.pool.query('drop schema public cascade');
  await database.pool.query('create schema public');
  expect(await pendingMigrations(database)).toEqual(knownMigrations());
  const others = Array.from({ length: 5 }, () => connect(database.url, { max: 1 }));
  const ran = await Promise.all(others.map((each) => migrate(each)));
  await Promise.all(others.map((each) => each.close()));
  expect(ran.flat().toSorted()).toEqual(knownMigrations());
  expect(await migrate(database)).toEqual([]);
  expect(await pendingMigrations(database)).toEqual([]);
});

test('a database that a newer program has been at is refused, and not touched', async () => {
  await database.pool.query(`insert into migrations (name) values ('9999-from-the-future')`);
  await expect(migrate(database)).rejects.toMatchObject({
    code: 'database-newer',
    details: { unknown: ['9999-from-the-future'] },
  });
  await expect(pendingMigrations(database)).rejects.toMatchObject({ code: 'database-newer' });
  await database.pool.query(`delete from migrations where name = '9999-from-the-future'`);
  expect(await migrate(database)).toEqual([]);
});
