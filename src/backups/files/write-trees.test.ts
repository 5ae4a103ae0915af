import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Id, TreeNode } from '../../restic/types.ts';
import { FileTable } from './file-table.ts';
import { writeTrees } from './write-trees.ts';

const facts = { size: 1, mtime: 1, ctime: 1 };

/** Two folders of two files, `a` and `b` below `top`. */
function aTable(): { table: FileTable; files: number[] } {
  const table = new FileTable('root');
  const folder = (into: number, name: string): number => {
    table.add(into, { name, type: 'd', mode: 0o755, ...facts });
    return table.folders.length - 1;
  };
  const top = folder(0, 'top');
  const files = ['a', 'b'].flatMap((name) => {
    const index = folder(top, name);
    return ['1', '2'].map((file) => table.add(index, { name: file, type: 'f', mode: 0o644, ...facts }));
  });
  return { table, files };
}

class Trees {
  readonly saved = new Map<Id, TreeNode[]>();
  count = 0;
  /** Called while a tree is on its way. */
  during: (nodes: TreeNode[]) => void = () => {};

  async saveTree(nodes: TreeNode[]): Promise<Id> {
    const text = JSON.stringify(nodes, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
    const id = createHash('sha256').update(text).digest('hex');
    this.count += 1;
    this.saved.set(id, nodes);
    await Promise.resolve();
    this.during(nodes);
    return id;
  }

  filesBelow(id: Id | undefined, path = ''): string[] {
    return (id === undefined ? [] : (this.saved.get(id) ?? [])).flatMap((node) => {
      const below = `${path}/${String(node.name)}`;
      return node.subtree === undefined ? [below] : this.filesBelow(node.subtree, below);
    });
  }
}

const fetched = (table: FileTable, entry: number | undefined): void =>
  table.setContent(entry ?? -1, 'fetched', ['0'.repeat(64)], facts);

test('a checkpoint writes again only what changed, and the final trees take it over', async () => {
  const { table, files } = aTable();
  const trees = new Trees();
  for (const entry of files.slice(0, 3)) fetched(table, entry);
  expect(trees.filesBelow(await writeTrees(table, trees, 'partial'))).toEqual(['/top/a/1', '/top/a/2', '/top/b/1']);
  expect(trees.count).toBe(4);
  expect(trees.filesBelow(await writeTrees(table, trees, 'partial'))).toHaveLength(3);
  expect(trees.count).toBe(4);
  fetched(table, files[3]);
  const partial = await writeTrees(table, trees, 'partial');
  expect(trees.filesBelow(partial)).toHaveLength(4);
  // `b`, `top` and the root.
  expect(trees.count).toBe(7);
  expect(await writeTrees(table, trees)).toBe(partial);
  expect(trees.count).toBe(7);
});

test('a file that arrives while its folder or one above is written is in the next checkpoint', async () => {
  for (const moment of ['b', 'top']) {
    const { table, files } = aTable();
    const trees = new Trees();
    for (const entry of files.slice(0, 3)) fetched(table, entry);
    trees.during = (nodes) => {
      const names = nodes.map((node) => String(node.name)).join();
      if (names === (moment === 'b' ? '1' : 'a,b')) fetched(table, files[3]);
    };
    await writeTrees(table, trees, 'partial');
    trees.during = () => {};
    expect(trees.filesBelow(await writeTrees(table, trees, 'partial'))).toHaveLength(4);
    expect(trees.filesBelow(await writeTrees(table, trees))).toHaveLength(4);
  }
});

test('a folder with a link or a file that only begun is written anew at the end', async () => {
  const { table, files } = aTable();
  const trees = new Trees();
  table.add(table.folders.length - 1, { name: 'link', type: 'l', mode: 0o777, ...facts, target: '1' });
  for (const entry of files.slice(1)) fetched(table, entry);
  table.begun.set(files[0] ?? -1, { content: ['1'.repeat(64)], size: 1, facts });
  await writeTrees(table, trees, 'partial');
  table.begun.delete(files[0] ?? -1);
  fetched(table, files[0]);
  expect(trees.filesBelow(await writeTrees(table, trees)).toSorted()).toEqual([
    '/top/a/1',
    '/top/a/2',
    '/top/b/1',
    '/top/b/2',
    '/top/b/link',
  ]);
});
