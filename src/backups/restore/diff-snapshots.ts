import { encodeName, encodePath } from '../../connector/index.ts';
import type { Id, RepositoryApi, TreeNode } from '../../restic/index.ts';
import { folderTree } from './snapshot-contents.ts';
import type { PathDifference, PathState } from './rules/plan-restore.ts';

/** Differences of the site's files between two snapshots; `undefined` before = as if the site were empty. */
export async function* diffFiles(
  repository: RepositoryApi,
  before: Id | undefined,
  after: Id,
): AsyncGenerator<PathDifference<TreeNode>> {
  const from = before === undefined ? undefined : await folderTree(repository, before);
  const to = await folderTree(repository, after);
  if (from === to) return;
  for await (const change of repository.diffTrees(from, to)) {
    const [first, ...rest] = change.path;
    // The folder of a root is no path of the site itself.
    if (first === undefined || rest.length === 0) continue;
    const place = { root: encodeName(first), path: encodePath(rest) };
    if (change.kind === 'changed') {
      yield {
        ...place,
        before: stateOf(change.before),
        after: stateOf(change.after),
        contentChanged: change.contentChanged,
        source: change.after,
      };
    } else if (change.kind === 'added') {
      yield { ...place, after: stateOf(change.node), contentChanged: true, source: change.node };
    } else {
      yield { ...place, before: stateOf(change.node), contentChanged: true };
    }
  }
}

function stateOf(node: TreeNode): PathState {
  return { type: node.type, size: node.size ?? 0, mode: node.mode };
}
