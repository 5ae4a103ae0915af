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

    async read(wishes) {
      const reads = wishes.map((wish) => ({ root: wish.root, p: wish.path, o: wish.offset, n: wish.length }));
      const gathered = new Map<number, (ReadPart & { pieces: Buffer[] }) | ReadRefusal>();
      // Where a host was found to need another form (base64), that stays.
      const plain = client.learned.mode === 'z' && betterPlain(wishes) ? { mode: 'p' } : {};
      for await (const part of client.files.read(reads, { ...plain, signal })) {
        const before = gathered.get(part.i);
        if (part.error !== undefined) gathered.set(part.i, { i: part.i, error: part.error });
        else if (before === undefined || 'error' in before) {
          const { i, size, mtime, ctime, eof, changed } = part;
          gathered.set(i, { i, size, mtime, ctime, eof, changed, data: Buffer.alloc(0), pieces: [...part.data] });
        } else {
          before.pieces.push(...part.data);
          before.eof = part.eof;
          // A file that answers its parts with other facts moved between them.
          before.changed ||= part.changed || part.size !== before.size || part.mtime !== before.mtime;
        }
      }
      return [...gathered.values()].map((one): ReadPart | ReadRefusal => {
        if ('error' in one) return one;
        const { pieces, ...facts } = one;
        return { ...facts, data: pieces.length === 1 ? (pieces[0] ?? facts.data) : Buffer.concat(pieces) };
      });
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
