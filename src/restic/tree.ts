// oxlint-disable typescript/no-unsafe-type-assertion -- parsed JSON: each field is checked before it is used
import { damaged, ResticError } from './errors.ts';
import { goString, goStringOfBytes, goTime, parseGoTime } from './go-json.ts';
import { isId } from './hash.ts';
import { objectsIn, parseObject } from './json.ts';
import type { JsonObject } from './json.ts';
import { decodeUtf8, quoteName, unquoteName } from './quote.ts';
import type { Id, TreeNode } from './types.ts';

// Bits of Go's os.FileMode. Source: Go package io/fs.
const GO_DIR = 2 ** 31;
const GO_SYMLINK = 2 ** 27;
const GO_SETUID = 2 ** 23;
const GO_SETGID = 2 ** 22;
const GO_STICKY = 2 ** 20;

/** Name bytes as stored in the file system. */
export function nameBytes(name: string | Buffer): Buffer {
  return typeof name === 'string' ? Buffer.from(name) : name;
}

/** Order of names in a tree: by their bytes. */
export function compareNames(a: string | Buffer, b: string | Buffer): number {
  return nameBytes(a).compare(nameBytes(b));
}

/** A name that is one path part: not empty, not `.` or `..`, without slash and NUL. */
export function isSafeName(name: string | Buffer): boolean {
  const bytes = nameBytes(name);
  if (bytes.length === 0 || bytes.includes(0x2f) || bytes.includes(0)) return false;
  return !(bytes[0] === 0x2e && (bytes.length === 1 || (bytes.length === 2 && bytes[1] === 0x2e)));
}

/** Canonical JSON of a tree: what Go writes for the same nodes, sorted by name bytes, with a final newline. */
export function encodeTree(nodes: TreeNode[]): Buffer {
  const sorted = nodes.map((node) => ({ key: nameBytes(node.name), node }));
  sorted.sort((a, b) => a.key.compare(b.key));
  const parts: string[] = [];
  let before: Buffer | undefined;
  for (const { key, node } of sorted) {
    if (!isSafeName(key)) throw badNode(node, 'its name is not a single path part');
    if (before?.equals(key)) throw badNode(node, 'its name occurs twice');
    before = key;
    parts.push(encodeNode(node));
  }
  return Buffer.from(`{"nodes":[${parts.join(',')}]}\n`);
}

function encodeNode(node: TreeNode): string {
  const mtime = goTime(node.mtimeNs);
  let json = `{"name":${goString(quoteName(node.name))},"type":"${node.type}"`;
  const mode = goMode(node);
  if (mode !== 0) json += `,"mode":${mode}`;
  json += `,"mtime":"${mtime}","atime":"${node.atimeNs === undefined ? mtime : goTime(node.atimeNs)}"`;
  json += `,"ctime":"${node.ctimeNs === undefined ? mtime : goTime(node.ctimeNs)}"`;
  json += `,"uid":${whole(node, node.uid ?? 0, 2 ** 32)},"gid":${whole(node, node.gid ?? 0, 2 ** 32)}`;
  if (node.user) json += `,"user":${goString(node.user)}`;
  if (node.group) json += `,"group":${goString(node.group)}`;
  // `links` stays out: above 1 restic's restore makes hard links of files with the same inode.
  if (node.inode) json += `,"inode":${whole(node, node.inode, Number.MAX_SAFE_INTEGER)}`;
  if (node.type === 'file') return `${json}${encodeFile(node)}}`;
  if (node.type === 'dir') {
    if (!isId(node.subtree)) throw badNode(node, 'it is a folder without a subtree');
    return `${json},"content":null,"subtree":"${node.subtree}"}`;
  }
  return `${json}${encodeLink(node)},"content":null}`;
}

function encodeFile(node: TreeNode): string {
  const content = node.content;
  if (content === undefined || !content.every(isId)) throw badNode(node, 'its list of blobs is missing or bad');
  const size = whole(node, node.size ?? 0, Number.MAX_SAFE_INTEGER);
  const ids = content.length === 0 ? '[]' : `["${content.join('","')}"]`;
  return `${size > 0 ? `,"size":${size}` : ''},"content":${ids}`;
}

function encodeLink(node: TreeNode): string {
  const target = node.linktarget;
  if (target === undefined || target.length === 0) throw badNode(node, 'it is a link without a target');
  if (typeof target === 'string') return `,"linktarget":${goString(target)}`;
  const text = decodeUtf8(target);
  if (text !== undefined) return `,"linktarget":${goString(text)}`;
  return `,"linktarget":${goStringOfBytes(target)},"linktarget_raw":"${target.toString('base64')}"`;
}

function goMode(node: TreeNode): number {
  const { mode } = node;
  if (!Number.isInteger(mode) || mode < 0 || mode > 0o7777) throw badNode(node, 'its mode is out of range');
  let bits = mode & 0o777;
  if (node.type === 'dir') bits += GO_DIR;
  if (node.type === 'symlink') bits += GO_SYMLINK;
  if (mode & 0o4000) bits += GO_SETUID;
  if (mode & 0o2000) bits += GO_SETGID;
  if (mode & 0o1000) bits += GO_STICKY;
  return bits;
}

function unixMode(goBits: number): number {
  const has = (bit: number): boolean => Math.floor(goBits / bit) % 2 === 1;
  return (goBits % 512) | (has(GO_SETUID) ? 0o4000 : 0) | (has(GO_SETGID) ? 0o2000 : 0) | (has(GO_STICKY) ? 0o1000 : 0);
}

function whole(node: TreeNode, value: number, limit: number): number {
  if (!Number.isInteger(value) || value < 0 || value >= limit)
    throw badNode(node, `the number ${value} is out of range`);
  return value;
}

function badNode(node: TreeNode, why: string): ResticError {
  const name = JSON.stringify(node.name.toString().slice(0, 200));
  return new ResticError('bad-node', `The entry ${name} cannot be stored: ${why}.`, {
    nextStep: 'Leave the entry out and report it as skipped.',
  });
}

/**
 * Nodes of a tree blob, in stored order. Kinds other than file, dir and symlink (devices, sockets, pipes) are left
 * out. Throws `damaged` for names that are no single path part or occur twice: a restore must never see those.
 */
export function decodeTree(plain: Buffer, what: string): TreeNode[] {
  const nodes: TreeNode[] = [];
  let before: Buffer | undefined;
  for (const json of objectsIn(parseObject(plain, what)['nodes'], what)) {
    const name = typeof json['name'] === 'string' ? unquoteName(json['name']) : undefined;
    if (name === undefined || !isSafeName(name)) throw damaged(`${what} has an entry with a name that cannot be`);
    const key = nameBytes(name);
    if (before !== undefined && before.compare(key) >= 0) throw damaged(`${what} has entries twice or out of order`);
    before = key;
    const node = decodeNode(json, name, what);
    if (node !== undefined) nodes.push(node);
  }
  return nodes;
}

function decodeNode(json: JsonObject, name: string | Buffer, what: string): TreeNode | undefined {
  const type = json['type'];
  if (type !== 'file' && type !== 'dir' && type !== 'symlink') return undefined;
  const number = (field: string): number => {
    const value = json[field] ?? 0;
    if (typeof value !== 'number' || value < 0 || !Number.isFinite(value)) throw damaged(`${what} has a bad ${field}`);
    return value;
  };
  const time = (field: string): bigint => {
    const ns = parseGoTime(json[field]);
    if (ns === undefined) throw damaged(`${what} has a bad ${field}`);
    return ns;
  };
  const mtimeNs = time('mtime');
  const timeUnlessSame = (field: string): bigint => (json[field] === json['mtime'] ? mtimeNs : time(field));
  const node: TreeNode = {
    name,
    type,
    mode: unixMode(number('mode')),
    mtimeNs,
    atimeNs: timeUnlessSame('atime'),
    ctimeNs: timeUnlessSame('ctime'),
    uid: number('uid'),
    gid: number('gid'),
  };
  if (typeof json['user'] === 'string') node.user = json['user'];
  if (typeof json['group'] === 'string') node.group = json['group'];
  if (json['inode'] !== undefined) node.inode = number('inode');
  if (type === 'dir') {
    if (!isId(json['subtree'])) throw damaged(`${what} has a folder without a subtree`);
    node.subtree = json['subtree'];
  } else if (type === 'file') {
    const content = json['content'] ?? [];
    if (!Array.isArray(content) || !content.every(isId)) throw damaged(`${what} has a file with bad contents`);
    node.content = content;
    node.size = number('size');
  } else {
    node.linktarget = decodeLinkTarget(json, what);
  }
  return node;
}

function decodeLinkTarget(json: JsonObject, what: string): string | Buffer {
  const raw = json['linktarget_raw'];
  if (typeof raw === 'string') return Buffer.from(raw, 'base64');
  if (typeof json['linktarget'] !== 'string') throw damaged(`${what} has a link without a target`);
  return json['linktarget'];
}

/**
 * Every id that a tree blob refers to, whatever the kind of node: what prune must keep. Looser than `decodeTree` on
 * purpose, so that nothing a newer restic stores is taken for unused. Throws `damaged`.
 */
export function treeReferences(plain: Buffer, what: string): { subtrees: Id[]; contents: Id[] } {
  const found: { subtrees: Id[]; contents: Id[] } = { subtrees: [], contents: [] };
  for (const node of objectsIn(parseObject(plain, what)['nodes'], what)) {
    const subtree = node['subtree'] ?? undefined;
    const content = node['content'] ?? [];
    if (subtree !== undefined && !isId(subtree)) throw damaged(`${what} has a bad subtree`);
    if (!Array.isArray(content) || !content.every(isId)) throw damaged(`${what} has bad contents`);
    if (subtree !== undefined) found.subtrees.push(subtree);
    // One by one: a spread of a million ids would overflow the stack.
    for (const id of content) found.contents.push(id);
  }
  return found;
}
