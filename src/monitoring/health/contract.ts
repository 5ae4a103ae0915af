import { z } from 'zod';
import { moment, procedure } from '../../platform/http/procedure.ts';
import { findingCodes, type FindingReason } from './rules/finding.ts';

const count = z.number().int();
const site = z.string().trim().min(1).max(2000).describe('Id, URL, or URL without scheme');
const reasonCodes = [
  'behind-cache',
  'page-unseen',
  'in-a-row',
  'below',
  'above',
  'was-otherwise',
  'said-so',
] as const satisfies readonly FindingReason['code'][];

/** `words.ts` (findingInWords) makes sentences of it. */
export const ShownFinding = z.object({
  code: z.enum(findingCodes),
  since: moment,
  urgency: z.enum(['high', 'low']),
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  reason: z.looseObject({ code: z.enum(reasonCodes) }),
});
export type ShownFinding = z.infer<typeof ShownFinding>;

export const SiteHealth = z.object({
  at: moment,
  site: z.object({ id: z.string(), url: z.string() }),
  findings: z.array(ShownFinding),
  /** What the plugin said last; null = it has not been asked, or never answered. */
  health: z
    .object({
      at: moment,
      /** Through which entry; `direct` does not load WordPress. */
      entry: z.string(),
      database: z.object({ ok: z.boolean(), ms: z.number().nullable(), error: count.nullable() }),
      /** Bytes; null = the host does not tell. */
      disk: z.object({ free: z.number(), total: z.number().nullable() }).nullable(),
      /** Since the plugin counts; `at` of the last one. */
      fatals: z.object({ count, at: moment.nullable(), message: z.string(), where: z.string() }),
      cron: z.object({ overdue: count, oldestSeconds: count, disabled: z.boolean().nullable() }).nullable(),
      isPublic: z.boolean().nullable(),
      home: z.string().nullable(),
      maintenanceSeconds: count.nullable(),
      opcache: z.object({ on: z.boolean(), full: z.boolean() }).nullable(),
      clockOffSeconds: z.number(),
    })
    .nullable(),
  /** Why the plugin did not answer last time; null = it did. */
  failure: z.object({ code: z.string(), since: moment, failures: count }).nullable(),
  /** Looked at every hour. */
  page: z
    .object({
      at: moment,
      status: count.nullable(),
      bytes: count.nullable(),
      usualBytes: count.nullable(),
      isNoindex: z.boolean(),
      finalUrl: z.string(),
      loginStatus: count.nullable(),
      restStatus: count.nullable(),
      certificate: z.object({ expiresAt: moment, issuer: z.string() }).nullable(),
    })
    .nullable(),
  /** Looked at every day. */
  domain: z
    .object({
      at: moment,
      name: z.string(),
      nameServers: z.array(z.string()),
      /** As the registry says it (RFC 9083); null = it does not answer us. */
      status: z.array(z.string()).nullable(),
      expiresAt: moment.nullable(),
      registrar: z.string().nullable(),
    })
    .nullable(),
});
export type SiteHealth = z.infer<typeof SiteHealth>;

export const healthContract = {
  show: procedure('read', 'GET', '/health/site', 'What is the matter with a site, and how it was at the last looks')
    .input(z.object({ site }))
    .output(SiteHealth),
  lookNow: procedure(
    'operate',
    'POST',
    '/health/look-now',
    'Ask a site how it is, and look at its page and domain, now',
  )
    .input(z.object({ site }))
    .output(SiteHealth),
};
