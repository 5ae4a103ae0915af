import { z } from 'zod';
import { moment, procedure } from '../platform/http/procedure.ts';

const count = z.number().int();
/** What stands in an SMS as 'seen from': short, and letters that every phone has. */
export const probeName = z
  .string()
  .trim()
  .min(1)
  .max(30)
  .regex(/^[A-Za-z0-9][A-Za-z0-9 ._-]*$/, 'may have letters, digits, blanks and ._- only');
const reference = z.string().trim().min(1).max(100);

/** What a second location says of itself. */
export const ProbeFacts = z.object({
  /** From where it reaches us. */
  address: z.string().max(60).nullable(),
  /** Kind of its own SMS account; null = it has none, so it cannot alarm by itself. */
  sms: z.string().max(30).nullable(),
  /** What the SMS account said last, when it failed. */
  smsError: z.string().max(300).nullable(),
  /** Until when it knows who is on duty; null = it has no copy of the rota. */
  kitUntil: moment.nullable(),
  /** Whether hosts of others answer there. */
  references: z.enum(['fine', 'failing', 'none']),
  /** Of its event loop, 99th percentile. */
  loopDelayMs: count.min(0).max(10_000_000),
  /** Checks on request since it started. */
  checks: count.min(0),
  /** Since when it alarms by itself; null = it does not. */
  alarmsSince: moment.nullable(),
});
export type ProbeFacts = z.infer<typeof ProbeFacts>;

/** invited: its token waits; expired: the token's time is over; joined: it joined and was not heard yet. */
export const probeState = z.enum(['invited', 'expired', 'joined', 'seen', 'silent']);

export const Probe = z.object({
  id: z.string(),
  name: z.string(),
  /** `probeInWords` (words.ts) says it in a sentence. */
  state: probeState,
  /** Without the core it can send an SMS to the guard: it has an account, and a rota that is not over. */
  canAlarm: z.boolean(),
  invitedAt: moment,
  /** Until when the token of an invited one counts. */
  invitedUntil: moment.nullable(),
  joinedAt: moment.nullable(),
  lastSeenAt: moment.nullable(),
  version: z.string().nullable(),
  facts: ProbeFacts.nullable(),
});
export type Probe = z.infer<typeof Probe>;

export const probesContract = {
  list: procedure('read', 'GET', '/probes', 'Second locations, and how each is').output(
    z.object({
      probes: z.array(Probe),
      /** After how much silence one counts as silent, here and there. */
      silentAfterSeconds: count,
    }),
  ),
  invite: procedure('admin', 'POST', '/probes/invite', 'Make a one-time token by which a second location joins')
    .input(z.object({ name: probeName.describe('Short, such as FRANKFURT: it stands in the SMS') }))
    .output(
      z.object({
        probe: Probe,
        token: z.string().describe('Shown once, kept nowhere'),
        expiresAt: moment,
        /** To be typed on the other machine. */
        command: z.string(),
      }),
    ),
  remove: procedure('admin', 'POST', '/probes/remove', 'Let a second location go; what it says counts no more')
    .input(z.object({ probe: reference.describe('Name or id') }))
    .output(z.object({ id: z.string(), name: z.string() })),
};
