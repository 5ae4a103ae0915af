import { BlobIndex } from './blob-index.ts';
import { hasCode, ResticError } from './errors.ts';
import { isId, sha256 } from './hash.ts';
import { addIndexFile } from './index-files.ts';
import { packFileSize, readHeader } from './pack.ts';
import { BlobReader } from './read.ts';
import { readSnapshot, snapshotIds } from './snapshot.ts';
import type { OpenState } from './state.ts';
import { decodeTree } from './tree.ts';
import type { CheckProblem, Id } from './types.ts';
import { readJsonFile } from './unpacked.ts';
import { walkTrees } from './walk.ts';

export interface CheckOptions {
  /** `part` counts from 1 to `of`: reading part 1, 2, ... day after day reads everything in `of` days. */
  readData?: 'none' | 'all' | { part: number; of: number };
}

export interface CheckResult {
  problems: CheckProblem[];
  packsRead: number;
  bytesRead: number;
  snapshots: number;
}

/** A repository in ruins need not fill the memory with its problems. */
const MAX_PROBLEMS = 1000;
const LARGEST_PACK = 512 * 1024 * 1024;

/**
 * Reads the index, all snapshots and trees, and compares them with the packs in the store; on request reads packs
 * back, blob by blob. Beyond restic's own check, file sizes are compared with their blobs. Finds, never repairs.
 * Packs in no index are no problem: a killed writer left them, and the next prune removes them.
 */
export async function checkRepository(state: OpenState, options: CheckOptions = {}): Promise<CheckResult> {
  const check = new Check(state);
  // Snapshots before the index: what a snapshot in this list needs was in the index before it.
  const snapshots = await snapshotIds(state.backend);
  await check.readIndex();
  check.comparePacks();
  await check.readTrees(snapshots);
  await check.readPacks(options.readData ?? 'none');
  return {
    problems: check.problems,
    packsRead: check.packsRead,
    bytesRead: check.bytesRead,
    snapshots: snapshots.length,
  };
}

class Check {
  readonly problems: CheckProblem[] = [];
  packsRead = 0;
  bytesRead = 0;
  readonly #state: OpenState;
  readonly #index = new BlobIndex();
  readonly #stored = new Map<Id, number>();
  readonly #missing = new Set<Id>();

  constructor(state: OpenState) {
    this.#state = { ...state, index: this.#index, unindexed: [] };
  }

  #report(code: string, message: string, id?: Id): void {
    if (this.problems.length < MAX_PROBLEMS)
      this.problems.push(id === undefined ? { code, message } : { code, message, id });
  }

  #reportError(error: unknown, id: Id): void {
    if (!(error instanceof ResticError) || error.retryable) throw error;
    this.#report(error.code, error.message, id);
  }

  async readIndex(): Promise<void> {
    const { backend, sealer } = this.#state;
    const names: Id[] = [];
    for await (const { name } of backend.list('index')) if (isId(name)) names.push(name);
    for (const name of names) {
      try {
        addIndexFile(this.#index, await readJsonFile(backend, sealer, 'index', name), name);
      } catch (error) {
        this.#reportError(error, name);
      }
    }
    for await (const { name, size } of backend.list('data')) if (isId(name)) this.#stored.set(name, size);
  }

  comparePacks(): void {
    const index = this.#index;
    for (let pack = 0; pack < index.packCount; pack++) {
      const id = index.packId(pack);
      const size = this.#stored.get(id);
      const blobs = index.runsOf(pack).flatMap((run) =>
        Array.from({ length: run.count }, (_, i) => ({
          length: index.length(run.first + i),
          uncompressedLength: index.uncompressedLength(run.first + i),
        })),
      );
      const expected = packFileSize(blobs);
      if (size === undefined) this.#report('missing-pack', `Pack ${id} is in the index but not in the store.`, id);
      else if (size !== expected) this.#report('pack-size', `Pack ${id} has ${size} bytes instead of ${expected}.`, id);
    }
  }

  async readTrees(snapshots: Id[]): Promise<void> {
    const { backend, sealer } = this.#state;
    const reader = new BlobReader(this.#state);
    const roots: Id[] = [];
    for (const id of snapshots) {
      try {
        roots.push((await readSnapshot(backend, sealer, id)).tree);
      } catch (error) {
        // Forgotten meanwhile.
        if (!hasCode(error, 'not-found')) this.#reportError(error, id);
      }
    }
    const seen = new Uint8Array(this.#index.size);
    await walkTrees(reader, roots, {
      enter: (tree) => {
        const entry = this.#index.find('tree', tree);
        if (entry < 0) {
          this.#reportMissing('tree', tree);
          return false;
        }
        if (seen[entry] === 1) return false;
        seen[entry] = 1;
        return true;
      },
      take: (tree, plain, contents) => {
        for (const id of contents) if (this.#index.find('data', id) < 0) this.#reportMissing('data', id);
        this.#checkSizes(tree, plain);
      },
      onBroken: (tree, error) => this.#reportError(error, tree),
    });
  }

  #reportMissing(type: string, id: Id): void {
    if (this.#missing.has(id)) return;
    if (this.#missing.size < MAX_PROBLEMS) this.#missing.add(id);
    this.#report('missing-blob', `The ${type} blob ${id} is used but in no index.`, id);
  }

  #checkSizes(tree: Id, plain: Buffer): void {
    const index = this.#index;
    for (const node of decodeTree(plain, `tree ${tree}`)) {
      if (node.type !== 'file') continue;
      let size = 0;
      for (const id of node.content ?? []) {
        const entry = index.find('data', id);
        size += entry < 0 ? NaN : index.plainLength(entry);
      }
      if (!Number.isNaN(size) && size !== (node.size ?? 0)) {
        const name = JSON.stringify(String(node.name));
        this.#report(
          'wrong-size',
          `File ${name} in tree ${tree} says ${node.size} bytes, its blobs have ${size}.`,
          tree,
        );
      }
    }
  }

  async readPacks(which: NonNullable<CheckOptions['readData']>): Promise<void> {
    if (which === 'none') return;
    if (which !== 'all' && !(Number.isInteger(which.of) && which.part >= 1 && which.part <= which.of)) {
      throw new ResticError('bad-slice', `There is no part ${which.part} of ${which.of}.`, {
        nextStep: 'Give a part from 1 to the number of parts.',
      });
    }
    for (let pack = 0; pack < this.#index.packCount; pack++) {
      const id = this.#index.packId(pack);
      const size = this.#stored.get(id);
      if (size === undefined) continue;
      if (which !== 'all' && parseInt(id.slice(0, 8), 16) % which.of !== which.part - 1) continue;
      try {
        await this.#readPack(pack, id, size);
      } catch (error) {
        this.#reportError(error, id);
      }
    }
  }

  async #readPack(pack: number, id: Id, size: number): Promise<void> {
    if (size > LARGEST_PACK) {
      this.#report('pack-size', `Pack ${id} is too large to be read back (${size} bytes).`, id);
      return;
    }
    const file = await this.#state.backend.read('data', id);
    this.packsRead++;
    this.bytesRead += file.length;
    if (sha256(file) !== id) this.#report('damaged', `Pack ${id} does not have the content its name says.`, id);
    const reader = new BlobReader(this.#state);
    const index = this.#index;
    const inHeader = new Map(
      readHeader(this.#state.sealer, file, `pack ${id}`).map((blob) => [
        `${blob.type}${blob.id.toString('hex')}`,
        blob,
      ]),
    );
    for (const run of index.runsOf(pack)) {
      for (let entry = run.first; entry < run.first + run.count; entry++) {
        const blob = inHeader.get(`${index.type(entry)}${index.id(entry)}`);
        if (blob?.offset !== index.offset(entry) || blob.length !== index.length(entry)) {
          this.#report('index-differs', `Pack ${id} and the index do not agree on blob ${index.id(entry)}.`, id);
        }
        const from = index.offset(entry);
        try {
          reader.openBlob(entry, file.subarray(from, from + index.length(entry)));
        } catch (error) {
          this.#reportError(error, index.id(entry));
        }
      }
    }
  }
}
