import { encodeName } from '../../connector/index.ts';
import type { Id, RepositoryApi, TreeNode } from '../../restic/types.ts';
import { decideFile, type ComparePolicy, type FileDecision, type FileFacts } from '../rules/changed-files.ts';
import { pathInSnapshot } from '../rules/snapshot-layout.ts';
import type { FileTable } from './file-table.ts';

/** A tree whose contents may be reused: the parent snapshot, and what an earlier attempt of this run stored. */
export interface EarlierTree {
  tree: Id;
  policy: ComparePolicy;
  /** Left by a killed attempt: it may hold the beginning of a large file. */
  partial?: true;
}

export interface Comparison {
  /** Entries whose bytes must travel. */
  fetch: number[];
  /** Entries whose SHA-256 the site is asked for; fetched when it differs from what the earlier node holds. */
  compare: { entry: number; content: Id[] }[];
  reused: number;
  /** How many files by the reason of `rules/changed-files`. */
  reasons: Record<string, number>;
}

type Repo = Pick<RepositoryApi, 'findNode' | 'loadTree' | 'hasBlob' | 'blobLength'>;

/** Trees read at the same time: on S3 each is a round trip. */
const AHEAD = 16;

/**
 * Decides for every file of a root whether its bytes are in the repository already. Earlier trees are asked in order:
 * the first that knows the file unchanged gives its blob ids, after a check that the index has every one of them.
 */
export async function compareRoot(table: FileTable, repo: Repo, earlier: readonly EarlierTree[]): Promise<Comparison> {
  const result: Comparison = { fetch: [], compare: [], reused: 0, reasons: {} };
  const count = (why: FileDecision['why']) => (result.reasons[why] = (result.reasons[why] ?? 0) + 1);

  // Tree ids by folder, for each earlier tree.
  const trees: (Map<number, Id> | undefined)[] = [];
  for (const one of earlier) {
    const node = await repo.findNode(one.tree, pathInSnapshot(table.root, ''));
    trees.push(
      node?.subtree !== undefined && repo.hasBlob('tree', node.subtree) ? new Map([[0, node.subtree]]) : undefined,
    );
  }

  for (let from = 0; from < table.folders.length;) {
    const until = endOfLevel(table, from);
    const loaded = await Promise.all(
      Array.from({ length: until - from }, (_, i) =>
        Promise.all(trees.map(async (ids) => nodesByName(repo, ids?.get(from + i)))),
      ),
    );
    for (const [i, before] of loaded.entries()) compareFolder(from + i, before);
    from = until;
  }
  return result;

  function compareFolder(index: number, before: (Map<string, TreeNode> | undefined)[]): void {
    for (const entry of table.folderAt(index).entries) {
      const name = table.names[entry] ?? '';
      if (table.types[entry] === 'd') {
        const sub = table.subfolders.get(entry);
        for (const [k, nodes] of before.entries()) {
          const node = nodes?.get(name);
          if (
            sub !== undefined &&
            node?.type === 'dir' &&
            node.subtree !== undefined &&
            repo.hasBlob('tree', node.subtree)
          )
            trees[k]?.set(sub, node.subtree);
        }
      } else if (table.types[entry] === 'f' && table.states[entry] !== 'skipped')
        compareFile(
          entry,
          before.map((nodes) => nodes?.get(name)),
        );
    }
  }

  function compareFile(entry: number, before: (TreeNode | undefined)[]): void {
    const path = table.pathOf(entry);
    const now = table.factsOf(entry);
    let answer: FileDecision = { act: 'fetch', why: 'new' };
    for (const [k, node] of before.entries()) {
      const policy = earlier[k]?.policy;
      if (node?.type !== 'file' || node.content === undefined || policy === undefined) continue;
      const decision = decideFile(path, now, factsOfNode(node), isHeld(repo, node), policy);
      if (decision.act === 'reuse') {
        table.setContent(entry, 'reuse', node.content, now);
        result.reused++;
        count(decision.why);
        return;
      }
      if (decision.act === 'compare') {
        result.compare.push({ entry, content: node.content });
        count(decision.why);
        return;
      }
      answer = decision;
      if (earlier[k]?.partial === true) resumeLarge(entry, now, node);
    }
    table.states[entry] = 'fetch';
    result.fetch.push(entry);
    count(answer.why);
  }

  function resumeLarge(entry: number, now: FileFacts, node: TreeNode): void {
    const then = factsOfNode(node);
    if (then.size >= now.size || then.mtime !== now.mtime || then.ctime !== now.ctime || !isHeld(repo, node)) return;
    table.begun.set(entry, { content: node.content ?? [], size: then.size, facts: now });
  }
}

/** Folders whose parents are all compared already, at most `AHEAD`: folders stand in the table after their parents. */
function endOfLevel(table: FileTable, from: number): number {
  let until = from;
  while (until < table.folders.length && until - from < AHEAD) {
    const entry = table.folderAt(until).entry;
    const parent = entry < 0 ? -1 : (table.folderOf[entry] ?? 0);
    if (parent >= from) break;
    until++;
  }
  return Math.max(until, from + 1);
}

async function nodesByName(repo: Repo, tree: Id | undefined): Promise<Map<string, TreeNode> | undefined> {
  if (tree === undefined) return undefined;
  const nodes = await repo.loadTree(tree);
  return new Map(nodes.map((node) => [encodeName(node.name), node]));
}

function factsOfNode(node: TreeNode): FileFacts {
  const mtime = Number(node.mtimeNs / 1_000_000_000n);
  return {
    size: node.size ?? 0,
    mtime,
    ctime: node.ctimeNs === undefined ? mtime : Number(node.ctimeNs / 1_000_000_000n),
  };
}

/** Every blob is in the index, and together they are as long as the node says. */
function isHeld(repo: Repo, node: TreeNode): boolean {
  let size = 0;
  for (const id of node.content ?? []) {
    const length = repo.blobLength('data', id);
    if (length === undefined) return false;
    size += length;
  }
  return size === (node.size ?? 0);
}
