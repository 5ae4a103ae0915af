import { decodePath, encodeName } from '../../connector/index.ts';
import { NachtwachtError } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import type { RepositoryApi, Snapshot, TreeNode } from '../../restic/index.ts';
import { getSite } from '../../sites/index.ts';
import { browseRepository } from '../browse-repository.ts';
import { findSnapshotRow } from '../find-snapshot.ts';
import { KeptAnswers } from '../keep-answers.ts';
import { findSnapshot, folderTree, readTables, scopeOf } from '../restore/index.ts';
import { FILES_FOLDER, pathInSnapshot } from '../rules/snapshot-layout.ts';
import type { TreeEntry } from './contract.ts';

/** One folder of a snapshot by page: folders first, each by name. Throws `path-not-in-snapshot`. */
export async function browseTree(
  platform: Platform,
  input: {
    site: string;
    snapshot: string;
    path: string;
    search?: string | undefined;
    offset: number;
    limit: number;
  },
): Promise<{ path: string; total: number; next: number | null; entries: TreeEntry[] }> {
  return inSnapshot(platform, input, async (repository, snapshot) => {
    const place = placeOf(input.path);
    const roots = await rootsOf(repository, snapshot);
    const isTop = input.path === '' && roots.length !== 1;
    const root = input.path === '' ? (roots[0] ?? 'root') : place.root;
    const entries = isTop
      ? roots.map((name): TreeEntry => ({ name, path: `${name}:`, kind: 'folder', bytes: null, changedAt: null }))
      : (await nodesOf(repository, snapshot, root, place.path, input.path)).map((node) =>
          shownNode(node, root, place.path),
        );
    const wanted = input.search?.toLowerCase() ?? '';
    const found = entries
      .filter((entry) => wanted === '' || entry.name.toLowerCase().includes(wanted))
      .toSorted((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
    const end = input.offset + input.limit;
    return {
      path: input.path,
      total: found.length,
      next: end < found.length ? end : null,
      entries: found.slice(input.offset, end),
    };
  });
}

const rank = (entry: TreeEntry): number => (entry.kind === 'folder' ? 0 : 1);

interface TableView {
  name: string;
  rows: number;
  bytes: number;
}
const tableLists = new WeakMap<object, KeptAnswers<TableView[]>>();

/** The tables of a snapshot by name; none when it holds no database. */
export async function browseTables(
  platform: Platform,
  input: { site: string; snapshot: string },
): Promise<TableView[]> {
  const kept = tableLists.get(platform.db) ?? new KeptAnswers<TableView[]>(20_000, (list) => list.length);
  tableLists.set(platform.db, kept);
  const site = await getSite(platform.db, input.site, { removedToo: true });
  const { id } = await findSnapshotRow(platform.db, site.id, input.snapshot);
  return kept.get(`${site.id}/${id}`, () =>
    inSnapshot(platform, { site: site.id, snapshot: id }, async (repository, snapshot) =>
      tablesIn(repository, snapshot),
    ),
  );
}

export async function tablesIn(repository: RepositoryApi, snapshot: Snapshot): Promise<TableView[]> {
  const found = await readTables(repository, snapshot.tree);
  const bytesOf = (name: string) => found?.stored.tables.get(name)?.node.size ?? 0;
  return (found?.tables ?? [])
    .map(({ name, rows }) => ({ name, rows, bytes: bytesOf(name) }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

async function inSnapshot<T>(
  platform: Platform,
  input: { site: string; snapshot: string },
  work: (repository: RepositoryApi, snapshot: Snapshot) => Promise<T>,
): Promise<T> {
  const site = await getSite(platform.db, input.site, { removedToo: true });
  const { id } = await findSnapshotRow(platform.db, site.id, input.snapshot);
  return browseRepository(platform, site.id, async (repository) =>
    work(repository, await findSnapshot(repository, site.id, id)),
  );
}

/** Root and wire path of what a person chose, by the same rule as a restore's. */
function placeOf(path: string): { root: string; path: string } {
  const { files } = scopeOf({ files: [path === '' ? 'root:' : path] });
  return (Array.isArray(files) ? files[0] : undefined) ?? { root: 'root', path: '' };
}

async function rootsOf(repository: RepositoryApi, snapshot: Snapshot): Promise<string[]> {
  const tree = await folderTree(repository, snapshot.tree, FILES_FOLDER);
  return tree === undefined ? [] : (await repository.loadTree(tree)).map((node) => encodeName(node.name));
}

async function nodesOf(
  repository: RepositoryApi,
  snapshot: Snapshot,
  root: string,
  path: string,
  asked: string,
): Promise<TreeNode[]> {
  const node = await repository.findNode(snapshot.tree, [...pathInSnapshot(root, ''), ...decodePath(path)]);
  if (node?.type === 'dir' && node.subtree !== undefined) return repository.loadTree(node.subtree);
  if (asked === '') return [];
  throw new NachtwachtError({
    code: 'path-not-in-snapshot',
    kind: 'not-found',
    message: `This snapshot has no folder ${asked.slice(0, 200)}.`,
    nextStep: 'Begin at the top of the snapshot.',
    retryable: false,
  });
}

function shownNode(node: TreeNode, root: string, folder: string): TreeEntry {
  const name = encodeName(node.name);
  const path = folder === '' ? name : `${folder}/${name}`;
  return {
    // As people know it; the path keeps the form that is never ambiguous.
    name: typeof node.name === 'string' ? node.name : name,
    path: root === 'root' ? path : `${root}:${path}`,
    kind: node.type === 'dir' ? 'folder' : node.type === 'symlink' ? 'link' : 'file',
    bytes: node.type === 'file' ? (node.size ?? 0) : null,
    changedAt: new Date(Number(node.mtimeNs / 1_000_000n)).toISOString(),
  };
}
