import { z } from 'zod';
import { ProbeFacts } from './contract.ts';

/** What core and second location tell each other: JSON, one document a line on the stream. */
const moment = z.iso.datetime();
const version = z.string().min(1).max(60);

export const Guard = z.object({
  id: z.string().min(1).max(100),
  name: z.string().max(200),
  /** E.164. */
  phone: z.string().min(4).max(20),
  language: z.enum(['nl', 'en']),
});
export type Guard = z.infer<typeof Guard>;

/** Who is on duty in the next days, without anything secret of our providers. */
export const Kit = z.object({
  madeAt: moment,
  until: moment,
  /** Where people and second locations reach the core from outside: the second path. */
  publicUrl: z.string().min(1).max(2000),
  timeZone: z.string().min(1).max(60),
  /** Hosts of others, `1.1.1.1:443`. */
  references: z.array(z.string().max(300)).max(50),
  guards: z.array(Guard).max(500),
  /** In order, without gaps: ids of who is asked, first one first. */
  spans: z.array(z.object({ from: moment, to: moment, guards: z.array(z.string()) })).max(5000),
  policy: z.object({ receiptMs: z.number(), callMs: z.number(), nextMs: z.number(), rounds: z.number() }),
});
export type Kit = z.infer<typeof Kit>;

/** How the core is. `silent`: no watcher lives; `unknown`: the database is away. */
export const Beat = z.object({
  type: z.literal('beat'),
  at: moment,
  watch: z.enum(['lives', 'silent', 'unknown']),
  /** Since when no watcher lives. */
  since: moment.nullable(),
});
export type Beat = z.infer<typeof Beat>;

export const CheckRequest = z.object({
  type: z.literal('check'),
  id: z.string().min(8).max(40),
  target: z.object({ url: z.string().max(2000), keyword: z.string().max(500).nullable() }),
  learnt: z.object({
    hosts: z.array(z.string().max(300)).max(100),
    status: z.number().int(),
    leastBytes: z.number().int().nullable().default(null),
  }),
  /** Milliseconds that are left: clocks differ. */
  leftMs: z.number().min(0).max(60_000),
});
export type CheckRequest = z.infer<typeof CheckRequest>;

export const StreamLine = z.discriminatedUnion('type', [
  Beat,
  CheckRequest,
  z.object({ type: z.literal('kit'), kit: Kit }),
]);
export type StreamLine = z.infer<typeof StreamLine>;

export const JoinRequest = z.object({
  token: z.string().min(20).max(200),
  /** Raw Ed25519, base64. */
  publicKey: z.string().regex(/^[A-Za-z0-9+/]{43}=$/, 'must be 32 bytes in base64'),
  version,
});
export const JoinAnswer = z.object({ id: z.string(), name: z.string(), at: moment });

export const SignOfLife = z.object({
  version,
  facts: ProbeFacts.omit({ address: true }),
  /** Its stream is open, so that it can be asked. */
  streaming: z.boolean(),
});
export type SignOfLife = z.infer<typeof SignOfLife>;

export const CheckAnswer = z.object({
  id: z.string().min(8).max(40),
  seen: z.enum(['up', 'down', 'none']),
  /** What it saw, in one word and a detail: for the log. */
  cause: z.string().max(60).nullable(),
  detail: z.string().max(200).nullable(),
});
export type CheckAnswer = z.infer<typeof CheckAnswer>;

/** What it did by itself, told once the core is back. */
export const Told = z.object({
  reason: z.enum(['core-silent', 'watch-silent', 'database-away']),
  since: moment,
  beganAt: moment,
  endedAt: moment,
  sent: z
    .array(
      z.object({
        guard: z.string().max(100),
        name: z.string().max(200),
        at: moment,
        state: z.enum(['sending', 'accepted', 'failed']),
        error: z.string().max(300).nullable(),
        what: z.enum(['alarm', 'over']),
      }),
    )
    .max(200),
});
export type Told = z.infer<typeof Told>;

export const paths = {
  join: '/probe/join',
  stream: '/probe/stream',
  beat: '/probe/beat',
  answer: '/probe/answer',
  told: '/probe/told',
} as const;
