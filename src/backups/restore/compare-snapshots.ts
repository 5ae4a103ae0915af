import type { Platform } from '../../platform/platform.ts';
import type { Snapshot } from '../../restic/index.ts';
import type { SiteRow } from '../../sites/index.ts';
import { browseRepository } from '../browse-repository.ts';
import { KeptAnswers } from '../keep-answers.ts';
import { findSnapshotByWord } from '../store.ts';
import { makePlan, type RestorePlan } from './make-plan.ts';
import type { RestoreScope } from './rules/choose-scope.ts';
import { pluginFolderOf } from './rules/own-places.ts';
import type { PlanSummary } from './rules/summarize-plan.ts';
import { findSnapshot } from './snapshot-contents.ts';

export interface ChangedFile {
  /** As a request for a restore takes it: from the WordPress folder on, or `root-id:path`. */
  path: string;
  kind: 'added' | 'changed' | 'removed';
  /** Undefined where there is none. */
  sizeBefore: number | undefined;
  sizeAfter: number | undefined;
}

export interface Comparison {
  present: Pick<Snapshot, 'id' | 'time'>;
  wanted: Pick<Snapshot, 'id' | 'time'>;
  summary: PlanSummary;
  /** Every file, by path; folders are not counted. */
  files: ChangedFile[];
}

/** Paths in all answers that are kept: some 30 MB. */
const mostPaths = 200_000;
const answers = new WeakMap<object, KeptAnswers<Comparison>>();

/**
 * What would lead from one snapshot of a site to another, in figures and file by file. Both are ids, beginnings of ids,
 * `latest` or `latest-good`. Kept in memory, since it reads trees and never changes. Throws `snapshot-unknown`,
 * `unknown-in-snapshot`.
 */
export async function compareSnapshots(
  platform: Platform,
  site: Pick<SiteRow, 'id' | 'entries'>,
  from: string,
  to: string,
  scope: RestoreScope,
): Promise<Comparison> {
  const [present, wanted] = [await wholeId(platform, site.id, from), await wholeId(platform, site.id, to)];
  const kept = answers.get(platform.db) ?? new KeptAnswers<Comparison>(mostPaths, ({ files }) => files.length);
  answers.set(platform.db, kept);
  const pluginFolder = pluginFolderOf(site.entries);
  const key = JSON.stringify([site.id, present, wanted, scope, pluginFolder]);
  return kept.get(key, () =>
    browseRepository(platform, site.id, async (repository): Promise<Comparison> => {
      const before = await findSnapshot(repository, site.id, present);
      const after = await findSnapshot(repository, site.id, wanted);
      const plan = await makePlan(repository, { present: before.tree, wanted: after.tree, scope, pluginFolder });
      return {
        present: { id: before.id, time: before.time },
        wanted: { id: after.id, time: after.time },
        summary: plan.summary,
        files: changedFiles(plan),
      };
    }),
  );
}

/** The whole id that our own list has for it, else what was asked: the repository may know more than the list. */
export async function wholeId(platform: Platform, siteId: string, wanted: string): Promise<string> {
  return (await findSnapshotByWord(platform.db, siteId, wanted))?.id ?? wanted;
}

function changedFiles({ files, before }: RestorePlan): ChangedFile[] {
  const changed = new Map<string, ChangedFile>();
  for (const one of files.operations) {
    if (one.op !== 'put' && one.op !== 'remove') continue;
    const state = before.get(`${one.root}:${one.path}`);
    const was = state === undefined || state.type === 'dir' ? undefined : state;
    const path = one.root === 'root' ? one.path : `${one.root}:${one.path}`;
    if (one.op === 'put') {
      const kind = state === undefined ? 'added' : 'changed';
      changed.set(path, { path, kind, sizeBefore: was?.size, sizeAfter: one.size });
    } else if (one.kind !== 'dir' && !changed.has(path)) {
      changed.set(path, { path, kind: 'removed', sizeBefore: was?.size, sizeAfter: undefined });
    }
  }
  return [...changed.values()].toSorted((a, b) => (a.path < b.path ? -1 : 1));
}
