import { recordAudit } from '../audit/index.ts';
import { withdrawDuties } from '../duties/index.ts';
import { requireScope, type Actor } from '../identity/index.ts';
import { NachtwachtError } from '../platform/errors.ts';
import type { Platform } from '../platform/platform.ts';
import { listRuns } from '../platform/saga/index.ts';
import { getSite, siteSubject } from './find-site.ts';
import { updateSite, type SiteRow } from './store.ts';

/** Takes a site out of care. Its backups, key and history stay; nothing on the site changes. */
export async function removeSite(platform: Platform, actor: Actor, reference: string): Promise<SiteRow> {
  requireScope(actor, 'admin');
  const site = await getSite(platform.db, reference);
  const subject = siteSubject(site.id);
  const at = platform.clock.now();
  await platform.db.transaction().execute(async (trx) => {
    const [live] = await listRuns(trx, { subject, live: true, limit: 1 });
    if (live) {
      throw new NachtwachtError({
        code: 'site-busy',
        kind: 'conflict',
        message: `Work (${live.saga}) is under way on ${site.url}.`,
        nextStep: `Wait until it ends, or stop it: nachtwacht run cancel ${live.id}`,
        retryable: true,
        details: { runId: live.id },
      });
    }
    await updateSite(trx, site.id, { removed_at: at });
    await withdrawDuties(trx, subject, at);
    await recordAudit(trx, actor, { action: 'site-removed', subject, details: { url: site.url }, at });
  });
  return { ...site, removed_at: at };
}
