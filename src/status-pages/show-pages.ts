import { publicUrl } from '../identity/index.ts';
import type { Platform } from '../platform/platform.ts';
import type { StatusPage } from './contract.ts';
import { pageNotFound } from './errors.ts';
import { listPages, type CountedPage } from './store.ts';

/** All of them, by title; those that are off too. */
export async function showPages(platform: Platform): Promise<StatusPage[]> {
  return (await listPages(platform.db)).map((page) => shownPage(platform, page));
}

export async function showPage(platform: Platform, slug: string): Promise<StatusPage> {
  const [page] = await listPages(platform.db, slug);
  if (!page) throw pageNotFound(slug);
  return shownPage(platform, page);
}

function shownPage(platform: Platform, page: CountedPage): StatusPage {
  const { slug, title, language, enabled, sites, customer_id: customer, site_id: site } = page;
  return {
    slug,
    url: `${publicUrl(platform).replace(/\/+$/, '')}/status/${slug}`,
    title,
    of: { kind: site === null ? 'customer' : 'site', id: site ?? customer ?? '', name: page.of_name },
    language,
    enabled,
    sites,
    createdAt: page.created_at.toISOString(),
  };
}
