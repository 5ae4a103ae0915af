import { Kysely, PostgresDialect, sql, type RawBuilder } from 'kysely';
import { Pool, TypeOverrides } from 'pg';
import { NachtwachtError } from '../errors.ts';
import type { Db } from './tables.ts';

/** A pool and the typed query builder on it. */
export interface Connection {
  url: string;
  pool: Pool;
  db: Db;
  close(): Promise<void>;
}

// int8 comes as text from pg; ours are byte counts and claim numbers, below 2^53.
const typeParsers = new TypeOverrides();
typeParsers.setTypeParser(20, (text) => {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new Error(`bigint ${text} does not fit a JavaScript number`);
  return value;
});

/** Opens a pool; connections are made when first needed. Server errors on idle connections go to `onError`. */
export function connect(url: string, options: { max?: number; onError?: (error: Error) => void } = {}): Connection {
  const pool = new Pool({
    connectionString: url,
    max: options.max ?? 10,
    connectionTimeoutMillis: 10_000,
    application_name: 'nachtwacht',
    types: typeParsers,
  });
  pool.on('error', (error) => options.onError?.(error));
  // The pool hears only idle connections: one that is lost while somebody holds it (an advisory lock) would end the process.
  pool.on('connect', (client) => client.on('error', (error) => options.onError?.(error)));
  const db: Db = new Kysely({ dialect: new PostgresDialect({ pool }) });
  return {
    url,
    pool,
    db,
    close: async () => {
      await db.destroy();
      // Kysely leaves a pool alone that it never asked for a connection.
      if (!pool.ended && !pool.ending) await pool.end();
    },
  };
}

/** A value for a jsonb column. Needed because pg makes PostgreSQL arrays of JavaScript arrays. */
export function json<T>(value: T): RawBuilder<T> {
  return sql<T>`${jsonText(value)}::jsonb`;
}

/**
 * JSON that jsonb takes. It refuses the character NUL and halves of surrogate pairs, and with them the whole row: a site
 * could make its own failure one that cannot be recorded. In their place stands U+FFFD, in keys too.
 */
export function jsonText(value: unknown): string {
  const text = JSON.stringify(value ?? null);
  // Only these are written as such escapes; the rare false hit (a backslash before) costs a second pass.
  return /\\u(?:0000|d[89a-f])/.test(text) ? JSON.stringify(JSON.parse(text, storable)) : text;
}

function storable(_key: string, value: unknown): unknown {
  if (typeof value === 'string') return storableText(value);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value);
  if (entries.every(([key]) => key === storableText(key))) return value;
  return Object.fromEntries(entries.map(([key, one]) => [storableText(key), one]));
}

function storableText(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\ufffd');
}

/** Throws a clear error when the database cannot be reached. */
export async function assertReachable(connection: Connection): Promise<void> {
  try {
    await connection.pool.query('select 1');
  } catch (cause) {
    throw new NachtwachtError({
      code: 'database-unreachable',
      kind: 'internal',
      message: `The database cannot be reached: ${cause instanceof Error ? cause.message : String(cause)}.`,
      nextStep: 'Check DATABASE_URL and that the server runs; without DATABASE_URL, start `nachtwacht serve`.',
      retryable: true,
      cause,
    });
  }
}
