import { systemActor } from '../identity/index.ts';
import type { DueLoop } from '../platform/due/index.ts';
import { NachtwachtError } from '../platform/errors.ts';
import { readHouse } from '../platform/house/index.ts';
import type { Platform } from '../platform/platform.ts';
import { startSaga } from '../platform/saga/index.ts';
import { listSites, type SiteRow } from '../sites/index.ts';
import { openBackupDuties } from './backup-duties.ts';
import { requestBackup } from './request-backup.ts';
import { decideBackup } from './rules/schedule.ts';
import { decideTidy } from './rules/tidy-schedule.ts';
import { decideSlice, decideTrialRestore, defaultVerify, type VerifyFacts } from './rules/verify-schedule.ts';
import { startTrialRestore } from './restore/trial-restore.ts';
import { listDueFacts, type DueFacts } from './store.ts';
import { tidyRepository } from './tidy-repository.ts';
import { verifySlice } from './verify-site.ts';

const actor = systemActor('backups-due');

/** Opens the duties, and starts the backups, read-backs and tidying that the rules say are due. */
export const backupsDue: DueLoop = {
  name: 'backups-due',
  everyMs: 20_000,
  run: async (platform, signal) => {
    const sites = (await listSites(platform.db, { removedToo: false })).filter((site) => site.paired_at !== null);
    const facts = await listDueFacts(
      platform.db,
      sites.map((site) => site.id),
    );
    const { timeZone } = await readHouse(platform);
    const byId = new Map(facts.map((one) => [one.site_id, one]));
    for (const site of sites) {
      if (signal.aborted) return;
      const known = byId.get(site.id);
      if (known === undefined) continue;
      try {
        await lookAt(platform, site, known, timeZone);
      } catch (error) {
        // Other work on the site: the next look finds it free. Anything else must not stop the other sites.
        if (!(error instanceof NachtwachtError && error.code === 'subject-busy'))
          platform.log.error({ err: error, site: site.id }, 'looking at what is due for a site failed');
      }
    }
  },
};

async function lookAt(platform: Platform, site: SiteRow, facts: DueFacts, timeZone: string): Promise<void> {
  const now = platform.clock.now();
  await openBackupDuties(platform.db, site, now, timeZone);
  if (facts.paused) return;
  const backup = decideBackup({
    siteId: site.id,
    plan: site.backup_plan,
    timeZone,
    now: now.getTime(),
    since: (site.paired_at ?? site.created_at).getTime(),
    lastGoodStart: facts.last_good_start?.getTime(),
    lastAttemptEnd: facts.last_attempt_end?.getTime(),
    failuresInRow: facts.failures_in_row,
    busy: facts.busy,
  });
  if (backup.due) {
    platform.log.info({ site: site.id, why: backup.reason }, 'backup is due');
    await requestBackup(platform, actor, { site: site.id, reason: backup.kind });
    return;
  }
  const verifyFacts: VerifyFacts = {
    siteId: site.id,
    timeZone,
    now: now.getTime(),
    firstGoodBackup: facts.first_good_start?.getTime(),
    lastSlice:
      facts.slice_part === null || facts.slice_of === null || facts.slice_at === null
        ? undefined
        : { part: facts.slice_part, of: facts.slice_of, at: facts.slice_at.getTime() },
    lastTrialRestore: facts.last_trial?.getTime(),
    lastSliceTry: facts.slice_tried?.getTime(),
    lastTrialTry: facts.trial_tried?.getTime(),
  };
  const slice = decideSlice(verifyFacts, defaultVerify);
  if (slice.due && slice.what !== undefined)
    await startSaga(platform, verifySlice, { siteId: site.id, slice: slice.what }, { requestedBy: actor.name });
  if (decideTrialRestore(verifyFacts, defaultVerify).due) await startTrialRestore(platform, site.id);
  if (facts.busy) return;
  const tidy = decideTidy({
    now: now.getTime(),
    firstStored: facts.first_stored?.getTime(),
    lastStored: facts.last_stored?.getTime(),
    tidiedAt: facts.tidied_at?.getTime(),
    prunedAt: facts.pruned_at?.getTime(),
    lastTry: facts.tidy_tried?.getTime(),
    failuresInRow: facts.failures_in_row,
    lastFailure: facts.last_attempt_end?.getTime(),
  });
  if (tidy.due)
    await startSaga(platform, tidyRepository, { siteId: site.id, prune: tidy.prune }, { requestedBy: actor.name });
}
