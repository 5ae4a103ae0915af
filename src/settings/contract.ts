import { z } from 'zod';
import { moment, procedure } from '../platform/http/procedure.ts';
import { siteReference } from '../sites/contract.ts';

const inBoth = z.object({ nl: z.string(), en: z.string() });
const told = z.object({ says: inBoth, next: inBoth });
const count = z.number().int();
const language = z.enum(['nl', 'en']);
const colour = z.string().trim().min(3).max(9);

export const Retention = z.object({
  hourly: count.min(0).max(10_000),
  daily: count.min(0).max(10_000),
  monthly: count.min(0).max(1000),
  beforeChangeDays: count.min(0).max(3650),
});
const rate = z.object({
  bytesPerSecond: count.min(10_000).max(10_000_000_000).optional(),
  requestsPerSecond: z.number().min(0.1).max(1000).optional(),
});
const pattern = z
  .string()
  .trim()
  .min(1)
  .max(1000)
  .refine((text) => !text.startsWith('/') && !text.endsWith('/') && !text.split('/').includes('..'), 'must be a path');

const s3 = z.object({
  endpoint: z.url({ protocol: /^https?$/, error: 'must be an http(s):// address' }).max(500),
  bucket: z.string().trim().min(3).max(63),
  region: z.string().trim().min(1).max(60).default('us-east-1'),
  prefix: z
    .string()
    .trim()
    .max(200)
    .default('')
    .refine((text) => /^[\w.!'()*/-]*$/u.test(text), "may have letters, digits and -_.!'()* only"),
  accessKey: z.string().trim().min(1).max(200).optional().describe('Absent = those that are kept for this place'),
  secretKey: z.string().trim().min(1).max(500).optional(),
});
export const StorageInput = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('folder'),
    folder: z.string().trim().min(1).max(500).nullable().describe('Null = below the data folder'),
  }),
  s3.extend({ kind: z.literal('s3') }),
]);
export type StorageInput = z.infer<typeof StorageInput>;

export const MailInput = z.object({
  host: z
    .string()
    .trim()
    .min(1)
    .max(253)
    .regex(/^[A-Za-z0-9.:_-]+$/, 'must be the name of a server'),
  port: count.min(1).max(65_535),
  security: z.enum(['tls', 'starttls', 'none']),
  user: z.string().trim().max(200).nullable(),
  password: z.string().max(500).nullable().optional().describe('Absent = the one that is kept; null = none'),
  from: z.email().max(254),
});
export type MailInput = z.infer<typeof MailInput>;

const ModeVerdict = z.object({
  colour: z.string(),
  wash: z.string(),
  askedContrast: z.number(),
  contrast: z.number(),
  passes: z.boolean(),
  moved: z.enum(['not', 'darker', 'lighter']),
});
export const AccentView = z.object({
  asked: z.string(),
  light: ModeVerdict,
  dark: ModeVerdict,
  pair: z.object({ light: z.string(), dark: z.string(), lightWash: z.string(), darkWash: z.string() }),
  looksLike: z.enum(['well', 'broken', 'unsure']).nullable(),
});

/** A place in S3 that repositories lie in or may be made in; never its keys. */
const StoreView = z.object({
  endpoint: z.string(),
  bucket: z.string(),
  region: z.string(),
  prefix: z.string(),
  /** Where its keys come from; null = there are none, so its backups cannot be reached. */
  keys: z.enum(['environment', 'database']).nullable(),
  repositories: count,
});

export const SettingsView = z.object({
  name: z.string(),
  timeZone: z.string(),
  language,
  accent: z
    .object({
      asked: z.string().optional(),
      light: z.string(),
      dark: z.string(),
      lightWash: z.string(),
      darkWash: z.string(),
    })
    .nullable(),
  logo: z.string().nullable().describe('Path of the picture'),
  storage: z.object({
    now: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('folder'), folder: z.string(), isDefault: z.boolean() }),
      StoreView.extend({ kind: z.literal('s3') }),
    ]),
    /** Folders of this machine in which repositories lie. */
    folders: z.array(z.object({ folder: z.string(), repositories: count })),
    /** Stores other than the present one in which repositories lie. */
    elsewhere: z.array(StoreView),
  }),
  mail: MailInput.omit({ password: true }).extend({ hasPassword: z.boolean() }).nullable(),
  retention: Retention,
  retentionIsDefault: z.boolean(),
  retentionInWords: z.object({ nl: z.array(z.string()), en: z.array(z.string()) }),
  excludes: z.array(z.string()),
  builtInExcludes: z.array(z.object({ pattern: z.string(), why: z.string() })),
  rate,
  /** When daily backups begin, minutes after midnight in the house's zone. */
  night: z.object({ from: count, until: count }),
  keysToExport: count,
  /** What the environment decides, and by which variables. */
  fixed: z.object({
    name: z.array(z.string()).optional(),
    'time-zone': z.array(z.string()).optional(),
    storage: z.array(z.string()).optional(),
    mail: z.array(z.string()).optional(),
  }),
});
export type SettingsView = z.infer<typeof SettingsView>;

export const StorageTestView = z.object({
  ok: z.boolean(),
  done: z.array(z.object({ step: z.enum(['put', 'read', 'list', 'delete']), ms: count })),
  /** Code of what is wrong, with its sentences; null = nothing. */
  problem: told.extend({ code: z.string() }).nullable(),
});

export const KeyState = z.object({
  site: z.object({ id: z.string(), url: z.string(), removed: z.boolean() }),
  customer: z.object({ id: z.string(), name: z.string() }),
  place: z.string(),
  passwordSetAt: moment,
  exportedAt: moment.nullable(),
  /** Nobody has kept this password since it was set. */
  due: z.boolean(),
});

export const settingsContract = {
  show: procedure('read', 'GET', '/settings', 'How the house is set; never a secret').output(SettingsView),
  change: procedure('admin', 'POST', '/settings', 'Name, time zone, language, colour, retention, excludes, pace')
    .input(
      z.object({
        name: z.string().trim().min(1).max(80).optional(),
        timeZone: z.string().max(100).optional(),
        language: language.optional(),
        accent: colour.nullable().optional().describe("One colour; null = Nachtwacht's own"),
        retention: Retention.nullable().optional().describe('null = the default'),
        excludes: z.array(pattern).max(200).optional(),
        rate: rate.optional(),
      }),
    )
    .output(SettingsView),
  accent: procedure('read', 'GET', '/settings/accent', 'Can this colour be read, and what would be used')
    .input(z.object({ colour }))
    .output(AccentView),
  setLogo: procedure('admin', 'POST', '/settings/logo', 'The logo: PNG, JPEG, WebP or SVG of at most 300 kB')
    .input(z.object({ picture: z.base64().max(420_000).nullable().describe('base64; null = none') }))
    .output(z.object({ logo: z.string().nullable() })),
  testStorage: procedure('admin', 'POST', '/settings/storage/test', 'Put, read, list and delete one object')
    .input(StorageInput)
    .output(StorageTestView),
  changeStorage: procedure('admin', 'POST', '/settings/storage', 'Where new repositories are made; tested first')
    .input(StorageInput)
    .output(SettingsView),
  changeStoreKeys: procedure('admin', 'POST', '/settings/storage/keys', 'New keys for a store that holds repositories')
    .input(s3.required({ accessKey: true, secretKey: true }))
    .output(SettingsView),
  changeMail: procedure('admin', 'POST', '/settings/mail', 'The mail server; null = none')
    .input(z.object({ mail: MailInput.nullable() }))
    .output(SettingsView),
  testMail: procedure('admin', 'POST', '/settings/mail/test', 'Send one mail and tell what the server said')
    .input(
      z.object({
        to: z.email().max(254),
        mail: MailInput.optional().describe('Absent = as it is set now'),
        language: language.default('nl'),
      }),
    )
    .output(
      z.object({
        ok: z.boolean(),
        serverSaid: z.string().nullable(),
        problem: told.extend({ code: z.string() }).nullable(),
      }),
    ),
  previewRetention: procedure('read', 'GET', '/settings/retention/preview', 'What stays of a year of backups, and why')
    .input(z.object({ retention: Retention, plan: z.enum(['daily', 'hourly']).default('hourly') }))
    .output(
      z.object({
        rule: z.object({ nl: z.array(z.string()), en: z.array(z.string()) }),
        made: count,
        kept: z.array(z.object({ at: moment, why: z.array(inBoth) })),
      }),
    ),
  keys: procedure('read', 'GET', '/settings/keys', 'Which repository passwords were exported, and when').output(
    z.array(KeyState),
  ),
  exportKeys: procedure('admin', 'POST', '/settings/keys/export', 'Passwords and restic commands as one document')
    .input(
      z.object({
        customer: z.string().max(200).optional(),
        site: siteReference.optional(),
        dueOnly: z.boolean().default(false),
        language: language.default('nl'),
      }),
    )
    .output(z.object({ fileName: z.string(), text: z.string(), sites: count })),
};
