import { recordAudit } from '../audit/index.ts';
import { requireScope, type Actor } from '../identity/index.ts';
import type { RateLimit } from '../connector/index.ts';
import { json } from '../platform/database/index.ts';
import type { Platform } from '../platform/platform.ts';
import { getSite, getSiteById, siteSubject } from './find-site.ts';
import { updateSite, type BackupPlan, type SiteRow } from './store.ts';

/** Changes what was agreed for a site: how often it is backed up, how large it may be, how much it may be asked (null = the house's). */
export async function changeSite(
  platform: Platform,
  actor: Actor,
  reference: string,
  change: { plan?: BackupPlan; limitBytes?: number; rate?: RateLimit | null },
): Promise<SiteRow> {
  requireScope(actor, 'admin');
  const at = platform.clock.now();
  const site = await getSite(platform.db, reference);
  if (Object.keys(change).length === 0) return site;
  await platform.db.transaction().execute(async (trx) => {
    await updateSite(trx, site.id, {
      ...(change.plan === undefined ? {} : { backup_plan: change.plan }),
      ...(change.rate === undefined ? {} : { rate: change.rate === null ? null : json(change.rate) }),
      ...(change.limitBytes === undefined ? {} : { limit_bytes: change.limitBytes }),
    });
    await recordAudit(trx, actor, { action: 'site-changed', subject: siteSubject(site.id), details: change, at });
  });
  return getSiteById(platform.db, site.id);
}
