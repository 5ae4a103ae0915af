import { sql, type Generated } from 'kysely';
import { json, type Db } from '../platform/database/index.ts';

export interface AuditRow {
  id: number;
  at: Date;
  actor: string;
  action: string;
  subject: string;
  details: unknown;
  site_id: string | null;
}

declare module '../platform/database/tables.ts' {
  interface Tables {
    audit: Omit<AuditRow, 'id'> & { id: Generated<number> };
  }
}

/** Without a site given, a subject that ends with the id of a site (`site:ID`, `verify:ID`) is about that site. */
export async function insertAudit(
  db: Db,
  row: Omit<AuditRow, 'id' | 'site_id'> & { siteId: string | undefined },
): Promise<void> {
  const { siteId, ...rest } = row;
  const ofSubject = sql<string | null>`(select id from sites where id = split_part(${row.subject}, ':', 2))`;
  await db
    .insertInto('audit')
    .values({ ...rest, details: json(rest.details), site_id: siteId ?? ofSubject })
    .execute();
}

export interface AuditFilter {
  subject?: string | undefined;
  /** Part of a name, any case. */
  who?: string | undefined;
  /** Deeds of people and tokens, or of the house itself. */
  kind?: 'person' | 'token' | 'system' | 'others' | undefined;
  actions?: readonly string[] | undefined;
  /** Id of a site, or part of its address. */
  site?: string | undefined;
  /** Words that must all be there: in who, what, about what, details or the site's address. */
  words?: readonly string[] | undefined;
  from?: Date | undefined;
  to?: Date | undefined;
  before?: number | undefined;
  limit: number;
}

export type ListedAudit = AuditRow & { site_url: string | null };

export function listAudit(db: Db, filter: AuditFilter): Promise<ListedAudit[]> {
  let query = db
    .selectFrom('audit')
    .leftJoin('sites', 'sites.id', 'audit.site_id')
    .selectAll('audit')
    .select('sites.url as site_url');
  if (filter.subject !== undefined) query = query.where('audit.subject', '=', filter.subject);
  const { site } = filter;
  if (site !== undefined) {
    query = query.where((is) => is.or([is('audit.site_id', '=', site), is('sites.url', 'ilike', anywhere(site))]));
  }
  if (filter.actions !== undefined) query = query.where('audit.action', 'in', filter.actions);
  if (filter.before !== undefined) query = query.where('audit.id', '<', filter.before);
  if (filter.from !== undefined) query = query.where('audit.at', '>=', filter.from);
  if (filter.to !== undefined) query = query.where('audit.at', '<', filter.to);
  if (filter.who !== undefined) query = query.where('audit.actor', 'ilike', anywhere(filter.who));
  if (filter.kind === 'others') query = query.where('audit.actor', 'not like', 'system:%');
  else if (filter.kind !== undefined) query = query.where('audit.actor', 'like', `${filter.kind}:%`);
  for (const word of filter.words ?? []) {
    const all = sql<string>`concat_ws(' ', audit.actor, audit.action, audit.subject, audit.details::text, sites.url)`;
    query = query.where(all, 'ilike', anywhere(word));
  }
  return query.orderBy('audit.id', 'desc').limit(filter.limit).execute();
}

/** `%`, `_` and the backslash stand for themselves. */
function anywhere(text: string): string {
  return `%${text.replace(/[\\%_]/g, String.raw`\$&`)}%`;
}

/** Every action that was ever recorded; walks the index from value to value, so it stays fast with millions of rows. */
export async function listActions(db: Db): Promise<string[]> {
  const { rows } = await sql<{ action: string }>`
    with recursive found as (
      (select action from audit order by action limit 1)
      union all
      select (select a.action from audit a where a.action > found.action order by a.action limit 1)
      from found where found.action is not null
    )
    select action from found where action is not null
  `.execute(db);
  return rows.map((row) => row.action);
}
