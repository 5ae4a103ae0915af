import { recordAudit } from '../audit/index.ts';
import { requireScope, type Actor } from '../identity/index.ts';
import type { Platform } from '../platform/platform.ts';
import { defineSaga, startSaga, type StartedSaga } from '../platform/saga/index.ts';
import type { Lock } from '../restic/index.ts';
import { getSite, siteSubject } from '../sites/index.ts';
import { checkRepository, type CheckOutcome } from './check-repository.ts';
import { openSiteRepository } from './open-site-repository.ts';

/** What was found, and what a repair made of it. */
export interface VerifyOutcome extends CheckOutcome {
  repaired?: { blobsKept: number; blobsLost: number };
}

/**
 * Reads a slice of a repository's data back. It has a subject of its own, so backups go on meanwhile; the shared lock
 * keeps prune away. Steps: 1 check; 2 when packs are damaged, take them out of the index, so that the next backup
 * stores again what was lost instead of relying on it.
 */
export const verifySlice = defineSaga<{ siteId: string; slice: { part: number; of: number } }, VerifyOutcome>({
  name: 'verify-slice',
  subject: ({ siteId }) => `verify:${siteId}`,
  run: async (run, { siteId, slice }, platform) => {
    const repo = await openSiteRepository(platform, siteId);
    const underLock = async <T>(exclusive: boolean, work: (lock: Lock) => Promise<T>): Promise<T> => {
      const holder = `nachtwacht ${run.runId}`;
      const lock = await repo.lock({ exclusive, waitMs: 300_000, holder, signal: run.signal });
      try {
        return await work(lock);
      } finally {
        await lock.release();
      }
    };
    try {
      const found = await run.step('check', () =>
        underLock(false, () => {
          run.progress({ step: 'read-back', detail: `${slice.part}/${slice.of}` });
          return checkRepository(platform, repo, { siteId, kind: 'slice', slice });
        }),
      );
      if (found.brokenPacks.length === 0) return found;
      const repaired = await run.step('repair', () => underLock(true, (lock) => repo.repair(lock, found.brokenPacks)));
      platform.log.warn({ run: run.runId, packs: found.brokenPacks.length, ...repaired }, 'damaged packs taken out');
      return { ...found, repaired };
    } finally {
      await repo.close();
    }
  },
});

/** Reads back all data of a site's repository, or one slice of it, now. */
export async function requestVerification(
  platform: Platform,
  actor: Actor,
  input: { site: string; slice?: { part: number; of: number } },
): Promise<StartedSaga> {
  requireScope(actor, 'operate');
  const site = await getSite(platform.db, input.site, { removedToo: true });
  const slice = input.slice ?? { part: 1, of: 1 };
  const started = await startSaga(platform, verifySlice, { siteId: site.id, slice }, { requestedBy: actor.name });
  await recordAudit(platform.db, actor, {
    action: 'verification-requested',
    subject: siteSubject(site.id),
    details: { runId: started.runId, ...slice },
    at: platform.clock.now(),
  });
  return started;
}
