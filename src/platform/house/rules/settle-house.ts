// What counts: the environment, else what the agency set, else the default. Nothing here reads anything.

import { z } from 'zod';
import type { Config, SettingName } from '../../config.ts';
import { isTimeZone, mailSecurities } from '../../config.ts';
import type { HouseSettingName } from '../house-store.ts';

/** Colour pairs that were checked to be readable (settings/rules/accent.ts): `#rrggbb`. */
export const Accent = z.object({
  /** What was asked for, before it was made readable. */
  asked: z
    .string()
    .regex(/^#[0-9a-f]{6}$/)
    .optional(),
  light: z.string().regex(/^#[0-9a-f]{6}$/),
  dark: z.string().regex(/^#[0-9a-f]{6}$/),
  lightWash: z.string().regex(/^#[0-9a-f]{6}$/),
  darkWash: z.string().regex(/^#[0-9a-f]{6}$/),
});
export type Accent = z.infer<typeof Accent>;

export const HouseRetention = z.object({
  hourly: z.number().int().min(0),
  daily: z.number().int().min(0),
  monthly: z.number().int().min(0),
  beforeChangeDays: z.number().int().min(0),
});

/** How much of a site's bandwidth we take at most; absent = no bound beyond politeness. */
export const HouseRate = z.object({
  bytesPerSecond: z.number().positive().optional(),
  requestsPerSecond: z.number().positive().optional(),
});

export const StorageChoice = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('folder'), folder: z.string().nullable() }),
  z.object({ kind: z.literal('s3'), store: z.string() }),
]);

export const MailSettings = z.object({
  host: z.string(),
  port: z.number().int(),
  security: z.enum(mailSecurities),
  user: z.string().nullable(),
  from: z.string(),
});

const shapes = {
  name: z.string().min(1),
  'time-zone': z.string().refine(isTimeZone),
  language: z.enum(['nl', 'en']),
  accent: Accent,
  retention: HouseRetention,
  excludes: z.array(z.string()),
  rate: HouseRate,
  storage: StorageChoice,
  mail: MailSettings,
};

/** The house as it is set. Secrets are read apart (`readMailServer`, `readStores`). */
export interface House {
  /** The agency's name. */
  name: string;
  timeZone: string;
  /** For who has not chosen one. */
  language: 'nl' | 'en';
  /** Null = Nachtwacht's own lantern gold. */
  accent: Accent | null;
  /** Null = the default of `backups/rules/retention.ts`. */
  retention: z.infer<typeof HouseRetention> | null;
  /** Left out of every site, on top of the built-in list; patterns of `backups/rules/excludes.ts`. */
  excludes: string[];
  rate: z.infer<typeof HouseRate>;
  /** Where new repositories are made; null = folders below the data folder. The environment's S3 goes before it. */
  storage: z.infer<typeof StorageChoice> | null;
  mail: z.infer<typeof MailSettings> | null;
  /** What the environment decides, and by which variables: these cannot be changed here. */
  fixed: Partial<Record<'name' | 'time-zone' | 'storage' | 'mail', SettingName[]>>;
}

/** Values of another form than ours count as not set: an older program may have written them. */
export function settleHouse(
  stored: ReadonlyMap<HouseSettingName, unknown>,
  config: Pick<Config, 'given' | 'platformName' | 'timeZone' | 's3' | 'mail'>,
): House {
  const valueOf = <Name extends keyof typeof shapes>(name: Name): z.infer<(typeof shapes)[Name]> | undefined => {
    const parsed = shapes[name].safeParse(stored.get(name));
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the shape of this very name was parsed
    return parsed.success ? (parsed.data as z.infer<(typeof shapes)[Name]>) : undefined;
  };
  const { given } = config;
  const isFixed = (name: SettingName): boolean => given.has(name);
  const givenOf = (beginning: string): SettingName[] => [...given].filter((name) => name.startsWith(beginning));
  return {
    name: isFixed('NACHTWACHT_NAME') ? config.platformName : (valueOf('name') ?? config.platformName),
    timeZone: isFixed('NACHTWACHT_TIME_ZONE') ? config.timeZone : (valueOf('time-zone') ?? config.timeZone),
    language: valueOf('language') ?? 'nl',
    accent: valueOf('accent') ?? null,
    retention: valueOf('retention') ?? null,
    excludes: valueOf('excludes') ?? [],
    rate: valueOf('rate') ?? {},
    storage: valueOf('storage') ?? null,
    mail: valueOf('mail') ?? null,
    fixed: {
      ...(isFixed('NACHTWACHT_NAME') ? { name: ['NACHTWACHT_NAME'] } : {}),
      ...(isFixed('NACHTWACHT_TIME_ZONE') ? { 'time-zone': ['NACHTWACHT_TIME_ZONE'] } : {}),
      ...(config.s3 === undefined ? {} : { storage: givenOf('NACHTWACHT_S3_') }),
      ...(config.mail === undefined ? {} : { mail: [...givenOf('NACHTWACHT_SMTP_'), ...givenOf('NACHTWACHT_MAIL_')] }),
    },
  };
}
