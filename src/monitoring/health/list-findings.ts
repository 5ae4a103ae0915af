import type { Db } from '../../platform/database/index.ts';
import { selectFindings } from './health-store.ts';
import type { Finding } from './rules/finding.ts';

export interface SiteFinding extends Finding {
  siteId: string;
  url: string;
}

/** What is the matter with sites beside outages: the urgent first, then the oldest. An empty list of sites finds nothing. */
export async function listFindings(db: Db, sites: readonly string[] | 'all' = 'all'): Promise<SiteFinding[]> {
  if (sites !== 'all' && sites.length === 0) return [];
  const rows = await selectFindings(db, sites);
  return rows
    .flatMap((row) => row.findings.map((finding) => ({ siteId: row.site_id, url: row.url, ...finding })))
    .toSorted((a, b) => Number(b.urgency === 'high') - Number(a.urgency === 'high') || a.since.localeCompare(b.since));
}
