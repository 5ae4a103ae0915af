import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { z } from 'zod';
import type { S3Config } from '../platform/config.ts';
import { NachtwachtError } from '../platform/errors.ts';
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
import type { RepositoryPlace } from './rules/repository-place.ts';
import { findRepository, insertRepository, setRepositoryId, type RepositoryRow } from './store.ts';

type Ground = Pick<Platform, 'db' | 'secrets' | 'config' | 'clock'>;

/** S3 keys of a site's own store. */
const S3Keys = z.object({ accessKey: z.string(), secretKey: z.string() });
export type S3Keys = z.infer<typeof S3Keys>;

/**
 * Opens the site's repository, and makes it at the first call: password generated here, sealed in the database.
 * Throws `repository-missing` when it was made once and is not there now: it is never quietly made anew.
 */
export async function openSiteRepository(platform: Ground, siteId: string): Promise<RepositoryApi> {
  const row = await ensureRepositoryRow(platform, siteId);
  const password = await repositoryPassword(platform, row);
  const backend = await openBackend(platform, row);
  try {
    return await openRepository(backend, password);
  } catch (error) {
    if (!(error instanceof ResticError) || error.code !== 'not-a-repository') throw error;
    if (row.repository_id !== null) throw missing(row);
  }
  try {
    const repo = await initRepository(backend, password, { hostname: siteId, username: 'nachtwacht' });
    await setRepositoryId(platform.db, siteId, repo.id);
    return repo;
  } catch (error) {
    // Somebody else made it between our two looks, with the same password.
    if (!(error instanceof ResticError) || error.code !== 'exists') throw error;
    return openRepository(backend, password);
  }
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
    place: own?.place ?? defaultPlace(platform.config, siteId),
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

/** S3 keys of this repository: its own, else those of the settings; undefined for a local folder. */
export async function repositoryS3Keys(platform: Ground, row: RepositoryRow): Promise<S3Keys | undefined> {
  if (row.place.kind === 'local') return undefined;
  if (row.s3_keys !== null)
    return S3Keys.parse(JSON.parse((await platform.secrets.open(keysContext(row.site_id), row.s3_keys)).toString()));
  const { s3 } = platform.config;
  if (s3 !== undefined) return { accessKey: s3.accessKey, secretKey: s3.secretKey };
  throw new NachtwachtError({
    code: 'store-keys-missing',
    kind: 'store',
    message: 'The backups of this site lie in S3 and no keys for it are set.',
    nextStep: 'Set NACHTWACHT_S3_ENDPOINT, _BUCKET, _ACCESS_KEY and _SECRET_KEY, then start again.',
    retryable: false,
    details: { site: row.site_id },
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

function defaultPlace(config: { dataFolder: string; s3: S3Config | undefined }, siteId: string): RepositoryPlace {
  if (config.s3 === undefined) return { kind: 'local', folder: path.join(config.dataFolder, 'repositories', siteId) };
  const { endpoint, bucket, region, prefix } = config.s3;
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
