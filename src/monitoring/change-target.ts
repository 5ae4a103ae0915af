import { recordAudit } from '../audit/index.ts';
import { requireScope, type Actor } from '../identity/index.ts';
import type { Platform } from '../platform/platform.ts';
import { getSite, siteSubject } from '../sites/index.ts';
import { siteNotWatched } from './errors.ts';
import { findWatchedSite, updateTarget } from './store.ts';

export interface TargetChange {
  enabled?: boolean | undefined;
  intervalMs?: number | undefined;
  /** null = as learnt. */
  keyword?: string | null | undefined;
  expectedStatus?: number | null | undefined;
  extraHosts?: readonly string[] | undefined;
  learnAnew?: boolean | undefined;
}

/** Changes how a site is watched; the watchers know it within seconds. Errors: `site-not-found`, `site-not-watched`. */
export async function changeTarget(
  platform: Platform,
  actor: Actor,
  reference: string,
  change: TargetChange,
): Promise<void> {
  requireScope(actor, 'operate');
  const at = platform.clock.now();
  const site = await getSite(platform.db, reference);
  const given = Object.entries(change).filter(([, value]) => value !== undefined && value !== false);
  if (given.length === 0 && change.enabled === undefined) return;
  await platform.db.transaction().execute(async (trx) => {
    const found = await findWatchedSite(trx, site.id);
    if (!found) throw siteNotWatched(site.url);
    await updateTarget(trx, found.target.id, {
      ...(change.enabled === undefined ? {} : { enabled: change.enabled }),
      ...(change.intervalMs === undefined ? {} : { interval_ms: change.intervalMs }),
      ...(change.keyword === undefined ? {} : { keyword: change.keyword }),
      ...(change.expectedStatus === undefined ? {} : { expected_status: change.expectedStatus }),
      ...(change.extraHosts === undefined ? {} : { extra_hosts: [...change.extraHosts] }),
      ...(change.learnAnew ? { learn_from: at } : {}),
    });
    const details = { ...change };
    await recordAudit(trx, actor, { action: 'watch-changed', subject: siteSubject(site.id), details, at });
  });
}
