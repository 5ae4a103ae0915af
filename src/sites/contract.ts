import { z } from 'zod';
import { moment, procedure } from '../platform/http/procedure.ts';

const plan = z.enum(['daily', 'hourly']);
/** How much a site may be asked at most; absent = no bound beyond politeness. */
export const Rate = z.object({
  bytesPerSecond: z.number().int().min(10_000).max(10_000_000_000).optional(),
  requestsPerSecond: z.number().min(0.1).max(1000).optional(),
});
/** Id, URL, or URL without its scheme. */
export const siteReference = z.string().trim().min(1).max(2000);

export const SiteSize = z.object({
  files: z.number().int(),
  filesBytes: z.number().int(),
  tables: z.number().int(),
  databaseBytes: z.number().int(),
  measuredAt: moment,
  state: z.enum(['ok', 'near', 'quote-needed']),
  totalBytes: z.number().int(),
  limitBytes: z.number().int(),
  share: z.number(),
  mostly: z.enum(['files', 'database']),
});

export const Site = z.object({
  id: z.string(),
  url: z.string(),
  customer: z.object({ id: z.string(), name: z.string() }),
  plan,
  limitBytes: z.number().int(),
  /** Null = the house's. */
  rate: Rate.nullable(),
  createdAt: moment,
  removedAt: moment.nullable(),
  pairedAt: moment.nullable(),
  lastContactAt: moment.nullable(),
  wordpressVersion: z.string().nullable(),
  multisite: z.boolean().nullable(),
  size: SiteSize.nullable(),
});
export type Site = z.infer<typeof Site>;

const runStarted = z.object({ runId: z.string(), isNew: z.boolean() });

/** What the site said of its core, plugins, themes and server, one record each; null = not asked yet. */
export const Inventory = z
  .array(z.looseObject({ kind: z.string() }))
  .nullable()
  .transform((records) => records ?? []);

export const sitesContract = {
  list: procedure('read', 'GET', '/sites', 'Sites under care')
    .input(z.object({ customer: z.string().max(200).optional(), removedToo: z.boolean().default(false) }))
    .output(z.array(Site)),
  show: procedure('read', 'GET', '/sites/show', 'One site with what is known of it')
    .input(z.object({ site: siteReference }))
    .output(Site.extend({ inventory: z.array(z.looseObject({ kind: z.string() })), inventoryAt: moment.nullable() })),
  limits: procedure('read', 'GET', '/sites/limits', 'What was learned of the host of a site')
    .input(z.object({ site: siteReference }))
    .output(
      z.object({
        at: moment.nullable(),
        facts: z.array(z.object({ code: z.string(), unusual: z.boolean(), nl: z.string(), en: z.string() })),
      }),
    ),
  add: procedure('admin', 'POST', '/sites', 'Register a site')
    .input(
      z.object({
        url: z.string().trim().min(1).max(2001),
        customer: z.string().trim().min(1).max(200),
        plan: plan.optional(),
        limitBytes: z.number().int().positive().optional(),
        allowHttp: z.boolean().default(false),
      }),
    )
    .output(Site),
  change: procedure('admin', 'POST', '/sites/change', 'Change what was agreed for a site')
    .input(
      z.object({
        site: siteReference,
        plan: plan.optional(),
        limitBytes: z.number().int().positive().optional(),
        rate: Rate.nullable().optional().describe("null = the house's"),
      }),
    )
    .output(Site),
  remove: procedure('admin', 'POST', '/sites/remove', 'Take a site out of care; its backups stay')
    .input(z.object({ site: siteReference }))
    .output(Site),
  pair: procedure('operate', 'POST', '/sites/pair', 'Pair with the plugin by its one-time code')
    .input(
      z.object({
        site: siteReference,
        code: z.string().min(1).max(60),
        basicAuth: z.object({ user: z.string().max(200), password: z.string().max(500) }).optional(),
      }),
    )
    .output(Site),
  unpair: procedure('admin', 'POST', '/sites/unpair', 'Have the site forget our key')
    .input(z.object({ site: siteReference, force: z.boolean().default(false) }))
    .output(z.object({ siteForgot: z.boolean() })),
  measure: procedure('operate', 'POST', '/sites/measure', 'Measure the installation')
    .input(z.object({ site: siteReference }))
    .output(runStarted),
  check: procedure('operate', 'POST', '/sites/check', 'Ask the site how it is')
    .input(z.object({ site: siteReference, takeOver: z.boolean().default(false) }))
    .output(z.looseObject({ plugin: z.string(), php: z.string() })),
};
