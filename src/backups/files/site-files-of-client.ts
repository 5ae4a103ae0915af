import type { SiteClient } from '../../connector/index.ts';
import { worthCompressing } from '../../restic/index.ts';
import type { HashPart, ListRecord, ReadPart, ReadRefusal, ReadWish, SiteFiles } from './site-files.ts';

/** From this share of bytes on that do not get smaller, deflating costs both sides time and saves nothing. */
const PLAIN_FROM = 0.8;

/** Whether an answer to these reads is better not deflated: mostly pictures, films, archives. */
function betterPlain(wishes: readonly ReadWish[]): boolean {
  let all = 0;
  let dense = 0;
  for (const { path, length } of wishes) {
    all += length;
    if (!worthCompressing(path)) dense += length;
  }
  return dense >= all * PLAIN_FROM;
}

/** The connector's client as the file engine sees it. */
export function siteFilesOf(client: Pick<SiteClient, 'files' | 'learned'>, signal: AbortSignal): SiteFiles {
  return {
    roots: async () => (await client.files.roots()).map(({ id, path, url }) => ({ id, path, ...(url ? { url } : {}) })),

    async *list(root, exclude): AsyncIterable<ListRecord> {
      for await (const page of client.files.list({ root, exclude: [...exclude], signal })) {
        for (const folder of page.folders) yield { folder: folder.path, entries: folder.entries, more: folder.more };
        for (const { path, why, detail } of page.skipped) yield { skip: path, why, detail };
      }
    },

    async *read(wishes) {
      const reads = wishes.map((wish) => ({ root: wish.root, p: wish.path, o: wish.offset, n: wish.length }));
      // Where a host was found to need another form (base64), that stays.
      const plain = client.learned.mode === 'z' && betterPlain(wishes) ? { mode: 'p' } : {};
      /** A read that its answer did not finish. */
      let begun: ReadPart | undefined;
      for await (const parts of client.files.read(reads, { ...plain, signal })) {
        const whole: (ReadPart | ReadRefusal)[] = [];
        for (const part of parts) {
          if (part.error !== undefined) {
            whole.push({ i: part.i, error: part.error });
            begun = undefined;
            continue;
          }
          const joined: ReadPart = begun === undefined ? part : join(begun, part);
          begun = part.last ? undefined : joined;
          if (part.last) whole.push(joined);
        }
        // The memory of this answer serves the next one.
        if (begun !== undefined) begun = { ...begun, data: begun.data.map((bytes) => Buffer.from(bytes)) };
        yield whole;
      }
    },

    async hash(files) {
      const parts: (HashPart | ReadRefusal)[] = [];
      for await (const part of client.files.hash(
        files.map(({ root, path }) => ({ root, p: path })),
        { signal },
      )) {
        const { i, size, mtime, ctime, sha256, error } = part;
        parts.push(error === undefined ? { i, size, mtime, ctime, sha256 } : { i, error });
      }
      return parts;
    },
  };
}

/** A file that answers its parts with other facts moved between them. */
function join(before: ReadPart, part: ReadPart): ReadPart {
  return {
    ...before,
    data: [...before.data, ...part.data],
    length: before.length + part.length,
    eof: part.eof,
    changed: before.changed || part.changed || part.size !== before.size || part.mtime !== before.mtime,
  };
}
