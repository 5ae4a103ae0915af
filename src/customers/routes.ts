import { implement } from '@orpc/server';
import type { ApiContext } from '../identity/index.ts';
import { addCustomer } from './add-customer.ts';
import { changeCustomer } from './change-customer.ts';
import { customersContract, type Customer } from './contract.ts';
import { countSites, listCustomers, type CountedCustomer } from './store.ts';

const os = implement(customersContract).$context<ApiContext>();

function shown(row: CountedCustomer): Customer {
  const { id, name, contact, email, phone, sites } = row;
  return { id, name, contact, email, phone, sites, createdAt: row.created_at.toISOString() };
}

export const customersRoutes = os.router({
  list: os.list.handler(async ({ context }) => (await listCustomers(context.platform.db)).map(shown)),
  add: os.add.handler(async ({ context, input }) => {
    const { name, contact, email, phone } = input;
    const about = { ...(contact ? { contact } : {}), ...(email ? { email } : {}), ...(phone ? { phone } : {}) };
    return shown({ ...(await addCustomer(context.platform, context.actor, { name, ...about })), sites: 0 });
  }),
  change: os.change.handler(async ({ context, input }) => {
    const { customer, name, contact, email, phone } = input;
    const change = {
      ...(name === undefined ? {} : { name }),
      ...(contact === undefined ? {} : { contact }),
      ...(email === undefined ? {} : { email }),
      ...(phone === undefined ? {} : { phone }),
    };
    const row = await changeCustomer(context.platform, context.actor, customer, change);
    return shown({ ...row, sites: await countSites(context.platform.db, row.id) });
  }),
});
