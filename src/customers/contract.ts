import { z } from 'zod';
import { moment, procedure } from '../platform/http/procedure.ts';

export const Customer = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string().nullable(),
  createdAt: moment,
});
export type Customer = z.infer<typeof Customer>;

export const customersContract = {
  list: procedure('read', 'GET', '/customers', 'All customers').output(z.array(Customer)),
  add: procedure('admin', 'POST', '/customers', 'Register a customer')
    .input(z.object({ name: z.string().trim().min(1).max(200), email: z.email().optional() }))
    .output(Customer),
};
