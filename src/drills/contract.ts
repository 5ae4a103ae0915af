import { z } from 'zod';
import { moment, procedure } from '../platform/http/procedure.ts';

const count = z.number().int();

/** Weekday as in ISO 8601: 1 = Monday. */
export const DrillSettings = z.object({
  enabled: z.boolean(),
  day: count.min(1).max(7),
  time: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time such as 10:30'),
  /** Who gets the SMS; null = who is on duty then. */
  guard: z.object({ id: z.string(), name: z.string() }).nullable(),
});
export type DrillSettings = z.infer<typeof DrillSettings>;

/** Why a drill did not pass. */
export const drillFailure = z.enum(['not-confirmed', 'not-accepted', 'too-late', 'nobody-on-duty', 'broken-off']);

export const Drill = z.object({
  id: z.string(),
  state: z.enum(['running', 'passed', 'failed']),
  startedAt: moment,
  startedBy: z.string(),
  /** When the drill page began to fail: all seconds are counted from here. */
  downAt: moment.nullable(),
  endedAt: moment.nullable(),
  /** Seconds from `downAt`; null = it did not come to that. */
  seconds: z.object({
    confirmed: count.nullable(),
    accepted: count.nullable(),
    delivered: count.nullable(),
    acknowledged: count.nullable(),
  }),
  failure: drillFailure.nullable(),
  incident: z.string().nullable(),
});
export type Drill = z.infer<typeof Drill>;

/** What keeps a drill from being held; null = nothing. */
export const drillObstacle = z.enum(['no-guard', 'no-sms', 'no-watch', 'page-fails']);

export const drillsContract = {
  list: procedure('read', 'GET', '/drills', 'Fire drills, newest first, with the measured times')
    .input(z.object({ limit: count.min(1).max(200).default(20) }))
    .output(
      z.object({
        drills: z.array(Drill),
        settings: DrillSettings,
        /** When the next is due; null = they are off. */
        nextAt: moment.nullable(),
        obstacle: drillObstacle.nullable(),
        /** In which `day` and `time` are meant. */
        timeZone: z.string(),
        /** A drill passes when the SMS was accepted within so many seconds. */
        goalSeconds: count,
      }),
    ),
  start: procedure('operate', 'POST', '/drills/start', 'Hold a fire drill now').output(Drill),
  settings: procedure('admin', 'POST', '/drills/settings', 'When fire drills are held, and for whom')
    .input(
      z.object({
        enabled: z.boolean().optional(),
        day: count.min(1).max(7).optional(),
        time: DrillSettings.shape.time.optional(),
        guard: z.string().trim().min(1).max(100).nullable().optional().describe('Id; null = who is on duty then'),
      }),
    )
    .output(DrillSettings),
};
