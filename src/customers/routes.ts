import { implement } from '@orpc/server';
import type { ApiContext } from '../identity/index.ts';
import { addCustomer } from './add-customer.ts';
import { customersContract, type Customer } from './contract.ts';
import { listCustomers, type CustomerRow } from './store.ts';

const os = implement(customersContract).$context<ApiContext>();

function shown(row: CustomerRow): Customer {
  return { id: row.id, name: row.name, email: row.email, createdAt: row.created_at.toISOString() };
}

export const customersRoutes = os.router({
  list: os.list.handler(async ({ context }) => (await listCustomers(context.platform.db)).map(shown)),
  add: os.add.handler(async ({ context, input }) => {
    const { name, email } = input;
    return shown(await addCustomer(context.platform, context.actor, { name, ...(email ? { email } : {}) }));
  }),
});
