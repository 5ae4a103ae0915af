/** What a person may ask for. Nothing named at all means the whole site. */
export interface RestoreRequest {
  /** Paths as a person writes them, `wp-content/uploads`, or `root-id:path` for another root. `*` = every file. */
  files?: readonly string[] | undefined;
  /** Table names as in the database. `*` = every table. */
  tables?: readonly string[] | undefined;
}

/** A folder or file inside one of the site's roots; `path` is a wire path, '' = the whole root. */
export interface ChosenPath {
  root: string;
  path: string;
}

export interface RestoreScope {
  files: 'all' | 'none' | ChosenPath[];
  tables: 'all' | 'none' | string[];
  reason: 'whole-site' | 'only-files' | 'only-tables' | 'files-and-tables';
}

export type ScopeChoice =
  | { ok: true; scope: RestoreScope }
  | { ok: false; why: 'bad-path' | 'bad-table'; value: string };

const LONGEST_PATH = 4096;
// Table names of MySQL: at most 64 characters; a back tick or NUL never stands in one that WordPress made.
const TABLE_NAME = /^[^`\0/\\]{1,64}$/u;

/** Turns a request into a scope, or names the value that cannot be one. Covered paths are dropped: `a` holds `a/b`. */
export function chooseScope(request: RestoreRequest): ScopeChoice {
  const files = request.files ?? [];
  const tables = request.tables ?? [];
  if (files.length === 0 && tables.length === 0) {
    return { ok: true, scope: { files: 'all', tables: 'all', reason: 'whole-site' } };
  }
  const paths: ChosenPath[] = [];
  for (const value of files) {
    const path = readPath(value);
    if (path === undefined) return { ok: false, why: 'bad-path', value };
    paths.push(path);
  }
  for (const value of tables) {
    if (value !== '*' && !TABLE_NAME.test(value)) return { ok: false, why: 'bad-table', value };
  }
  const scope: RestoreScope = {
    files: files.length === 0 ? 'none' : files.includes('*') ? 'all' : withoutCovered(paths),
    tables: tables.length === 0 ? 'none' : tables.includes('*') ? 'all' : [...new Set(tables)].toSorted(),
    reason: tables.length === 0 ? 'only-files' : files.length === 0 ? 'only-tables' : 'files-and-tables',
  };
  if (scope.files === 'all' && scope.tables === 'all') scope.reason = 'whole-site';
  return { ok: true, scope };
}

/** Whether the scope takes in this path of this root. */
export function pathInScope(scope: RestoreScope, root: string, path: string): boolean {
  if (scope.files === 'all') return true;
  if (scope.files === 'none') return false;
  return scope.files.some((chosen) => chosen.root === root && isInside(path, chosen.path));
}

export function tableInScope(scope: RestoreScope, table: string): boolean {
  return scope.tables === 'all' || (Array.isArray(scope.tables) && scope.tables.includes(table));
}

/** Whether `path` is `folder` or lies below it; '' holds everything. */
export function isInside(path: string, folder: string): boolean {
  return folder === '' || path === folder || path.startsWith(`${folder}/`);
}

function readPath(value: string): ChosenPath | undefined {
  if (value === '*') return { root: 'root', path: '' };
  const named = /^(root|conf|content|x-[0-9a-f]{8}):(.*)$/su.exec(value);
  const root = named?.[1] ?? 'root';
  const path = (named?.[2] ?? value).replace(/^(?:\.\/)+/u, '').replace(/^\/+|\/+$/gu, '');
  if (path === '' || path === '.') return { root, path: '' };
  if (path.length > LONGEST_PATH || path.includes('\0')) return undefined;
  if (path.split('/').some((name) => name === '' || name === '.' || name === '..')) return undefined;
  return { root, path };
}

function withoutCovered(paths: readonly ChosenPath[]): ChosenPath[] {
  const kept: ChosenPath[] = [];
  const byLength = paths.toSorted((a, b) => a.path.length - b.path.length || (a.path < b.path ? -1 : 1));
  for (const path of byLength) {
    if (!kept.some((other) => other.root === path.root && isInside(path.path, other.path))) kept.push(path);
  }
  return kept;
}
