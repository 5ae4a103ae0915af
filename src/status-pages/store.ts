import { sql, type Generated } from 'kysely';
import type { Db } from '../platform/database/index.ts';

interface StatusPagesTable {
  slug: string;
  title: string;
  customer_id: string | null;
  site_id: string | null;
  language: 'nl' | 'en';
  enabled: Generated<boolean>;
  created_at: Date;
}

declare module '../platform/database/tables.ts' {
  interface Tables {
    status_pages: StatusPagesTable;
  }
}

export interface StatusPageRow {
  slug: string;
  title: string;
  customer_id: string | null;
  site_id: string | null;
  language: 'nl' | 'en';
  enabled: boolean;
  created_at: Date;
}

/** With what it is of, and how many sites it shows: those under care of customers that are ours. */
export type CountedPage = StatusPageRow & { of_name: string; sites: number };

/** By title; `slug`: only this one. */
export async function listPages(db: Db, slug?: string): Promise<CountedPage[]> {
  const found = await sql<CountedPage>`
    select p.*, coalesce(c.name, s.url) as of_name,
      (select count(*)::int from sites x join customers y on y.id = x.customer_id and y.removed_at is null
        where x.removed_at is null and (x.id = p.site_id or x.customer_id = p.customer_id)) as sites
    from status_pages p
    left join customers c on c.id = p.customer_id
    left join sites s on s.id = p.site_id
    where ${slug ?? null}::text is null or p.slug = ${slug ?? null}
    order by lower(p.title), p.slug`.execute(db);
  return found.rows;
}

export function findPage(db: Db, slug: string): Promise<StatusPageRow | undefined> {
  return db.selectFrom('status_pages').selectAll().where('slug', '=', slug).executeTakeFirst();
}

/** Until the end of the transaction nobody else changes it. */
export function lockPage(db: Db, slug: string): Promise<StatusPageRow | undefined> {
  return db.selectFrom('status_pages').selectAll().where('slug', '=', slug).forUpdate().executeTakeFirst();
}

/** False when the address is taken. */
export async function insertPage(db: Db, row: StatusPageRow): Promise<boolean> {
  const inserted = await db
    .insertInto('status_pages')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .returning('slug')
    .executeTakeFirst();
  return inserted !== undefined;
}

export async function updatePage(db: Db, slug: string, set: StatusPageRow): Promise<void> {
  await db.updateTable('status_pages').set(set).where('slug', '=', slug).execute();
}

export async function deletePage(db: Db, slug: string): Promise<boolean> {
  const gone = await db.deleteFrom('status_pages').where('slug', '=', slug).returning('slug').executeTakeFirst();
  return gone !== undefined;
}

export async function listEnabledSlugs(db: Db): Promise<string[]> {
  const rows = await db.selectFrom('status_pages').select('slug').where('enabled', '=', true).orderBy('slug').execute();
  return rows.map((row) => row.slug);
}

/** A site of a page as the watch sees it; times in milliseconds since 1970. */
export interface PageSiteRow {
  id: string;
  url: string;
  no: number;
  watched: boolean;
  interval_ms: number;
  added_at: number;
  verdict: 'up' | 'down' | 'unknown' | null;
  checked_at: number | null;
}

/** Sites under care that a page shows, by address. */
export async function listPageSites(
  db: Db,
  page: Pick<StatusPageRow, 'customer_id' | 'site_id'>,
): Promise<PageSiteRow[]> {
  const found = await sql<PageSiteRow>`
    select s.id, s.url, t.no, t.enabled as watched, t.interval_ms,
      (extract(epoch from t.added_at) * 1000)::float8 as added_at,
      w.verdict, (extract(epoch from w.checked_at) * 1000)::float8 as checked_at
    from sites s
    join customers c on c.id = s.customer_id and c.removed_at is null
    join watch_targets t on t.site_id = s.id
    left join watch_states w on w.target_id = t.id
    where s.removed_at is null and (s.id = ${page.site_id} or s.customer_id = ${page.customer_id})
    order by s.url`.execute(db);
  return found.rows;
}

/** How many checks each of these targets had on each calendar day (`2026-11-28`), and how many could not tell. */
export async function listCheckDays(
  db: Db,
  targets: readonly number[],
  from: string,
  to: string,
): Promise<{ no: number; day: string; checks: number; down: number; unknown: number }[]> {
  if (targets.length === 0) return [];
  const found = await sql<{ no: number; day: string; checks: number; down: number; unknown: number }>`
    select no, to_char(day, 'YYYY-MM-DD') as day, checks, down, unknown from check_days
    where no = any (${[...targets]}::int[]) and day between ${from}::date and ${to}::date`.execute(db);
  return found.rows;
}
