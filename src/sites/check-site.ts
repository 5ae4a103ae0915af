import type { SiteStatus } from '../connector/index.ts';
import { recordAudit } from '../audit/index.ts';
import { requireScope, type Actor } from '../identity/index.ts';
import type { Platform } from '../platform/platform.ts';
import { currentClaim, raiseClaimTo } from '../platform/saga/index.ts';
import { connectToSite } from './connect-to-site.ts';
import { getSite, siteSubject } from './find-site.ts';
import { saveInventory, saveLearned } from './store.ts';

/** More runs than any site has between two copies of this platform's database. */
const jump = 1_000_000;

/**
 * Asks a site how it is and takes its facts anew. `takeOver`: for when this platform's database was put back from an
 * older copy and the site refuses our claim numbers as too low: ours are then raised far beyond those that were lost.
 */
export async function checkSite(
  platform: Platform,
  actor: Actor,
  input: { site: string; takeOver?: boolean },
): Promise<SiteStatus> {
  requireScope(actor, input.takeOver ? 'admin' : 'operate');
  const site = await getSite(platform.db, input.site);
  const subject = siteSubject(site.id);
  if (input.takeOver) {
    const at = platform.clock.now();
    await platform.db.transaction().execute(async (trx) => {
      const claim = await raiseClaimTo(trx, subject, (await currentClaim(trx, subject)) + jump);
      await recordAudit(trx, actor, { action: 'site-taken-over', subject, details: { claim }, at });
    });
  }
  const client = await connectToSite(platform, site.id);
  try {
    const status = await client.status();
    if (status.claim) await raiseClaimTo(platform.db, subject, status.claim);
    await saveLearned(platform.db, site.id, client.learned, platform.clock.now());
    const inventory = await client.inventory();
    const at = platform.clock.now();
    await platform.db.transaction().execute(async (trx) => {
      await saveInventory(trx, site.id, inventory, at);
      const details = { plugin: status.plugin };
      if (!input.takeOver) await recordAudit(trx, actor, { action: 'site-checked', subject, details, at });
    });
    return status;
  } finally {
    client.close();
  }
}
