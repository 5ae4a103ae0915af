import type { Db } from '../platform/database/index.ts';
import { NachtwachtError } from '../platform/errors.ts';
import { findSiteById, findSites, type SiteRow } from './store.ts';

/** By id, URL, or URL without scheme (`shop.nl`); throws when there is none or more than one. */
export async function getSite(db: Db, reference: string, options: { removedToo?: boolean } = {}): Promise<SiteRow> {
  const found = await findSites(db, reference, options.removedToo === true);
  if (found.length > 1) {
    throw new NachtwachtError({
      code: 'site-ambiguous',
      kind: 'conflict',
      message: `"${reference}" can mean ${found.map((site) => site.url).join(' or ')}.`,
      nextStep: 'Give the whole address or the id.',
      retryable: false,
    });
  }
  const site = found[0];
  if (site) return site;
  throw siteNotFound(reference);
}

/** For sagas and loops, which know ids. Removed sites too. */
export async function getSiteById(db: Db, id: string): Promise<SiteRow> {
  const site = await findSiteById(db, id);
  if (site) return site;
  throw siteNotFound(id);
}

function siteNotFound(reference: string): NachtwachtError {
  return new NachtwachtError({
    code: 'site-not-found',
    kind: 'not-found',
    message: `There is no site "${reference}".`,
    nextStep: 'Look at the list (nachtwacht site list) or add it (nachtwacht site add URL --customer NAME).',
    retryable: false,
  });
}

/** What claims, sagas, duties, alarms and audit rows call a site. */
export function siteSubject(siteId: string): string {
  return `site:${siteId}`;
}
