import path from 'node:path';
import { recordAudit } from '../audit/index.ts';
import { requireScope, type Actor } from '../identity/index.ts';
import type { S3Config } from '../platform/config.ts';
import { NachtwachtError } from '../platform/errors.ts';
import { putHouseSetting, putHouseStore, readHouse, readStores, storeKeysContext } from '../platform/house/index.ts';
import { newId } from '../platform/new-id.ts';
import type { Db } from '../platform/database/index.ts';
import type { Platform } from '../platform/platform.ts';
import { houseSubject, refuseFixed } from './change-settings.ts';
import type { StorageInput } from './contract.ts';
import { probeStorage, type StorageTest, type StorageToTest } from './probe-storage.ts';
import { storeProblemInWords } from './words.ts';

type S3Input = Omit<Extract<StorageInput, { kind: 's3' }>, 'kind'>;

/** Tries a storage without keeping anything of it. Keys that are absent are those kept for the same place. */
export async function tryStorage(platform: Platform, actor: Actor, input: StorageInput): Promise<StorageTest> {
  requireScope(actor, 'admin');
  const result = await probeStorage(platform, await toTest(platform, input));
  const details = { ...shown(input), ok: result.ok, ...(result.problem ? { problem: result.problem.code } : {}) };
  const at = platform.clock.now();
  await recordAudit(platform.db, actor, { action: 'storage-tested', subject: houseSubject, details, at });
  return result;
}

/**
 * Where repositories are made from now on; those that are there stay where they are, and so do the keys of their store.
 * The storage is tested first and refused (`storage-test-failed`) when it does not do what backups need.
 */
export async function changeStorage(platform: Platform, actor: Actor, input: StorageInput): Promise<void> {
  requireScope(actor, 'admin');
  refuseFixed(await readHouse(platform), 'storage');
  const storage = await toTest(platform, input);
  await mustWork(platform, storage);
  const at = platform.clock.now();
  await platform.db.transaction().execute(async (trx) => {
    const value =
      storage.kind === 's3'
        ? { kind: 's3', store: await keep(platform, trx, storage, at) }
        : { kind: 'folder', folder: input.kind === 'folder' ? input.folder : null };
    await putHouseSetting(trx, 'storage', { value }, { actor: actor.name, at });
    const details = { ...shown(input), keysChanged: input.kind === 's3' && input.secretKey !== undefined };
    await recordAudit(trx, actor, { action: 'storage-changed', subject: houseSubject, details, at });
  });
}

/** New keys for a store in which repositories lie, whether or not new ones are made there. Tested first. */
export async function changeStoreKeys(
  platform: Platform,
  actor: Actor,
  input: S3Input & { accessKey: string; secretKey: string },
): Promise<void> {
  requireScope(actor, 'admin');
  const storage = { kind: 's3' as const, ...input, ...normal(input) };
  await mustWork(platform, storage);
  const at = platform.clock.now();
  await platform.db.transaction().execute(async (trx) => {
    await keep(platform, trx, storage, at);
    const details = shown({ kind: 's3', ...input });
    await recordAudit(trx, actor, { action: 'store-keys-changed', subject: houseSubject, details, at });
  });
}

async function toTest(platform: Platform, input: StorageInput): Promise<StorageToTest> {
  if (input.kind === 'folder') {
    const folder = input.folder ?? path.join(platform.config.dataFolder, 'repositories');
    if (!path.isAbsolute(folder) || isSystems(path.resolve(folder))) throw badFolder(folder);
    return { kind: 'folder', folder: path.resolve(folder) };
  }
  const place = normal(input);
  const { accessKey, secretKey } = input;
  if (accessKey !== undefined && secretKey !== undefined) return { kind: 's3', ...place, accessKey, secretKey };
  const known = (await readStores(platform)).find(
    (one) => one.endpoint === place.endpoint && one.bucket === place.bucket && one.prefix === place.prefix,
  );
  if (known === undefined || (accessKey !== undefined && accessKey !== known.accessKey)) throw keysNeeded();
  return { kind: 's3', ...place, accessKey: known.accessKey, secretKey: secretKey ?? known.secretKey };
}

/** One spelling for each place: repositories remember it as it stands here. */
function normal(input: S3Input): Omit<S3Config, 'accessKey' | 'secretKey'> {
  const url = new URL(input.endpoint);
  return {
    endpoint: `${url.origin}${url.pathname.replace(/\/+$/, '')}`,
    bucket: input.bucket,
    region: input.region,
    prefix: input.prefix.replaceAll(/^\/+|\/+$/g, '').replaceAll(/\/{2,}/g, '/'),
  };
}

/** Folders that are not for files: node's mkdir never comes back from some of them. */
function isSystems(folder: string): boolean {
  return folder === '/' || /^\/(proc|sys|dev|run)(\/|$)/.test(folder);
}

async function mustWork(platform: Platform, storage: StorageToTest): Promise<void> {
  const { ok, problem } = await probeStorage(platform, storage);
  if (ok || problem === null) return;
  const [nl, en] = [storeProblemInWords(problem, 'nl'), storeProblemInWords(problem, 'en')];
  throw new NachtwachtError({
    code: 'storage-test-failed',
    kind: 'store',
    message: en[0],
    nextStep: en[1],
    retryable: false,
    details: { problem: problem.code, nl: { says: nl[0], next: nl[1] }, en: { says: en[0], next: en[1] } },
  });
}

async function keep(platform: Platform, trx: Db, storage: S3Config, at: Date): Promise<string> {
  const { endpoint, bucket, region, prefix, accessKey, secretKey } = storage;
  // The keys are sealed for the row they stand in, so the id must be known first.
  const known = (await readStores({ ...platform, db: trx })).find(
    (one) => one.id !== null && one.endpoint === endpoint && one.bucket === bucket && one.prefix === prefix,
  );
  const id = known?.id ?? newId();
  const keys = await platform.secrets.seal(storeKeysContext(id), JSON.stringify({ accessKey, secretKey }));
  return putHouseStore(trx, { id, endpoint, bucket, region, prefix, keys, at });
}

/** For the audit trail: the place, never the keys. */
function shown(input: StorageInput): Record<string, unknown> {
  if (input.kind === 'folder') return { kind: 'folder', folder: input.folder };
  return { kind: 's3', ...normal(input) };
}

function badFolder(folder: string): NachtwachtError {
  return new NachtwachtError({
    code: 'storage-folder-wrong',
    kind: 'bad-input',
    message: `"${folder.slice(0, 200)}" is no folder for backups.`,
    nextStep: 'Give the whole path of a folder, such as /srv/backups.',
    retryable: false,
  });
}

function keysNeeded(): NachtwachtError {
  return new NachtwachtError({
    code: 'storage-keys-needed',
    kind: 'bad-input',
    message: 'No keys are kept for this store.',
    nextStep: 'Give its access key and its secret key.',
    retryable: false,
  });
}
