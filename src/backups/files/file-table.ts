import type { Id } from '../../restic/types.ts';
import type { FileFacts } from '../rules/changed-files.ts';
import type { ListedEntry } from './site-files.ts';

export type EntryState =
  | 'listed'
  | 'reuse' // contents come from the parent or from an earlier attempt
  | 'fetch' // still to be fetched
  | 'fetched'
  | 'skipped';

/** The first `size` bytes of a larger file, as stored; `facts` are those of the whole file when they were read. */
export interface BegunFile {
  content: Id[];
  size: number;
  facts: FileFacts;
}

export interface Folder {
  /** Wire path below the root. */
  path: string;
  depth: number;
  /** Its own entry, -1 for the root. */
  entry: number;
  entries: number[];
  /** The listing of this folder came to its end. */
  complete: boolean;
  skipped: boolean;
  /** Counts what changed in it and below it. */
  changes: number;
}

/**
 * All entries of one root, column by column: 200,000 files take about 60 MB with their blob ids.
 * An entry is an index into the columns.
 */
export class FileTable {
  readonly root: string;
  readonly folders: Folder[] = [
    { path: '', depth: 0, entry: -1, entries: [], complete: false, skipped: false, changes: 0 },
  ];
  readonly names: string[] = [];
  readonly folderOf: number[] = [];
  readonly types: ListedEntry['type'][] = [];
  readonly sizes: number[] = [];
  readonly mtimes: number[] = [];
  readonly ctimes: number[] = [];
  readonly modes: number[] = [];
  readonly states: EntryState[] = [];
  /** Blob ids of files once they are known. */
  readonly contents: (Id[] | undefined)[] = [];
  readonly targets = new Map<number, string>();
  /** Large files of which an earlier attempt or this one stored the beginning. */
  readonly begun = new Map<number, BegunFile>();
  /** Folder index of a dir entry. */
  readonly subfolders = new Map<number, number>();
  /**
   * Trees of folders as a checkpoint wrote them, until something below changes; undefined = there was nothing to write.
   * `whole`: the final tree is the same.
   */
  readonly written = new Map<number, { tree: Id | undefined; whole: boolean }>();
  readonly #byPath = new Map<string, number>([['', 0]]);

  constructor(root: string) {
    this.root = root;
  }

  get length(): number {
    return this.names.length;
  }

  add(folder: number, listed: ListedEntry): number {
    const entry = this.names.length;
    const into = this.folderAt(folder);
    this.names.push(listed.name);
    this.folderOf.push(folder);
    this.types.push(listed.type);
    this.sizes.push(listed.size);
    this.mtimes.push(listed.mtime);
    this.ctimes.push(listed.ctime);
    this.modes.push(listed.mode);
    this.states.push('listed');
    this.contents.push(undefined);
    if (listed.target !== undefined) this.targets.set(entry, listed.target);
    into.entries.push(entry);
    if (listed.type === 'd') {
      const path = this.pathOf(entry);
      this.subfolders.set(entry, this.folders.length);
      this.#byPath.set(path, this.folders.length);
      this.folders.push({
        path,
        depth: into.depth + 1,
        entry,
        entries: [],
        complete: false,
        skipped: false,
        changes: 0,
      });
    }
    return entry;
  }

  folderAt(index: number): Folder {
    const folder = this.folders[index];
    if (folder === undefined) throw new RangeError(`no folder ${index}`);
    return folder;
  }

  folderByPath(path: string): number | undefined {
    return this.#byPath.get(path);
  }

  pathOf(entry: number): string {
    const folder = this.folderAt(this.folderOf[entry] ?? 0).path;
    const name = this.names[entry] ?? '';
    return folder === '' ? name : `${folder}/${name}`;
  }

  factsOf(entry: number): FileFacts {
    return { size: this.sizes[entry] ?? 0, mtime: this.mtimes[entry] ?? 0, ctime: this.ctimes[entry] ?? 0 };
  }

  setFacts(entry: number, facts: FileFacts): void {
    this.sizes[entry] = facts.size;
    this.mtimes[entry] = facts.mtime;
    this.ctimes[entry] = facts.ctime;
  }

  setContent(entry: number, state: 'reuse' | 'fetched', content: Id[], facts: FileFacts): void {
    this.states[entry] = state;
    this.contents[entry] = content;
    this.setFacts(entry, facts);
    this.forgetTrees(entry);
  }

  /** The folder of this entry, and those above it, are to be written again. */
  forgetTrees(entry: number): void {
    for (let at = this.folderOf[entry]; at !== undefined; at = this.folderOf[this.folderAt(at).entry]) {
      this.written.delete(at);
      this.folderAt(at).changes++;
    }
  }
}
