import { encodeName } from '../../connector/index.ts';
import type { Platform } from '../../platform/platform.ts';
import type { Id, RepositoryApi } from '../../restic/index.ts';
import { getSite } from '../../sites/index.ts';
import { browseRepository } from '../browse-repository.ts';
import { KeptAnswers } from '../keep-answers.ts';
import { findSnapshot, folderTree } from '../restore/index.ts';
import { FILES_FOLDER } from '../rules/snapshot-layout.ts';
import { findSnapshotByWord } from '../store.ts';
import { tablesIn } from './browse-snapshot.ts';
import type { Weight } from './contract.ts';
import { partOf } from './rules/name-part.ts';

const mostParts = 40;
const answers = new WeakMap<object, KeptAnswers<Weight>>();

/** What weighs most in the newest whole snapshot of a site, in parts a person knows; the heaviest first. */
export async function weighSite(platform: Platform, input: { site: string }): Promise<Weight> {
  const site = await getSite(platform.db, input.site, { removedToo: true });
  const row =
    (await findSnapshotByWord(platform.db, site.id, 'latest-good')) ??
    (await findSnapshotByWord(platform.db, site.id, 'latest'));
  if (row === undefined) return { snapshot: null, totalBytes: 0, parts: [] };
  const kept = answers.get(platform.db) ?? new KeptAnswers<Weight>(500, () => 1);
  answers.set(platform.db, kept);
  return kept.get(`${site.id}/${row.id}`, () =>
    browseRepository(platform, site.id, async (repository) => {
      const snapshot = await findSnapshot(repository, site.id, row.id);
      const parts = new Map<string, Weight['parts'][number]>();
      const tree = await folderTree(repository, snapshot.tree, FILES_FOLDER);
      if (tree !== undefined) await weigh(repository, tree, [], parts);
      for (const { name, rows, bytes } of await tablesIn(repository, snapshot)) {
        parts.set(`table/${name}`, { kind: 'table', name, bytes, files: rows });
      }
      const all = [...parts.values()].toSorted((a, b) => b.bytes - a.bytes || (a.name < b.name ? -1 : 1));
      return {
        snapshot: { id: row.id, takenAt: row.taken_at.toISOString() },
        totalBytes: all.reduce((sum, part) => sum + part.bytes, 0),
        parts: all.slice(0, mostParts),
      };
    }),
  );
}

async function weigh(
  repository: RepositoryApi,
  tree: Id,
  names: string[],
  parts: Map<string, Weight['parts'][number]>,
): Promise<void> {
  for (const node of await repository.loadTree(tree)) {
    const path = [...names, encodeName(node.name)];
    if (node.type === 'dir' && node.subtree !== undefined) await weigh(repository, node.subtree, path, parts);
    else if (node.type === 'file') {
      const [root = 'root', ...below] = path;
      const { kind, name } = partOf(root, below);
      const key = `${kind}/${name}`;
      const part = parts.get(key) ?? { kind, name, bytes: 0, files: 0 };
      part.bytes += node.size ?? 0;
      part.files += 1;
      parts.set(key, part);
    }
  }
}
