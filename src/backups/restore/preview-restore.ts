import type { Platform } from '../../platform/platform.ts';
import type { Snapshot } from '../../restic/index.ts';
import { getSite } from '../../sites/index.ts';
import type { Preview } from './contract.ts';
import { explainPlan } from './explain-plan.ts';
import { makePlan } from './make-plan.ts';
import { scopeOf } from './request-restore.ts';
import { withRepository } from './hold-repository.ts';
import type { RestoreRequest, RestoreScope } from './rules/choose-scope.ts';
import { pluginFolderOf } from './rules/own-places.ts';
import { findSnapshot } from './snapshot-contents.ts';

/**
 * What a restore to `snapshot` would change, against another snapshot: `present` (default the latest), which the
 * caller makes anew first when the answer must be of this moment.
 */
export async function previewRestore(
  platform: Platform,
  input: RestoreRequest & { site: string; snapshot: string; present: string },
): Promise<Preview> {
  return compare(platform, input.site, input.present, input.snapshot, scopeOf(input));
}

/** What changed from one snapshot to a later one: the plan that would lead from the first to the second. */
export async function diffSnapshots(
  platform: Platform,
  input: { site: string; from: string; to: string },
): Promise<Preview> {
  return compare(platform, input.site, input.from, input.to, scopeOf({}));
}

async function compare(
  platform: Platform,
  siteName: string,
  from: string,
  to: string,
  scope: RestoreScope,
): Promise<Preview> {
  const site = await getSite(platform.db, siteName);
  return withRepository(platform, site.id, async (repository) => {
    const [present, wanted]: [Snapshot, Snapshot] = [
      await findSnapshot(repository, site.id, from),
      await findSnapshot(repository, site.id, to),
    ];
    const { summary } = await makePlan(repository, {
      present: present.tree,
      wanted: wanted.tree,
      scope,
      pluginFolder: pluginFolderOf(site.entries),
    });
    return {
      snapshot: wanted.id,
      takenAt: wanted.time.toISOString(),
      present: present.id,
      presentAt: present.time.toISOString(),
      plan: summary,
      lines: { nl: explainPlan(summary, 'nl'), en: explainPlan(summary, 'en') },
    };
  });
}
