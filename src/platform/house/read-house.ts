import path from 'node:path';
import { z } from 'zod';
import type { MailServer, S3Config } from '../config.ts';
import type { Platform } from '../platform.ts';
import { findLogoHash, listHouseSettings, listHouseStores } from './house-store.ts';
import { settleHouse, type Accent, type House } from './rules/settle-house.ts';

type Ground = Pick<Platform, 'db' | 'config'>;
type GroundWithSecrets = Pick<Platform, 'db' | 'config' | 'secrets'>;

/** What the agency set, the environment before it. One query: ask where it is needed, so that a change counts at once. */
export async function readHouse(platform: Ground): Promise<House> {
  const rows = await listHouseSettings(platform.db);
  return settleHouse(new Map(rows.map((row) => [row.name, row.value])), platform.config);
}

/** What `index.html` needs to look like the agency's. Holds nothing secret: it is given to everybody. */
export interface Branding {
  name: string;
  /** Null = Nachtwacht's own. */
  accent: Accent | null;
  /** Path of the logo, to be kept for ever (its hash is in it); null = none. */
  logo: string | null;
  /** The house's language, for who has none and whose browser names neither. */
  language: 'nl' | 'en';
}

export async function readBranding(platform: Ground): Promise<Branding> {
  const [house, logo] = await Promise.all([readHouse(platform), findLogoHash(platform.db)]);
  const { name, language } = house;
  const { light, dark, lightWash, darkWash } = house.accent ?? {};
  const accent = light && dark && lightWash && darkWash ? { light, dark, lightWash, darkWash } : null;
  return { name, accent, logo: logo === undefined ? null : logoPath(logo.hash), language };
}

export function logoPath(hash: string): string {
  return `/branding/logo-${hash}`;
}

/** How mail goes out; undefined = there is no mail server, and whoever wants to send shows a link instead. */
export async function readMailServer(platform: GroundWithSecrets): Promise<MailServer | undefined> {
  if (platform.config.mail !== undefined) return platform.config.mail;
  const rows = await listHouseSettings(platform.db);
  const { mail } = settleHouse(new Map(rows.map((row) => [row.name, row.value])), platform.config);
  if (mail === null) return undefined;
  const sealed = rows.find((row) => row.name === 'mail-password')?.sealed ?? null;
  const password = sealed === null ? undefined : (await platform.secrets.open(mailPasswordContext, sealed)).toString();
  const { host, port, security, user, from } = mail;
  return {
    host,
    port,
    security,
    from,
    ...(user === null ? {} : { user }),
    ...(password === undefined ? {} : { password }),
  };
}

/** What the sealed mail password is of. */
export const mailPasswordContext = 'house:mail-password';

/** What the sealed keys of a store are of. */
export function storeKeysContext(storeId: string): string {
  return `house:store:${storeId}:keys`;
}

const Keys = z.object({ accessKey: z.string(), secretKey: z.string() });

/** A store the house has keys for. `id` is null for that of the environment. */
export interface HouseStore extends S3Config {
  id: string | null;
}

/** All S3 stores that we have keys for: the environment's first, then those that were set, newest first. */
export async function readStores(platform: GroundWithSecrets): Promise<HouseStore[]> {
  const { s3 } = platform.config;
  const stores: HouseStore[] = s3 === undefined ? [] : [{ ...s3, id: null }];
  for (const row of await listHouseStores(platform.db)) {
    const { id, endpoint, bucket, region, prefix } = row;
    const keys = Keys.parse(JSON.parse((await platform.secrets.open(storeKeysContext(id), row.keys)).toString()));
    stores.push({ id, endpoint, bucket, region, prefix, ...keys });
  }
  return stores;
}

/** Where a repository that is made now gets its place. */
export type NewPlace =
  | { kind: 'folder'; folder: string }
  | { kind: 's3'; endpoint: string; bucket: string; region: string; prefix: string };

export async function readNewPlace(platform: Ground): Promise<NewPlace> {
  const { s3, dataFolder } = platform.config;
  if (s3 !== undefined) {
    const { endpoint, bucket, region, prefix } = s3;
    return { kind: 's3', endpoint, bucket, region, prefix };
  }
  const { storage } = await readHouse(platform);
  if (storage?.kind === 's3') {
    const store = (await listHouseStores(platform.db)).find((one) => one.id === storage.store);
    if (store !== undefined) {
      const { endpoint, bucket, region, prefix } = store;
      return { kind: 's3', endpoint, bucket, region, prefix };
    }
  }
  const folder = storage?.kind === 'folder' ? storage.folder : null;
  return { kind: 'folder', folder: folder ?? path.join(dataFolder, 'repositories') };
}
