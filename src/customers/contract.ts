import { z } from 'zod';
import { moment, procedure } from '../platform/http/procedure.ts';

export const Customer = z.object({
  id: z.string(),
  name: z.string(),
  /** Whom to speak to there. */
  contact: z.string().nullable(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  /** How many of his sites are under care. */
  sites: z.number().int(),
  createdAt: moment,
});
export type Customer = z.infer<typeof Customer>;

const name = z.string().trim().min(1).max(200);
const text = z.string().trim().min(1).max(200);

export const customersContract = {
  list: procedure('read', 'GET', '/customers', 'All customers').output(z.array(Customer)),
  add: procedure('admin', 'POST', '/customers', 'Register a customer')
    .input(
      z.object({
        name,
        contact: text.optional(),
        email: z.email().max(200).optional(),
        phone: text.optional(),
      }),
    )
    .output(Customer),
  change: procedure('admin', 'POST', '/customers/change', "Change a customer's name or whom to speak to")
    .input(
      z.object({
        customer: z.string().trim().min(1).max(200).describe('Id or name'),
        name: name.optional(),
        contact: text.nullable().optional().describe('null = none'),
        email: z.email().max(200).nullable().optional(),
        phone: text.nullable().optional(),
      }),
    )
    .output(Customer),
};
