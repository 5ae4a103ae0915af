import { decodeName } from '../../connector/index.ts';
import { NachtwachtError } from '../../platform/errors.ts';
import { excludeFinder, type Exclude } from '../rules/excludes.ts';
import type { SkipReason } from '../rules/site-report.ts';
import { FileTable, type Folder } from './file-table.ts';
import type { ListedEntry, SiteFiles } from './site-files.ts';
import type { SkipList } from './skip-list.ts';

export interface WalkLimits {
  /** Entries of all roots together: what fits in memory. */
  entries: number;
  depth: number;
  /** Of all names, targets of links and paths together: what the table and the lists of skips keep as text. */
  nameBytes: number;
}

export const walkLimits: WalkLimits = { entries: 1_000_000, depth: 200, nameBytes: 96 * 1024 * 1024 };

/** How much of the limits is used up so far; one for all roots of a run. */
export interface WalkUse {
  entries: number;
  nameBytes: number;
  records: number;
}

/**
 * Lists one root into a table. The site is not believed: a name that could lie outside its folder, a folder that was
 * never announced, a listing that does not end or a folder that is announced and never listed cannot make the
 * snapshot claim more than it holds. Throws `site-listing-too-large` and `site-listing-invalid`.
 */
export async function walkRoot(
  site: SiteFiles,
  root: string,
  excludes: readonly Exclude[],
  skips: SkipList,
  options: { use: WalkUse; limits?: WalkLimits; signal: AbortSignal; onEntries?: (entries: number) => void },
): Promise<FileTable> {
  const limits = options.limits ?? walkLimits;
  const table = new FileTable(root);
  const { use } = options;
  const count = (characters: number): void => {
    use.nameBytes += characters;
    if (use.nameBytes > limits.nameBytes) throw tooLarge(root, 'characters of names and paths', limits.nameBytes);
  };
  const context: WalkContext = {
    excludedBy: excludeFinder(excludes),
    reported: new Set(),
    skips,
    depth: limits.depth,
    count,
    leftOut: new Set(),
  };

  for await (const record of site.list(root, wireExcludes(excludes))) {
    options.signal.throwIfAborted();
    // An endless listing of nothing is bounded like one of entries.
    if (++use.records > limits.entries * 2 + 10_000) throw tooLarge(root, 'records', limits.entries * 2);
    if ('skip' in record) {
      count(record.skip.length);
      noteSkip(table, record, context);
      continue;
    }
    const index = table.folderByPath(record.folder);
    const folder = index === undefined ? undefined : table.folderAt(index);
    // Left out by us, while the site goes on to tell what is below: it was not asked to stop there.
    if (index === undefined && isBelow(record.folder, context.leftOut)) continue;
    if (index === undefined || folder === undefined)
      throw invalid(root, record.folder, 'a folder that was never announced');
    if (folder.complete) throw invalid(root, record.folder, 'a folder twice');
    if (folder.skipped) continue;
    use.entries += record.entries.length;
    if (use.entries > limits.entries) throw tooLarge(root, 'entries', limits.entries);
    for (const entry of record.entries) {
      count(entry.name.length + (entry.target?.length ?? 0));
      addEntry(table, index, entry, context);
    }
    folder.complete = !record.more;
    options.onEntries?.(use.entries);
  }

  for (const folder of table.folders)
    if (!folder.complete && !folder.skipped) {
      skips.add(root, folder.path, 'read-failed', 'the site did not list this folder to its end');
      folder.skipped = folder.entries.length === 0;
    }
  for (const folder of table.folders) dropDuplicates(table, folder, context);
  return table;
}

interface WalkContext {
  excludedBy: (path: string) => Exclude | undefined;
  reported: Set<string>;
  skips: SkipList;
  depth: number;
  /** Adds text that is kept. Throws `site-listing-too-large`. */
  count: (characters: number) => void;
  /** Folders that are not in the table. */
  leftOut: Set<string>;
}

/** Whether a path is one of these folders, or below one. */
function isBelow(path: string, folders: ReadonlySet<string>): boolean {
  if (folders.size === 0) return false;
  for (let end = path.length; end > 0; end = path.lastIndexOf('/', end - 1))
    if (folders.has(path.slice(0, end))) return true;
  return false;
}

function addEntry(table: FileTable, folder: number, entry: ListedEntry, context: WalkContext): void {
  const at = table.folderAt(folder);
  const path = at.path === '' ? entry.name : `${at.path}/${entry.name}`;
  const isKnown = entry.type === 'd' && table.folderByPath(path) !== undefined;
  if (mayAdd(table.root, at, { entry, path, isKnown }, context)) {
    // The table keeps the whole path of a folder, not only its name.
    if (entry.type === 'd') context.count(path.length);
    table.add(folder, entry);
  } else if (entry.type === 'd' && !isKnown) {
    context.count(path.length);
    context.leftOut.add(path);
  }
}

/** Whether an entry comes into the table; if not, it is said why. */
function mayAdd(
  root: string,
  at: Folder,
  found: { entry: ListedEntry; path: string; isKnown: boolean },
  context: WalkContext,
): boolean {
  const { entry, path, isKnown } = found;
  const { name, type } = entry;
  const skip = (why: SkipReason, detail?: string): false => {
    context.count(path.length);
    context.skips.add(root, path, why, detail);
    return false;
  };
  try {
    decodeName(name);
  } catch {
    // The name itself may be poison: the report gets it cut and without control characters.
    context.count(at.path.length);
    context.skips.add(root, `${at.path}/${printable(name)}`, 'bad-name');
    return false;
  }
  const excluded = context.excludedBy(path);
  if (excluded !== undefined) {
    noteExcluded(root, path, excluded, context);
    return false;
  }
  if (type === 'o') return skip('not-a-file');
  if (type === 'd' && at.depth + 1 > context.depth) return skip('unreadable', 'too deep');
  // The same folder named twice would be two tables for one path.
  if (isKnown) return skip('duplicate-name');
  if (type === 'l' && entry.target === undefined) return skip('unreadable', 'a link without a target');
  return true;
}

function noteSkip(
  table: FileTable,
  record: { skip: string; why: string; detail?: string },
  context: WalkContext,
): void {
  const index = table.folderByPath(record.skip);
  if (index !== undefined) table.folderAt(index).skipped = true;
  const excluded = context.excludedBy(record.skip);
  if (excluded !== undefined) return noteExcluded(table.root, printable(record.skip), excluded, context);
  context.skips.add(
    table.root,
    printable(record.skip),
    siteReasons[record.why] ?? 'site-says',
    `${record.why} ${record.detail ?? ''}`.trim(),
  );
}

/** The site may name an excluded path, or leave it out and say so, or both: it is reported once. */
function noteExcluded(root: string, path: string, exclude: Exclude, context: WalkContext): void {
  if (context.reported.has(path)) return;
  context.count(path.length);
  context.reported.add(path);
  context.skips.add(root, path, exclude.why);
}

/** Codes of the plugin's `skip` records. An `excluded` that we did not ask for is a gap. */
const siteReasons: Record<string, SkipReason> = {
  own: 'excluded-own',
  unreadable: 'unreadable',
  'no-stat': 'unreadable',
};

/** A folder that names a file twice: the first stays, the others are reported. */
function dropDuplicates(table: FileTable, folder: Folder, context: WalkContext): void {
  const seen = new Set<string>();
  folder.entries = folder.entries.filter((entry) => {
    const name = table.names[entry] ?? '';
    if (!seen.has(name)) {
      seen.add(name);
      return true;
    }
    const path = table.pathOf(entry);
    context.count(path.length);
    context.skips.add(table.root, path, 'duplicate-name');
    return false;
  });
}

/** Excludes as `files.list` takes them: paths, or `*` + one name for any depth. Others are applied on our side only. */
function wireExcludes(excludes: readonly Exclude[]): string[] {
  return excludes
    .map((one) => (one.pattern.startsWith('**/') ? `*/${one.pattern.slice(3)}` : one.pattern))
    .filter((pattern) => (pattern.startsWith('*/') ? !pattern.slice(2).includes('/') : !pattern.includes('*')));
}

function printable(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replaceAll(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, '?').slice(0, 500);
}

function tooLarge(root: string, what: string, limit: number): NachtwachtError {
  return new NachtwachtError({
    code: 'site-listing-too-large',
    kind: 'site',
    message: `The site's list of files does not end within ${limit} ${what}.`,
    nextStep: 'Look on the site for a folder that fills itself (sessions, caches, logs) and exclude or empty it.',
    retryable: false,
    details: { root, what, limit },
  });
}

function invalid(root: string, path: string, what: string): NachtwachtError {
  return new NachtwachtError({
    code: 'site-listing-invalid',
    kind: 'site',
    message: `The site's list of files names ${what}.`,
    nextStep: 'Update the plugin on the site; when it goes on, treat the site as broken into.',
    retryable: false,
    details: { root, path: printable(path) },
  });
}
