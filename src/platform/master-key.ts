import { randomBytes } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { carriesFacts, NachtwachtError, systemCodeOf } from './errors.ts';
import { openSecrets, type Secrets } from './secrets.ts';
import type { Db } from './database/index.ts';

interface KeyPlace {
  dataFolder: string;
  /** From the environment, base64. */
  masterKey: string | undefined;
}

function fileOf(dataFolder: string): string {
  return path.join(dataFolder, 'master-key');
}

function nextFileOf(dataFolder: string): string {
  return path.join(dataFolder, 'master-key.next');
}

function readKey(file: string): Buffer | undefined {
  const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'base64');
  return key.length === 32 ? key : undefined;
}

/** The secrets with the present master key; ends a rotation that was broken off between database and file. */
export async function openSecretsOf(db: Db, place: KeyPlace): Promise<Secrets> {
  try {
    return await openSecrets(db, readMasterKey(place));
  } catch (error) {
    const next = nextFileOf(place.dataFolder);
    const isWrong = carriesFacts(error) && error.code === 'master-key-wrong';
    if (!isWrong || place.masterKey !== undefined || !statSync(next, { throwIfNoEntry: false })) throw error;
    const secrets = await openSecrets(db, readKey(next) ?? Buffer.alloc(32));
    renameSync(next, fileOf(place.dataFolder));
    return secrets;
  }
}

/**
 * New master key and new data key. The new master key is on disk before the database needs it, so a kill at any line
 * leaves one that fits. With the key in the environment it is left in `master-key.next` for the operator to take over.
 */
export async function rotateKeys(
  db: Db,
  place: KeyPlace,
): Promise<{ rewrapped: number; nextFile: string | undefined }> {
  const secrets = await openSecretsOf(db, place);
  const next = nextFileOf(place.dataFolder);
  rmSync(next, { force: true });
  const key = randomBytes(32);
  writeOnce(next, key);
  await secrets.rotateDataKey();
  const rewrapped = await secrets.rewrap(key);
  if (place.masterKey !== undefined) return { rewrapped, nextFile: next };
  renameSync(next, fileOf(place.dataFolder));
  return { rewrapped, nextFile: undefined };
}

/** The master key from the environment, else from `<data>/master-key`, which is made (mode 600) at the first start. */
export function readMasterKey(config: { dataFolder: string; masterKey: string | undefined }): Buffer {
  if (config.masterKey) return Buffer.from(config.masterKey, 'base64');
  const file = fileOf(config.dataFolder);
  mkdirSync(config.dataFolder, { recursive: true });
  if (!statSync(file, { throwIfNoEntry: false })) writeOnce(file, randomBytes(32));
  if ((statSync(file).mode & 0o077) !== 0) {
    throw new NachtwachtError({
      code: 'master-key-open-to-others',
      kind: 'internal',
      message: `The master key ${file} can be read by other users of this machine.`,
      nextStep: `Run: chmod 600 ${file} - and rotate the keys when others may have read it.`,
      retryable: false,
    });
  }
  const key = readKey(file);
  if (key) return key;
  throw new NachtwachtError({
    code: 'master-key-damaged',
    kind: 'internal',
    message: `The master key ${file} is damaged: it does not hold 32 bytes in base64.`,
    nextStep: 'Put it back from your backup of it: without it the stored keys and passwords are lost.',
    retryable: false,
  });
}

/** Whole or not at all, and the first of two racing processes wins: write beside, then link. */
function writeOnce(file: string, key: Buffer): void {
  const temporary = `${file}.${process.pid}`;
  const handle = openSync(temporary, 'wx', 0o600);
  try {
    writeSync(handle, `${key.toString('base64')}\n`);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  try {
    linkSync(temporary, file);
  } catch (error) {
    if (systemCodeOf(error) !== 'EEXIST') throw error;
  } finally {
    rmSync(temporary, { force: true });
  }
}
