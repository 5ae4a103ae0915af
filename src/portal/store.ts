import { sql } from 'kysely';
import type { Db } from '../platform/database/index.ts';

export type RequestState = 'open' | 'accepted' | 'done' | 'declined' | 'withdrawn';

interface RequestsTable {
  id: string;
  customer_id: string;
  site_id: string;
  kind: 'restore';
  moment: Date | null;
  snapshot_id: string | null;
  note: string;
  asked_by: string;
  asked_at: Date;
  state: RequestState;
  answer: string | null;
  answered_by: string | null;
  answered_at: Date | null;
}

declare module '../platform/database/tables.ts' {
  interface Tables {
    customer_requests: RequestsTable;
  }
}

export type RequestRow = RequestsTable & { site_url: string; customer_name: string };

const waiting = ['open', 'accepted'] as const;

/** False when one waits for this site already. */
export async function insertRequest(
  db: Db,
  row: Omit<RequestsTable, 'state' | 'answer' | 'answered_by' | 'answered_at'>,
): Promise<boolean> {
  const inserted = await db
    .insertInto('customer_requests')
    .values({ ...row, state: 'open', answer: null, answered_by: null, answered_at: null })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  return inserted !== undefined;
}

function requests(db: Db) {
  return db
    .selectFrom('customer_requests')
    .innerJoin('sites', 'sites.id', 'customer_requests.site_id')
    .innerJoin('customers', 'customers.id', 'customer_requests.customer_id')
    .selectAll('customer_requests')
    .select(['sites.url as site_url', 'customers.name as customer_name']);
}

/** Newest first; what waits before what is over. */
export function listRequests(
  db: Db,
  filter: { customerId?: string; siteId?: string; waitingOnly?: boolean; limit: number },
): Promise<RequestRow[]> {
  let query = requests(db);
  if (filter.customerId !== undefined) query = query.where('customer_requests.customer_id', '=', filter.customerId);
  if (filter.siteId !== undefined) query = query.where('customer_requests.site_id', '=', filter.siteId);
  if (filter.waitingOnly === true) query = query.where('customer_requests.state', 'in', waiting);
  return query.orderBy('customer_requests.asked_at', 'desc').limit(filter.limit).execute();
}

/** `customerId`: only one of this customer. */
export function findRequest(db: Db, id: string, customerId?: string): Promise<RequestRow | undefined> {
  let query = requests(db).where('customer_requests.id', '=', id);
  if (customerId !== undefined) query = query.where('customer_requests.customer_id', '=', customerId);
  return query.executeTakeFirst();
}

/** True when it was in one of `from` and now is in `to`. */
export async function moveRequest(
  db: Db,
  id: string,
  from: readonly RequestState[],
  set: { state: RequestState; answer?: string; answeredBy?: string; at?: Date },
): Promise<boolean> {
  const moved = await db
    .updateTable('customer_requests')
    .set({
      state: set.state,
      ...(set.answer === undefined ? {} : { answer: set.answer }),
      ...(set.answeredBy === undefined ? {} : { answered_by: set.answeredBy }),
      ...(set.at === undefined ? {} : { answered_at: set.at }),
    })
    .where('id', '=', id)
    .where('state', 'in', from)
    .returning('id')
    .executeTakeFirst();
  return moved !== undefined;
}

export interface OwnSiteRow {
  id: string;
  url: string;
  plan: 'daily' | 'hourly';
  created_at: Date;
  paired_at: Date | null;
  files_bytes: number | null;
  database_bytes: number | null;
  limit_bytes: number;
  measured_at: Date | null;
  /** Since when the watch knows it, and how. */
  watch_added_at: Date;
  watch_enabled: boolean;
  watch_interval_ms: number;
  verdict: 'up' | 'down' | 'unknown' | null;
  checked_at: Date | null;
  /** An outage goes on that is none of our own work. */
  out: boolean;
  restoring: boolean;
  request_waits: boolean;
  /** Promises that are open. */
  open_duties: { opensAt: Date; due: Date }[];
}

/** Sites of one customer that are under care; `siteId`: only that one, and only when it is his. */
export async function listOwnSites(db: Db, customerId: string, siteId?: string): Promise<OwnSiteRow[]> {
  const { rows } = await sql<Omit<OwnSiteRow, 'open_duties'> & { open: { opens: string; due: string }[] | null }>`
    select s.id, s.url, s.backup_plan as plan, s.created_at, s.paired_at, s.files_bytes, s.database_bytes,
      s.limit_bytes, s.measured_at, t.added_at as watch_added_at, t.enabled as watch_enabled,
      t.interval_ms as watch_interval_ms, w.verdict, w.checked_at,
      exists (select 1 from incident_sites o join incidents i on i.id = o.incident_id and i.kind in ('outage', 'group')
        where o.target_id = t.id and o.to_at is null and not o.in_maintenance) as out,
      exists (select 1 from saga_runs r where r.subject = 'site:' || s.id and r.saga = 'restore-site'
        and r.state in ('queued', 'running')) as restoring,
      exists (select 1 from customer_requests q where q.site_id = s.id and q.state in ('open', 'accepted')) as request_waits,
      (select json_agg(json_build_object('opens', d.opens_at, 'due', d.due)) from duties d
        where d.subject = 'site:' || s.id and d.state = 'open') as open
    from sites s
    join customers c on c.id = s.customer_id and c.removed_at is null
    join watch_targets t on t.site_id = s.id
    left join watch_states w on w.target_id = t.id
    where s.customer_id = ${customerId} and s.removed_at is null
      and (${siteId ?? null}::text is null or s.id = ${siteId ?? null})
    order by s.url
  `.execute(db);
  return rows.map(({ open, ...row }) => ({
    ...row,
    open_duties: (open ?? []).map((each) => ({ opensAt: new Date(each.opens), due: new Date(each.due) })),
  }));
}
