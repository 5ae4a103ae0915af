import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { NachtwachtError } from './errors.ts';
import {
  findDataKey,
  insertDataKey,
  insertFirstDataKey,
  listDataKeys,
  replaceWrapped,
  type DataKeyRow,
} from './secrets-store.ts';
import type { Db } from './database/index.ts';

/**
 * Secrets at rest. Envelope: each secret is sealed (AES-256-GCM) with a data key; the data keys lie in the database,
 * sealed with the master key, which never does. Rotation makes a new data key; a new master key re-wraps data keys.
 */
export interface Secrets {
  /** `context` says what and whose the secret is (`site:42:private-key`); opening with another context fails. */
  seal(context: string, secret: Buffer | string): Promise<Buffer>;
  open(context: string, sealed: Buffer): Promise<Buffer>;
  /** New secrets get a new data key from now on. */
  rotateDataKey(): Promise<void>;
  /** Wraps all data keys anew with another master key (32 bytes). Give that key to every process afterwards. */
  rewrap(newMasterKey: Buffer): Promise<number>;
}

const version = 1;
const nonceLength = 12;
const tagLength = 16;

export async function openSecrets(db: Db, masterKey: Buffer): Promise<Secrets> {
  const plainKeys = new Map<number, Buffer>();
  let current = 0;
  const remember = (row: DataKeyRow): Buffer => {
    const key = unwrap(masterKey, row);
    plainKeys.set(row.id, key);
    return key;
  };
  const addKey = async (): Promise<void> => {
    const key = randomBytes(32);
    const row = await insertDataKey(db, gcmSeal(masterKey, 'nachtwacht data key', key));
    plainKeys.set(row.id, key);
    current = row.id;
  };
  // The first key is made now, not with the first secret: so a process with another master key is refused at its start.
  await insertFirstDataKey(db, () => gcmSeal(masterKey, 'nachtwacht data key', randomBytes(32)));
  const rows = await listDataKeys(db);
  for (const row of rows) remember(row);
  current = rows.at(-1)?.id ?? 0;
  return {
    seal: async (context, secret) => {
      const key = plainKeys.get(current);
      if (!key) throw new Error('data key missing');
      const head = Buffer.alloc(5);
      head.writeUInt8(version, 0);
      head.writeUInt32BE(current, 1);
      return Buffer.concat([head, gcmSeal(key, context, Buffer.from(secret))]);
    },
    open: async (context, sealed) => {
      if (sealed.length < 5 + nonceLength + tagLength || sealed[0] !== version) throw unreadable(context);
      const id = sealed.readUInt32BE(1);
      let key = plainKeys.get(id);
      if (!key) {
        const row = await findDataKey(db, id);
        if (!row) throw unreadable(context);
        key = remember(row);
      }
      try {
        return gcmOpen(key, context, sealed.subarray(5));
      } catch (cause) {
        throw unreadable(context, cause);
      }
    },
    rotateDataKey: addKey,
    rewrap: async (newMasterKey) => {
      const all = await listDataKeys(db);
      const wrapped = all.map((row) => ({
        id: row.id,
        wrapped: gcmSeal(newMasterKey, 'nachtwacht data key', unwrap(masterKey, row)),
      }));
      await replaceWrapped(db, wrapped);
      return wrapped.length;
    },
  };
}

function unwrap(masterKey: Buffer, row: DataKeyRow): Buffer {
  try {
    return gcmOpen(masterKey, 'nachtwacht data key', row.wrapped);
  } catch (cause) {
    throw new NachtwachtError({
      code: 'master-key-wrong',
      kind: 'internal',
      message: 'The master key does not open the secrets in this database.',
      nextStep: 'Give the right key in NACHTWACHT_MASTER_KEY or put back <data>/master-key from your backup of it.',
      retryable: false,
      cause,
    });
  }
}

function unreadable(context: string, cause?: unknown): NachtwachtError {
  return new NachtwachtError({
    code: 'secret-unreadable',
    kind: 'internal',
    message: `The stored secret "${context}" cannot be read: it was changed or belongs to something else.`,
    nextStep: 'Make it anew (pair the site again, or create a new token); if there are more, restore the database.',
    retryable: false,
    cause,
  });
}

/** AES-256-GCM: nonce, sealed bytes, tag. For what lies beside the database; `context` as in `Secrets`. */
export function gcmSeal(key: Buffer, context: string, plain: Buffer): Buffer {
  const nonce = randomBytes(nonceLength);
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: tagLength });
  cipher.setAAD(Buffer.from(context));
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** Throws when key or context are others, or a byte was changed. */
export function gcmOpen(key: Buffer, context: string, sealed: Buffer): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, nonceLength), { authTagLength: tagLength });
  decipher.setAAD(Buffer.from(context));
  decipher.setAuthTag(sealed.subarray(-tagLength));
  return Buffer.concat([decipher.update(sealed.subarray(nonceLength, -tagLength)), decipher.final()]);
}
