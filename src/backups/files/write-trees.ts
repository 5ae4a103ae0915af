import { decodeName } from '../../connector/index.ts';
import type { Id, TreeNode, Writer } from '../../restic/types.ts';
import type { FileTable } from './file-table.ts';

type TreeWriter = Pick<Writer, 'saveTree'>;

/** A folder of ours inside the snapshot: constant facts, so that equal contents give equal trees. */
export function ownFolder(name: string, subtree: Id): TreeNode {
  return { name, type: 'dir', mode: 0o755, mtimeNs: 0n, subtree };
}

/**
 * Writes the trees of one root bottom-up and gives the id of its top. `partial`: only what was fetched in this
 * run so far (of large files: their beginning) and the folders that lead to it; undefined when there is nothing.
 */
export async function writeTrees(table: FileTable, writer: TreeWriter): Promise<Id>;
export async function writeTrees(table: FileTable, writer: TreeWriter, which: 'partial'): Promise<Id | undefined>;
export async function writeTrees(table: FileTable, writer: TreeWriter, which?: 'partial'): Promise<Id | undefined> {
  const done: (Id | undefined)[] = [];
  // Folders stand after their parents, so from the end on every folder's subfolders are written before it.
  for (let index = table.folders.length - 1; index >= 0; index--) {
    const before = table.written.get(index);
    if (before !== undefined && (which === 'partial' || before.whole)) {
      done[index] = before.tree;
      continue;
    }
    const folder = table.folderAt(index);
    const { changes } = folder;
    const nodes: TreeNode[] = [];
    for (const entry of folder.entries) {
      const node = nodeOf(table, entry, done, which);
      if (node !== undefined) nodes.push(node);
    }
    if (which !== 'partial' || nodes.length > 0) done[index] = await writer.saveTree(nodes);
    // Other files arrive while this is written: what they changed, here or in a folder below, is written next time.
    if (which === 'partial' && folder.changes === changes && areWritten(table, folder.entries))
      table.written.set(index, { tree: done[index], whole: isWhole(table, index, nodes.length) });
  }
  // Of these only the beginning is written: there is more of them every time.
  for (const entry of table.begun.keys()) table.forgetTrees(entry);
  return done[0];
}

/** Whether the folders among these entries are as they were written. */
function areWritten(table: FileTable, entries: readonly number[]): boolean {
  return entries.every((entry) => {
    const sub = table.subfolders.get(entry);
    return sub === undefined || table.written.has(sub);
  });
}

/** Whether a folder of a checkpoint has all that it will have. */
function isWhole(table: FileTable, index: number, nodes: number): boolean {
  const { entries } = table.folderAt(index);
  if (nodes === 0 || nodes < entries.length) return false;
  return entries.every((entry) => {
    if (table.begun.has(entry)) return false;
    const sub = table.subfolders.get(entry);
    return sub === undefined || table.written.get(sub)?.whole === true;
  });
}

function nodeOf(table: FileTable, entry: number, done: (Id | undefined)[], which?: 'partial'): TreeNode | undefined {
  const base = {
    name: decodeName(table.names[entry] ?? ''),
    mode: (table.modes[entry] ?? 0) & 0o7777,
    mtimeNs: seconds(table.mtimes[entry]),
  };
  const type = table.types[entry];
  if (type === 'd') {
    const sub = table.subfolders.get(entry);
    const subtree = sub === undefined ? undefined : done[sub];
    return subtree === undefined ? undefined : { ...base, type: 'dir', subtree };
  }
  if (type === 'l') {
    if (which === 'partial') return undefined;
    return { ...base, type: 'symlink', linktarget: decodeTarget(table.targets.get(entry) ?? '') };
  }
  const begun = which === 'partial' ? table.begun.get(entry) : undefined;
  if (begun !== undefined) {
    const { content, size, facts } = begun;
    return { ...base, type: 'file', mtimeNs: seconds(facts.mtime), ctimeNs: seconds(facts.ctime), size, content };
  }
  const content = table.contents[entry];
  if (content === undefined || (which === 'partial' && table.states[entry] !== 'fetched')) return undefined;
  return { ...base, type: 'file', ctimeNs: seconds(table.ctimes[entry]), size: table.sizes[entry] ?? 0, content };
}

function seconds(value: number | undefined): bigint {
  return BigInt(Math.trunc(value ?? 0)) * 1_000_000_000n;
}

/** A link's target in wire form; unlike a path it may be absolute or go up: it is text that we never follow. */
export function decodeTarget(wire: string): string | Buffer {
  if (!wire.includes('%')) return wire;
  const bytes = Buffer.concat(
    wire
      .split(/(%[0-9A-F]{2})/u)
      .map((part) => (/^%[0-9A-F]{2}$/u.test(part) ? Buffer.from(part.slice(1), 'hex') : Buffer.from(part, 'utf8'))),
  );
  const text = bytes.toString('utf8');
  return Buffer.from(text, 'utf8').equals(bytes) ? text : bytes;
}
