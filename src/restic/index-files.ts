// oxlint-disable typescript/no-unsafe-type-assertion -- parsed JSON: each field is checked before it is used
import type { BlobIndex, PackRun } from './blob-index.ts';
import { damaged, hasCode, ResticError } from './errors.ts';
import { isId } from './hash.ts';
import { objectsIn } from './json.ts';
import type { JsonObject } from './json.ts';
import type { PackedBlob } from './pack.ts';
import type { Sealer } from './seal.ts';
import type { Backend, Id } from './types.ts';
import { readJsonFile, writeJsonFile } from './unpacked.ts';

/** About as many blobs as restic puts into one index file. */
export const INDEX_FILE_BLOBS = 40_000;
const UINT32 = 2 ** 32;

/**
 * Reads every index file into `index`; returns their ids. Packs that `keep` refuses are left out.
 * Throws `damaged` at the first that cannot be read.
 */
export async function readIndexFiles(
  backend: Backend,
  sealer: Sealer,
  index: BlobIndex,
  keep: (pack: Id) => boolean = () => true,
): Promise<Id[]> {
  const names: Id[] = [];
  for await (const { name } of backend.list('index')) if (isId(name)) names.push(name);
  for (const name of names) {
    try {
      addIndexFile(index, await readJsonFile(backend, sealer, 'index', name), name, keep);
    } catch (error) {
      if (!hasCode(error, 'not-found')) throw error;
      throw new ResticError('index-moved', 'An index file vanished while the index was read: somebody prunes.', {
        nextStep: 'Read the index while holding a lock.',
        retryable: true,
        cause: error,
      });
    }
  }
  return names;
}

/** Adds the packs of one parsed index file. Unknown fields (such as the old `supersedes`) are ignored. */
export function addIndexFile(
  index: BlobIndex,
  json: JsonObject,
  name: Id,
  keep: (pack: Id) => boolean = () => true,
): void {
  for (const { id, blobs } of objectsIn(json['packs'], `index ${name}`)) {
    if (!isId(id)) throw damaged(`index ${name} has a bad pack`);
    const list = objectsIn(blobs, `index ${name}`);
    if (keep(id)) index.addPack(id, parseBlobs(list, name));
  }
}

function* parseBlobs(blobs: JsonObject[], name: Id): Generator<PackedBlob> {
  for (const blob of blobs) {
    const id = blob['id'];
    const type = blob['type'];
    const offset = blob['offset'];
    const length = blob['length'];
    const uncompressedLength = blob['uncompressed_length'] ?? 0;
    if (!isId(id) || (type !== 'data' && type !== 'tree')) throw damaged(`index ${name} has a bad blob`);
    if (!isUint32(offset) || !isUint32(length) || !isUint32(uncompressedLength)) {
      throw damaged(`index ${name} has a blob with bad numbers`);
    }
    yield { type, id: Buffer.from(id, 'hex'), offset, length, uncompressedLength };
  }
}

function isUint32(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < UINT32;
}

/** Writes index files for these runs of `index`. Returns the new ids. */
export async function writeIndexFiles(
  backend: Backend,
  sealer: Sealer,
  index: BlobIndex,
  runs: Iterable<PackRun>,
): Promise<Id[]> {
  const written: Id[] = [];
  let packs: string[] = [];
  let blobs = 0;
  const flush = async (): Promise<void> => {
    if (packs.length === 0) return;
    const json = `{"packs":[${packs.join(',')}]}`;
    packs = [];
    blobs = 0;
    written.push(await writeJsonFile(backend, sealer, 'index', json));
  };
  for (const run of runs) {
    packs.push(encodeRun(index, run));
    blobs += run.count;
    if (blobs >= INDEX_FILE_BLOBS) await flush();
  }
  await flush();
  return written;
}

function encodeRun(index: BlobIndex, run: PackRun): string {
  const parts: string[] = [];
  for (let entry = run.first; entry < run.first + run.count; entry++) {
    const plain = index.uncompressedLength(entry);
    parts.push(
      `{"id":"${index.id(entry)}","type":"${index.type(entry)}","offset":${index.offset(entry)},` +
        `"length":${index.length(entry)}${plain > 0 ? `,"uncompressed_length":${plain}` : ''}}`,
    );
  }
  return `{"id":"${index.packId(run.pack)}","blobs":[${parts.join(',')}]}`;
}
