import { recordAudit } from '../audit/index.ts';
import { requireScope, type Actor } from '../identity/index.ts';
import type { Platform } from '../platform/platform.ts';
import { customerExists } from './add-customer.ts';
import { getCustomer } from './find-customer.ts';
import { isNameTaken, updateCustomer, type CustomerRow } from './store.ts';

/** Changes a customer's name or whom to speak to; null = there is none. Errors: `customer-not-found`, `customer-exists`. */
export async function changeCustomer(
  platform: Platform,
  actor: Actor,
  reference: string,
  change: { name?: string; contact?: string | null; email?: string | null; phone?: string | null },
): Promise<CustomerRow> {
  requireScope(actor, 'admin');
  const at = platform.clock.now();
  return platform.db.transaction().execute(async (trx) => {
    const customer = await getCustomer(trx, reference);
    if (Object.keys(change).length === 0) return customer;
    if (change.name !== undefined && (await isNameTaken(trx, change.name, customer.id)))
      throw customerExists(change.name);
    const changed = await updateCustomer(trx, customer.id, change);
    const details = { customer: customer.name, ...change };
    await recordAudit(trx, actor, { action: 'customer-changed', subject: `customer:${customer.id}`, details, at });
    return changed;
  });
}
