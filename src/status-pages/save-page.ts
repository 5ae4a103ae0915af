import { recordAudit } from '../audit/index.ts';
import { getCustomer } from '../customers/index.ts';
import { requireScope, type Actor } from '../identity/index.ts';
import type { Db } from '../platform/database/index.ts';
import { readHouse } from '../platform/house/index.ts';
import type { Platform } from '../platform/platform.ts';
import { getSite } from '../sites/index.ts';
import { pageIncomplete, pageNotFound, slugTaken } from './errors.ts';
import { deletePage, findPage, insertPage, lockPage, updatePage, type StatusPageRow } from './store.ts';

export interface PageChange {
  slug: string;
  /** True = a new one. */
  create: boolean;
  rename?: string | undefined;
  title?: string | undefined;
  customer?: string | undefined;
  site?: string | undefined;
  language?: 'nl' | 'en' | undefined;
  enabled?: boolean | undefined;
}

/**
 * Makes a public page or changes one; what is not given stays. A page that is there tells the public which sites are out,
 * so only an operator makes one. Errors: `status-page-not-found`, `status-page-taken`, `status-page-incomplete`.
 */
export async function savePage(platform: Platform, actor: Actor, change: PageChange): Promise<string> {
  requireScope(actor, 'admin');
  const at = platform.clock.now();
  const { slug, create, rename, title, enabled } = change;
  const house = await readHouse(platform);
  return platform.db.transaction().execute(async (trx) => {
    const of = await subjectOf(trx, change);
    const before = create ? undefined : await lockPage(trx, slug);
    if (!create && !before) throw pageNotFound(slug);
    const whose = of ?? (before && { customer_id: before.customer_id, site_id: before.site_id });
    const named = title ?? before?.title;
    if (whose === undefined || named === undefined) throw pageIncomplete();
    const page: StatusPageRow = {
      slug: rename ?? slug,
      title: named,
      ...whose,
      language: change.language ?? before?.language ?? house.language,
      enabled: enabled ?? before?.enabled ?? true,
      created_at: before?.created_at ?? at,
    };
    await put(trx, before, page);
    await recordAudit(trx, actor, {
      action: 'status-page-saved',
      subject: `status-page:${page.slug}`,
      ...(page.site_id === null ? {} : { site: page.site_id }),
      details: { ...(before ? { before: shown(before) } : {}), after: shown(page) },
      at,
    });
    return page.slug;
  });
}

async function put(db: Db, before: StatusPageRow | undefined, page: StatusPageRow): Promise<void> {
  if (!before) {
    if (!(await insertPage(db, page))) throw slugTaken(page.slug);
    return;
  }
  if (before.slug !== page.slug && (await findPage(db, page.slug))) throw slugTaken(page.slug);
  await updatePage(db, before.slug, page);
}

/** Undefined when neither was named: a page that is there stays whose it is. */
async function subjectOf(
  db: Db,
  { customer, site }: PageChange,
): Promise<Pick<StatusPageRow, 'customer_id' | 'site_id'> | undefined> {
  if (customer !== undefined && site !== undefined) throw pageIncomplete();
  if (customer !== undefined) return { customer_id: (await getCustomer(db, customer)).id, site_id: null };
  if (site !== undefined) return { customer_id: null, site_id: (await getSite(db, site)).id };
  return undefined;
}

/** Takes a page away; its address is an unknown one from then on. Error: `status-page-not-found`. */
export async function removePage(platform: Platform, actor: Actor, slug: string): Promise<void> {
  requireScope(actor, 'admin');
  const at = platform.clock.now();
  await platform.db.transaction().execute(async (trx) => {
    const before = await lockPage(trx, slug);
    if (!before || !(await deletePage(trx, slug))) throw pageNotFound(slug);
    await recordAudit(trx, actor, {
      action: 'status-page-removed',
      subject: `status-page:${slug}`,
      ...(before.site_id === null ? {} : { site: before.site_id }),
      details: { before: shown(before) },
      at,
    });
  });
}

function shown({ slug, title, customer_id: customer, site_id: site, language, enabled }: StatusPageRow): object {
  return { slug, title, customer, site, language, enabled };
}
