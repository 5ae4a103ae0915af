import { decodePath, encodeName, type FileName } from '../../connector/index.ts';
import { NachtwachtError } from '../../platform/errors.ts';
import { ResticError, type Id, type RepositoryApi, type Snapshot, type TreeNode } from '../../restic/index.ts';
import { fileNameOf } from '../database/table-file.ts';
import { DATABASE_FOLDER, FILES_FOLDER, pathInSnapshot, tagValue } from '../rules/snapshot-layout.ts';
import type { RestoreScope } from './rules/choose-scope.ts';

/**
 * A snapshot by its id or the beginning of it, or `latest`: the newest of all, and `latest-good` the newest that holds
 * everything and was not made to keep a broken state. Throws `snapshot-unknown`, `snapshot-ambiguous`.
 */
export async function findSnapshot(repository: RepositoryApi, site: string, wanted: string): Promise<Snapshot> {
  if (/^[0-9a-f]{64}$/u.test(wanted)) {
    // A site may have thousands: with the whole id only one file is read.
    const one = await repository.loadSnapshot(wanted).catch((error: unknown) => {
      if (error instanceof ResticError && error.code === 'not-found') return undefined;
      throw error;
    });
    if (one !== undefined && tagValue(one.tags, 'site') === site) return one;
  }
  const all = await repository.listSnapshots();
  const ours = all.filter(
    ({ tags }) =>
      tagValue(tags, 'site') === site &&
      (wanted !== 'latest-good' ||
        (tagValue(tags, 'complete') === 'yes' && tagValue(tags, 'reason') !== 'before-restore')),
  );
  const found =
    wanted === 'latest' || wanted === 'latest-good'
      ? ours.toSorted((a, b) => b.time.getTime() - a.time.getTime()).slice(0, 1)
      : ours.filter((one) => /^[0-9a-f]{4,64}$/u.test(wanted) && one.id.startsWith(wanted));
  const [first, second] = found;
  if (first === undefined || second !== undefined) {
    throw new NachtwachtError({
      code: first === undefined ? 'snapshot-unknown' : 'snapshot-ambiguous',
      kind: 'not-found',
      message:
        first === undefined
          ? `This site has no snapshot ${wanted}.`
          : `More than one snapshot of this site begins with ${wanted}.`,
      nextStep: 'List them with `nachtwacht snapshots` and give at least eight characters of the id.',
      retryable: false,
    });
  }
  return first;
}

/** The tree of the site's files, or of one of the other folders at the top; undefined when the snapshot has none. */
export async function folderTree(repository: RepositoryApi, tree: Id, name = FILES_FOLDER): Promise<Id | undefined> {
  const node = await repository.findNode(tree, [name]);
  return node?.type === 'dir' ? node.subtree : undefined;
}

export interface SnapshotEntry {
  /** Names from the top of the snapshot, raw. */
  names: FileName[];
  node: TreeNode;
}

/**
 * The nodes of a snapshot that a scope means, folders before what they hold; raw names from the top. Folders that only
 * lead to them are gone through, not given.
 */
export async function* entriesInScope(
  repository: RepositoryApi,
  tree: Id,
  scope: RestoreScope,
): AsyncGenerator<SnapshotEntry> {
  const wanted = pathsOf(scope)?.map((path) => path.map(encodeName));
  yield* walk(repository, tree, [], [], wanted);
}

async function* walk(
  repository: RepositoryApi,
  tree: Id,
  names: FileName[],
  wire: string[],
  wanted: string[][] | undefined,
): AsyncGenerator<SnapshotEntry> {
  for (const node of await repository.loadTree(tree)) {
    const path = [...wire, encodeName(node.name)];
    const fits = (one: string[]) => path.every((name, at) => at >= one.length || name === one[at]);
    const below = wanted?.filter(fits);
    if (below?.length === 0) continue;
    const at = [...names, node.name];
    if (below === undefined || below.some((one) => path.length >= one.length)) yield { names: at, node };
    if (node.type === 'dir' && node.subtree !== undefined) {
      yield* walk(repository, node.subtree, at, path, below);
    }
  }
}

const TABLES_FOLDER = 'tables';

/** The paths inside a snapshot that a scope means; undefined = all of it. */
export function pathsOf(scope: RestoreScope): FileName[][] | undefined {
  if (scope.files === 'all' && scope.tables === 'all') return undefined;
  const paths: FileName[][] = [];
  if (scope.files === 'all') paths.push([FILES_FOLDER]);
  else if (scope.files !== 'none') {
    for (const { root, path } of scope.files) paths.push([...pathInSnapshot(root, ''), ...decodePath(path)]);
  }
  if (scope.tables === 'all') paths.push([DATABASE_FOLDER]);
  else if (scope.tables !== 'none') {
    for (const table of scope.tables) paths.push([DATABASE_FOLDER, TABLES_FOLDER, `${fileNameOf(table)}.sql`]);
  }
  return paths;
}
