import { z } from 'zod';
import { configs, kinds, means, secretsOfKind, type Kind } from '../channels/kinds.ts';
import { moment, procedure } from '../platform/http/procedure.ts';

const inBoth = z.object({ nl: z.string(), en: z.string() });
const told = z.object({ code: z.string(), says: inBoth, next: inBoth });
const count = z.number().int();
const id = z.string().trim().min(1).max(60);
const number = z
  .string()
  .trim()
  .regex(/^\+[1-9][0-9]{6,14}$/, 'must be a number such as +31612345678');

export const messageStates = ['queued', 'sending', 'accepted', 'delivered', 'failed', 'unknown'] as const;
export type MessageState = (typeof messageStates)[number];
export const purposes = ['alarm', 'update', 'reply', 'canary', 'drill', 'test', 'notice'] as const;
export type Purpose = (typeof purposes)[number];
export const canaryStates = ['waiting', 'working', 'failing'] as const;
export type CanaryState = (typeof canaryStates)[number];

const inputOf = <K extends Kind>(kind: K) =>
  z.object({
    kind: z.literal(kind),
    id: id.optional().describe('Absent = a new one'),
    name: z.string().trim().min(1).max(80),
    enabled: z.boolean().default(true),
    canaryTo: number.nullable().default(null).describe('Where the daily test message goes; null = none'),
    config: configs[kind],
    secrets: z.optional(secretsOfKind[kind]).describe('Absent = those that are kept'),
  });

/** A provider as it is set; a kind never changes. Mail goes over the house's mail server, which is always in the list. */
export const ProviderInput = z.discriminatedUnion('kind', [
  inputOf('twilio'),
  inputOf('twilio-voice'),
  inputOf('smpp'),
  inputOf('gammu'),
  inputOf('http-sms'),
  inputOf('ntfy'),
  inputOf('webhook'),
]);
export type ProviderInput = z.infer<typeof ProviderInput>;

export const ProviderView = z.object({
  id: z.string(),
  kind: z.enum(kinds),
  means: z.enum(means),
  name: z.string(),
  /** Place within its means: the first is tried first. */
  position: count,
  enabled: z.boolean(),
  config: z.record(z.string(), z.unknown()),
  /** Names of the secrets that are kept; never what they are. */
  secrets: z.array(z.string()),
  canaryTo: z.string().nullable(),
  /** The daily test message; null = none was sent yet. */
  canary: z.object({ state: z.enum(canaryStates), at: moment, problem: told.nullable() }).nullable(),
  lastAcceptedAt: moment.nullable(),
  /** The last message that it did not take, unless it took one after it. */
  lastTrouble: told.extend({ at: moment, said: z.string().nullable() }).nullable(),
  /** Addresses to give to the provider, where its kind has them. */
  hooks: z.array(z.object({ for: z.enum(['inbound', 'status']), url: z.string() })),
});
export type ProviderView = z.infer<typeof ProviderView>;

export const MessageView = z.object({
  id: z.string(),
  purpose: z.enum(purposes),
  means: z.enum(means),
  provider: z.object({ id: z.string(), name: z.string() }),
  incidentId: z.string().nullable(),
  guardId: z.string().nullable(),
  recipient: z.string(),
  text: z.string(),
  step: count,
  attempt: count,
  shortCode: count.nullable(),
  state: z.enum(messageStates),
  tries: count,
  createdAt: moment,
  acceptedAt: moment.nullable(),
  deliveredAt: moment.nullable(),
  failedAt: moment.nullable(),
  /** Why it failed or is being tried again. */
  problem: told.extend({ said: z.string().nullable() }).nullable(),
  /** Name of the watcher or second location that sent it while the core was away. */
  sentBy: z.string().nullable(),
});
export type MessageView = z.infer<typeof MessageView>;

export const HealthView = z.object({
  /** broken: no SMS can be sent (red on the console); doubtful: one path only, or one that does not work. */
  state: z.enum(['well', 'doubtful', 'broken']),
  canSendSms: z.boolean(),
  /** SMS paths that are on, and those of them whose last daily test did not fail. */
  paths: count,
  workingPaths: count,
  canCall: z.boolean(),
  canMail: z.boolean(),
  /** One sentence, and one for each thing that is not as it should be. */
  says: inBoth,
  remarks: z.array(inBoth),
});
export type HealthView = z.infer<typeof HealthView>;

export const messagesContract = {
  providers: procedure(
    'read',
    'GET',
    '/messages/providers',
    'Who carries messages, in the order they are tried; no secrets',
  )
    .input(z.object({ means: z.enum(means).optional() }))
    .output(z.array(ProviderView)),
  saveProvider: procedure('admin', 'POST', '/messages/providers', 'Adds a provider, or changes one')
    .input(ProviderInput)
    .output(ProviderView),
  removeProvider: procedure(
    'admin',
    'POST',
    '/messages/providers/remove',
    'Takes a provider away; its messages stay on record',
  )
    .input(z.object({ provider: id }))
    .output(z.array(ProviderView)),
  reorderProviders: procedure('admin', 'POST', '/messages/providers/order', 'Which provider of a means is tried first')
    .input(
      z.object({
        means: z.enum(means),
        providers: z.array(id).min(1).max(50).describe('All of the means, first first'),
      }),
    )
    .output(z.array(ProviderView)),
  test: procedure('admin', 'POST', '/messages/providers/test', 'Sends one message now and tells what the provider said')
    .input(
      z.object({
        provider: id.describe('Id or name'),
        to: z.string().trim().min(1).max(500).describe('A number, an address of mail, or a topic'),
        language: z.enum(['nl', 'en']).default('nl'),
      }),
    )
    .output(
      z.object({
        ok: z.boolean(),
        /** Look it up in `list` to see whether a receipt came. */
        message: z.string(),
        state: z.enum(['accepted', 'delivered', 'failed', 'unknown']),
        ms: count,
        said: z.string().nullable(),
        problem: told.nullable(),
      }),
    ),
  list: procedure('read', 'GET', '/messages', 'Messages, the newest first')
    .input(
      z.object({
        incident: z.string().trim().min(1).max(300).optional(),
        state: z.enum(messageStates).optional(),
        purpose: z.enum(purposes).optional(),
        limit: count.min(1).max(500).default(100),
      }),
    )
    .output(z.array(MessageView)),
  health: procedure('read', 'GET', '/messages/health', 'Can an SMS be sent, and over how many paths?').output(
    HealthView,
  ),
};
