import { notAllowed, type Actor } from '../identity/index.ts';
import type { Db } from '../platform/database/index.ts';
import { NachtwachtError } from '../platform/errors.ts';
import { listOwnSites, type OwnSiteRow } from './store.ts';

/** Whose sites this person may see; refuses everybody who is no customer, operators too. */
export function ownCustomer(actor: Actor): string {
  if (actor.mustSetUp === true) throw notAllowed(actor, 'own');
  if (actor.kind === 'person' && actor.role === 'customer' && actor.customerId !== undefined) return actor.customerId;
  throw new NachtwachtError({
    code: 'not-a-customer',
    kind: 'not-allowed',
    message: 'These pages are for the customers of the agency.',
    nextStep: 'Look at the site itself: nachtwacht site list, or the page of the site.',
    retryable: false,
  });
}

/** One of his sites by its id. Another customer's site, a removed one and none at all are the same answer. */
export async function getOwnSite(db: Db, actor: Actor, siteId: string): Promise<OwnSiteRow> {
  const [site] = await listOwnSites(db, ownCustomer(actor), siteId);
  if (site) return site;
  throw new NachtwachtError({
    code: 'site-not-found',
    kind: 'not-found',
    message: `There is no site "${siteId}".`,
    nextStep: 'Look at the list of your sites.',
    retryable: false,
  });
}
