import { z } from 'zod';
import { moment, procedure } from '../platform/http/procedure.ts';

/** The last part of a page's address: `bakkerij-de-wit`. */
const slug = z
  .string()
  .trim()
  .toLowerCase()
  .min(3)
  .max(60)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be small letters and digits, with single hyphens between them');

export const StatusPage = z.object({
  slug: z.string(),
  /** Where everybody finds it while it is on. */
  url: z.url(),
  title: z.string(),
  /** Of what: all sites of a customer, or one site. */
  of: z.object({ kind: z.enum(['customer', 'site']), id: z.string(), name: z.string() }),
  language: z.enum(['nl', 'en']),
  /** False: nobody but us knows that it is there. */
  enabled: z.boolean(),
  /** Sites that it shows. None: the page is not there for the public. */
  sites: z.number().int(),
  createdAt: moment,
});
export type StatusPage = z.infer<typeof StatusPage>;

export const statusPagesContract = {
  list: procedure('read', 'GET', '/status-pages', 'Public status pages, by title').output(z.array(StatusPage)),
  save: procedure('admin', 'POST', '/status-pages', 'Make a public status page, or change one')
    .input(
      z.object({
        slug,
        create: z.boolean().default(false).describe('true = a new one; refused when the address is taken'),
        rename: slug.optional().describe('Another address for this page; the old one is gone'),
        title: z.string().trim().min(1).max(120).optional().describe('Needed for a new one'),
        customer: z.string().trim().min(1).max(200).optional().describe('Id or name: all his sites'),
        site: z.string().trim().min(1).max(2000).optional().describe('Id or address: this site only'),
        language: z.enum(['nl', 'en']).optional().describe("Default: the house's"),
        enabled: z.boolean().optional().describe('Default for a new one: true'),
      }),
    )
    .output(StatusPage),
  remove: procedure('admin', 'POST', '/status-pages/remove', 'Take a public status page away')
    .input(z.object({ slug: z.string().trim().toLowerCase().min(1).max(60) }))
    .output(z.object({ removed: z.literal(true) })),
};
