import { constants, type Stats } from 'node:fs';
import { chmod, lstat, mkdir, open, readlink, realpath, rmdir, symlink, unlink } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { MAX_DEPTH } from './diff.ts';
import { damaged, ResticError } from './errors.ts';
import { sha256 } from './hash.ts';
import type { BlobReader } from './read.ts';
import type { OpenState } from './state.ts';
import { nameBytes } from './tree.ts';
import type { Id, TreeNode } from './types.ts';

export interface RestoreOptions {
  /** Paths to restore (arrays of names), default all. */
  only?: (string | Buffer)[][];
  /** Read every written file back and compare it with the blob ids. */
  verify?: boolean;
  /**
   * Give files their owners, and programs their setuid and setgid bits; needs root. Off by default: what a site says
   * about owners means nothing on another machine, and a setuid program from it would be a gift to an attacker.
   */
  owners?: boolean;
  /**
   * Folders keep u+rwx and files u+r whatever the snapshot says: for a scratch folder, which an ordinary user reads back
   * and removes.
   */
  openToOwner?: boolean;
  /** Stop with `too-much` before writing more than this. Default: 20 million entries, no limit of bytes. */
  maxEntries?: number;
  maxBytes?: number;
  signal?: AbortSignal;
  onProgress?: (done: { files: number; bytes: number }) => void;
}

const BATCH_FILES = 128;
const BATCH_BYTES = 32 * 1024 * 1024;
const DEFAULT_MAX_ENTRIES = 20_000_000;
const SLASH = Buffer.from('/');
const NEW_FILE = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;
const FOLDER = constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW;

/**
 * Writes a tree into a local folder, never outside it: names are single path parts (the tree decoder refuses others),
 * every folder on the way is looked at before use, links in the way are removed rather than followed, files are made
 * anew, and the links of the snapshot are made last. What is in the folder besides stays. Needs no root: what is closed
 * in the snapshot is closed here once everything in it is written and compared.
 */
export async function restoreTree(
  state: OpenState,
  reader: BlobReader,
  tree: Id,
  target: string,
  options: RestoreOptions = {},
): Promise<{ files: number; bytes: number }> {
  await mkdir(target, { recursive: true });
  const root = await realpath(target, { encoding: 'buffer' });
  const restorer = new Restorer(state, reader, options);
  await restorer.writeFiles(tree, root);
  await restorer.finishFolders(tree, root);
  return restorer.done;
}

interface PlannedFile {
  node: TreeNode;
  path: Buffer;
}

class Restorer {
  readonly done = { files: 0, bytes: 0 };
  readonly #state: OpenState;
  readonly #reader: BlobReader;
  readonly #options: RestoreOptions;
  readonly #wanted: Selection;
  #entries = 0;
  #plannedBytes = 0;
  #batch: PlannedFile[] = [];
  #batchBytes = 0;

  constructor(state: OpenState, reader: BlobReader, options: RestoreOptions) {
    this.#state = state;
    this.#reader = reader;
    this.#options = options;
    this.#wanted = new Selection(options.only);
  }

  /** First pass: folders and files. */
  async writeFiles(tree: Id, root: Buffer): Promise<void> {
    await this.#eachFolder(tree, root, async (nodes, folder, wanted) => {
      for (const node of nodes) {
        const path = Buffer.concat([folder, SLASH, nameBytes(node.name)]);
        if (wanted.under(node.name) === undefined) continue;
        this.#count(node);
        if (node.type === 'dir') await ensureFolder(path);
        else if (node.type === 'file') await this.#plan({ node, path });
      }
    });
    await this.#writeBatch();
    const missing = this.#wanted.firstUnseen();
    if (missing !== undefined) {
      throw new ResticError(
        'not-in-snapshot',
        `The snapshot has no "${Buffer.from(missing.join('/'), 'latin1').toString()}".`,
        {
          nextStep: 'Choose a path that the snapshot lists.',
        },
      );
    }
  }

  /** Second pass, innermost folders first: links, then modes and times, which writing into them had changed. */
  async finishFolders(tree: Id, root: Buffer): Promise<void> {
    const links = async (nodes: TreeNode[], folder: Buffer, wanted: Selection): Promise<void> => {
      for (const node of nodes) {
        if (node.type !== 'symlink' || wanted.under(node.name) === undefined) continue;
        await this.#makeLink(node, Buffer.concat([folder, SLASH, nameBytes(node.name)]));
      }
    };
    await this.#eachFolder(tree, root, links, async (node, path) => {
      const handle = await open(path, FOLDER);
      try {
        await this.#setFacts(handle, node);
      } finally {
        await handle.close();
      }
    });
  }

  async #eachFolder(
    tree: Id,
    root: Buffer,
    before: (nodes: TreeNode[], folder: Buffer, wanted: Selection) => Promise<void>,
    after?: (node: TreeNode, path: Buffer) => Promise<void>,
  ): Promise<void> {
    type Level = { dirs: TreeNode[]; path: Buffer; node: TreeNode | undefined; wanted: Selection };
    const enter = async (id: Id, path: Buffer, node: TreeNode | undefined, wanted: Selection): Promise<Level> => {
      this.#options.signal?.throwIfAborted();
      const nodes = await this.#reader.loadTree(id);
      await before(nodes, path, wanted);
      const dirs = nodes.filter((n) => n.type === 'dir' && wanted.under(n.name) !== undefined);
      return { dirs: dirs.toReversed(), path, node, wanted };
    };
    const stack = [await enter(tree, root, undefined, this.#wanted)];
    for (let level = stack.at(-1); level !== undefined; level = stack.at(-1)) {
      const node = level.dirs.pop();
      if (node === undefined) {
        stack.pop();
        if (level.node !== undefined) await after?.(level.node, level.path);
        continue;
      }
      if (stack.length >= MAX_DEPTH) throw damaged('folders lie deeper than any file system allows');
      const path = Buffer.concat([level.path, SLASH, nameBytes(node.name)]);
      stack.push(await enter(node.subtree!, path, node, level.wanted.under(node.name)!));
    }
  }

  /** Counts before anything is written: a small hostile repository can describe an endless restore. */
  #count(node: TreeNode): void {
    this.#entries++;
    if (node.type === 'file') {
      const { index } = this.#state;
      let size = 0;
      for (const id of node.content ?? []) size += index.plainLength(this.#reader.entry('data', id));
      const name = JSON.stringify(String(node.name));
      if (size !== (node.size ?? 0)) throw damaged(`file ${name} says ${node.size} bytes but its blobs have ${size}`);
      this.#plannedBytes += size;
    }
    const { maxEntries = DEFAULT_MAX_ENTRIES, maxBytes = Infinity } = this.#options;
    if (this.#entries <= maxEntries && this.#plannedBytes <= maxBytes) return;
    throw new ResticError('too-much', 'The snapshot holds more than the limit given for this restore.', {
      nextStep: 'Choose folders to restore, or raise the limit when the snapshot can be trusted.',
    });
  }

  async #plan(file: PlannedFile): Promise<void> {
    const size = file.node.size ?? 0;
    if (size > BATCH_BYTES) {
      await this.#writeLarge(file);
      return;
    }
    this.#batch.push(file);
    this.#batchBytes += size;
    if (this.#batch.length >= BATCH_FILES || this.#batchBytes >= BATCH_BYTES) await this.#writeBatch();
  }

  async #writeLarge(file: PlannedFile): Promise<void> {
    await removeInTheWay(file.path);
    const handle = await open(file.path, NEW_FILE, 0o600);
    try {
      let at = 0;
      for await (const bytes of this.#reader.readFile(file.node)) {
        this.#options.signal?.throwIfAborted();
        await writeAt(handle, bytes, at);
        at += bytes.length;
        this.done.bytes += bytes.length;
        this.#options.onProgress?.({ ...this.done });
      }
      await this.#finishFile(handle, file);
    } finally {
      await handle.close();
    }
  }

  /** Many small files together: their blobs lie side by side in packs and come in few reads. */
  async #writeBatch(): Promise<void> {
    const files = this.#batch;
    this.#batch = [];
    this.#batchBytes = 0;
    if (files.length === 0) return;
    this.#options.signal?.throwIfAborted();
    const handles: FileHandle[] = [];
    try {
      const places = new Map<number, { handle: FileHandle; at: number }[]>();
      for (const { node, path } of files) {
        await removeInTheWay(path);
        const handle = await open(path, NEW_FILE, 0o600);
        handles.push(handle);
        let at = 0;
        for (const id of node.content ?? []) {
          const entry = this.#reader.entry('data', id);
          const list = places.get(entry);
          if (list === undefined) places.set(entry, [{ handle, at }]);
          else list.push({ handle, at });
          at += this.#state.index.plainLength(entry);
        }
      }
      await this.#reader.readEntries(places.keys(), async (entry, plain) => {
        for (const { handle, at } of places.get(entry) ?? []) await writeAt(handle, plain, at);
      });
      for (const [i, file] of files.entries()) {
        await this.#finishFile(handles[i]!, file);
        this.done.bytes += file.node.size ?? 0;
      }
    } finally {
      await Promise.all(handles.map((handle) => handle.close()));
    }
    this.#options.onProgress?.({ ...this.done });
  }

  async #finishFile(handle: FileHandle, file: PlannedFile): Promise<void> {
    // Stretches of zeros were left out; this also makes a hole at the end.
    await handle.truncate(file.node.size ?? 0);
    // Its mode may say that nobody reads it.
    await this.#verify(file);
    await this.#setFacts(handle, file.node);
    this.done.files++;
  }

  async #setFacts(handle: FileHandle, node: TreeNode): Promise<void> {
    const owners = this.#options.owners === true;
    if (owners) await handle.chown(node.uid ?? 0, node.gid ?? 0);
    const mode = owners || node.type === 'dir' ? node.mode : node.mode & 0o1777;
    const least = node.type === 'dir' ? 0o700 : 0o400;
    await handle.chmod(this.#options.openToOwner === true ? mode | least : mode);
    const mtime = Number(node.mtimeNs) / 1e9;
    await handle.utimes(node.atimeNs === undefined ? mtime : Number(node.atimeNs) / 1e9, mtime);
  }

  async #makeLink(node: TreeNode, path: Buffer): Promise<void> {
    await removeInTheWay(path);
    await symlink(node.linktarget!, path);
    if (this.#options.verify === true) {
      const found = await readlink(path, { encoding: 'buffer' });
      if (!found.equals(nameBytes(node.linktarget!))) throw differs(path);
    }
  }

  async #verify({ node, path }: PlannedFile): Promise<void> {
    if (this.#options.verify !== true) return;
    const handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
    try {
      if ((await handle.stat()).size !== (node.size ?? 0)) throw differs(path);
      let at = 0;
      for (const id of node.content ?? []) {
        const length = this.#state.index.plainLength(this.#reader.entry('data', id));
        const bytes = Buffer.allocUnsafe(length);
        const { bytesRead } = await handle.read(bytes, 0, length, at);
        if (bytesRead !== length || sha256(bytes) !== id) throw differs(path);
        at += length;
      }
    } finally {
      await handle.close();
    }
  }
}

/** The part of `only` that concerns one folder. */
class Selection {
  /** Undefined: everything below. */
  readonly #below: Map<string, Selection> | undefined;
  readonly #path: string[];
  #seen = false;

  constructor(only: (string | Buffer)[][] | undefined, path: string[] = []) {
    this.#path = path;
    if (only === undefined || only.some((rest) => rest.length === 0)) return;
    this.#below = new Map();
    const rests = new Map<string, (string | Buffer)[][]>();
    for (const [name, ...rest] of only) {
      const key = byteKey(name!);
      const list = rests.get(key);
      if (list === undefined) rests.set(key, [rest]);
      else list.push(rest);
    }
    for (const [key, list] of rests) this.#below.set(key, new Selection(list, [...path, key]));
  }

  /** What is wanted of the entry with this name; undefined: nothing. */
  under(name: string | Buffer): Selection | undefined {
    if (this.#below === undefined) return this;
    const found = this.#below.get(byteKey(name));
    if (found !== undefined) found.#seen = true;
    return found;
  }

  /** A path asked for that no folder had. */
  firstUnseen(): string[] | undefined {
    for (const selection of this.#below?.values() ?? []) {
      const unseen = selection.#seen ? selection.firstUnseen() : selection.#path;
      if (unseen !== undefined) return unseen;
    }
    return undefined;
  }
}

/** Equal for equal bytes, whether the name came as text or as bytes. */
function byteKey(name: string | Buffer): string {
  return nameBytes(name).toString('latin1');
}

/**
 * A real folder at this path that we may write in: a link or file in its place is removed, never followed. One of an
 * earlier attempt may have the mode of the snapshot already.
 */
async function ensureFolder(path: Buffer): Promise<void> {
  const found = await lookAt(path);
  if (found?.isDirectory() === true) {
    if ((found.mode & 0o700) !== 0o700) await chmod(path, (found.mode & 0o7777) | 0o700);
    return;
  }
  if (found !== undefined) await unlink(path);
  await mkdir(path, { mode: 0o700 });
}

/** Makes the place free for a file or link. Throws `in-the-way` for a folder that is not empty. */
async function removeInTheWay(path: Buffer): Promise<void> {
  const found = await lookAt(path);
  if (found === undefined) return;
  if (!found.isDirectory()) {
    await unlink(path);
    return;
  }
  try {
    await rmdir(path);
  } catch (error) {
    throw new ResticError('in-the-way', `The folder ${path.toString()} is in the place of a file.`, {
      nextStep: 'Remove it, or restore into an empty folder.',
      cause: error,
    });
  }
}

async function lookAt(path: Buffer): Promise<Stats | undefined> {
  try {
    return await lstat(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Leaves out zeros: they become a hole, so a sparse file does not fill the disk. */
async function writeAt(handle: FileHandle, bytes: Buffer, at: number): Promise<void> {
  if (bytes[0] === 0 && bytes.length >= 4096 && bytes.subarray(1).equals(bytes.subarray(0, -1))) return;
  for (let done = 0; done < bytes.length;) {
    done += (await handle.write(bytes, done, bytes.length - done, at + done)).bytesWritten;
  }
}

function differs(path: Buffer): ResticError {
  return new ResticError('verify-failed', `The restored ${path.toString()} is not what the snapshot holds.`, {
    nextStep: 'Check the disk of the target, then restore again.',
  });
}
