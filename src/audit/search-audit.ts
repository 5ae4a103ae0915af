import type { Db } from '../platform/database/index.ts';
import type { AuditEntry } from './contract.ts';
import { listAudit } from './store.ts';

export interface AuditSearch {
  subject?: string | undefined;
  who?: string | undefined;
  kind?: 'person' | 'token' | 'system' | 'others' | undefined;
  what?: string | string[] | undefined;
  /** Id of a site, or part of its address; sites that left our care too. */
  site?: string | undefined;
  text?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
  /** Id of the last entry of the page before. */
  before?: number | undefined;
  limit: number;
}

/** Entries of the trail that fit all that is asked, newest first. A full page may have more behind it. */
export async function searchAudit(db: Db, search: AuditSearch): Promise<AuditEntry[]> {
  const { subject, who, kind, what, site, text, from, to, before, limit } = search;
  const rows = await listAudit(db, {
    subject,
    who,
    kind,
    site,
    actions: typeof what === 'string' ? [what] : what,
    words: text?.split(/\s+/).slice(0, 10),
    from: from === undefined ? undefined : new Date(from),
    to: to === undefined ? undefined : new Date(to),
    before,
    limit,
  });
  return rows.map((row) => ({
    id: row.id,
    at: row.at.toISOString(),
    actor: row.actor,
    action: row.action,
    subject: row.subject,
    site: row.site_id === null ? null : { id: row.site_id, url: row.site_url },
    details: row.details,
  }));
}
