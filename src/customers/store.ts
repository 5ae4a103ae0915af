import { sql } from 'kysely';
import type { Db } from '../platform/database/index.ts';

export interface CustomerRow {
  id: string;
  name: string;
  email: string | null;
  created_at: Date;
  removed_at: Date | null;
}

declare module '../platform/database/tables.ts' {
  interface Tables {
    customers: CustomerRow;
  }
}

/** Undefined when a customer of that name (in any case) is there already. */
export async function insertCustomer(db: Db, row: Omit<CustomerRow, 'removed_at'>): Promise<CustomerRow | undefined> {
  return db
    .insertInto('customers')
    .values({ ...row, removed_at: null })
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst();
}

export function listCustomers(db: Db): Promise<CustomerRow[]> {
  return db.selectFrom('customers').selectAll().where('removed_at', 'is', null).orderBy('name').execute();
}

/** By id or by name in any case. */
export function findCustomer(db: Db, reference: string): Promise<CustomerRow | undefined> {
  return db
    .selectFrom('customers')
    .selectAll()
    .where('removed_at', 'is', null)
    .where((is) => is.or([is('id', '=', reference), is(sql`lower(name)`, '=', reference.toLowerCase())]))
    .executeTakeFirst();
}

export async function markCustomerRemoved(db: Db, id: string, at: Date): Promise<void> {
  await db.updateTable('customers').set({ removed_at: at }).where('id', '=', id).execute();
}
