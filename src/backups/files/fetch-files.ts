import { createHash } from 'node:crypto';
import { NachtwachtError } from '../../platform/errors.ts';
import { worthCompressing } from '../../restic/index.ts';
import type { Id, RepositoryApi, Writer } from '../../restic/types.ts';
import type { FileFacts } from '../rules/changed-files.ts';
import type { SkipReason } from '../rules/site-report.ts';
import { mayReadAgain } from '../rules/too-large.ts';
import type { FileTable } from './file-table.ts';
import type { ReadPart, ReadRefusal, ReadWish, SiteFiles } from './site-files.ts';
import type { SkipList } from './skip-list.ts';

export interface FetchWish {
  table: FileTable;
  entry: number;
}

export interface FetchFigures {
  filesFetched: number;
  /** Plain bytes of file contents that came from the site, repeats included. */
  bytesFetched: number;
  filesRefetched: number;
}

export interface FetchOptions {
  site: SiteFiles;
  writer: Pick<Writer, 'saveBlobs' | 'saveStream'>;
  skips: SkipList;
  changedWhileRead: { root: string; path: string; tries: number }[];
  signal: AbortSignal;
  onFile: (figures: FetchFigures) => void;
  /** Called between units of work; may write a checkpoint. */
  pause: () => Promise<void>;
  /** What the site's contract allows (P14): a file may grow while it is read, but not beyond. Bytes. */
  limitBytes: number;
  /** Bytes of all wishes as the list says. */
  listedBytes: number;
  /** Requests at the same time. */
  parallel?: number;
}

/** Files up to this size travel whole, many to an answer; larger ones range by range. Bytes. */
const BATCH_BYTES = 4 * 1024 * 1024;
const BATCH_FILES = 500;
/** A large file is stored piece by piece, so that a kill loses no more than this of it. Bytes. */
const PIECE_BYTES = 64 * 1024 * 1024;
/** Below this a file is one blob: the smallest chunk that restic's own chunker makes. Bytes. */
const ONE_BLOB_BYTES = 512 * 1024;
/** Reads of a file that changes while it is read; the last one is kept and reported. */
const TRIES = 3;

interface Wanted extends FetchWish {
  path: string;
  size: number;
  tries: number;
}

/**
 * Fetches file contents into the repository. Every byte is hashed here; an answer that does not verify did not happen.
 * A file whose size or times move while it is read is read again, three times, then stored as last read and reported.
 */
export async function fetchFiles(wishes: readonly FetchWish[], options: FetchOptions): Promise<FetchFigures> {
  const figures: FetchFigures = { filesFetched: 0, bytesFetched: 0, filesRefetched: 0 };
  const queue: Wanted[] = [];
  for (const { table, entry } of wishes) {
    const one = { table, entry, path: table.pathOf(entry), size: table.sizes[entry] ?? 0, tries: 0 };
    // Nothing to ask for: an empty file has no bytes.
    if (one.size === 0) settle(one, [], table.factsOf(entry), options, figures);
    else queue.push(one);
  }
  let at = 0;
  const again: Wanted[] = [];
  const next = (): Wanted | undefined => again.pop() ?? queue[at++];

  const worker = async (): Promise<void> => {
    for (;;) {
      options.signal.throwIfAborted();
      await options.pause();
      const first = next();
      if (first === undefined) return;
      if (first.size > BATCH_BYTES) {
        await fetchLarge(first, options, figures);
        continue;
      }
      const batch = [first];
      let bytes = first.size;
      while (batch.length < BATCH_FILES) {
        const more = next();
        if (more === undefined) break;
        if (more.size > BATCH_BYTES || bytes + more.size > BATCH_BYTES) {
          again.push(more);
          break;
        }
        bytes += more.size;
        batch.push(more);
      }
      again.push(...(await fetchBatch(batch, options, figures)));
    }
  };
  await allOrFirstError(Array.from({ length: options.parallel ?? 2 }, worker));
  return figures;
}

/** One request for many small files. Gives back those that must be asked again. */
async function fetchBatch(batch: Wanted[], options: FetchOptions, figures: FetchFigures): Promise<Wanted[]> {
  const wishes = batch.map((one): ReadWish => ({
    root: one.table.root,
    path: one.path,
    offset: 0,
    length: Math.max(one.size, 1),
  }));
  const again: Wanted[] = [];
  const seen = new Set<number>();
  for await (const parts of options.site.read(wishes)) {
    const good: { one: Wanted; part: ReadPart }[] = [];
    for (const part of parts) {
      if ('data' in part && part.length > (wishes[part.i]?.length ?? 0)) throw noProgress(batch[part.i]);
      const one = batch[part.i];
      if (one === undefined || seen.has(part.i)) continue;
      seen.add(part.i);
      if ('error' in part) {
        refuse(one, part, options);
        continue;
      }
      figures.bytesFetched += part.length;
      const moved = part.changed || part.length !== part.size;
      if (moved && one.tries + 1 < TRIES) {
        if (!mayGoOn(one, part.size, options, figures)) continue;
        figures.filesRefetched++;
        again.push({ ...one, size: part.size, tries: one.tries + 1 });
        continue;
      }
      if (moved) noteChanged(one, options);
      good.push({ one, part });
    }
    await storeAll(good, options, figures);
  }
  // At least one unit of work is promised per answer; an answer with nothing at all would go round for ever.
  if (seen.size === 0) throw noProgress(batch[0]);
  for (const [i, one] of batch.entries()) if (!seen.has(i)) again.push(one);
  return again;
}

/** One large file, range by range, in pieces that are stored as they come. */
async function fetchLarge(one: Wanted, options: FetchOptions, figures: FetchFigures): Promise<void> {
  for (let tries = 1; ; tries++) {
    const last = tries >= TRIES;
    const read = await readLarge(one, options, figures, last);
    one.table.begun.delete(one.entry);
    if (read === 'refused') return;
    if (read.moved && !last) {
      if (!mayGoOn(one, read.facts.size, options, figures)) return;
      figures.filesRefetched++;
      one.size = read.facts.size;
      continue;
    }
    if (read.moved) noteChanged({ ...one, tries: tries - 1 }, options);
    settle(one, read.content, { ...read.facts, size: read.size }, options, figures);
    return;
  }
}

async function readLarge(
  one: Wanted,
  options: FetchOptions,
  figures: FetchFigures,
  last: boolean,
): Promise<'refused' | { content: Id[]; size: number; facts: FileFacts; moved: boolean }> {
  const begun = one.table.begun.get(one.entry);
  const content: Id[] = [...(begun?.content ?? [])];
  let size = begun?.size ?? 0;
  let facts: FileFacts | undefined = begun?.facts;
  let moved = false;
  let over = false;
  let refusal: ReadRefusal | undefined;

  async function* piece(): AsyncIterable<Buffer> {
    for (let sent = 0; sent < PIECE_BYTES && !over;) {
      options.signal.throwIfAborted();
      await options.pause();
      // Never more than the size at the start: a file that grows while it is read has an end for us.
      const length = Math.min(BATCH_BYTES, PIECE_BYTES - sent, one.size - size);
      if (length <= 0) {
        over = true;
        return;
      }
      const wish = { root: one.table.root, path: one.path, offset: size, length };
      let isAnswered = false;
      for await (const [part] of options.site.read([wish])) {
        // What a read gives over several answers comes with the last of them.
        if (part === undefined) continue;
        isAnswered = true;
        if ('error' in part) {
          refusal = part;
          over = true;
          return;
        }
        if (part.length > length) throw noProgress(one);
        moved ||= isMoved(part, facts);
        facts ??= { size: part.size, mtime: part.mtime, ctime: part.ctime };
        // It is read again from the start anyway.
        if (moved && !last) over = true;
        if (part.length === 0) {
          if (!part.eof) throw noProgress(one);
          moved ||= size < one.size;
          over = true;
          return;
        }
        sent += part.length;
        size += part.length;
        figures.bytesFetched += part.length;
        options.onFile(figures);
        yield* part.data;
        break;
      }
      if (!isAnswered) throw noProgress(one);
    }
  }

  while (!over) {
    const stored = await options.writer.saveStream(piece(), { compress: worthCompressing(one.path) });
    content.push(...stored.content);
    if (facts !== undefined && !moved && !over) one.table.begun.set(one.entry, { content: [...content], size, facts });
  }
  if (refusal !== undefined) {
    refuse(one, refusal, options);
    return 'refused';
  }
  const known = facts ?? { size: one.size, mtime: 0, ctime: 0 };
  return { content, size, facts: known, moved: moved || known.size !== size };
}

/** Whether a file that moved is read again; otherwise it is left out, and that is said. */
function mayGoOn(one: Wanted, size: number, options: FetchOptions, figures: FetchFigures): boolean {
  const { limitBytes, listedBytes } = options;
  const of = { size, fetched: figures.bytesFetched, listed: listedBytes, tries: TRIES };
  if (mayReadAgain(of, limitBytes).code === 'go-on') return true;
  one.table.states[one.entry] = 'skipped';
  options.skips.add(one.table.root, one.path, 'too-large', `${size} bytes while it was read`);
  return false;
}

function isMoved(part: ReadPart, first: FileFacts | undefined): boolean {
  if (part.changed) return true;
  return first !== undefined && (part.size !== first.size || part.mtime !== first.mtime || part.ctime !== first.ctime);
}

/** Stores files of one answer, those that are one blob each in one go. */
async function storeAll(
  files: readonly { one: Wanted; part: ReadPart }[],
  options: FetchOptions,
  figures: FetchFigures,
): Promise<void> {
  const isSmall = ({ part }: { part: ReadPart }): boolean => part.length > 0 && part.length <= ONE_BLOB_BYTES;
  const small = files.filter(isSmall);
  const blobs = small.map(({ one, part }) => ({
    plain: part.data.length === 1 ? part.data[0]! : Buffer.concat(part.data),
    compress: worthCompressing(one.path),
  }));
  const saved = await options.writer.saveBlobs('data', blobs);
  for (const [i, { one, part }] of small.entries())
    settle(one, [saved[i]!.id], { ...part, size: part.length }, options, figures);
  for (const file of files) {
    if (isSmall(file)) continue;
    const { one, part } = file;
    const source = async function* (): AsyncIterable<Buffer> {
      yield* part.data;
    };
    const { content } = await options.writer.saveStream(source(), { compress: worthCompressing(one.path) });
    settle(one, content, { ...part, size: part.length }, options, figures);
  }
}

function settle(one: Wanted, content: Id[], facts: FileFacts, options: FetchOptions, figures: FetchFigures): void {
  one.table.setContent(one.entry, 'fetched', content, facts);
  figures.filesFetched++;
  options.onFile(figures);
}

/** Codes of `files.read` for one file. A file that is gone by now is no gap: there is nothing to put back. */
const readErrors: Record<string, SkipReason> = {
  gone: 'vanished',
  'not-a-file': 'not-a-file',
  unreadable: 'unreadable',
};

function refuse(one: Wanted, part: ReadRefusal, options: FetchOptions): void {
  one.table.states[one.entry] = 'skipped';
  const why = readErrors[part.error] ?? 'read-failed';
  options.skips.add(one.table.root, one.path, why, part.error);
}

function noteChanged(one: Wanted, options: FetchOptions): void {
  if (options.changedWhileRead.length < 1000)
    options.changedWhileRead.push({ root: one.table.root, path: one.path, tries: one.tries + 1 });
}

/**
 * Asks the site for the SHA-256 of files that look unchanged and gives those that differ from what the repository
 * holds (or that the site could not hash): they are fetched. The others are settled as reused.
 */
export async function compareHashes(
  wishes: readonly { table: FileTable; entry: number; content: Id[] }[],
  repo: Pick<RepositoryApi, 'readBlob'>,
  site: Pick<SiteFiles, 'hash'>,
  signal: AbortSignal,
): Promise<{ differ: FetchWish[]; same: number }> {
  const differ: FetchWish[] = [];
  let same = 0;
  for (let from = 0; from < wishes.length; from += 1000) {
    let left = wishes.slice(from, from + 1000);
    while (left.length > 0) {
      signal.throwIfAborted();
      const asked = left;
      const parts = await site.hash(asked.map((one) => ({ root: one.table.root, path: one.table.pathOf(one.entry) })));
      const answered = new Set<number>();
      for (const part of parts) {
        const one = asked[part.i];
        if (one === undefined || answered.has(part.i)) continue;
        answered.add(part.i);
        const now = one.table.factsOf(one.entry);
        if (!('error' in part) && part.size === now.size && part.sha256 === (await hashOfContent(one.content, repo))) {
          one.table.setContent(one.entry, 'reuse', one.content, now);
          same++;
        } else {
          one.table.states[one.entry] = 'fetch';
          differ.push({ table: one.table, entry: one.entry });
        }
      }
      if (answered.size === 0) throw noProgress(undefined);
      left = asked.filter((_, i) => !answered.has(i));
    }
  }
  return { differ, same };
}

/** A file of one blob has its SHA-256 as blob id; others are read back from the repository: nothing travels for it. */
async function hashOfContent(content: readonly Id[], repo: Pick<RepositoryApi, 'readBlob'>): Promise<string> {
  const [only] = content;
  if (content.length === 1 && only !== undefined) return only;
  const hash = createHash('sha256');
  for (const id of content) hash.update(await repo.readBlob('data', id));
  return hash.digest('hex');
}

function noProgress(one: { path: string } | undefined): NachtwachtError {
  return new NachtwachtError({
    code: 'site-gives-nothing',
    kind: 'site',
    message: 'The site answers our reads of files without ever giving their bytes.',
    nextStep: 'Update the plugin on the site; when it goes on, look at the error log of the host.',
    retryable: true,
    details: one === undefined ? {} : { path: one.path },
  });
}

/** Waits for all, so that nothing goes on in the background, and throws the first error. */
async function allOrFirstError(work: Promise<void>[]): Promise<void> {
  const results = await Promise.allSettled(work);
  const failed = results.find((one) => one.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}
