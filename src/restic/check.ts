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
  /** Those that cannot be restored whole: they need something that was found missing or damaged. */
  brokenSnapshots: Id[];
  /** Those with anything missing or damaged in them: what `repair` takes. */
  brokenPacks: Id[];
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
    brokenSnapshots: await check.findBroken(),
    brokenPacks: check.brokenPacks(),
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
  /** One byte per index entry, 1 when its bytes are not what they should be. */
  #bad = new Uint8Array();
  /** Trees whose bytes are right and say what is not so. */
  readonly #lying = new Set<Id>();
  /** Tree of each snapshot; undefined when the snapshot itself cannot be read. */
  readonly #roots = new Map<Id, Id | undefined>();

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
    this.#bad = new Uint8Array(this.#index.size);
  }

  #markPack(pack: number): void {
    for (const run of this.#index.runsOf(pack)) this.#bad.fill(1, run.first, run.first + run.count);
  }

  #markTree(tree: Id): void {
    const entry = this.#index.find('tree', tree);
    if (entry >= 0) this.#bad[entry] = 1;
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
      if (size === undefined || size < expected) this.#markPack(pack);
    }
  }

  async readTrees(snapshots: Id[]): Promise<void> {
    const { backend, sealer } = this.#state;
    const reader = new BlobReader(this.#state);
    const roots: Id[] = [];
    for (const id of snapshots) {
      try {
        const { tree } = await readSnapshot(backend, sealer, id);
        roots.push(tree);
        this.#roots.set(id, tree);
      } catch (error) {
        // Forgotten meanwhile.
        if (hasCode(error, 'not-found')) continue;
        this.#reportError(error, id);
        this.#roots.set(id, undefined);
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
      onBroken: (tree, error) => {
        this.#reportError(error, tree);
        this.#markTree(tree);
      },
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
        this.#lying.add(tree);
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
        this.#markPack(pack);
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
          this.#bad[entry] = 1;
        }
      }
    }
  }

  brokenPacks(): Id[] {
    const packs = new Set<number>();
    for (let entry = 0; entry < this.#bad.length; entry++)
      if (this.#bad[entry] === 1) packs.add(this.#index.pack(entry));
    return [...packs].map((pack) => this.#index.packId(pack));
  }

  /** Snapshots with anything bad or missing below their tree. Every tree is looked at once. */
  async findBroken(): Promise<Id[]> {
    if (this.problems.length === 0) return [];
    const reader = new BlobReader(this.#state);
    const whole = new Map<Id, boolean>();
    const isWhole = async (tree: Id): Promise<boolean> => {
      const known = whole.get(tree);
      if (known !== undefined) return known;
      const found = await this.#isTreeWhole(reader, tree, isWhole);
      whole.set(tree, found);
      return found;
    };
    const broken: Id[] = [];
    for (const [snapshot, tree] of this.#roots) {
      if (tree === undefined || !(await isWhole(tree))) broken.push(snapshot);
    }
    return broken;
  }

  async #isTreeWhole(reader: BlobReader, tree: Id, isWhole: (below: Id) => Promise<boolean>): Promise<boolean> {
    const isThere = (type: 'tree' | 'data', id: Id): boolean => {
      const entry = this.#index.find(type, id);
      return entry >= 0 && this.#bad[entry] !== 1;
    };
    if (!isThere('tree', tree) || this.#lying.has(tree)) return false;
    for (const { content = [], subtree } of await reader.loadTree(tree)) {
      if (!content.every((id) => isThere('data', id))) return false;
      if (subtree !== undefined && !(await isWhole(subtree))) return false;
    }
    return true;
  }
}
