import { sql } from 'kysely';
import { json, type Db } from '../../platform/database/index.ts';
import type { Finding } from './rules/finding.ts';
import type { DomainMemory, HealthMemory, PageMemory } from './rules/memory.ts';

export interface SiteHealthTable {
  site_id: string;
  next_at: Date;
  page_next_at: Date;
  domain_next_at: Date;
  looked_at: Date | null;
  health: HealthMemory | null;
  domain: DomainMemory | null;
  page: PageMemory | null;
  findings: Finding[];
}

declare module '../../platform/database/tables.ts' {
  interface Tables {
    site_health: SiteHealthTable;
  }
}

/** Paired sites that are under care and watched, with what the last looks found. */
export interface DueSite {
  id: string;
  url: string;
  due: { health: boolean; page: boolean; domain: boolean };
  health: HealthMemory | null;
  page: PageMemory | null;
  domain: DomainMemory | null;
  findings: Finding[];
}

/**
 * Sites that were paired since the last call join, each kind of look at a moment of its own within its interval (by a
 * hash of the site), so that a start is no herd.
 */
export async function addNewSites(
  db: Db,
  now: Date,
  spreadMs: { health: number; page: number; domain: number },
): Promise<void> {
  await sql`
    insert into site_health (site_id, next_at, page_next_at, domain_next_at)
    select s.id, ${now}::timestamptz + make_interval(secs => s.part * ${spreadMs.health / 1000}),
      ${now}::timestamptz + make_interval(secs => s.part * ${spreadMs.page / 1000}),
      ${now}::timestamptz + make_interval(secs => s.part * ${spreadMs.domain / 1000})
    from (select id, (hashtext(id)::bigint & 65535) / 65536.0 as part from sites
      where removed_at is null and paired_at is not null
        and not exists (select from site_health h where h.site_id = sites.id)) s
    on conflict do nothing`.execute(db);
}

/** Those that are due longest first. `except`: looked at right now. */
export async function listDue(db: Db, now: Date, limit: number, except: readonly string[]): Promise<DueSite[]> {
  const found = await sql<{
    id: string;
    url: string;
    health_due: boolean;
    page_due: boolean;
    domain_due: boolean;
    health: HealthMemory | null;
    page: PageMemory | null;
    domain: DomainMemory | null;
    findings: Finding[];
  }>`
    select s.id, s.url, h.next_at <= ${now} as health_due, h.page_next_at <= ${now} as page_due,
      h.domain_next_at <= ${now} as domain_due, h.health, h.page, h.domain, h.findings
    from site_health h
    join sites s on s.id = h.site_id
    join watch_targets t on t.id = s.id
    where least(h.next_at, h.page_next_at, h.domain_next_at) <= ${now}
      and s.removed_at is null and s.paired_at is not null and t.enabled
      and h.site_id <> all(${[...except]}::text[])
    order by least(h.next_at, h.page_next_at, h.domain_next_at) limit ${limit}`.execute(db);
  return found.rows.map(({ health_due, page_due, domain_due, ...row }) => ({
    ...row,
    due: { health: health_due, page: page_due, domain: domain_due },
  }));
}

export async function findHealth(db: Db, siteId: string): Promise<SiteHealthTable | undefined> {
  return db.selectFrom('site_health').selectAll().where('site_id', '=', siteId).executeTakeFirst();
}

/** What a look found; a site that was removed meanwhile has no row any more. */
export async function saveLook(
  db: Db,
  siteId: string,
  look: {
    at: Date;
    nextAt?: Date;
    pageNextAt?: Date;
    domainNextAt?: Date;
    health?: HealthMemory;
    page?: PageMemory;
    domain?: DomainMemory;
    findings: readonly Finding[];
  },
): Promise<void> {
  await db
    .updateTable('site_health')
    .set({
      looked_at: look.at,
      findings: json([...look.findings]),
      ...(look.nextAt && { next_at: look.nextAt }),
      ...(look.pageNextAt && { page_next_at: look.pageNextAt }),
      ...(look.domainNextAt && { domain_next_at: look.domainNextAt }),
      ...(look.health && { health: json(look.health) }),
      ...(look.page && { page: json(look.page) }),
      ...(look.domain && { domain: json(look.domain) }),
    })
    .where('site_id', '=', siteId)
    .execute();
}

/** Next looks of a site that cannot be looked at now. */
export async function postpone(db: Db, siteId: string, until: Date): Promise<void> {
  await sql`update site_health set next_at = greatest(next_at, ${until}), page_next_at = greatest(page_next_at, ${until}),
    domain_next_at = greatest(domain_next_at, ${until}) where site_id = ${siteId}`.execute(db);
}

/** How the watch sees the public page of a site: null = it does not watch it, or has not looked yet. */
export async function findPublicPage(
  db: Db,
  siteId: string,
): Promise<{ phase: string; verdict: string; checkedAt: Date; certificateExpiresAt: Date | null } | undefined> {
  const found = await db
    .selectFrom('watch_states')
    .select(['phase', 'verdict', 'checked_at', 'certificate_expires_at'])
    .where('target_id', '=', siteId)
    .executeTakeFirst();
  return (
    found && {
      phase: found.phase,
      verdict: found.verdict,
      checkedAt: found.checked_at,
      certificateExpiresAt: found.certificate_expires_at,
    }
  );
}

/** Findings of sites under care, the urgent ones first, then the oldest. */
export async function selectFindings(
  db: Db,
  sites: readonly string[] | 'all',
): Promise<{ site_id: string; url: string; findings: Finding[] }[]> {
  return db
    .selectFrom('site_health')
    .innerJoin('sites', 'sites.id', 'site_health.site_id')
    .select(['site_health.site_id', 'sites.url', 'site_health.findings'])
    .where('sites.removed_at', 'is', null)
    .where(sql<boolean>`site_health.findings <> '[]'`)
    .$if(sites !== 'all', (query) => query.where('site_health.site_id', 'in', sites === 'all' ? [] : [...sites]))
    .execute();
}
