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
