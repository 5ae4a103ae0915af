import { recordAudit } from '../audit/index.ts';
import { requireScope, type Actor } from '../identity/index.ts';
import type { Platform } from '../platform/platform.ts';
import { findRequest, moveRequest, type RequestRow } from './store.ts';
import { requestNotFound, requestOver } from './withdraw-request.ts';

/**
 * Takes on, finishes or declines what a customer asked for; he reads `answer`. Restoring itself is another step. Errors:
 * `request-not-found`, `request-over`.
 */
export async function answerRequest(
  platform: Platform,
  actor: Actor,
  input: { request: string; state: 'accepted' | 'done' | 'declined'; answer: string },
): Promise<RequestRow> {
  requireScope(actor, 'operate');
  const { request: id, state, answer } = input;
  const at = platform.clock.now();
  return platform.db.transaction().execute(async (trx) => {
    const row = await findRequest(trx, id);
    if (!row) throw requestNotFound(id);
    const from = state === 'accepted' ? (['open'] as const) : (['open', 'accepted'] as const);
    const set = { state, answer, answeredBy: actor.name, at };
    if (!(await moveRequest(trx, id, from, set))) throw requestOver(row);
    await recordAudit(trx, actor, {
      action: 'request-answered',
      subject: `request:${id}`,
      site: row.site_id,
      details: { site: row.site_url, customer: row.customer_name, state, answer },
      at,
    });
    return { ...row, state, answer, answered_by: actor.name, answered_at: at };
  });
}
