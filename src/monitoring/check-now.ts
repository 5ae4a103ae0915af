import { recordAudit } from '../audit/index.ts';
import { requireScope, type Actor } from '../identity/index.ts';
import type { Platform } from '../platform/platform.ts';
import { getSite, siteSubject } from '../sites/index.ts';
import { siteNotWatched } from './errors.ts';
import { findWatchedSite, updateTarget } from './store.ts';

/** Has the watcher of a site look at it at once; what it sees follows as an event of `monitoring.changes`. */
export async function checkNow(platform: Platform, actor: Actor, reference: string): Promise<{ askedAt: string }> {
  requireScope(actor, 'operate');
  const at = platform.clock.now();
  const site = await getSite(platform.db, reference);
  await platform.db.transaction().execute(async (trx) => {
    const found = await findWatchedSite(trx, site.id);
    if (!found) throw siteNotWatched(site.url);
    await updateTarget(trx, found.target.id, { check_asked_at: at });
    await recordAudit(trx, actor, { action: 'watch-asked', subject: siteSubject(site.id), at });
  });
  return { askedAt: at.toISOString() };
}
