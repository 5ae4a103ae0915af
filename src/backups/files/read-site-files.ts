import type { Id, RepositoryApi, Writer } from '../../restic/types.ts';
import { excludesForRoot, type ContentPlace, type Exclude } from '../rules/excludes.ts';
import { decideTooLarge } from '../rules/too-large.ts';
import { compareRoot, type EarlierTree } from './compare-files.ts';
import { compareHashes, fetchFiles, type FetchFigures } from './fetch-files.ts';
import type { FileTable } from './file-table.ts';
import type { SiteFiles, SiteRoot } from './site-files.ts';
import type { SkipList } from './skip-list.ts';
import { walkRoot, type WalkLimits, type WalkUse } from './walk-site.ts';

/** Folders behind links come to light during the walk; a site has a handful. */
const MOST_ROOTS = 64;

export interface FilesProgress {
  step: 'walk' | 'compare' | 'fetch';
  files: number;
  filesTotal?: number;
  bytes: number;
  bytesTotal?: number;
}

export interface ReadFilesOptions {
  site: SiteFiles;
  repo: Pick<RepositoryApi, 'findNode' | 'loadTree' | 'hasBlob' | 'blobLength' | 'readBlob'>;
  writer: Pick<Writer, 'saveBlobs' | 'saveStream'>;
  /** First the newest knowledge: what an earlier attempt stored, then the parent. */
  earlier: readonly EarlierTree[];
  excludes: readonly Exclude[];
  content: ContentPlace;
  limitBytes: number;
  walkLimits?: WalkLimits;
  skips: SkipList;
  signal: AbortSignal;
  onProgress: (progress: FilesProgress) => void;
  /** Called between units of work with all that is known so far; may write a checkpoint. */
  pause: (tables: readonly FileTable[]) => Promise<void>;
  /** Called once, before the first byte is fetched; throws when the store has no room. */
  beforeFetch?: (bytes: number) => Promise<void>;
  /** Milliseconds that only grow. */
  monotonicMs: () => number;
}

export interface ReadFiles {
  roots: SiteRoot[];
  tables: FileTable[];
  changedWhileRead: { root: string; path: string; tries: number }[];
  /** How many files by the reason of `rules/changed-files`. */
  reasons: Record<string, number>;
  figures: FetchFigures & { filesReused: number; filesHashed: number; msWalk: number; msFetch: number };
}

/** Reads all files of a site: lists, compares with what is held, fetches the rest. Trees are written by the caller. */
export async function readSiteFiles(options: ReadFilesOptions): Promise<ReadFiles> {
  const { site, skips, signal } = options;
  const started = options.monotonicMs();
  const changedWhileRead: ReadFiles['changedWhileRead'] = [];
  const { roots, tables } = await walkAll(options);
  leaveOutTooLarge(tables, options.limitBytes, skips);
  const walked = options.monotonicMs();

  const wishes: { table: FileTable; entry: number }[] = [];
  const compare: { table: FileTable; entry: number; content: Id[] }[] = [];
  const reasons: ReadFiles['reasons'] = {};
  let filesReused = 0;
  for (const table of tables) {
    const found = await compareRoot(table, options.repo, options.earlier);
    for (const entry of found.fetch) wishes.push({ table, entry });
    for (const one of found.compare) compare.push({ table, ...one });
    for (const [why, count] of Object.entries(found.reasons)) reasons[why] = (reasons[why] ?? 0) + count;
    filesReused += found.reused;
  }
  const { differ, same } = await compareHashes(compare, options.repo, site, signal);
  wishes.push(...differ);

  const filesTotal = wishes.length;
  const bytesTotal = wishes.reduce((sum, one) => sum + (one.table.sizes[one.entry] ?? 0), 0);
  await options.beforeFetch?.(bytesTotal);
  const figures = await fetchFiles(wishes, {
    site,
    writer: options.writer,
    skips,
    changedWhileRead,
    signal,
    onFile: (done) =>
      options.onProgress({ step: 'fetch', files: done.filesFetched, filesTotal, bytes: done.bytesFetched, bytesTotal }),
    pause: () => options.pause(tables),
    limitBytes: options.limitBytes,
    listedBytes: bytesTotal,
  });
  return {
    roots,
    tables,
    changedWhileRead,
    reasons,
    figures: {
      ...figures,
      filesReused: filesReused + same,
      filesHashed: compare.length,
      msWalk: walked - started,
      msFetch: options.monotonicMs() - walked,
    },
  };
}

async function walkAll(options: ReadFilesOptions): Promise<{ roots: SiteRoot[]; tables: FileTable[] }> {
  const roots: SiteRoot[] = [];
  const tables: FileTable[] = [];
  const use: WalkUse = { entries: 0, nameBytes: 0, records: 0 };
  for (;;) {
    // Asked again after each walk: folders behind links are roots of their own and come to light while walking.
    const fresh = (await options.site.roots()).filter((root) => !roots.some((known) => known.id === root.id));
    if (fresh.length === 0 || roots.length > MOST_ROOTS) return { roots, tables };
    for (const root of fresh) {
      roots.push(root);
      if (roots.length > MOST_ROOTS) {
        options.skips.add(root.id, '', 'unreadable', 'too many folders behind links');
        continue;
      }
      tables.push(
        await walkRoot(
          options.site,
          root.id,
          excludesForRoot(options.excludes, root.id, options.content),
          options.skips,
          {
            use,
            ...(options.walkLimits === undefined ? {} : { limits: options.walkLimits }),
            signal: options.signal,
            onEntries: (files) => options.onProgress({ step: 'walk', files, bytes: 0 }),
          },
        ),
      );
    }
  }
}

function leaveOutTooLarge(tables: readonly FileTable[], limitBytes: number, skips: SkipList): void {
  const files: { table: FileTable; entry: number }[] = [];
  const sizes: number[] = [];
  for (const table of tables)
    for (const folder of table.folders)
      for (const entry of folder.entries)
        if (table.types[entry] === 'f') {
          files.push({ table, entry });
          sizes.push(table.sizes[entry] ?? 0);
        }
  for (const i of decideTooLarge(sizes, limitBytes).leaveOut) {
    const file = files[i];
    if (file === undefined) continue;
    skips.add(file.table.root, file.table.pathOf(file.entry), 'too-large', `${sizes[i]} bytes`);
    file.table.states[file.entry] = 'skipped';
  }
}

export interface FileTotals {
  files: number;
  folders: number;
  links: number;
  bytes: number;
}

/** What the trees of these tables will hold. */
export function totalsOf(tables: readonly FileTable[]): FileTotals {
  const totals: FileTotals = { files: 0, folders: 0, links: 0, bytes: 0 };
  for (const table of tables)
    for (const folder of table.folders)
      for (const entry of folder.entries) {
        const type = table.types[entry];
        if (type === 'd') totals.folders++;
        else if (type === 'l') totals.links++;
        else if (table.contents[entry] !== undefined) {
          totals.files++;
          totals.bytes += table.sizes[entry] ?? 0;
        }
      }
  return totals;
}
