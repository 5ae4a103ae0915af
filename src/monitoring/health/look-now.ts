import { recordAudit } from '../../audit/index.ts';
import { requireScope, type Actor } from '../../identity/index.ts';
import type { Platform } from '../../platform/platform.ts';
import { getSite, notPaired, siteSubject } from '../../sites/index.ts';
import type { SiteHealth } from './contract.ts';
import { addNewSites, findHealth } from './health-store.ts';
import { lookAtSite } from './look-at-site.ts';
import { openEyes } from './open-eyes.ts';
import { showHealth } from './show-health.ts';

/** All looks at one site, now. Errors: `site-not-found`, `site-not-paired`. */
export async function lookNow(platform: Platform, actor: Actor, reference: string): Promise<SiteHealth> {
  requireScope(actor, 'operate');
  const { db, clock } = platform;
  const site = await getSite(db, reference);
  if (site.paired_at === null) throw notPaired(site);
  const at = clock.now();
  await recordAudit(db, actor, { action: 'health-asked', subject: siteSubject(site.id), at });
  await addNewSites(db, at, { health: 0, page: 0, domain: 0 });
  const found = await findHealth(db, site.id);
  const eyes = openEyes(platform);
  try {
    await lookAtSite(
      platform,
      eyes,
      {
        id: site.id,
        url: site.url,
        due: { health: true, page: true, domain: true },
        health: found?.health ?? null,
        page: found?.page ?? null,
        domain: found?.domain ?? null,
        findings: found?.findings ?? [],
      },
      new AbortController().signal,
    );
  } finally {
    eyes.close();
  }
  return showHealth(platform, site.id);
}
