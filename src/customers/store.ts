import { sql } from 'kysely';
import type { Db } from '../platform/database/index.ts';

export interface CustomerRow {
  id: string;
  name: string;
  contact: string | null;
  email: string | null;
  phone: string | null;
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

export type CountedCustomer = CustomerRow & { sites: number };

/** By name; with how many sites are under care. */
export function listCustomers(db: Db): Promise<CountedCustomer[]> {
  return db
    .selectFrom('customers')
    .selectAll()
    .select(
      sql<number>`(select count(*)::int from sites s where s.customer_id = customers.id and s.removed_at is null)`.as(
        'sites',
      ),
    )
    .where('removed_at', 'is', null)
    .orderBy(sql`lower(name)`)
    .execute();
}

export async function countSites(db: Db, customerId: string): Promise<number> {
  const { rows } = await sql<{ sites: number }>`
    select count(*)::int as sites from sites where customer_id = ${customerId} and removed_at is null
  `.execute(db);
  return rows[0]?.sites ?? 0;
}

/** True when another customer has this name, in any case. */
export async function isNameTaken(db: Db, name: string, exceptId: string): Promise<boolean> {
  const found = await db
    .selectFrom('customers')
    .select('id')
    .where('removed_at', 'is', null)
    .where(sql`lower(name)`, '=', name.toLowerCase())
    .where('id', '!=', exceptId)
    .executeTakeFirst();
  return found !== undefined;
}

export function updateCustomer(
  db: Db,
  id: string,
  set: Partial<Pick<CustomerRow, 'name' | 'contact' | 'email' | 'phone'>>,
): Promise<CustomerRow> {
  return db.updateTable('customers').set(set).where('id', '=', id).returningAll().executeTakeFirstOrThrow();
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
