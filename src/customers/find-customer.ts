import type { Db } from '../platform/database/index.ts';
import { NachtwachtError } from '../platform/errors.ts';
import { findCustomer, type CustomerRow } from './store.ts';

/** By id or name; throws when there is none. */
export async function getCustomer(db: Db, reference: string): Promise<CustomerRow> {
  const customer = await findCustomer(db, reference);
  if (customer) return customer;
  throw new NachtwachtError({
    code: 'customer-not-found',
    kind: 'not-found',
    message: `There is no customer "${reference}".`,
    nextStep: 'Look at the list (nachtwacht customer list) or add one (nachtwacht customer add NAME).',
    retryable: false,
  });
}
