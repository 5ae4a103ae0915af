import type { Selectable } from 'kysely';
import { json, type Db } from '../database/index.ts';

/** Names of what the house can set; `mail-password` is the only sealed one. */
export type HouseSettingName =
  | 'name'
  | 'time-zone'
  | 'language'
  | 'accent'
  | 'retention'
  | 'excludes'
  | 'rate'
  | 'storage'
  | 'mail'
  | 'mail-password';

interface HouseSettingsTable {
  name: HouseSettingName;
  value: unknown;
  sealed: Buffer | null;
  changed_at: Date;
  changed_by: string;
}

export const logoTypes = ['image/png', 'image/jpeg', 'image/webp', 'image/svg+xml'] as const;
export type LogoType = (typeof logoTypes)[number];

interface HouseLogoTable {
  only_one: boolean;
  type: LogoType;
  bytes: Buffer;
  /** First 16 hex digits of the SHA-256 of the bytes: part of the address, so it can be kept for ever. */
  hash: string;
  changed_at: Date;
}

interface HouseStoresTable {
  id: string;
  endpoint: string;
  bucket: string;
  region: string;
  prefix: string;
  keys: Buffer;
  made_at: Date;
  changed_at: Date;
}

declare module '../database/tables.ts' {
  interface Tables {
    house_settings: HouseSettingsTable;
    house_logo: HouseLogoTable;
    house_stores: HouseStoresTable;
  }
}

export type HouseSettingRow = Selectable<HouseSettingsTable>;
export type HouseStoreRow = Selectable<HouseStoresTable>;

export function listHouseSettings(db: Db): Promise<HouseSettingRow[]> {
  return db.selectFrom('house_settings').selectAll().execute();
}

/** Plain value, or sealed bytes; undefined = back to the default. */
export async function putHouseSetting(
  db: Db,
  name: HouseSettingName,
  content: { value: unknown } | { sealed: Buffer } | undefined,
  by: { actor: string; at: Date },
): Promise<void> {
  if (content === undefined) {
    await db.deleteFrom('house_settings').where('name', '=', name).execute();
    return;
  }
  const set = {
    value: 'value' in content ? json(content.value) : null,
    sealed: 'sealed' in content ? content.sealed : null,
    changed_at: by.at,
    changed_by: by.actor,
  };
  await db
    .insertInto('house_settings')
    .values({ name, ...set })
    .onConflict((conflict) => conflict.column('name').doUpdateSet(set))
    .execute();
}

export function findLogo(db: Db): Promise<Pick<HouseLogoTable, 'type' | 'bytes' | 'hash'> | undefined> {
  return db.selectFrom('house_logo').select(['type', 'bytes', 'hash']).executeTakeFirst();
}

/** What `findLogo` gives, without the bytes. */
export function findLogoHash(db: Db): Promise<{ type: LogoType; hash: string } | undefined> {
  return db.selectFrom('house_logo').select(['type', 'hash']).executeTakeFirst();
}

export async function putLogo(
  db: Db,
  logo: { type: LogoType; bytes: Buffer; hash: string } | undefined,
  at: Date,
): Promise<void> {
  if (logo === undefined) {
    await db.deleteFrom('house_logo').execute();
    return;
  }
  const set = { ...logo, changed_at: at };
  await db
    .insertInto('house_logo')
    .values({ only_one: true, ...set })
    .onConflict((conflict) => conflict.column('only_one').doUpdateSet(set))
    .execute();
}

export function listHouseStores(db: Db): Promise<HouseStoreRow[]> {
  return db.selectFrom('house_stores').selectAll().orderBy('made_at', 'desc').execute();
}

/** New keys for a store that is there already, else a new one. The id of its row. */
export async function putHouseStore(
  db: Db,
  row: Pick<HouseStoreRow, 'id' | 'endpoint' | 'bucket' | 'region' | 'prefix' | 'keys'> & { at: Date },
): Promise<string> {
  const { at, ...place } = row;
  const stored = await db
    .insertInto('house_stores')
    .values({ ...place, made_at: at, changed_at: at })
    .onConflict((conflict) =>
      conflict
        .columns(['endpoint', 'bucket', 'prefix'])
        .doUpdateSet({ keys: row.keys, region: row.region, changed_at: at }),
    )
    .returning('id')
    .executeTakeFirstOrThrow();
  return stored.id;
}
