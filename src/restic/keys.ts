// oxlint-disable typescript/no-unsafe-type-assertion -- parsed JSON: each field is checked before it is used
import { randomBytes, scrypt } from 'node:crypto';
import { damaged, hasCode, ResticError } from './errors.ts';
import { isId, sha256 } from './hash.ts';
import { isObject, parseObject } from './json.ts';
import { Sealer } from './seal.ts';
import type { KeyMaterial } from './seal.ts';
import type { Backend, Id } from './types.ts';

/** Cost of deriving a key from the password; 128 * N * r bytes of memory. */
export interface ScryptCost {
  N: number;
  r: number;
  p: number;
}

/** About 0.1 s and 33 MB. Repository passwords here are long random ones, so more would buy nothing. */
export const DEFAULT_COST: ScryptCost = { N: 32768, r: 8, p: 1 };

/** Key files are not authenticated before they are opened: beyond this an attacker is wasting our memory. */
const MAX_SCRYPT_BYTES = 512 * 1024 * 1024;
const MAX_KEY_FILE = 64 * 1024;
/** As restic: more key files than this are not tried. */
const MAX_KEYS_TRIED = 20;

export interface KeyInfo {
  id: Id;
  created: string;
  hostname: string;
  username: string;
}

interface KeyFile {
  created: string;
  hostname: string;
  username: string;
  cost: ScryptCost;
  salt: Buffer;
  data: Buffer;
}

/** New random master key. */
export function createMasterKey(): KeyMaterial {
  return { encrypt: randomBytes(32), macK: randomBytes(16), macR: randomBytes(16) };
}

/** Seals the master key for `password` and stores it as a key file named by its own hash. */
export async function writeKeyFile(
  backend: Backend,
  password: string,
  master: KeyMaterial,
  origin: { hostname: string; username: string; created: Date },
  cost: ScryptCost = DEFAULT_COST,
): Promise<Id> {
  const salt = randomBytes(64);
  const plain = JSON.stringify({
    mac: { k: master.macK.toString('base64'), r: master.macR.toString('base64') },
    encrypt: master.encrypt.toString('base64'),
  });
  const sealer = new Sealer(await deriveKey(password, salt, cost));
  const file = Buffer.from(
    JSON.stringify({
      created: origin.created.toISOString(),
      username: origin.username,
      hostname: origin.hostname,
      kdf: 'scrypt',
      ...cost,
      salt: salt.toString('base64'),
      data: sealer.seal(Buffer.from(plain)).toString('base64'),
    }),
  );
  const id = sha256(file);
  await backend.write('key', id, file);
  return id;
}

/** Tries the key files until the password opens one. Throws `wrong-password`, or `not-a-repository` without keys. */
export async function openMasterKey(backend: Backend, password: string): Promise<{ id: Id; master: KeyMaterial }> {
  let tried = 0;
  let lastProblem: unknown;
  for await (const { name } of backend.list('key')) {
    if (!isId(name)) continue;
    if (tried++ >= MAX_KEYS_TRIED) break;
    try {
      const file = await readKeyFile(backend, name);
      const sealer = new Sealer(await deriveKey(password, file.salt, file.cost));
      return { id: name, master: parseMaster(sealer.open(file.data, `key ${name}`)) };
    } catch (error) {
      if (!hasCode(error, 'damaged')) throw error;
      lastProblem = error;
    }
  }
  if (tried === 0) {
    throw new ResticError('not-a-repository', `There is no repository at ${backend.description}.`, {
      nextStep: 'Check the place of the repository, or create it first.',
    });
  }
  throw new ResticError('wrong-password', `The password opens none of the ${tried} keys at ${backend.description}.`, {
    nextStep: 'Give the password this repository was created with.',
    cause: lastProblem,
  });
}

/** Facts about every key file, without any secret. Damaged files are left out. */
export async function listKeyFiles(backend: Backend): Promise<KeyInfo[]> {
  const keys: KeyInfo[] = [];
  for await (const { name } of backend.list('key')) {
    if (!isId(name)) continue;
    try {
      const { created, hostname, username } = await readKeyFile(backend, name);
      keys.push({ id: name, created, hostname, username });
    } catch (error) {
      if (!hasCode(error, 'damaged') && !hasCode(error, 'not-found')) throw error;
    }
  }
  return keys;
}

async function readKeyFile(backend: Backend, name: Id): Promise<KeyFile> {
  const data = await backend.read('key', name);
  if (data.length > MAX_KEY_FILE) throw damaged(`key ${name} is too large`);
  const json = parseObject(data, `key ${name}`);
  if (json['kdf'] !== 'scrypt') throw damaged(`key ${name} does not use scrypt`);
  const text = (field: string): string => (typeof json[field] === 'string' ? json[field] : '');
  const number = (field: string): number => {
    const value = json[field];
    if (typeof value === 'number' && Number.isInteger(value) && value >= 1) return value;
    throw damaged(`key ${name} has bad scrypt parameters`);
  };
  const cost: ScryptCost = { N: number('N'), r: number('r'), p: number('p') };
  if (128 * cost.N * cost.r > MAX_SCRYPT_BYTES || cost.p > 64 || (cost.N & (cost.N - 1)) !== 0 || cost.N < 2) {
    throw damaged(`key ${name} asks for unreasonable scrypt parameters`);
  }
  return {
    created: text('created'),
    hostname: text('hostname'),
    username: text('username'),
    cost,
    salt: Buffer.from(text('salt'), 'base64'),
    data: Buffer.from(text('data'), 'base64'),
  };
}

function deriveKey(password: string, salt: Buffer, cost: ScryptCost): Promise<KeyMaterial> {
  return new Promise((resolve, reject) => {
    scrypt(password, salt, 64, { ...cost, maxmem: MAX_SCRYPT_BYTES * 2 }, (error, key) => {
      if (error) reject(error);
      else resolve({ encrypt: key.subarray(0, 32), macK: key.subarray(32, 48), macR: key.subarray(48, 64) });
    });
  });
}

function parseMaster(plain: Buffer): KeyMaterial {
  const json = parseObject(plain, 'the master key');
  const mac = isObject(json['mac']) ? json['mac'] : {};
  const bytes = (text: unknown, length: number): Buffer => {
    const found = Buffer.from(typeof text === 'string' ? text : '', 'base64');
    if (found.length !== length) throw damaged('a key file opens but holds no master key');
    return found;
  };
  return { encrypt: bytes(json['encrypt'], 32), macK: bytes(mac['k'], 16), macR: bytes(mac['r'], 16) };
}
