import type { Id, RepositoryApi, TreeNode } from '../../restic/types.ts';
import { readManifest, type ManifestRange, type TableManifest } from './manifest.ts';

/** A table as a snapshot has it. */
export interface StoredTable {
  manifest: TableManifest;
  /** The SQL file. */
  node: TreeNode;
  manifestNode: TreeNode;
  /** The manifest's ranges with their blobs. */
  ranges: (ManifestRange & { ids: Id[] })[];
}

export interface StoredDatabase {
  tables: Map<string, StoredTable>;
  /** Nodes of the `database` folder by name. */
  nodes: Map<string, TreeNode>;
}

type Reader = Pick<RepositoryApi, 'loadTree' | 'readFile' | 'hasBlob'>;

/**
 * The database part of a snapshot: `tree` is the tree of its `database` folder. Tables whose manifest does not fit their
 * file are left out, for a backup reads them anew; with `strict` they throw.
 */
export async function readDatabase(
  repo: Reader,
  tree: Id,
  options: { strict?: boolean } = {},
): Promise<StoredDatabase> {
  const nodes = await nodesByName(repo, tree);
  const files = await subtree(repo, nodes.get('tables'));
  const manifests = [...(await subtree(repo, nodes.get('manifest'))).values()];
  const tables = new Map<string, StoredTable>();
  // A few at a time: in S3 each is a request.
  for (let at = 0; at < manifests.length; at += 8) {
    const found = await Promise.all(
      manifests.slice(at, at + 8).map(async (node) => await readTable(repo, node, files, options)),
    );
    for (const table of found) if (table !== undefined) tables.set(table.manifest.shape.name, table);
  }
  return { tables, nodes };
}

async function readTable(
  repo: Reader,
  manifestNode: TreeNode,
  files: Map<string, TreeNode>,
  options: { strict?: boolean },
): Promise<StoredTable | undefined> {
  try {
    const manifest = readManifest(await contentOf(repo, manifestNode));
    const node = files.get(nameOf(manifestNode).replace(/\.json$/, '.sql'));
    const content = node?.content ?? [];
    const blobs = manifest.ranges.reduce((sum, range) => sum + range.blobs, 0);
    if (node === undefined || content.length !== blobs + 2) throw new Error('the manifest does not fit its SQL file');
    let at = 1;
    const ranges = manifest.ranges.map((range) => ({ ...range, ids: content.slice(at, (at += range.blobs)) }));
    return { manifest, node, manifestNode, ranges };
  } catch (error) {
    if (options.strict === true) throw error;
    return undefined;
  }
}

/** All bytes of a small file of a snapshot. */
export async function contentOf(repo: Pick<RepositoryApi, 'readFile'>, node: TreeNode): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of repo.readFile(node)) parts.push(part);
  return Buffer.concat(parts);
}

async function nodesByName(repo: Reader, tree: Id): Promise<Map<string, TreeNode>> {
  return new Map((await repo.loadTree(tree)).map((node) => [nameOf(node), node]));
}

async function subtree(repo: Reader, node: TreeNode | undefined): Promise<Map<string, TreeNode>> {
  return node?.subtree === undefined ? new Map() : await nodesByName(repo, node.subtree);
}

function nameOf(node: TreeNode): string {
  return typeof node.name === 'string' ? node.name : node.name.toString('latin1');
}
