import { PassThrough, Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { encodePath } from '../../connector/index.ts';
import type { RepositoryApi } from '../../restic/index.ts';
import type { SnapshotEntry } from './snapshot-contents.ts';

// Already packed by their makers: deflating them again costs time and gains nothing.
const PACKED = /\.(?:jpe?g|png|gif|webp|avif|mp[34]|m4[av]|webm|ogg|zip|gz|bz2|xz|zst|7z|rar|woff2?|pdf|docx|xlsx)$/iu;
const S_IFREG = 0o100000;
const S_IFLNK = 0o120000;
const S_IFDIR = 0o040000;

/**
 * A zip of these entries as a stream: nothing is held but the list of names, and a file is read from the repository
 * only when its turn comes and the reader takes the bytes. Beyond 4 GB or 65,535 entries it becomes ZIP64 by itself.
 * A missing or damaged blob ends the stream with an error, so that a download never looks whole when it is not.
 */
export function zipSnapshot(
  repository: RepositoryApi,
  entries: AsyncIterable<SnapshotEntry>,
  options: { signal?: AbortSignal | undefined; onFile?: ((path: string) => void) | undefined } = {},
): Readable {
  const zip = new ZipFile();
  const out = new PassThrough();
  zip.outputStream.pipe(out);
  const fail = (error: unknown) => {
    if (!out.destroyed) out.destroy(error instanceof Error ? error : new Error(String(error)));
  };
  let current: Readable | undefined;
  out.once('close', () => current?.destroy());
  zip.on('error', fail);
  options.signal?.addEventListener('abort', () => fail(options.signal?.reason), { once: true });
  const add = async () => {
    for await (const { names, node } of entries) {
      if (out.destroyed) return;
      const path = zipPath(encodePath(names));
      const mtime = new Date(Number(node.mtimeNs / 1_000_000n));
      if (node.type === 'dir') {
        zip.addEmptyDirectory(path, { mtime, mode: S_IFDIR | node.mode });
      } else if (node.type === 'symlink') {
        const target = Buffer.from(node.linktarget ?? '');
        zip.addBuffer(target, path, { mtime, mode: S_IFLNK | 0o777, compress: false });
      } else {
        const compress = !PACKED.test(path);
        zip.addReadStreamLazy(
          path,
          {
            mtime,
            mode: S_IFREG | node.mode,
            compress,
            size: node.size ?? 0,
            forceZip64Format: (node.size ?? 0) > 0xfffffffe,
          },
          (give) => {
            options.onFile?.(path);
            const stream = Readable.from(repository.readFile(node), { objectMode: false });
            stream.once('error', fail);
            current = stream;
            give(null, stream);
          },
        );
      }
    }
    zip.end();
  };
  add().catch(fail);
  return out;
}

/** Wire form, as it is unambiguous; a back slash would become a slash inside the zip. */
function zipPath(path: string): string {
  return path.replaceAll('\\', '%5C');
}
