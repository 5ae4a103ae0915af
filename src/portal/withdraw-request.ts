import { recordAudit } from '../audit/index.ts';
import type { Actor } from '../identity/index.ts';
import { NachtwachtError } from '../platform/errors.ts';
import type { Platform } from '../platform/platform.ts';
import { ownCustomer } from './own-site.ts';
import { findRequest, moveRequest, type RequestRow } from './store.ts';

/** A customer withdraws what nobody has taken on yet. Errors: `request-not-found`, `request-over`. */
export async function withdrawRequest(platform: Platform, actor: Actor, id: string): Promise<RequestRow> {
  const customerId = ownCustomer(actor);
  const at = platform.clock.now();
  return platform.db.transaction().execute(async (trx) => {
    const row = await findRequest(trx, id, customerId);
    if (!row) throw requestNotFound(id);
    if (!(await moveRequest(trx, id, ['open'], { state: 'withdrawn' }))) throw requestOver(row);
    await recordAudit(trx, actor, {
      action: 'request-withdrawn',
      subject: `request:${id}`,
      site: row.site_id,
      details: { site: row.site_url },
      at,
    });
    return { ...row, state: 'withdrawn' };
  });
}

export function requestNotFound(id: string): NachtwachtError {
  return new NachtwachtError({
    code: 'request-not-found',
    kind: 'not-found',
    message: `There is no request "${id}".`,
    nextStep: 'Look at the list of requests.',
    retryable: false,
  });
}

export function requestOver(row: RequestRow): NachtwachtError {
  return new NachtwachtError({
    code: 'request-over',
    kind: 'conflict',
    message: 'This request has been taken on or answered already.',
    nextStep: 'Look at it again; ask anew when something else is needed.',
    retryable: false,
    details: { state: row.state },
  });
}
