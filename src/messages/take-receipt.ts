import type { Receipt } from '../channels/sender.ts';
import type { Db } from '../platform/database/index.ts';
import { settleReceipt } from './rules/settle-receipt.ts';
import { lockForReceipt, updateByReceipt } from './store.ts';

const dayMs = 86_400_000;

/**
 * Records what a gateway told about a message that it took. `providerId`: whose line or address it came by, verified by
 * the caller; it can only speak of its own messages. False = we know no such message.
 */
export async function takeReceipt(db: Db, providerId: string, receipt: Receipt, at: Date): Promise<boolean> {
  const run = async (trx: Db): Promise<boolean> => {
    const { reference, providerRefs } = receipt;
    const since = new Date(at.getTime() - dayMs);
    const recipient = receipt.recipient === undefined ? undefined : { number: receipt.recipient, since };
    const row = await lockForReceipt(trx, { providerId, reference, providerRefs, recipient });
    if (row === undefined) return false;
    const { state } = settleReceipt(row.state, receipt.state);
    if (state === null) return true;
    await updateByReceipt(trx, row.id, {
      state,
      accepted_at: row.accepted_at ?? (state === 'failed' ? null : at),
      ...(state === 'delivered' ? { delivered_at: at, error: null } : {}),
      ...(state === 'failed' ? { failed_at: at, error: `refused: ${receipt.said ?? ''}`.replace(/: $/, '') } : {}),
      ...(row.provider_ref === null && providerRefs?.[0] !== undefined ? { provider_ref: providerRefs[0] } : {}),
    });
    return true;
  };
  return db.isTransaction ? run(db) : db.transaction().execute(run);
}
