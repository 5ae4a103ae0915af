import { sql } from 'kysely';
import type { Db } from './tables.ts';

/** Runs `work` unless somebody else in the whole installation is at work under this name. True = it ran. */
export async function runAlone(db: Db, name: string, work: () => Promise<void>): Promise<boolean> {
  return db.connection().execute(async (session) => {
    const key = `nachtwacht ${name}`;
    const lock = await sql<{
      got: boolean;
    }>`select pg_try_advisory_lock(hashtextextended(${key}, 0)) as got`.execute(session);
    if (!lock.rows[0]?.got) return false;
    try {
      await work();
      return true;
    } finally {
      await sql`select pg_advisory_unlock(hashtextextended(${key}, 0))`.execute(session);
    }
  });
}

/**
 * Process id at the server of who is at work under this name; undefined = nobody. Work that lasts asks now and then: when
 * its session was lost, so was the lock, and somebody else may be at work.
 */
export async function aloneBy(db: Db, name: string): Promise<number | undefined> {
  const key = `nachtwacht ${name}`;
  const found = await sql<{ pid: number }>`
    select pid from pg_locks
    where locktype = 'advisory' and granted and objsubid = 1
      and database = (select oid from pg_database where datname = current_database())
      and ((classid::bigint << 32) | objid::bigint) = hashtextextended(${key}, 0)`.execute(db);
  return found.rows[0]?.pid;
}
