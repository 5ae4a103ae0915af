import type { Db } from '../../platform/database/index.ts';
import { NachtwachtError } from '../../platform/errors.ts';
import type { Role } from '../actor.ts';
import { customerExists } from './store.ts';

/** A customer's person belongs to a customer, and nobody else does. */
export async function assertCustomerFits(db: Db, role: Role, customer: string | undefined): Promise<void> {
  if (role === 'customer' && customer === undefined) {
    throw problem('customer-needed', 'A person with the role customer belongs to a customer.', 'Choose the customer.');
  }
  if (role !== 'customer' && customer !== undefined) {
    throw problem('customer-not-wanted', `A ${role} belongs to no customer.`, 'Leave the customer out.');
  }
  if (customer !== undefined && !(await customerExists(db, customer))) {
    throw new NachtwachtError({
      code: 'customer-not-found',
      kind: 'not-found',
      message: `There is no customer "${customer}".`,
      nextStep: 'Look at the list of customers, or add one.',
      retryable: false,
    });
  }
}

function problem(code: string, message: string, nextStep: string): NachtwachtError {
  return new NachtwachtError({ code, kind: 'bad-input', message, nextStep, retryable: false });
}
