import { createHash } from 'node:crypto';
import type { SiteClient } from '../../connector/index.ts';
import type { RepositoryApi, TreeNode } from '../../restic/index.ts';
import { judgeVerification, type TouchedPath, type Verdict } from './rules/judge-verification.ts';
import type { FileOperation } from './rules/plan-restore.ts';

// What the plugin answers for a path that is not there.
const ABSENT = new Set(['gone', 'no-parent']);

/**
 * Asks the site for the hash of every file that the restore put or removed and compares it with the snapshot.
 * `sha256`: hashes known from sending (`root:path`); the others are made from the repository. `swappedAt`: Unix
 * seconds by the site's clock, just before the swap.
 */
export async function verifyFiles(
  site: SiteClient,
  repository: RepositoryApi,
  operations: readonly FileOperation<TreeNode>[],
  known: ReadonlyMap<string, string>,
  swappedAt: number,
): Promise<Verdict> {
  const wanted = new Map<string, { root: string; path: string; wanted: TouchedPath['wanted'] }>();
  for (const one of operations) {
    const key = `${one.root}:${one.path}`;
    if (one.op === 'remove' && one.kind === 'file' && !wanted.has(key)) {
      wanted.set(key, { root: one.root, path: one.path, wanted: 'absent' });
    } else if (one.op === 'put' && one.kind === 'file') {
      const sha256 = known.get(key) ?? (await hashOf(repository, one.source));
      wanted.set(key, { root: one.root, path: one.path, wanted: { sha256, size: one.size } });
    } else if (one.op === 'put' || one.op === 'mkdir') wanted.delete(key);
  }
  const list = [...wanted.values()];
  const touched: TouchedPath[] = [];
  for await (const found of site.files.hash(list.map((one) => ({ root: one.root, p: one.path })))) {
    const one = list[found.i];
    if (one === undefined) continue;
    touched.push({ ...one, found: stateFrom(found) });
  }
  return judgeVerification(touched, swappedAt);
}

function stateFrom(found: {
  error?: string;
  sha256: string;
  size: number;
  mtime: number;
  ctime: number;
}): TouchedPath['found'] {
  if (found.error === undefined) return found;
  return ABSENT.has(found.error) ? 'absent' : 'unreadable';
}

async function hashOf(repository: RepositoryApi, node: TreeNode): Promise<string> {
  const hash = createHash('sha256');
  for await (const part of repository.readFile(node)) hash.update(part);
  return hash.digest('hex');
}
