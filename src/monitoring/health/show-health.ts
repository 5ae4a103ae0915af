import type { Platform } from '../../platform/platform.ts';
import { getSite } from '../../sites/index.ts';
import type { SiteHealth } from './contract.ts';
import { findHealth } from './health-store.ts';
import { usualSize } from './rules/judge-page.ts';
import type { DomainMemory, HealthMemory, PageMemory } from './rules/memory.ts';

/** What is the matter with a site, and how it was at the last looks. Error: `site-not-found`. */
export async function showHealth(platform: Platform, reference: string): Promise<SiteHealth> {
  const site = await getSite(platform.db, reference);
  const found = await findHealth(platform.db, site.id);
  return {
    at: platform.clock.now().toISOString(),
    site: { id: site.id, url: site.url },
    findings: (found?.findings ?? []).toSorted((a, b) => Number(b.urgency === 'high') - Number(a.urgency === 'high')),
    health: shownAnswer(found?.health ?? null),
    failure: shownFailure(found?.health ?? null),
    page: shownPage(found?.page ?? null),
    domain: shownDomain(found?.domain ?? null),
  };
}

function shownAnswer(memory: HealthMemory | null): SiteHealth['health'] {
  const answer = memory?.answer;
  if (!answer) return null;
  const { paused: _, siteurl: __, ...shown } = answer;
  return shown;
}

function shownFailure(memory: HealthMemory | null): SiteHealth['failure'] {
  const silent = memory?.silent;
  return silent ? { code: silent.code, since: silent.since, failures: silent.times } : null;
}

function shownPage(memory: PageMemory | null): SiteHealth['page'] {
  if (memory === null) return null;
  const { at, status, bytes, isNoindex, finalUrl, loginStatus, restStatus, certificate } = memory;
  const usualBytes = usualSize(memory.sizes);
  return { at, status, bytes, usualBytes, isNoindex, finalUrl, loginStatus, restStatus, certificate };
}

function shownDomain(memory: DomainMemory | null): SiteHealth['domain'] {
  if (memory === null) return null;
  const { at, name, nameServers, status, expiresAt, registrar } = memory;
  return { at, name, nameServers, status, expiresAt, registrar };
}
