import { createHash } from 'node:crypto';
import { lstat, open, readlink } from 'node:fs/promises';
import type { Id, RepositoryApi, TreeNode } from '../../restic/index.ts';
import { entriesInScope } from './snapshot-contents.ts';

/**
 * Reads every file of a restored folder back from the disk and compares it, blob by blob, with the ids in the snapshot's
 * trees (SHA-256 of the bytes). Gives the differences in words, at most a hundred. Needs a folder restored with
 * `openToOwner`, or root.
 */
export async function compareFolder(
  repository: RepositoryApi,
  tree: Id,
  folder: string,
  signal?: AbortSignal,
): Promise<string[]> {
  const problems: string[] = [];
  const all = { files: 'all', tables: 'all', reason: 'whole-site' } as const;
  for await (const { names, node } of entriesInScope(repository, tree, all)) {
    signal?.throwIfAborted();
    if (problems.length >= 100) break;
    // Names are bytes: not every one is text.
    const path = Buffer.concat([
      Buffer.from(folder),
      ...names.flatMap((name) => [Buffer.from('/'), Buffer.from(name)]),
    ]);
    const found = await whatIsWrong(repository, path, node);
    if (found !== undefined) problems.push(`${names.map(String).join('/')}: ${found}`);
  }
  return problems;
}

async function whatIsWrong(repository: RepositoryApi, path: Buffer, node: TreeNode): Promise<string | undefined> {
  const facts = await lstat(path).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    // A folder that we may not look into says nothing of the snapshot.
    throw error;
  });
  if (facts === undefined) return 'is missing';
  if (node.type === 'dir') return facts.isDirectory() ? undefined : 'is no folder';
  if (node.type === 'symlink') {
    if (!facts.isSymbolicLink()) return 'is no link';
    const target = await readlink(path, { encoding: 'buffer' });
    return target.equals(Buffer.from(node.linktarget ?? '')) ? undefined : 'leads elsewhere';
  }
  if (!facts.isFile()) return 'is no file';
  if (facts.size !== (node.size ?? 0)) return `has ${facts.size} bytes, not ${node.size ?? 0}`;
  const file = await open(path, 'r');
  try {
    for (const id of node.content ?? []) {
      const length = repository.blobLength('data', id);
      if (length === undefined) return 'is of a blob that the repository does not have';
      const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(length), 0, length, null);
      const hash = createHash('sha256').update(buffer.subarray(0, bytesRead)).digest('hex');
      if (hash !== id) return 'has other bytes';
    }
    return undefined;
  } finally {
    await file.close();
  }
}
