// A site in memory for tests of the file engine: real SiteFiles answers, and every kind of mischief on request.
import { createHash } from 'node:crypto';
import type { HashPart, ListedEntry, ListRecord, ReadPart, ReadRefusal, SiteFiles } from './site-files.ts';

export interface MemoryFile {
  data: Buffer;
  mtime: number;
  ctime: number;
  mode?: number;
}

export class MemorySite implements SiteFiles {
  /** Files of the one root, by path. */
  readonly files = new Map<string, MemoryFile>();
  readonly links = new Map<string, string>();
  readonly counts = { reads: 0, bytes: 0, hashes: 0 };
  /** Called before each read of a file; may change it. */
  onRead: (path: string) => void = () => {};
  /** Put between the site and us. */
  twist: (record: ListRecord) => ListRecord[] = (record) => [record];

  put(path: string, data: Buffer | string, time = 1_700_000_000): void {
    this.files.set(path, { data: Buffer.from(data), mtime: time, ctime: time });
  }

  async roots(): Promise<{ id: string; path: string }[]> {
    return [{ id: 'root', path: '/srv/site' }];
  }

  async *list(): AsyncIterable<ListRecord> {
    const folders = new Map<string, ListedEntry[]>([['', []]]);
    const folderOf = (path: string): ListedEntry[] => {
      const known = folders.get(path);
      if (known !== undefined) return known;
      const made: ListedEntry[] = [];
      folders.set(path, made);
      const at = path.lastIndexOf('/');
      folderOf(at < 0 ? '' : path.slice(0, at)).push({
        name: path.slice(at + 1),
        type: 'd',
        size: 0,
        mtime: 1_600_000_000,
        ctime: 1_600_000_000,
        mode: 0o755,
      });
      return made;
    };
    for (const [path, file] of this.files) {
      const at = path.lastIndexOf('/');
      folderOf(at < 0 ? '' : path.slice(0, at)).push({
        name: path.slice(at + 1),
        type: 'f',
        size: file.data.length,
        mtime: file.mtime,
        ctime: file.ctime,
        mode: file.mode ?? 0o644,
      });
    }
    for (const [path, target] of this.links) {
      const at = path.lastIndexOf('/');
      folderOf(at < 0 ? '' : path.slice(0, at)).push({
        name: path.slice(at + 1),
        type: 'l',
        size: 0,
        mtime: 1,
        ctime: 1,
        mode: 0o777,
        target,
      });
    }
    const inOrder = [...folders.keys()].toSorted((a, b) => (a < b ? -1 : 1));
    for (const folder of inOrder) yield* this.twist({ folder, entries: folders.get(folder) ?? [], more: false });
  }

  async *read(wishes: Parameters<SiteFiles['read']>[0]): AsyncGenerator<(ReadPart | ReadRefusal)[]> {
    yield wishes.map((wish, i) => {
      const before = this.files.get(wish.path)?.mtime;
      this.onRead(wish.path);
      const file = this.files.get(wish.path);
      if (file === undefined) return { i, error: 'gone' };
      const data = Buffer.from(file.data.subarray(wish.offset, wish.offset + wish.length));
      this.counts.reads++;
      this.counts.bytes += data.length;
      const eof = wish.offset + data.length >= file.data.length;
      return {
        i,
        data: [data],
        length: data.length,
        size: file.data.length,
        mtime: file.mtime,
        ctime: file.ctime,
        eof,
        changed: before !== file.mtime,
      };
    });
  }

  async hash(files: Parameters<SiteFiles['hash']>[0]): Promise<(HashPart | ReadRefusal)[]> {
    return files.map(({ path }, i) => {
      const file = this.files.get(path);
      if (file === undefined) return { i, error: 'gone' };
      this.counts.hashes++;
      const sha256 = createHash('sha256').update(file.data).digest('hex');
      return { i, size: file.data.length, mtime: file.mtime, ctime: file.ctime, sha256 };
    });
  }
}
