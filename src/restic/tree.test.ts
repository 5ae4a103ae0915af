import { expect, test } from 'vitest';
import { compareNames, decodeTree, encodeTree, isSafeName, treeReferences } from './tree.ts';
import type { TreeNode } from './types.ts';

const A = 'a'.repeat(64);
const B = 'b'.repeat(64);
const file = (name: string | Buffer, more: Partial<TreeNode> = {}): TreeNode => ({
  name,
  type: 'file',
  mode: 0o644,
  mtimeNs: 1_700_000_000_120_000_000n,
  size: 0,
  content: [],
  ...more,
});

test('a tree is the bytes restic writes for it', () => {
  const nodes: TreeNode[] = [
    file('b.txt', { size: 7, content: [A, B], uid: 33, gid: 34, user: 'www-data', inode: 12 }),
    { name: 'a&b', type: 'dir', mode: 0o2755, mtimeNs: 0n, subtree: B },
    { name: 'ln', type: 'symlink', mode: 0o777, mtimeNs: 0n, linktarget: '../<x>' },
  ];
  const t = '"mtime":"2023-11-14T22:13:20.12Z","atime":"2023-11-14T22:13:20.12Z","ctime":"2023-11-14T22:13:20.12Z"';
  const zero = '"mtime":"1970-01-01T00:00:00Z","atime":"1970-01-01T00:00:00Z","ctime":"1970-01-01T00:00:00Z"';
  expect(encodeTree(nodes).toString()).toBe(
    `{"nodes":[` +
      `{"name":"a\\u0026b","type":"dir","mode":2151678445,${zero},"uid":0,"gid":0,"content":null,"subtree":"${B}"},` +
      `{"name":"b.txt","type":"file","mode":420,${t},"uid":33,"gid":34,"user":"www-data","inode":12,"size":7,` +
      `"content":["${A}","${B}"]},` +
      `{"name":"ln","type":"symlink","mode":134218239,${zero},"uid":0,"gid":0,"linktarget":"../\\u003cx\\u003e","content":null}` +
      `]}\n`,
  );
});

test('a link to bytes that are no text says both what restic says', () => {
  const linktarget = Buffer.from([0x61, 0xff, 0xef, 0xbf, 0xbd, 0xc3, 0x28]);
  const json = encodeTree([{ name: 'l', type: 'symlink', mode: 0o777, mtimeNs: 0n, linktarget }]).toString();
  expect(json).toContain('"linktarget":"a\\ufffd\ufffd\\ufffd(","linktarget_raw":"Yf/vv73DKA=="');
});

test('names sort by their bytes, not by UTF-16', () => {
  // U+FF5E sorts after U+1F600 in UTF-16 but before it in UTF-8.
  const names = decodeTree(encodeTree([file('\u{1f600}'), file('\uff5e'), file('b'), file('B')]), 'x').map(
    (n) => n.name,
  );
  expect(names).toEqual(['B', 'b', '\uff5e', '\u{1f600}']);
  expect(compareNames('\uff5e', '\u{1f600}')).toBeLessThan(0);
});

test('every fact survives', () => {
  const nodes: TreeNode[] = [
    file(Buffer.from([0x61, 0xff]), {
      mode: 0o7644,
      atimeNs: 5n,
      ctimeNs: -7n,
      uid: 4294967295,
      gid: 2,
      user: 'ü',
      group: 'g',
      inode: 9,
      size: 3,
      content: [A],
    }),
    { name: 'd', type: 'dir', mode: 0o1777, mtimeNs: 1n, atimeNs: 1n, ctimeNs: 1n, uid: 0, gid: 0, subtree: A },
    {
      name: 'l',
      type: 'symlink',
      mode: 0o777,
      mtimeNs: 1n,
      atimeNs: 1n,
      ctimeNs: 1n,
      uid: 0,
      gid: 0,
      linktarget: Buffer.from([0x2f, 0xfe]),
    },
  ];
  expect(decodeTree(encodeTree(nodes), 'x')).toEqual(nodes);
});

test.each(['', '.', '..', 'a/b', '/', 'a\0b', '../x'])('the name %j is refused, both ways', (name) => {
  expect(isSafeName(name)).toBe(false);
  expect(() => encodeTree([file(name)])).toThrow('path part');
  const json = encodeTree([file('good')])
    .toString()
    .replace('"good"', JSON.stringify(name.replace('\0', '\\x00')));
  expect(() => decodeTree(Buffer.from(json), 'x')).toThrow('name that cannot be');
});

test.each<[string, TreeNode[]]>([
  ['twice the same name', [file('a'), file('a')]],
  ['a folder without a subtree', [{ ...file('a'), type: 'dir' }]],
  ['a link without a target', [{ ...file('a'), type: 'symlink' }]],
  ['a file without contents', [{ name: 'a', type: 'file', mode: 0, mtimeNs: 0n }]],
  ['a bad blob id', [file('a', { content: ['../etc/passwd'] })]],
  ['a negative size', [file('a', { size: -1 })]],
  ['a mode with the file type in it', [file('a', { mode: 0o100644 })]],
])('%s cannot be written', (_what, nodes) => {
  expect(() => encodeTree(nodes)).toThrow('cannot be stored');
});

test.each([
  'not json',
  '{"nodes":5}',
  '{"nodes":[null]}',
  '{"nodes":[{"name":"b","type":"file"}]}',
  '{"nodes":[{"name":"b","type":"dir","mtime":"2023-11-14T22:13:20Z","atime":"2023-11-14T22:13:20Z","ctime":"2023-11-14T22:13:20Z","subtree":"x"}]}',
])('a broken tree is an error, not a crash: %s', (json) => {
  expect(() => decodeTree(Buffer.from(json), 'x')).toThrow('The repository is damaged');
});

test('trees out of order or with a name twice are refused when read', () => {
  const [a, b] = ['a', 'b'].map((name) =>
    encodeTree([file(name)])
      .toString()
      .slice(10, -3),
  );
  expect(decodeTree(Buffer.from(`{"nodes":[${a},${b}]}`), 'x')).toHaveLength(2);
  for (const pair of [`${b},${a}`, `${a},${a}`]) {
    expect(() => decodeTree(Buffer.from(`{"nodes":[${pair}]}`), 'x')).toThrow('twice or out of order');
  }
});

test('kinds we do not know are left out for restore but keep their data from being pruned', () => {
  const json = Buffer.from(
    `{"nodes":[{"name":"f","type":"fifo"},{"name":"n","type":"new","content":["${A}"],"subtree":"${B}"}]}`,
  );
  expect(decodeTree(json, 'x')).toEqual([]);
  expect(treeReferences(json, 'x')).toEqual({ subtrees: [B], contents: [A] });
});
