import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { link, mkdir, open, opendir, rename, stat, unlink } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { damaged, ResticError } from './errors.ts';
import { assertFileName, isId } from './hash.ts';
import type { Backend, FileType } from './types.ts';

const FOLDERS = { key: 'keys', data: 'data', index: 'index', snapshot: 'snapshots', lock: 'locks' };
/** Half-written files of killed processes are here; restic never looks into this folder. */
const TEMPORARY = 'tmp';
const TEMPORARY_MAX_AGE_MS = 24 * 60 * 60 * 1000;

/** Repository files in a local folder, in restic's layout: `data/ab/abcd...`, `keys/`, `index/`, ... */
export function openLocalBackend(folder: string): Backend {
  return new LocalBackend(resolve(folder));
}

class LocalBackend implements Backend {
  readonly description: string;
  readonly #root: string;
  #swept = false;

  constructor(root: string) {
    this.#root = root;
    this.description = root;
  }

  async *list(type: FileType): AsyncIterable<{ name: string; size: number }> {
    if (type === 'config') {
      const size = await this.#sizeOf(join(this.#root, 'config'));
      if (size !== undefined) yield { name: '', size };
      return;
    }
    const top = join(this.#root, FOLDERS[type]);
    if (type !== 'data') {
      yield* this.#listFolder(top);
      return;
    }
    for await (const name of names(top)) {
      if (/^[0-9a-f]{2}$/.test(name)) yield* this.#listFolder(join(top, name));
    }
  }

  async read(type: FileType, name: string, range?: { offset: number; length: number }): Promise<Buffer> {
    const file = await this.#open(this.#path(type, name));
    try {
      const size = (await file.stat()).size;
      const offset = range?.offset ?? 0;
      const length = range?.length ?? size;
      if (offset + length > size) throw damaged(`${type} ${name} ends before byte ${offset + length}`);
      const data = Buffer.allocUnsafeSlow(length);
      for (let done = 0; done < length;) {
        const { bytesRead } = await file.read(data, done, length - done, offset + done);
        if (bytesRead === 0) throw damaged(`${type} ${name} became shorter while being read`);
        done += bytesRead;
      }
      return data;
    } finally {
      await file.close();
    }
  }

  async write(type: FileType, name: string, data: Buffer, options: { ifAbsent?: boolean } = {}): Promise<void> {
    await this.#sweep();
    const target = this.#path(type, name);
    const folder = join(target, '..');
    const temporary = join(this.#root, TEMPORARY, `${name.slice(0, 16)}-${randomBytes(8).toString('hex')}`);
    const file = await this.#create(temporary);
    try {
      try {
        await file.writeFile(data);
        await file.sync();
      } finally {
        await file.close();
      }
      await this.#place(temporary, target, folder, options.ifAbsent === true);
    } catch (error) {
      await unlink(temporary).catch(() => {});
      throw this.#explain(error, `write ${type} ${name}`);
    }
    await syncFolder(folder);
  }

  async remove(type: FileType, name: string): Promise<void> {
    const target = this.#path(type, name);
    try {
      await unlink(target);
    } catch (error) {
      if (isErrno(error, 'ENOENT')) return;
      throw this.#explain(error, `remove ${type} ${name}`);
    }
    await syncFolder(join(target, '..'));
  }

  async close(): Promise<void> {}

  #path(type: FileType, name: string): string {
    if (type === 'config') return join(this.#root, 'config');
    assertFileName(name);
    const folder = join(this.#root, FOLDERS[type]);
    return type === 'data' ? join(folder, name.slice(0, 2), name) : join(folder, name);
  }

  async #open(path: string): Promise<FileHandle> {
    try {
      return await open(path, constants.O_RDONLY);
    } catch (error) {
      if (isErrno(error, 'ENOENT')) throw notFound('file', path, this.description);
      throw this.#explain(error, `read ${path}`);
    }
  }

  /** Mode 0400 as restic's; folders 0700: the names alone tell how large a site is. */
  async #create(path: string): Promise<FileHandle> {
    for (let attempt = 0; ; attempt++) {
      try {
        return await open(path, 'wx', 0o400);
      } catch (error) {
        if (!isErrno(error, 'ENOENT') || attempt > 0) throw this.#explain(error, `write ${path}`);
        await mkdir(join(path, '..'), { recursive: true, mode: 0o700 });
      }
    }
  }

  async #place(temporary: string, target: string, folder: string, ifAbsent: boolean): Promise<void> {
    for (let attempt = 0; ; attempt++) {
      try {
        if (!ifAbsent) return await rename(temporary, target);
        await link(temporary, target);
        return await unlink(temporary);
      } catch (error) {
        if (isErrno(error, 'EEXIST')) {
          throw new ResticError('exists', `${target} exists already.`, { nextStep: 'Choose another place.' });
        }
        if (!isErrno(error, 'ENOENT') || attempt > 0) throw error;
        await mkdir(folder, { recursive: true, mode: 0o700 });
        await syncFolder(join(folder, '..'));
        await syncFolder(join(folder, '..', '..'));
      }
    }
  }

  async *#listFolder(folder: string): AsyncIterable<{ name: string; size: number }> {
    for await (const name of names(folder)) {
      if (!isId(name)) continue;
      const size = await this.#sizeOf(join(folder, name));
      if (size !== undefined) yield { name, size };
    }
  }

  /** Undefined when the file vanished meanwhile. */
  async #sizeOf(path: string): Promise<number | undefined> {
    try {
      return (await stat(path)).size;
    } catch (error) {
      if (isErrno(error, 'ENOENT')) return undefined;
      throw this.#explain(error, `look at ${path}`);
    }
  }

  /** Once per backend: removes what killed processes left in the temporary folder a day ago or earlier. */
  async #sweep(): Promise<void> {
    if (this.#swept) return;
    this.#swept = true;
    const folder = join(this.#root, TEMPORARY);
    for await (const name of names(folder)) {
      const path = join(folder, name);
      const age =
        Date.now() -
        (await stat(path).then(
          (s) => s.mtimeMs,
          () => Infinity,
        ));
      if (age > TEMPORARY_MAX_AGE_MS && age !== Infinity) await unlink(path).catch(() => {});
    }
  }

  #explain(error: unknown, what: string): unknown {
    if (error instanceof ResticError || !(error instanceof Error)) return error;
    const full = isErrno(error, 'ENOSPC') || isErrno(error, 'EDQUOT');
    return new ResticError(full ? 'disk-full' : 'store-failed', `Could not ${what}: ${error.message}`, {
      nextStep: full ? 'Make room on the disk of the repository.' : 'Check the folder and its rights.',
      retryable: !full,
      cause: error,
    });
  }
}

/** Entries of a folder; none when it does not exist. */
async function* names(folder: string): AsyncIterable<string> {
  try {
    for await (const entry of await opendir(folder)) yield entry.name;
  } catch (error) {
    if (!isErrno(error, 'ENOENT')) throw error;
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, constants.O_RDONLY);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function notFound(type: string, name: string, where: string): ResticError {
  return new ResticError('not-found', `${type} ${name} is not in ${where}.`, {
    nextStep: 'Run a check of the repository.',
  });
}

function isErrno(error: unknown, code: string): boolean {
  return error instanceof Error && (error as NodeJS.ErrnoException).code === code;
}
