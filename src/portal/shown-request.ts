import type { CustomerRequest, MyRequest } from './contract.ts';
import type { RequestRow } from './store.ts';

/** Without who answered: that is the agency, to a customer. */
export function shownToCustomer(row: RequestRow): MyRequest {
  return {
    id: row.id,
    site: { id: row.site_id, url: row.site_url },
    moment: row.moment?.toISOString() ?? null,
    note: row.note,
    askedBy: row.asked_by.replace(/^person:/, ''),
    askedAt: row.asked_at.toISOString(),
    state: row.state,
    answer: row.answer === '' ? null : row.answer,
    answeredAt: row.answered_at?.toISOString() ?? null,
  };
}

export function shownToOperator(row: RequestRow): CustomerRequest {
  return {
    ...shownToCustomer(row),
    customer: { id: row.customer_id, name: row.customer_name },
    kind: row.kind,
    snapshot: row.snapshot_id,
    answeredBy: row.answered_by,
  };
}
