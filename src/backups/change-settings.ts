import { recordAudit } from '../audit/index.ts';
import { requireScope, type Actor } from '../identity/index.ts';
import type { Platform } from '../platform/platform.ts';
import { getSite, siteSubject } from '../sites/index.ts';
import { byHand } from './rules/excludes.ts';
import type { RetentionPolicy } from './rules/retention.ts';
import { upsertSettings } from './store.ts';

/** Changes how a site is backed up: pause, retention (null = the house's), what is left out (replaces the list). */
export async function changeSettings(
  platform: Platform,
  actor: Actor,
  input: { site: string; paused?: boolean; retention?: RetentionPolicy | null; excludes?: string[] },
): Promise<{ paused: boolean }> {
  requireScope(actor, 'admin');
  const site = await getSite(platform.db, input.site);
  const { paused, retention, excludes } = input;
  const change = {
    ...(paused === undefined ? {} : { paused }),
    ...(retention === undefined ? {} : { retention }),
    ...(excludes === undefined ? {} : { excludes: byHand(excludes) }),
  };
  const at = platform.clock.now();
  return platform.db.transaction().execute(async (trx) => {
    const row = await upsertSettings(trx, site.id, change);
    const deed = { action: 'backup-settings-changed', subject: siteSubject(site.id), details: change, at };
    await recordAudit(trx, actor, deed);
    return { paused: row.paused };
  });
}
