import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { z } from 'zod';
import { NachtwachtError } from '../platform/errors.ts';
import { readNewPlace, readStores } from '../platform/house/index.ts';
import type { Platform } from '../platform/platform.ts';
import {
  initRepository,
  openLocalBackend,
  openRepository,
  openS3Backend,
  ResticError,
  type Backend,
  type RepositoryApi,
} from '../restic/index.ts';
import { storeOfPlace } from './rules/keys-for-place.ts';
import { isSamePlace, type RepositoryPlace } from './rules/repository-place.ts';
import { findRepository, insertRepository, movePlace, setRepositoryId, type RepositoryRow } from './store.ts';

type Ground = Pick<Platform, 'db' | 'secrets' | 'config' | 'clock'>;

/** S3 keys of a site's own store. */
const S3Keys = z.object({ accessKey: z.string(), secretKey: z.string() });
export type S3Keys = z.infer<typeof S3Keys>;

/**
 * Opens the site's repository, and makes it at the first call: password generated here, sealed in the database.
 * A repository stays where it was made, whatever the house's storage is later; only one that was never made follows.
 * Throws `repository-missing` when it was made once and is not there now: it is never quietly made anew.
 */
export async function openSiteRepository(platform: Ground, siteId: string): Promise<RepositoryApi> {
  const row = await followStorage(platform, await ensureRepositoryRow(platform, siteId));
  const password = await repositoryPassword(platform, row);
  const backend = await openBackend(platform, row);
  try {
    const repo = await openRepository(backend, password);
    // Made by a process that died before it could say so: from now on it is never made anew.
    if (row.repository_id === null) await noteMade(platform, row, repo.id);
    return repo;
  } catch (error) {
    if (!(error instanceof ResticError) || error.code !== 'not-a-repository') throw error;
    if (row.repository_id !== null) throw missing(row);
  }
  try {
    const repo = await initRepository(backend, password, { hostname: siteId, username: 'nachtwacht' });
    await noteMade(platform, row, repo.id);
    return repo;
  } catch (error) {
    // Somebody else made it between our two looks, with the same password.
    if (!(error instanceof ResticError) || error.code !== 'exists') throw error;
    const repo = await openRepository(backend, password);
    await noteMade(platform, row, repo.id);
    return repo;
  }
}

/**
 * A place that was chosen but never used (its store refused, say) gives way to what the house says now: without a
 * `repository_id` nothing was ever stored there. One that was set for this site alone stays.
 */
async function followStorage(platform: Ground, row: RepositoryRow): Promise<RepositoryRow> {
  if (row.repository_id !== null || row.s3_keys !== null) return row;
  const place = await newPlace(platform, row.site_id);
  if (isSamePlace(place, row.place)) return row;
  await movePlace(platform.db, row.site_id, { from: row.place, to: place });
  return (await findRepository(platform.db, row.site_id)) ?? row;
}

/** Throws when the place was changed meanwhile: the next try finds the right one. */
async function noteMade(platform: Ground, row: RepositoryRow, repositoryId: string): Promise<void> {
  if (await setRepositoryId(platform.db, row.site_id, row.place, repositoryId)) return;
  throw new NachtwachtError({
    code: 'store-changed',
    kind: 'conflict',
    message: 'The storage of the house was changed while this repository was made.',
    nextStep: 'It is tried again by itself.',
    retryable: true,
    details: { site: row.site_id },
  });
}

/** The row of a site's repository, with a fresh password when there is none yet. */
export async function ensureRepositoryRow(
  platform: Ground,
  siteId: string,
  own?: { place: RepositoryPlace; s3Keys?: S3Keys },
): Promise<RepositoryRow> {
  const found = await findRepository(platform.db, siteId);
  if (found !== undefined) return found;
  if (!/^[A-Za-z0-9_-]{1,64}$/.test(siteId)) throw badSiteId(siteId);
  const password = randomBytes(32).toString('base64url');
  await insertRepository(platform.db, {
    site_id: siteId,
    place: own?.place ?? (await newPlace(platform, siteId)),
    password: await platform.secrets.seal(passwordContext(siteId), password),
    s3_keys:
      own?.s3Keys === undefined ? null : await platform.secrets.seal(keysContext(siteId), JSON.stringify(own.s3Keys)),
    made_at: platform.clock.now(),
  });
  const row = await findRepository(platform.db, siteId);
  if (row === undefined) throw new Error('the repository row vanished');
  return row;
}

export async function repositoryPassword(platform: Ground, row: RepositoryRow): Promise<string> {
  return (await platform.secrets.open(passwordContext(row.site_id), row.password)).toString();
}

/** S3 keys of this repository: its own, else those of the store it lies in; undefined for a local folder. */
export async function repositoryS3Keys(platform: Ground, row: RepositoryRow): Promise<S3Keys | undefined> {
  const { place } = row;
  if (place.kind === 'local') return undefined;
  if (row.s3_keys !== null)
    return S3Keys.parse(JSON.parse((await platform.secrets.open(keysContext(row.site_id), row.s3_keys)).toString()));
  const store = storeOfPlace(place, await readStores(platform));
  if (store !== undefined) return { accessKey: store.accessKey, secretKey: store.secretKey };
  const where = `${place.endpoint}/${place.bucket}`;
  throw new NachtwachtError({
    code: 'store-keys-missing',
    kind: 'store',
    message: `The backups of this site lie at ${where}, and no keys for that store are set.`,
    nextStep: 'Give the keys of that store under Settings > Storage, or in NACHTWACHT_S3_...',
    retryable: false,
    details: { site: row.site_id, where },
  });
}

async function openBackend(platform: Ground, row: RepositoryRow): Promise<Backend> {
  const { place } = row;
  if (place.kind === 'local') return openLocalBackend(place.folder);
  const keys = await repositoryS3Keys(platform, row);
  const { endpoint, bucket, region, prefix } = place;
  return openS3Backend({
    endpoint,
    bucket,
    region,
    prefix,
    accessKeyId: keys?.accessKey ?? '',
    secretAccessKey: keys?.secretKey ?? '',
  });
}

async function newPlace(platform: Ground, siteId: string): Promise<RepositoryPlace> {
  const house = await readNewPlace(platform);
  if (house.kind === 'folder') return { kind: 'local', folder: path.join(house.folder, siteId) };
  const { endpoint, bucket, region, prefix } = house;
  return { kind: 's3', endpoint, bucket, region, prefix: prefix === '' ? siteId : `${prefix}/${siteId}` };
}

function passwordContext(siteId: string): string {
  return `repository:${siteId}:password`;
}

function keysContext(siteId: string): string {
  return `repository:${siteId}:s3-keys`;
}

function missing(row: RepositoryRow): NachtwachtError {
  return new NachtwachtError({
    code: 'repository-missing',
    kind: 'store',
    message: 'The backup repository of this site is not where it was.',
    nextStep: 'Bring the disk or bucket back; only when it is lost for good, remove the site and add it again.',
    retryable: false,
    details: { site: row.site_id, place: row.place },
  });
}

function badSiteId(siteId: string): NachtwachtError {
  return new NachtwachtError({
    code: 'site-id-invalid',
    kind: 'bad-input',
    message: 'This is not the id of a site.',
    nextStep: 'Take the id from `nachtwacht site list`.',
    retryable: false,
    details: { site: siteId.slice(0, 100) },
  });
}
