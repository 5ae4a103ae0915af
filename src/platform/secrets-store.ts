import { sql, type Generated } from 'kysely';
import type { Db } from './database/index.ts';

declare module './database/tables.ts' {
  interface Tables {
    data_keys: { id: Generated<number>; wrapped: Buffer; made_at: Generated<Date> };
  }
}

export interface DataKeyRow {
  id: number;
  wrapped: Buffer;
}

export function listDataKeys(db: Db): Promise<DataKeyRow[]> {
  return db.selectFrom('data_keys').select(['id', 'wrapped']).orderBy('id').execute();
}

export function findDataKey(db: Db, id: number): Promise<DataKeyRow | undefined> {
  return db.selectFrom('data_keys').select(['id', 'wrapped']).where('id', '=', id).executeTakeFirst();
}

export function insertDataKey(db: Db, wrapped: Buffer): Promise<DataKeyRow> {
  return db.insertInto('data_keys').values({ wrapped }).returning(['id', 'wrapped']).executeTakeFirstOrThrow();
}

export async function replaceWrapped(db: Db, rows: DataKeyRow[]): Promise<void> {
  await db.transaction().execute(async (trx) => {
    for (const row of rows) {
      await trx.updateTable('data_keys').set({ wrapped: row.wrapped }).where('id', '=', row.id).execute();
    }
  });
}

/** Only when there is none: processes that start at the same moment agree on one. */
export async function insertFirstDataKey(db: Db, wrapped: () => Buffer): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await sql`lock table data_keys in share row exclusive mode`.execute(trx);
    const any = await trx.selectFrom('data_keys').select('id').limit(1).executeTakeFirst();
    if (!any) await trx.insertInto('data_keys').values({ wrapped: wrapped() }).execute();
  });
}
