import { sql, type Updateable } from 'kysely';
import { json, type Db } from '../platform/database/index.ts';

export type BackupPlan = 'daily' | 'hourly';

export interface SitesTable {
  id: string;
  customer_id: string;
  url: string;
  backup_plan: BackupPlan;
  /** How much it may be asked: RateLimit of the connector; null = the house's. */
  rate: unknown;
  limit_bytes: number;
  created_at: Date;
  removed_at: Date | null;
  offered_key: Buffer | null;
  private_key: Buffer | null;
  key_id: string | null;
  paired_url: string | null;
  entries: unknown;
  paired_at: Date | null;
  wordpress_version: string | null;
  multisite: boolean | null;
  basic_auth: Buffer | null;
  learned: unknown;
  last_contact_at: Date | null;
  inventory: unknown;
  inventory_at: Date | null;
  files: number | null;
  files_bytes: number | null;
  database_bytes: number | null;
  tables: number | null;
  measured_at: Date | null;
}

declare module '../platform/database/tables.ts' {
  interface Tables {
    sites: SitesTable;
  }
}

/** A site with its customer's name. */
export type SiteRow = SitesTable & { customer_name: string };

const nothingKnown = {
  rate: null,
  removed_at: null,
  offered_key: null,
  private_key: null,
  key_id: null,
  paired_url: null,
  entries: null,
  paired_at: null,
  wordpress_version: null,
  multisite: null,
  basic_auth: null,
  learned: null,
  last_contact_at: null,
  inventory: null,
  inventory_at: null,
  files: null,
  files_bytes: null,
  database_bytes: null,
  tables: null,
  measured_at: null,
};

/** Undefined when a site of that URL is there already. */
export async function insertSite(
  db: Db,
  row: Pick<SitesTable, 'id' | 'customer_id' | 'url' | 'backup_plan' | 'limit_bytes' | 'created_at'>,
): Promise<{ id: string } | undefined> {
  return db
    .insertInto('sites')
    .values({ ...nothingKnown, ...row })
    .onConflict((conflict) => conflict.column('url').where('removed_at', 'is', null).doNothing())
    .returning('id')
    .executeTakeFirst();
}

function sitesWithCustomer(db: Db) {
  return db
    .selectFrom('sites')
    .innerJoin('customers', 'customers.id', 'sites.customer_id')
    .selectAll('sites')
    .select('customers.name as customer_name');
}

export function listSites(
  db: Db,
  filter: { customerId?: string; removedToo?: boolean; pairedOnly?: boolean } = {},
): Promise<SiteRow[]> {
  let query = sitesWithCustomer(db);
  if (!filter.removedToo) query = query.where('sites.removed_at', 'is', null);
  if (filter.pairedOnly) query = query.where('sites.paired_at', 'is not', null);
  if (filter.customerId !== undefined) query = query.where('sites.customer_id', '=', filter.customerId);
  return query.orderBy('sites.url').execute();
}

export function findSiteById(db: Db, id: string): Promise<SiteRow | undefined> {
  return sitesWithCustomer(db).where('sites.id', '=', id).executeTakeFirst();
}

/** By id, URL, or the URL without its scheme. Removed sites by id only, and only when asked for. */
export function findSites(db: Db, reference: string, removedToo: boolean): Promise<SiteRow[]> {
  const bare = reference
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/\/+$/, '');
  return sitesWithCustomer(db)
    .where((is) =>
      is.or([
        is.and([is('sites.id', '=', reference), ...(removedToo ? [] : [is('sites.removed_at', 'is', null)])]),
        is.and([
          is('sites.removed_at', 'is', null),
          is(sql<string>`regexp_replace(sites.url, '^https?://', '')`, '=', bare),
        ]),
      ]),
    )
    .limit(2)
    .execute();
}

export async function updateSite(db: Db, id: string, set: Updateable<SitesTable>): Promise<void> {
  await db.updateTable('sites').set(set).where('id', '=', id).execute();
}

export async function saveLearned(db: Db, id: string, learned: unknown, at: Date): Promise<void> {
  await updateSite(db, id, { learned: json(learned), last_contact_at: at });
}

export async function saveInventory(db: Db, id: string, inventory: unknown, at: Date): Promise<void> {
  await updateSite(db, id, { inventory: json(inventory), inventory_at: at, last_contact_at: at });
}

export async function savePairing(
  db: Db,
  id: string,
  pairing: {
    privateKey: Buffer;
    keyId: string;
    url: string;
    entries: unknown;
    wordpressVersion: string;
    multisite: boolean;
    basicAuth: Buffer | null;
    at: Date;
  },
): Promise<void> {
  await updateSite(db, id, {
    private_key: pairing.privateKey,
    offered_key: null,
    key_id: pairing.keyId,
    paired_url: pairing.url,
    entries: json(pairing.entries),
    paired_at: pairing.at,
    last_contact_at: pairing.at,
    wordpress_version: pairing.wordpressVersion,
    multisite: pairing.multisite,
    basic_auth: pairing.basicAuth,
    learned: null,
  });
}

export async function forgetPairing(db: Db, id: string): Promise<void> {
  await updateSite(db, id, {
    private_key: null,
    offered_key: null,
    key_id: null,
    entries: null,
    paired_at: null,
    paired_url: null,
    basic_auth: null,
    learned: null,
  });
}
