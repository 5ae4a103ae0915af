import { readHouse } from '../../platform/house/index.ts';
import type { Platform } from '../../platform/platform.ts';
import { getSite, type SiteRow } from '../../sites/index.ts';
import { findSnapshotByWord } from '../store.ts';
import { compareSnapshots } from './compare-snapshots.ts';
import type { Preview } from './contract.ts';
import { explainPlan } from './explain-plan.ts';
import { scopeOf } from './request-restore.ts';
import type { RestoreRequest, RestoreScope } from './rules/choose-scope.ts';
import { warnOfRestore } from './rules/warn-of-restore.ts';
import { warningInWords } from './warning-words.ts';

/**
 * What a restore to `snapshot` would change, against another snapshot: `present` (default the latest), which the
 * caller makes anew first when the answer must be of this moment.
 */
export async function previewRestore(
  platform: Platform,
  input: RestoreRequest & { site: string; snapshot: string; present: string },
): Promise<Preview> {
  const site = await getSite(platform.db, input.site);
  return compare(platform, site, input.present, input.snapshot, scopeOf(input));
}

/** What changed from one snapshot to a later one: the plan that would lead from the first to the second. */
export async function diffSnapshots(
  platform: Platform,
  input: { site: string; from: string; to: string },
): Promise<Preview> {
  const site = await getSite(platform.db, input.site);
  return compare(platform, site, input.from, input.to, scopeOf({}));
}

async function compare(
  platform: Platform,
  site: SiteRow,
  from: string,
  to: string,
  scope: RestoreScope,
): Promise<Preview> {
  const { present, wanted, summary } = await compareSnapshots(platform, site, from, to, scope);
  const row = await findSnapshotByWord(platform.db, site.id, wanted.id);
  const now = platform.clock.now();
  const { timeZone } = await readHouse(platform);
  const warnings = warnOfRestore({
    plan: summary,
    thenMs: wanted.time.getTime(),
    presentMs: present.time.getTime(),
    nowMs: now.getTime(),
    snapshot: {
      complete: row?.complete ?? true,
      wrong: row?.wrong_since != null,
      consistent: row?.consistent ?? true,
      gaps: row?.gaps ?? [],
    },
  });
  return {
    site: site.url,
    snapshot: wanted.id,
    takenAt: wanted.time.toISOString(),
    present: present.id,
    presentAt: present.time.toISOString(),
    plan: summary,
    warnings: warnings.map((one) => ({
      code: one.code,
      severe: one.severe,
      nl: warningInWords(one, 'nl', timeZone),
      en: warningInWords(one, 'en', timeZone),
    })),
    lines: { nl: explainPlan(summary, 'nl'), en: explainPlan(summary, 'en') },
  };
}
