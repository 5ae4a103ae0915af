import type { Db } from '../platform/database/index.ts';
import { listRequests } from './store.ts';

export interface OpenRequest {
  id: string;
  at: Date;
  customer: { id: string; name: string };
  site: { id: string; url: string };
  what: 'restore';
  /** To which moment; null = to be chosen. */
  moment: Date | null;
  note: string;
  /** Somebody took it on. */
  accepted: boolean;
}

/** What customers asked for and waits for an answer, newest first. */
export async function listOpenRequests(db: Db): Promise<OpenRequest[]> {
  return (await listRequests(db, { waitingOnly: true, limit: 500 })).map((row) => ({
    id: row.id,
    at: row.asked_at,
    customer: { id: row.customer_id, name: row.customer_name },
    site: { id: row.site_id, url: row.site_url },
    what: row.kind,
    moment: row.moment,
    note: row.note,
    accepted: row.state === 'accepted',
  }));
}
