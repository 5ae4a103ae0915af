import { recordAudit } from '../audit/index.ts';
import { requireScope, type Actor } from '../identity/index.ts';
import { readHouse } from '../platform/house/index.ts';
import type { Platform } from '../platform/platform.ts';
import { defineSaga, startSaga, type StartedSaga } from '../platform/saga/index.ts';
import type { RepositoryApi } from '../restic/types.ts';
import { getSite, siteSubject } from '../sites/index.ts';
import { openSiteRepository } from './open-site-repository.ts';
import { decideRetention, defaultRetention, type RetentionDecision } from './rules/retention.ts';
import { tagValue } from './rules/snapshot-layout.ts';
import { findSettings, listSnapshots, listWrong, markForgotten, setTidied, type SnapshotRow } from './store.ts';

export interface TidyResult {
  kept: number;
  forgotten: string[];
  pruned: { packsRemoved: number; packsRepacked: number; bytesFreed: number } | undefined;
}

/** What retention says of every snapshot of a site now. */
export async function retentionOf(
  platform: Pick<Platform, 'db' | 'clock' | 'config'>,
  siteId: string,
  snapshots: readonly Pick<SnapshotRow, 'id' | 'taken_at' | 'reason' | 'complete' | 'wrong_since' | 'held'>[],
): Promise<Map<string, RetentionDecision>> {
  const [{ retention }, house] = await Promise.all([findSettings(platform.db, siteId), readHouse(platform)]);
  const decisions = decideRetention(
    snapshots.map((one) => ({
      id: one.id,
      time: one.taken_at.getTime(),
      reason: one.reason,
      good: one.complete && one.wrong_since === null,
      held: one.held ?? undefined,
    })),
    retention ?? house.retention ?? defaultRetention,
    house.timeZone,
    platform.clock.now().getTime(),
  );
  return new Map(decisions.map((one) => [one.id, one]));
}

/**
 * Retention and, when asked or due, prune. On the site's own subject, so no backup or restore runs meanwhile, and
 * under the exclusive lock, so no other restic does either. Steps: 1 forget; 2 prune; 3 note.
 */
export const tidyRepository = defineSaga<{ siteId: string; prune: boolean }, TidyResult>({
  name: 'tidy-repository',
  subject: ({ siteId }) => siteSubject(siteId),
  run: async (run, { siteId, prune }, platform) => {
    const repo = await openSiteRepository(platform, siteId);
    try {
      const lock = await repo.lock({
        exclusive: true,
        waitMs: 300_000,
        holder: `nachtwacht ${run.runId}`,
        signal: run.signal,
      });
      try {
        const forgotten = await run.step('forget', async () => {
          run.progress({ step: 'forget' });
          const rows = await listSnapshots(platform.db, siteId);
          const decisions = await retentionOf(platform, siteId, rows);
          const ids = rows.map((one) => one.id).filter((id) => decisions.get(id)?.keep === false);
          const present = new Set((await ours(repo, siteId)).map((one) => one.id));
          await repo.forget(
            lock,
            ids.filter((id) => present.has(id)),
          );
          await markForgotten(platform.db, ids, platform.clock.now());
          return { ids, kept: rows.length - ids.length };
        });
        const pruned = prune
          ? await run.step('prune', async () => {
              await repo.loadIndex();
              return repo.prune(lock, {
                mayMiss: [...(await listWrong(platform.db, siteId))],
                onProgress: (detail) => run.progress({ step: 'prune', detail }),
              });
            })
          : undefined;
        const tidied = platform.clock.now();
        await setTidied(platform.db, siteId, { tidied, pruned: prune ? tidied : undefined });
        return { kept: forgotten.kept, forgotten: forgotten.ids, pruned };
      } finally {
        await lock.release();
      }
    } finally {
      await repo.close();
    }
  },
});

async function ours(repo: RepositoryApi, siteId: string) {
  return (await repo.listSnapshots()).filter((one) => tagValue(one.tags, 'site') === siteId);
}

/** Retention and prune of a site now. */
export async function requestTidy(platform: Platform, actor: Actor, reference: string): Promise<StartedSaga> {
  requireScope(actor, 'admin');
  const site = await getSite(platform.db, reference, { removedToo: true });
  const started = await startSaga(
    platform,
    tidyRepository,
    { siteId: site.id, prune: true },
    { requestedBy: actor.name },
  );
  await recordAudit(platform.db, actor, {
    action: 'repository-tidied',
    subject: siteSubject(site.id),
    details: { runId: started.runId },
    at: platform.clock.now(),
  });
  return started;
}
