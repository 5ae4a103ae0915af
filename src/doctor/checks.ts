import { HeadBucketCommand, S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import { accessSync, constants, statfsSync, statSync } from 'node:fs';
import path from 'node:path';
import { findTrialPrograms } from '../backups/restore/index.ts';
import { readLocalAccess } from '../platform/local-access.ts';
import { systemClock } from '../platform/clock.ts';
import type { Config } from '../platform/config.ts';
import { connect, findBinaries, findEmbedded, pendingMigrations } from '../platform/database/index.ts';
import { factsOf, systemCodeOf } from '../platform/errors.ts';
import { readMasterKey } from '../platform/master-key.ts';
import { bytesInWords, type Language } from '../platform/words.ts';
import { doctorWords, type CheckName } from './words.ts';

/** One thing looked at: what was found, and what to do when it is not right. */
export interface Finding {
  check: CheckName;
  state: 'ok' | 'warn' | 'bad';
  says: string;
  next?: string;
}

const neededNode = 24;
const lowDiskBytes = 2_000_000_000;
const clockToleranceSeconds = 30;

export function checkNode(language: Language, version = process.versions.node): Finding {
  const { says, steps } = doctorWords(language);
  if (Number(version.split('.')[0]) >= neededNode) return { check: 'node', state: 'ok', says: says.nodeOk(version) };
  return { check: 'node', state: 'bad', says: says.nodeOld(version), next: steps.node };
}

export function checkPostgres(config: Config, language: Language): Finding {
  const { says } = doctorWords(language);
  if (config.databaseUrl) return { check: 'postgres', state: 'ok', says: says.ownServer };
  try {
    return { check: 'postgres', state: 'ok', says: says.binariesOk(findBinaries().version) };
  } catch (error) {
    return trouble('postgres', error);
  }
}

export function checkFolder(config: Config, language: Language): Finding {
  const { says, steps } = doctorWords(language);
  const folder = existingParent(config.dataFolder);
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
  } catch (error) {
    const why = systemCodeOf(error) ?? 'error';
    return { check: 'folder', state: 'bad', says: says.folderBad(folder, why), next: steps.folder };
  }
  const isNew = folder !== config.dataFolder;
  return { check: 'folder', state: 'ok', says: (isNew ? says.folderNew : says.folderOk)(config.dataFolder) };
}

export function checkDisk(config: Config, language: Language): Finding {
  const { says, steps } = doctorWords(language);
  const { bavail, bsize } = statfsSync(existingParent(config.dataFolder));
  const free = bytesInWords(bavail * bsize, language);
  if (bavail * bsize >= lowDiskBytes) return { check: 'disk', state: 'ok', says: says.diskOk(free) };
  return { check: 'disk', state: 'warn', says: says.diskLow(free), next: steps.disk };
}

export function checkKey(config: Config, language: Language): Finding {
  const { says } = doctorWords(language);
  if (config.masterKey) return { check: 'key', state: 'ok', says: says.keyFromEnvironment };
  const file = path.join(config.dataFolder, 'master-key');
  if (!statSync(file, { throwIfNoEntry: false })) return { check: 'key', state: 'ok', says: says.keyNew };
  try {
    readMasterKey(config);
    return { check: 'key', state: 'ok', says: says.keyOk(file) };
  } catch (error) {
    return trouble('key', error);
  }
}

/** Database and clock: the database's time is the one thing here to compare ours with. */
export async function checkDatabase(config: Config, language: Language): Promise<Finding[]> {
  const { says, steps } = doctorWords(language);
  const unknownClock: Finding = { check: 'clock', state: 'ok', says: says.clockUnknown };
  const url = config.databaseUrl ?? findEmbedded(config.dataFolder);
  if (!url) {
    return [{ check: 'database', state: 'warn', says: says.databaseNotRunning, next: steps.serve }, unknownClock];
  }
  const connection = connect(url, { max: 1 });
  try {
    const before = systemClock.now().getTime();
    const { rows } = await connection.pool.query<{ now: Date }>('select clock_timestamp() as now');
    const middle = (before + systemClock.now().getTime()) / 2;
    const seconds = Math.round(Math.abs((rows[0]?.now.getTime() ?? middle) - middle) / 100) / 10;
    const clock: Finding =
      seconds <= clockToleranceSeconds
        ? { check: 'clock', state: 'ok', says: says.clockOk(seconds) }
        : { check: 'clock', state: 'bad', says: says.clockOff(seconds), next: steps.clock };
    const behind = (await pendingMigrations(connection)).length;
    const database: Finding =
      behind === 0
        ? { check: 'database', state: 'ok', says: says.databaseOk }
        : { check: 'database', state: 'bad', says: says.databaseBehind(behind), next: steps.migrate };
    return [database, clock];
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const finding = trouble('database', error);
    return [finding.says === '' ? { ...finding, says: why } : finding, unknownClock];
  } finally {
    await connection.close();
  }
}

export async function checkStore(config: Config, language: Language): Promise<Finding> {
  const { says, steps } = doctorWords(language);
  if (!config.s3) return { check: 'store', state: 'ok', says: says.storeFolder };
  const { endpoint, bucket, region, accessKey, secretKey } = config.s3;
  const client = new S3Client({
    endpoint,
    region,
    forcePathStyle: true,
    credentials: { accessKeyId: accessKey, secretAccessKey: secretKey },
    maxAttempts: 2,
    requestHandler: { connectionTimeout: 5000, requestTimeout: 10_000 },
  });
  try {
    await client.send(new HeadBucketCommand({ Bucket: bucket }));
    return { check: 'store', state: 'ok', says: says.storeOk(`${endpoint}/${bucket}`) };
  } catch (error) {
    const status = error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;
    const why = [error instanceof Error ? error.name : 'error', status].filter(Boolean).join(' ');
    return { check: 'store', state: 'bad', says: says.storeBad(why), next: steps.store };
  } finally {
    client.destroy();
  }
}

/** The monthly trial restore needs a database to load into: said here, so that nobody hears it from a failed run. */
export function checkTrial(config: Config, language: Language, folders?: readonly string[]): Finding {
  const { says, steps } = doctorWords(language);
  if (!config.roles.has('worker')) return { check: 'trial', state: 'ok', says: says.trialElsewhere };
  const { client, server, install } = findTrialPrograms(folders);
  const ownServer = config.trialDatabaseUrl !== undefined;
  if (client && ownServer) return { check: 'trial', state: 'ok', says: says.trialOnServer };
  if (client && server && install) return { check: 'trial', state: 'ok', says: says.trialOk(server) };
  if (ownServer) return { check: 'trial', state: 'warn', says: says.trialNoClient, next: steps.trialClient };
  return { check: 'trial', state: 'warn', says: says.trialMissing, next: steps.trial };
}

export async function checkWeb(config: Config, language: Language): Promise<Finding> {
  const { says, steps } = doctorWords(language);
  const access = readLocalAccess(config.dataFolder);
  const answer =
    access && (await fetch(`${access.url}/healthz`, { signal: AbortSignal.timeout(5000) }).catch(() => undefined));
  if (access && answer?.ok) return { check: 'web', state: 'ok', says: says.webOk(access.url) };
  return { check: 'web', state: 'warn', says: says.webOff, next: steps.serve };
}

function existingParent(folder: string): string {
  let at = folder;
  while (!statSync(at, { throwIfNoEntry: false }) && at !== '/') at = path.dirname(at);
  return at;
}

function trouble(check: CheckName, error: unknown): Finding {
  const { message, nextStep, code } = factsOf(error);
  return { check, state: 'bad', says: code === 'unexpected' ? '' : message, next: nextStep };
}
