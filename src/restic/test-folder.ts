// For tests: folders with all kinds of entries, saved with this library, and compared after a restore.
import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { chmod, lstat, mkdir, readdir, readFile, readlink, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { worthCompressing } from './compress.ts';
import type { Id, Lock, RepositoryApi, Snapshot, TreeNode, Writer } from './types.ts';

const LARGE = 1024 * 1024;

/** Some hundred entries: text, noise, empty, large, odd names, odd modes, old times, links. */
export async function makeFolder(folder: string, options: { oddLinks: boolean; files?: number }): Promise<void> {
  await mkdir(join(folder, 'uploads/2026/11'), { recursive: true });
  await mkdir(join(folder, 'empty folder'));
  for (let i = 0; i < (options.files ?? 200); i++) await writeSome(folder, i);
  await writeFile(join(folder, 'large.bin'), randomBytes(5_000_000));
  await writeFile(join(folder, 'large.sql'), 'INSERT INTO wp_posts VALUES (1, "hello");\n'.repeat(100_000));
  await writeFile(join(folder, 'zeros'), Buffer.alloc(3_000_000));
  await writeFile(join(folder, 'empty'), '');
  await writeFile(Buffer.concat([Buffer.from(`${folder}/not-utf8-`), Buffer.from([0xff, 0xc3, 0x28])]), 'bytes');
  for (const name of [
    'quote " and \\ slash',
    'new\nline',
    '<&>\u2028',
    'émoji 😀',
    '-dash',
    ' space ',
    'zero\u200bwidth',
  ]) {
    await writeFile(join(folder, name), name);
  }
  await writeFile(join(folder, 'run.sh'), '#!/bin/sh\n');
  await chmod(join(folder, 'run.sh'), 0o755);
  await chmod(join(folder, 'empty folder'), 0o1770);
  await utimes(join(folder, 'empty'), 1, 86400 * 365.25);
  await symlink('large.bin', join(folder, 'link'));
  await symlink('/etc/passwd', join(folder, 'link outside'));
  await symlink('uploads', join(folder, 'link to folder'));
  // restic before 0.17 loses such bytes.
  if (options.oddLinks) await symlink(Buffer.from([0x2e, 0x2f, 0xfe, 0xc3]), join(folder, 'link to bytes'));
}

/** Changes, adds and removes some of the files of `makeFolder`. */
export async function changeFolder(folder: string): Promise<void> {
  for (let i = 0; i < 10; i++) await writeSome(folder, i);
  for (let i = 10; i < 20; i++) await rm(pathOf(folder, i), { force: true });
  await writeFile(join(folder, `new-${randomBytes(4).toString('hex')}`), randomBytes(50_000));
}

function pathOf(folder: string, i: number): string {
  return join(folder, i % 3 === 0 ? 'uploads/2026/11' : 'uploads', `file-${i}.${i % 2 === 0 ? 'txt' : 'jpg'}`);
}

async function writeSome(folder: string, i: number): Promise<void> {
  const text = `${i} `.repeat(1000) + randomBytes(20).toString('hex');
  await writeFile(pathOf(folder, i), i % 2 === 0 ? text : randomBytes(3000 + 97 * i));
}

/** Saves a folder and makes a snapshot of it, under the given lock. The index must be loaded. */
export async function saveSnapshotOf(
  repository: RepositoryApi,
  lock: Lock,
  folder: string,
  options: { packSize?: number; tag?: string; checkpointEvery?: number } = {},
): Promise<Snapshot> {
  const writer = repository.writer(lock, options.packSize === undefined ? {} : { packSize: options.packSize });
  const tree = await saveFolder(writer, Buffer.from(folder));
  await writer.close();
  const tags = options.tag === undefined ? [] : [options.tag];
  return repository.saveSnapshot(lock, { time: new Date(), tree, paths: ['/site'], hostname: 'example.test', tags });
}

export async function saveFolder(writer: Writer, folder: Buffer): Promise<Id> {
  const nodes: TreeNode[] = [];
  for (const name of await readdir(folder, { encoding: 'buffer' })) {
    const path = Buffer.concat([folder, Buffer.from('/'), name]);
    const facts = await lstat(path, { bigint: true });
    const node = {
      name: name.toString().includes('\ufffd') ? name : name.toString(),
      mode: Number(facts.mode) & 0o7777,
      mtimeNs: facts.mtimeNs,
      uid: Number(facts.uid),
      gid: Number(facts.gid),
    };
    if (facts.isDirectory()) nodes.push({ ...node, type: 'dir', subtree: await saveFolder(writer, path) });
    else if (facts.isSymbolicLink()) {
      nodes.push({ ...node, type: 'symlink', linktarget: await readlink(path, { encoding: 'buffer' }) });
    } else nodes.push({ ...node, type: 'file', ...(await saveFile(writer, path, Number(facts.size))) });
  }
  return writer.saveTree(nodes);
}

async function saveFile(writer: Writer, path: Buffer, size: number): Promise<{ content: Id[]; size: number }> {
  const compress = worthCompressing(path.toString());
  if (size > LARGE) return writer.saveStream(createReadStream(path), { compress });
  const bytes = await readFile(path);
  if (bytes.length === 0) return { content: [], size: 0 };
  return { content: [(await writer.saveBlob('data', bytes, { compress })).id], size: bytes.length };
}

/** Name, kind, mode, time (seconds), size, content or target of everything below a folder: equal folders give equal lists. */
export async function describeFolder(folder: string): Promise<string[]> {
  const lines: string[] = [];
  const visit = async (at: Buffer, shown: string): Promise<void> => {
    for (const name of await readdir(at, { encoding: 'buffer' })) {
      const path = Buffer.concat([at, Buffer.from('/'), name]);
      const facts = await lstat(path);
      const label = `${shown}/${name.toString('latin1')}`;
      if (facts.isSymbolicLink())
        lines.push(`${label} -> ${(await readlink(path, { encoding: 'buffer' })).toString('latin1')}`);
      else {
        const content = facts.isFile()
          ? createHash('sha256')
              .update(await readFile(path))
              .digest('hex')
          : 'folder';
        lines.push(`${label} ${(facts.mode & 0o7777).toString(8)} ${Math.round(facts.mtimeMs / 1000)} ${content}`);
      }
      if (facts.isDirectory()) await visit(path, label);
    }
  };
  await visit(Buffer.from(folder), '');
  return lines.toSorted();
}
