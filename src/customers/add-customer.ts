import { recordAudit } from '../audit/index.ts';
import { requireScope, type Actor } from '../identity/index.ts';
import { NachtwachtError } from '../platform/errors.ts';
import { newId } from '../platform/new-id.ts';
import type { Platform } from '../platform/platform.ts';
import { insertCustomer, type CustomerRow } from './store.ts';

/** Registers a customer. Names are unique without regard to case: they are how people point at customers. */
export async function addCustomer(
  platform: Platform,
  actor: Actor,
  input: { name: string; contact?: string; email?: string; phone?: string },
): Promise<CustomerRow> {
  requireScope(actor, 'admin');
  const at = platform.clock.now();
  return platform.db.transaction().execute(async (trx) => {
    const customer = await insertCustomer(trx, {
      id: newId(),
      name: input.name,
      contact: input.contact ?? null,
      email: input.email ?? null,
      phone: input.phone ?? null,
      created_at: at,
    });
    if (!customer) throw customerExists(input.name);
    const subject = `customer:${customer.id}`;
    await recordAudit(trx, actor, { action: 'customer-added', subject, details: { name: input.name }, at });
    return customer;
  });
}

export function customerExists(name: string): NachtwachtError {
  return new NachtwachtError({
    code: 'customer-exists',
    kind: 'conflict',
    message: `There is a customer "${name}" already.`,
    nextStep: 'Use that one, or choose a name that tells them apart.',
    retryable: false,
  });
}
