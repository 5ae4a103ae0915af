import { isInside, pathInScope, tableInScope, type ChosenPath, type RestoreScope } from './choose-scope.ts';

/** One side of a path: how it is now, or how the snapshot has it. */
export interface PathState {
  type: 'file' | 'dir' | 'symlink';
  size: number;
  /** Unix permission bits, 0o7777. */
  mode: number;
}

/** What differs between the site now (`before`) and the snapshot (`after`), from the site's point of view. */
export interface PathDifference<Source> {
  root: string;
  /** Wire path; never ''. */
  path: string;
  before?: PathState | undefined;
  after?: PathState | undefined;
  /** False when only mode or times differ. */
  contentChanged: boolean;
  /** Where the wanted bytes come from; handed back with the operation that needs it. */
  source?: Source | undefined;
}

export type FileOperation<Source> =
  | { op: 'put'; root: string; path: string; kind: 'file' | 'symlink'; size: number; mode: number; source: Source }
  | { op: 'mkdir'; root: string; path: string; mode: number }
  | { op: 'chmod'; root: string; path: string; mode: number }
  | { op: 'remove'; root: string; path: string; kind: 'file' | 'dir' | 'symlink' };

export type KeptWhy =
  | 'own-state' // keys, counters and stages of the connector on the site
  | 'connector' // the plugin through which we work is not replaced or removed while we stand on it
  | 'not-in-snapshot' // the snapshot left this out, so it says nothing about it
  | 'skips-unknown' // the snapshot left out more than it lists: what it lacks may have been left out
  | 'holds-kept'; // a folder that something kept lies in

export interface KeptPath {
  root: string;
  path: string;
  why: KeptWhy;
}

export interface FilePlan<Source> {
  /** In the order in which they must be done. */
  operations: FileOperation<Source>[];
  kept: KeptPath[];
  added: number;
  changed: number;
  removed: number;
  modesChanged: number;
  foldersAdded: number;
  foldersRemoved: number;
  /** Bytes of the files that are put. */
  bytes: number;
}

export interface PlanGround {
  scope: RestoreScope;
  /** Never read, written or removed. */
  ownState: readonly ChosenPath[];
  /** The plugin and its loader: put back when missing, otherwise left as they are. */
  connector: readonly ChosenPath[];
  /** What the wanted snapshot says it does not hold. */
  skipped: readonly ChosenPath[];
  /** The snapshot left out more paths than `skipped` names: then nothing is taken away. */
  skippedIsPartial?: boolean | undefined;
}

const OWNER = 0o700;

/** Decides what to do with every difference. The order: clear the way, folders, files, modes, then what must go. */
export function planFiles<Source>(differences: Iterable<PathDifference<Source>>, ground: PlanGround): FilePlan<Source> {
  const kept: KeptPath[] = [];
  const wanted: PathDifference<Source>[] = [];
  for (const difference of merged(differences)) {
    if (!pathInScope(ground.scope, difference.root, difference.path)) continue;
    const why = whyKept(difference, ground);
    if (why === undefined) wanted.push(difference);
    else kept.push({ root: difference.root, path: difference.path, why });
  }
  const foldersKept = foldersAbove(kept);
  const plan: FilePlan<Source> = {
    operations: [],
    kept,
    added: 0,
    changed: 0,
    removed: 0,
    modesChanged: 0,
    foldersAdded: 0,
    foldersRemoved: 0,
    bytes: 0,
  };
  const clear: FileOperation<Source>[] = [];
  const folders: FileOperation<Source>[] = [];
  const puts: FileOperation<Source>[] = [];
  const modes: FileOperation<Source>[] = [];
  const removes: FileOperation<Source>[] = [];
  // A path that changes its type must be gone, with all below it, before the new thing takes its place.
  const retyped = wanted.filter(
    (d) => d.before !== undefined && d.after !== undefined && d.before.type !== d.after.type,
  );
  const inTheWay = new Set(retyped.filter((d) => d.before?.type === 'dir').map((d) => `${d.root}:${d.path}`));
  for (const { root, path, before, after, contentChanged, source } of wanted) {
    if (before?.type === 'dir' && after?.type !== 'dir' && foldersKept.has(`${root}:${path}`)) {
      kept.push({ root, path, why: 'holds-kept' });
      continue;
    }
    const sameType = before?.type === after?.type;
    if (before !== undefined && !sameType) {
      const early = after !== undefined || isBelowOneOf(inTheWay, root, path);
      (early ? clear : removes).push({ op: 'remove', root, path, kind: before.type });
      if (after === undefined) plan[before.type === 'dir' ? 'foldersRemoved' : 'removed'] += 1;
    }
    if (after === undefined) continue;
    if (after.type === 'dir') {
      if (!sameType) {
        // Files must fit in first: a folder that its owner may not write to gets its own rights at the end.
        folders.push({ op: 'mkdir', root, path, mode: after.mode | OWNER });
        if ((after.mode | OWNER) !== after.mode) modes.push({ op: 'chmod', root, path, mode: after.mode });
        plan.foldersAdded += 1;
      }
    } else if (!sameType || contentChanged) {
      if (source === undefined) throw new Error(`no source for ${path}`);
      puts.push({ op: 'put', root, path, kind: after.type, size: after.size, mode: after.mode, source });
      plan.bytes += after.type === 'file' ? after.size : 0;
      plan[before === undefined ? 'added' : 'changed'] += 1;
    }
    if (sameType && !contentChanged && before !== undefined && before.mode !== after.mode && after.type !== 'symlink') {
      modes.push({ op: 'chmod', root, path, mode: after.mode });
      plan.modesChanged += 1;
    }
  }
  const deepestFirst = (list: FileOperation<Source>[]) => list.toSorted((a, b) => depth(b.path) - depth(a.path));
  const shallowFirst = (list: FileOperation<Source>[]) => list.toSorted((a, b) => depth(a.path) - depth(b.path));
  plan.operations = [...deepestFirst(clear), ...shallowFirst(folders), ...puts, ...modes, ...deepestFirst(removes)];
  return plan;
}

/** What the site's database has and what the snapshot has, of one table. Rows may be an estimate for `now`. */
export interface TableState {
  name: string;
  rows: number;
  /** Equal digests = equal structure and rows; undefined = not known. */
  digest?: string | undefined;
}

export interface TableChange {
  name: string;
  action: 'create' | 'replace' | 'drop' | 'same' | 'kept';
  rowsNow?: number | undefined;
  rowsThen?: number | undefined;
  why: 'missing-now' | 'differs' | 'not-then' | 'equal' | 'unknown-now' | 'own-table' | 'not-in-snapshot';
}

/** Decides per table. `now` undefined = the database cannot be read, so everything is loaded anew. */
export function planTables(
  now: readonly TableState[] | undefined,
  then: readonly TableState[],
  ground: { scope: RestoreScope; own: readonly string[]; skipped: readonly string[] },
): TableChange[] {
  const present = new Map((now ?? []).map((table) => [table.name, table]));
  const changes: TableChange[] = [];
  for (const table of then) {
    if (!tableInScope(ground.scope, table.name)) continue;
    const before = present.get(table.name);
    present.delete(table.name);
    const rows = { rowsNow: before?.rows, rowsThen: table.rows };
    if (ground.own.includes(table.name)) changes.push({ name: table.name, action: 'kept', ...rows, why: 'own-table' });
    else if (now === undefined) changes.push({ name: table.name, action: 'replace', ...rows, why: 'unknown-now' });
    else if (before === undefined) changes.push({ name: table.name, action: 'create', ...rows, why: 'missing-now' });
    else if (before.digest !== undefined && before.digest === table.digest) {
      changes.push({ name: table.name, action: 'same', ...rows, why: 'equal' });
    } else changes.push({ name: table.name, action: 'replace', ...rows, why: 'differs' });
  }
  // Only a restore of everything may take away: a list of names says nothing about the tables it does not name.
  if (ground.scope.tables !== 'all') return changes;
  for (const table of present.values()) {
    const why = ground.own.includes(table.name)
      ? 'own-table'
      : ground.skipped.includes(table.name)
        ? 'not-in-snapshot'
        : 'not-then';
    changes.push({ name: table.name, action: why === 'not-then' ? 'drop' : 'kept', rowsNow: table.rows, why });
  }
  return changes;
}

/** Chosen tables and paths that neither the snapshot nor the site has: a typing mistake, to be told before anything. */
export function unknownChoices(
  scope: RestoreScope,
  known: { tables: readonly string[]; hasPath: (path: ChosenPath) => boolean },
): string[] {
  const tables = Array.isArray(scope.tables) ? scope.tables.filter((name) => !known.tables.includes(name)) : [];
  const paths = Array.isArray(scope.files) ? scope.files.filter((path) => !known.hasPath(path)) : [];
  return [...paths.map((path) => (path.root === 'root' ? path.path : `${path.root}:${path.path}`)), ...tables];
}

/** A path that changed its type comes as one thing gone and another come: here it is one difference again. */
function merged<Source>(differences: Iterable<PathDifference<Source>>): Iterable<PathDifference<Source>> {
  const byPath = new Map<string, PathDifference<Source>>();
  for (const difference of differences) {
    const key = `${difference.root}:${difference.path}`;
    const other = byPath.get(key);
    byPath.set(key, other === undefined ? difference : { ...other, ...withoutUndefined(difference) });
  }
  return byPath.values();
}

function withoutUndefined<Source>(difference: PathDifference<Source>): Partial<PathDifference<Source>> {
  const { before, after, source, contentChanged } = difference;
  return {
    contentChanged,
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
    ...(source === undefined ? {} : { source }),
  };
}

function whyKept<Source>(difference: PathDifference<Source>, ground: PlanGround): KeptWhy | undefined {
  const within = (list: readonly ChosenPath[]) =>
    list.some((item) => item.root === difference.root && isInside(difference.path, item.path));
  if (within(ground.ownState)) return 'own-state';
  if (difference.before !== undefined && difference.before.type !== 'dir' && within(ground.connector))
    return 'connector';
  if (difference.after === undefined && difference.before?.type === 'dir' && within(ground.connector))
    return 'connector';
  if (difference.after === undefined && within(ground.skipped)) return 'not-in-snapshot';
  if (difference.after === undefined && ground.skippedIsPartial === true) return 'skips-unknown';
  return undefined;
}

function foldersAbove(paths: readonly KeptPath[]): Set<string> {
  const folders = new Set<string>();
  for (const { root, path } of paths) {
    for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
      folders.add(`${root}:${path.slice(0, end)}`);
    }
  }
  return folders;
}

function isBelowOneOf(folders: ReadonlySet<string>, root: string, path: string): boolean {
  if (folders.size === 0) return false;
  for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
    if (folders.has(`${root}:${path.slice(0, end)}`)) return true;
  }
  return false;
}

function depth(path: string): number {
  let slashes = 0;
  for (const character of path) if (character === '/') slashes += 1;
  return slashes;
}
