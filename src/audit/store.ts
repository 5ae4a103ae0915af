import type { Generated } from 'kysely';
import { json, type Db } from '../platform/database/index.ts';

interface AuditTable {
  id: Generated<number>;
  at: Date;
  actor: string;
  action: string;
  subject: string;
  details: unknown;
}

declare module '../platform/database/tables.ts' {
  interface Tables {
    audit: AuditTable;
  }
}

export interface AuditRow {
  id: number;
  at: Date;
  actor: string;
  action: string;
  subject: string;
  details: unknown;
}

export async function insertAudit(db: Db, row: Omit<AuditRow, 'id'>): Promise<void> {
  await db
    .insertInto('audit')
    .values({ ...row, details: json(row.details) })
    .execute();
}

export function listAudit(db: Db, filter: { subject?: string; before?: number; limit: number }): Promise<AuditRow[]> {
  let query = db.selectFrom('audit').selectAll();
  if (filter.subject !== undefined) query = query.where('subject', '=', filter.subject);
  if (filter.before !== undefined) query = query.where('id', '<', filter.before);
  return query.orderBy('id', 'desc').limit(filter.limit).execute();
}
