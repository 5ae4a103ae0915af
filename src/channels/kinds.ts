import { z } from 'zod';

export const means = ['sms', 'call', 'push', 'webhook', 'email'] as const;
/** How a person is reached. */
export type Means = (typeof means)[number];

/** Settings are shown to whoever may read; what is secret has a place of its own. */
const isSecretHeader = (key: string): boolean => /authorization|key|token|secret|password/i.test(key);

function hasPassword(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && (url.username !== '' || url.password !== '');
}

/** What a provider of this kind is: one list for the settings, the command line and whoever opens senders. */
export const kinds = ['twilio', 'twilio-voice', 'smpp', 'gammu', 'http-sms', 'ntfy', 'webhook', 'smtp'] as const;
export type Kind = (typeof kinds)[number];

export const meansOfKind: Record<Kind, Means> = {
  twilio: 'sms',
  'twilio-voice': 'call',
  smpp: 'sms',
  gammu: 'sms',
  'http-sms': 'sms',
  ntfy: 'push',
  webhook: 'webhook',
  smtp: 'email',
};

const address = z
  .url({ protocol: /^https?$/, error: 'must be an http(s):// address' })
  .max(500)
  .refine((text) => !hasPassword(text), 'must be without a user and password: those are secrets of their own');
const name = z.string().trim().min(1).max(200);
const header = z.string().regex(/^[A-Za-z0-9-]{1,60}$/, 'must be the name of a header');
const secret = z.string().min(1).max(1000).optional();
/** A number in E.164 (`+31612345678`), or a name of letters and digits that the gateway allows as a sender. */
const sender = z
  .string()
  .trim()
  .regex(
    /^(\+?[0-9]{3,15}|[A-Za-z0-9 ]{1,11})$/,
    'must be a number such as +31612345678, or a name of at most 11 letters',
  );
const folder = z.string().trim().max(500).startsWith('/', 'must be the whole path of a folder');

const twilio = z.object({
  /** Of Twilio, or of anybody who speaks as Twilio does. */
  url: address.default('https://api.twilio.com'),
  accountSid: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9]{10,64}$/, 'must be the SID of the account'),
  from: sender,
});

/** Settings that are no secret, by kind. Absent ones get their usual value. */
export const configs = {
  twilio,
  'twilio-voice': twilio,
  smpp: z.object({
    host: z.string().trim().min(1).max(253),
    port: z.number().int().min(1).max(65_535).default(2775),
    tls: z.boolean().default(false),
    systemId: name,
    systemType: z.string().max(12).default(''),
    from: sender,
    /** Messages that wait for their answer at once. */
    window: z.number().int().min(1).max(100).default(10),
  }),
  gammu: z.object({
    /** The folders of gammu-smsd's FILES service, see channels/sms/gammu/README.md. */
    outbox: folder.default('/var/spool/gammu/outbox'),
    sent: folder.default('/var/spool/gammu/sent'),
    errors: folder.default('/var/spool/gammu/error'),
    inbox: folder.default('/var/spool/gammu/inbox'),
  }),
  'http-sms': z.object({
    /** `{to}`, `{text}`, `{reference}`, `{callback}` and `{secret}` are filled in, as the place needs it. */
    url: z
      .string()
      .trim()
      .min(8)
      .max(1000)
      .regex(/^https?:\/\//, 'must be an http(s):// address'),
    method: z.enum(['POST', 'GET']).default('POST'),
    /** What each header holds; `{secret}` is filled in with the kept one. */
    headers: z
      .record(header, z.string().max(500))
      .default({})
      .refine(
        (headers) =>
          Object.entries(headers).every(([key, value]) => !isSecretHeader(key) || value.includes('{secret}')),
        'must have {secret} in the place of the key, which is kept apart',
      ),
    contentType: z.enum(['application/json', 'application/x-www-form-urlencoded']).default('application/json'),
    /** Undefined = none (GET). */
    body: z.string().max(4000).optional(),
    /** A regular expression that the answer must match; undefined = any 2xx will do. */
    success: z.string().max(500).optional(),
    /** A regular expression whose first group is the provider's name for the message. */
    reference: z.string().max(500).optional(),
  }),
  ntfy: z.object({ url: address.default('https://ntfy.sh'), user: z.string().trim().max(200).optional() }),
  webhook: z.object({ url: address }),
  smtp: z.object({}),
} as const satisfies Record<Kind, z.ZodType>;

/** Secrets, by kind. */
export const secretsOfKind = {
  /** The account's auth token. */
  twilio: z.object({ authToken: secret }),
  'twilio-voice': z.object({ authToken: secret }),
  smpp: z.object({ password: z.string().max(64).optional() }),
  gammu: z.object({}),
  'http-sms': z.object({ secret }),
  /** A token of its own, or the password of `user`. */
  ntfy: z.object({ token: secret }),
  /** Key of the signature, see channels/webhook/README.md. */
  webhook: z.object({ key: secret }),
  /** Filled in by `openProviders` from the house's mail server; nothing of it is kept here. */
  smtp: z.object({ server: z.string().optional(), sender: z.string().optional() }),
} as const satisfies Record<Kind, z.ZodType>;

export type ConfigOf<K extends Kind> = z.infer<(typeof configs)[K]>;
export type SecretsOf<K extends Kind> = z.infer<(typeof secretsOfKind)[K]>;
export type Secrets = Record<string, string | undefined>;

/** Which secrets a kind cannot work without. */
export const neededSecrets: Record<Kind, readonly string[]> = {
  twilio: ['authToken'],
  'twilio-voice': ['authToken'],
  smpp: ['password'],
  gammu: [],
  'http-sms': [],
  ntfy: [],
  webhook: ['key'],
  smtp: [],
};
