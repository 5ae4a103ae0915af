import { z } from 'zod';
import { moment, procedure } from '../platform/http/procedure.ts';

export const Duty = z.object({
  id: z.number().int(),
  promise: z.string(),
  kind: z.string(),
  subject: z.string(),
  /** URL of the site that it is about, when it is about one. */
  site: z.string().nullable(),
  opensAt: moment,
  due: moment,
  state: z.enum(['open', 'kept', 'late', 'missed', 'withdrawn']),
  overdue: z.boolean(),
  settledAt: moment.nullable(),
  evidence: z.unknown(),
});
export type Duty = z.infer<typeof Duty>;

export const Alarm = z.object({
  id: z.number().int(),
  code: z.string(),
  subject: z.string(),
  site: z.string().nullable(),
  facts: z.unknown(),
  raisedAt: moment,
  lastSeenAt: moment,
  times: z.number().int(),
  clearedAt: moment.nullable(),
});
export type Alarm = z.infer<typeof Alarm>;

const reference = z.string().trim().min(1).max(2000).optional();
const limit = z.number().int().min(1).max(1000).default(100);

export const dutiesContract = {
  list: procedure('read', 'GET', '/duties', 'What was promised, and whether it was kept; newest due time first')
    .input(z.object({ site: reference, openOnly: z.boolean().default(false), limit }))
    .output(z.array(Duty)),
  alarms: procedure('read', 'GET', '/alarms', 'Alarms that stand, or all')
    .input(z.object({ site: reference, all: z.boolean().default(false), limit }))
    .output(z.array(Alarm)),
};
