import { z } from 'zod';
import { moment, procedure } from '../platform/http/procedure.ts';

export const AuditEntry = z.object({
  id: z.number().int(),
  at: moment,
  actor: z.string(),
  action: z.string(),
  subject: z.string(),
  details: z.unknown(),
});

export const auditContract = {
  list: procedure('admin', 'GET', '/audit', 'Who did what, newest first')
    .input(
      z.object({
        subject: z.string().max(200).optional(),
        before: z.number().int().optional(),
        limit: z.number().int().min(1).max(1000).default(100),
      }),
    )
    .output(z.array(AuditEntry)),
};
