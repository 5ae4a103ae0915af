import {
  countKeysToExport,
  defaultExcludes,
  defaultRetention,
  listRepositoryStates,
  NIGHT_FROM,
  NIGHT_UNTIL,
  storeOfPlace,
  type RepositoryState,
} from '../backups/index.ts';
import path from 'node:path';
import {
  listHouseSettings,
  readBranding,
  readHouse,
  readNewPlace,
  readStores,
  type HouseStore,
} from '../platform/house/index.ts';
import type { Platform } from '../platform/platform.ts';
import type { SettingsView } from './contract.ts';
import { retentionRuleInWords } from './words.ts';

type StoreView = SettingsView['storage']['elsewhere'][number];

/** How the house is set, for a screen: what counts, where it comes from, never a secret. */
export async function showSettings(platform: Platform): Promise<SettingsView> {
  const [house, { logo }, repositories, stores, keysToExport, rows] = await Promise.all([
    readHouse(platform),
    readBranding(platform),
    listRepositoryStates(platform.db),
    readStores(platform),
    countKeysToExport(platform.db),
    listHouseSettings(platform.db),
  ]);
  const retention = house.retention ?? defaultRetention;
  const { mail: envMail } = platform.config;
  const mail =
    envMail === undefined
      ? house.mail && { ...house.mail, hasPassword: rows.some((row) => row.name === 'mail-password') }
      : {
          host: envMail.host,
          port: envMail.port,
          security: envMail.security,
          user: envMail.user ?? null,
          from: envMail.from,
          hasPassword: envMail.password !== undefined,
        };
  return {
    name: house.name,
    timeZone: house.timeZone,
    language: house.language,
    accent: house.accent,
    logo,
    storage: await storageOf(platform, repositories, stores),
    mail,
    retention,
    retentionIsDefault: house.retention === null,
    retentionInWords: { nl: retentionRuleInWords(retention, 'nl'), en: retentionRuleInWords(retention, 'en') },
    excludes: house.excludes,
    builtInExcludes: defaultExcludes('SITE'),
    rate: house.rate,
    night: { from: NIGHT_FROM, until: NIGHT_UNTIL },
    keysToExport,
    fixed: house.fixed,
  };
}

async function storageOf(
  platform: Platform,
  repositories: RepositoryState[],
  stores: HouseStore[],
): Promise<SettingsView['storage']> {
  const place = await readNewPlace(platform);
  const inS3 = new Map<string, StoreView>();
  const keyOf = (one: { endpoint: string; bucket: string; prefix: string }): string =>
    `${one.endpoint} ${one.bucket} ${one.prefix}`;
  const viewOf = (store: Omit<StoreView, 'keys' | 'repositories'>, known: HouseStore | undefined): StoreView => ({
    endpoint: store.endpoint,
    bucket: store.bucket,
    region: store.region,
    prefix: store.prefix,
    keys: known === undefined ? null : known.id === null ? 'environment' : 'database',
    repositories: 0,
  });
  for (const { place: at, hasOwnKeys } of repositories) {
    if (at.kind !== 's3' || hasOwnKeys) continue;
    const known = storeOfPlace(at, stores);
    // Without keys we do not know where the store's folder ends; all its repositories lie one name deeper.
    const store = known ?? { ...at, prefix: at.prefix.split('/').slice(0, -1).join('/') };
    const view = inS3.get(keyOf(store)) ?? viewOf(store, known);
    inS3.set(keyOf(store), { ...view, repositories: view.repositories + 1 });
  }
  const folders = foldersOf(repositories);
  if (place.kind === 'folder') {
    const isDefault = place.folder === path.join(platform.config.dataFolder, 'repositories');
    return { now: { ...place, isDefault }, folders, elsewhere: [...inS3.values()] };
  }
  const now = inS3.get(keyOf(place)) ?? viewOf(place, storeOfPlace({ ...place, kind: 's3' }, stores));
  inS3.delete(keyOf(place));
  return { now: { kind: 's3', ...now }, folders, elsewhere: [...inS3.values()] };
}

/** How many repositories lie in each folder: they are named after their sites, one level deeper. */
function foldersOf(repositories: RepositoryState[]): SettingsView['storage']['folders'] {
  const counts = new Map<string, number>();
  for (const { place } of repositories) {
    if (place.kind !== 'local') continue;
    const folder = path.dirname(place.folder);
    counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  return [...counts].map(([folder, count]) => ({ folder, repositories: count }));
}
