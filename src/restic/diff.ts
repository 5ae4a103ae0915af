import { damaged } from './errors.ts';
import type { BlobReader } from './read.ts';
import { compareNames } from './tree.ts';
import type { Id, TreeChange, TreeNode } from './types.ts';

/** Deeper trees do not fit a path of any file system: hostile. */
export const MAX_DEPTH = 2048;

interface Level {
  path: (string | Buffer)[];
  before: TreeNode[];
  after: TreeNode[];
  /** How far in each. */
  b: number;
  a: number;
}

/**
 * Depth-first difference of two trees, folders before what is in them. Equal subtrees are not read. An entry that
 * became another kind is one `changed`, followed by what was or is below it when one of the two is a folder.
 */
export async function* diffTrees(
  reader: BlobReader,
  before: Id | undefined,
  after: Id | undefined,
): AsyncGenerator<TreeChange> {
  if (before === after) return;
  const stack: Level[] = [await openLevel(reader, [], before, after)];
  for (let level = stack.at(-1); level !== undefined; level = stack.at(-1)) {
    const [left, right] = nextPair(level);
    if (left === undefined && right === undefined) {
      stack.pop();
      continue;
    }
    const path = [...level.path, (left ?? right)!.name];
    const change = compareNodes(path, left, right);
    if (change !== undefined) yield change;
    if (left?.subtree === right?.subtree) continue;
    if (stack.length >= MAX_DEPTH) throw damaged('folders lie deeper than any file system allows');
    stack.push(await openLevel(reader, path, left?.subtree, right?.subtree));
  }
}

/** The next name in order, with its node on either side. */
function nextPair(level: Level): [TreeNode | undefined, TreeNode | undefined] {
  const left = level.before[level.b];
  const right = level.after[level.a];
  const order =
    left === undefined || right === undefined ? (left === undefined ? 1 : -1) : compareNames(left.name, right.name);
  if (order <= 0) level.b++;
  if (order >= 0) level.a++;
  return [order <= 0 ? left : undefined, order >= 0 ? right : undefined];
}

function compareNodes(
  path: (string | Buffer)[],
  before: TreeNode | undefined,
  after: TreeNode | undefined,
): TreeChange | undefined {
  if (before === undefined) return { kind: 'added', path, node: after! };
  if (after === undefined) return { kind: 'removed', path, node: before };
  const contentChanged = before.type !== after.type || hasOtherContent(before, after);
  if (!contentChanged && !hasOtherFacts(before, after)) return undefined;
  return { kind: 'changed', path, before, after, contentChanged };
}

/** Of two nodes of the same type. What is in a folder has its own changes. */
function hasOtherContent(a: TreeNode, b: TreeNode): boolean {
  if (a.type === 'dir') return false;
  if (a.type === 'symlink') return compareNames(a.linktarget ?? '', b.linktarget ?? '') !== 0;
  const [x, y] = [a.content ?? [], b.content ?? []];
  return a.size !== b.size || x.length !== y.length || x.some((id, i) => id !== y[i]);
}

function hasOtherFacts(a: TreeNode, b: TreeNode): boolean {
  return a.mode !== b.mode || a.mtimeNs !== b.mtimeNs || a.uid !== b.uid || a.gid !== b.gid;
}

async function openLevel(
  reader: BlobReader,
  path: (string | Buffer)[],
  before: Id | undefined,
  after: Id | undefined,
): Promise<Level> {
  const load = async (id: Id | undefined): Promise<TreeNode[]> => (id === undefined ? [] : reader.loadTree(id));
  return { path, before: await load(before), after: await load(after), b: 0, a: 0 };
}
