import { readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type pg from 'pg';
import { NachtwachtError } from '../errors.ts';
import type { Connection } from './connect.ts';

/** Runs one SQL text (several statements allowed when there are no values). */
export type RunSql = (text: string, values?: unknown[]) => Promise<unknown[]>;

/** A file `migrations/NNNN-name.ts` exports this as `up`. It runs once, in a transaction of its own. */
export type Migration = (run: RunSql) => Promise<void>;

const folder = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../../migrations');

/** Any number, the same in every version: only one process migrates a database at a time. */
const lockNumber = 7_348_201;

/** Names of the migrations of this program, in order. */
export function knownMigrations(): string[] {
  return readdirSync(folder)
    .filter((name) => /^\d{4}-[a-z0-9-]+\.ts$/.test(name))
    .map((name) => name.slice(0, -3))
    .toSorted();
}

/** Brings the database up to this program; refuses a database that a newer program has been at. Gives what it ran. */
export async function migrate(connection: Connection): Promise<string[]> {
  const client = await connection.pool.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [lockNumber]);
    await client.query(
      'create table if not exists migrations (name text primary key, applied_at timestamptz not null default now())',
    );
    const todo = pendingOf(await appliedIn(client));
    for (const name of todo) await apply(client, name);
    return todo;
  } finally {
    await client.query('select pg_advisory_unlock($1)', [lockNumber]).catch(() => {});
    client.release();
  }
}

/** Which migrations the database still lacks; throws when it is newer than the program. Changes nothing. */
export async function pendingMigrations(connection: Connection): Promise<string[]> {
  const found = await connection.pool.query<{ there: boolean }>(
    `select to_regclass('migrations') is not null as there`,
  );
  if (!found.rows[0]?.there) return knownMigrations();
  return pendingOf(await appliedIn(connection.pool));
}

async function appliedIn(queryable: pg.Pool | pg.PoolClient): Promise<string[]> {
  const { rows } = await queryable.query<{ name: string }>('select name from migrations');
  return rows.map((row) => row.name);
}

function pendingOf(applied: string[]): string[] {
  const known = knownMigrations();
  const unknown = applied.filter((name) => !known.includes(name)).toSorted();
  if (unknown.length > 0) {
    throw new NachtwachtError({
      code: 'database-newer',
      kind: 'conflict',
      message: `The database was changed by a newer Nachtwacht (it has ${unknown.join(', ')}, unknown to this one).`,
      nextStep: 'Run the newer version, or put back a copy of the database from before the upgrade.',
      retryable: false,
      details: { unknown },
    });
  }
  return known.filter((name) => !applied.includes(name));
}

async function apply(client: pg.PoolClient, name: string): Promise<void> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- our own file: each exports `up`
  const module = (await import(pathToFileURL(path.join(folder, `${name}.ts`)).href)) as { up: Migration };
  await client.query('begin');
  try {
    await module.up(async (text, values) => {
      const result = values ? await client.query(text, values) : await client.query(text);
      return result.rows;
    });
    await client.query('insert into migrations (name) values ($1)', [name]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}
