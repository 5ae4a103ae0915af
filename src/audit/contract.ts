import { z } from 'zod';
import { moment, procedure } from '../platform/http/procedure.ts';

export const AuditEntry = z.object({
  id: z.number().int(),
  at: moment,
  /** `person:<email>`, `token:<name>` or `system:<part>`. */
  actor: z.string(),
  action: z.string(),
  subject: z.string(),
  site: z.object({ id: z.string(), url: z.string().nullable() }).nullable(),
  details: z.unknown(),
});
export type AuditEntry = z.infer<typeof AuditEntry>;

const few = z.string().trim().min(1).max(200);

export const auditContract = {
  list: procedure('admin', 'GET', '/audit', 'Who did what, when, on which site; newest first')
    .input(
      z.object({
        subject: few.optional(),
        who: few.optional().describe('Part of a name or address'),
        kind: z
          .enum(['person', 'token', 'system', 'others'])
          .optional()
          .describe('others = people and tokens, not the house itself'),
        what: z
          .union([few, z.array(few).min(1).max(50)])
          .optional()
          .describe('One action or several'),
        site: z.string().trim().min(1).max(2000).optional().describe('Id of a site, or part of its address'),
        text: few.optional().describe('Words that must all be there, anywhere'),
        from: moment.optional(),
        to: moment.optional().describe('Up to this moment, not including it'),
        before: z.coerce.number().int().optional().describe('Id of the last entry of the page before'),
        limit: z.coerce.number().int().min(1).max(1000).default(100),
      }),
    )
    .output(z.array(AuditEntry)),
  actions: procedure('admin', 'GET', '/audit/actions', 'Every action that the trail knows').output(z.array(z.string())),
};
