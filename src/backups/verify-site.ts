import { recordAudit } from '../audit/index.ts';
import { requireScope, type Actor } from '../identity/index.ts';
import type { Platform } from '../platform/platform.ts';
import { defineSaga, startSaga, type StartedSaga } from '../platform/saga/index.ts';
import { getSite, siteSubject } from '../sites/index.ts';
import { checkRepository, type CheckOutcome } from './check-repository.ts';
import { openSiteRepository } from './open-site-repository.ts';

/**
 * Reads a slice of a repository's data back. It has a subject of its own, so backups go on meanwhile; the shared lock
 * keeps prune away.
 */
export const verifySlice = defineSaga<{ siteId: string; slice: { part: number; of: number } }, CheckOutcome>({
  name: 'verify-slice',
  subject: ({ siteId }) => `verify:${siteId}`,
  run: async (run, { siteId, slice }, platform) => {
    const repo = await openSiteRepository(platform, siteId);
    try {
      const lock = await repo.lock({
        exclusive: false,
        waitMs: 300_000,
        holder: `nachtwacht ${run.runId}`,
        signal: run.signal,
      });
      try {
        run.progress({ step: 'read-back', detail: `${slice.part}/${slice.of}` });
        return await run.step('check', () => checkRepository(platform, repo, { siteId, kind: 'slice', slice }));
      } finally {
        await lock.release();
      }
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
