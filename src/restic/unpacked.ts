// oxlint-disable typescript/no-unsafe-type-assertion -- parsed JSON: each field is checked before it is used
import { compress, decompress } from './compress.ts';
import { damaged } from './errors.ts';
import { sha256 } from './hash.ts';
import { parseObject } from './json.ts';
import type { JsonObject } from './json.ts';
import type { Sealer } from './seal.ts';
import type { Backend, FileType, Id } from './types.ts';

/** Marks a compressed file; the older form is the bare JSON. */
const COMPRESSED = 2;
/** The largest index restic writes stays below this; more is a bomb. */
const MAX_JSON = 256 * 1024 * 1024;

/** Seals and stores an index, snapshot or lock; its id is the hash of the sealed bytes. */
export async function writeJsonFile(backend: Backend, sealer: Sealer, type: FileType, json: string): Promise<Id> {
  const sealed = sealer.seal(Buffer.concat([Buffer.of(COMPRESSED), compress(Buffer.from(json))]));
  const id = sha256(sealed);
  await backend.write(type, id, sealed);
  return id;
}

/** Reads, authenticates and parses an index, snapshot or lock. Throws `not-found` or `damaged`. */
export async function readJsonFile(backend: Backend, sealer: Sealer, type: FileType, id: Id): Promise<JsonObject> {
  const what = `${type} ${id}`;
  const sealed = await backend.read(type, id);
  if (sha256(sealed) !== id) throw damaged(`${what} does not have the content its name says`);
  const plain = sealer.open(sealed, what);
  const first = plain[0];
  let text: Buffer;
  if (first === COMPRESSED) text = decompress(plain.subarray(1), MAX_JSON, what);
  else if (first === 0x7b || first === 0x5b) text = plain;
  else throw damaged(`${what} has an unknown encoding`);
  return parseObject(text, what);
}
