import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { NachtwachtError } from './errors.ts';

/** One setting: the one table that README and `nachtwacht doctor` print is made of these. */
interface Setting {
  /** What it is for, one sentence. */
  about: string;
  schema: z.ZodType<string | undefined>;
  /** Never printed. */
  secret?: boolean;
}

const text = z.string().min(1).optional();
const flag = z.enum(['0', '1']).optional();
const whole = (lowest: number, highest: number): z.ZodType<string | undefined> =>
  z
    .string()
    .regex(/^\d+$/, 'must be a whole number')
    .refine((value) => Number(value) >= lowest && Number(value) <= highest, `must be ${lowest} to ${highest}`)
    .optional();
const url = (protocols: RegExp, what: string): z.ZodType<string | undefined> =>
  z.url({ protocol: protocols, error: `must be ${what}` }).optional();

/** Every environment variable that Nachtwacht reads. */
export const settings = {
  NACHTWACHT_DATA: { about: 'Folder of everything that is kept on this machine. Default: ./data.', schema: text },
  DATABASE_URL: {
    about: 'A PostgreSQL 15+ server of your own (postgres://user:password@host/database). Default: the embedded one.',
    schema: url(/^postgres(ql)?$/, 'a postgres:// address'),
    secret: true,
  },
  NACHTWACHT_MASTER_KEY: {
    about:
      '32 bytes in base64 that encrypt all secrets in the database. Default: made once in <data>/master-key (mode 600).',
    schema: z
      .string()
      .refine((value) => Buffer.from(value, 'base64').length === 32, 'must be 32 bytes in base64')
      .optional(),
    secret: true,
  },
  NACHTWACHT_HOST: { about: 'Address to listen on. Default: 127.0.0.1.', schema: text },
  NACHTWACHT_PORT: { about: 'Port to listen on; 0 = any free one. Default: 4100.', schema: whole(0, 65_535) },
  NACHTWACHT_URL: {
    about: 'Address under which people and the CLI reach this platform. Default: http://<host>:<port>.',
    schema: url(/^https?$/, 'an http(s):// address'),
  },
  NACHTWACHT_TRUSTED_PROXIES: {
    about:
      'Addresses or networks (192.0.2.7,10.0.0.0/8) of proxies whose X-Forwarded-For and -Proto are believed; none = no proxy. Default: this machine.',
    schema: z.string().refine(isNetworkList, 'must be addresses or networks such as 10.0.0.0/8 with commas').optional(),
  },
  NACHTWACHT_TOKEN: {
    about: 'API token for the CLI. Default: <data>/cli-token on the machine itself.',
    schema: text,
    secret: true,
  },
  NACHTWACHT_ROLES: {
    about: 'What this process does: any of web,worker,watch. Default: all three.',
    schema: z
      .string()
      .regex(/^(web|worker|watch)(,(web|worker|watch))*$/, 'must be any of web,worker,watch with commas')
      .optional(),
  },
  NACHTWACHT_WORKERS: {
    about: 'How many sagas (backups, restores) one process runs at once. Default: 4.',
    schema: whole(1, 100),
  },
  NACHTWACHT_TIME_ZONE: {
    about: "The agency's time zone, in which nights and due times are counted. Default: Europe/Amsterdam.",
    schema: z.string().refine(isTimeZone, 'must be a time zone such as Europe/Amsterdam').optional(),
  },
  NACHTWACHT_NAME: {
    about: "The agency's name, shown on the plugin's page. Default: Nachtwacht.",
    schema: z.string().min(1).max(80).optional(),
  },
  NACHTWACHT_ALLOW_PRIVATE: {
    about: '1 = sites may live at private and loopback addresses (own network, demo). Default: 0.',
    schema: flag,
  },
  NACHTWACHT_POSTGRES_USER: {
    about: 'Ordinary user that the embedded PostgreSQL runs as when started by root. Default: nachtwacht or nobody.',
    schema: text,
  },
  NACHTWACHT_LOG: {
    about: 'Least level that is logged: debug, info, warn, error, silent. Default: info.',
    schema: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).optional(),
  },
  NACHTWACHT_TRIAL_DATABASE_URL: {
    about:
      'MariaDB or MySQL for trial restores (mysql://user:password@host:port; it makes and drops a database of its own). Default: a throw-away server, when mariadbd is installed.',
    schema: url(/^(mysql|mariadb)$/, 'a mysql:// address'),
    secret: true,
  },
  NACHTWACHT_METRICS_TOKEN: {
    about: 'Lets /metrics be read from elsewhere with this bearer token. Default: loopback only.',
    schema: text,
    secret: true,
  },
  NACHTWACHT_DNS: {
    about: 'DNS servers that the watch asks, as address or address:port with commas. Default: those of the machine.',
    schema: z
      .string()
      .refine(isServerList, 'must be addresses such as 192.0.2.53 or 192.0.2.53:5353 with commas')
      .optional(),
  },
  NACHTWACHT_RDAP: {
    about: "RDAP server (https://.../) to ask for all domain names. Default: each registry's own, by IANA's list.",
    schema: url(/^https?$/, 'an http(s):// address'),
  },
  NACHTWACHT_S3_ENDPOINT: {
    about:
      'S3-compatible store for the backups, e.g. https://s3.eu-central-1.amazonaws.com. Default: folders in <data>.',
    schema: url(/^https?$/, 'an http(s):// address'),
  },
  NACHTWACHT_S3_BUCKET: { about: 'Bucket of the backups. Needed with the endpoint.', schema: text },
  NACHTWACHT_S3_REGION: { about: 'Region of the bucket. Default: us-east-1.', schema: text },
  NACHTWACHT_S3_PREFIX: { about: 'Folder inside the bucket. Default: none.', schema: text },
  NACHTWACHT_S3_ACCESS_KEY: { about: 'Access key of the store.', schema: text, secret: true },
  NACHTWACHT_S3_SECRET_KEY: { about: 'Secret key of the store.', schema: text, secret: true },
  NACHTWACHT_SMTP_HOST: {
    about: 'Mail server for invitations and messages. Default: what the settings screen says; none = no mail is sent.',
    schema: text,
  },
  NACHTWACHT_SMTP_PORT: {
    about: 'Port of the mail server. Default: 465 with tls, else 587.',
    schema: whole(1, 65_535),
  },
  NACHTWACHT_SMTP_SECURITY: {
    about: 'tls = encrypted from the start, starttls = encrypted after the greeting, none = open. Default: starttls.',
    schema: z.enum(['tls', 'starttls', 'none']).optional(),
  },
  NACHTWACHT_SMTP_USER: { about: 'User name at the mail server. Default: none.', schema: text },
  NACHTWACHT_SMTP_PASSWORD: { about: 'Password at the mail server.', schema: text, secret: true },
  NACHTWACHT_MAIL_FROM: {
    about: 'Sender of mails: an address. Needed with the mail server.',
    schema: z.email().optional(),
  },
} satisfies Record<string, Setting>;

export type SettingName = keyof typeof settings;
const roles = ['web', 'worker', 'watch'] as const;
export type Role = (typeof roles)[number];

export interface S3Config {
  endpoint: string;
  bucket: string;
  region: string;
  prefix: string;
  accessKey: string;
  secretKey: string;
}

export const mailSecurities = ['tls', 'starttls', 'none'] as const;
export type MailSecurity = (typeof mailSecurities)[number];

/** How to reach the mail server. */
export interface MailServer {
  host: string;
  port: number;
  security: MailSecurity;
  user?: string;
  password?: string;
  /** Address of the sender; the agency's name goes before it. */
  from: string;
}

/** The checked settings of this process. */
export interface Config {
  /** Settings that the environment gives: these win over what the database says. */
  given: ReadonlySet<SettingName>;
  dataFolder: string;
  databaseUrl: string | undefined;
  masterKey: string | undefined;
  host: string;
  port: number;
  /** Undefined = made of host and port once the port is known. */
  publicUrl: string | undefined;
  /** Addresses and CIDR networks. */
  trustedProxies: readonly string[];
  token: string | undefined;
  roles: ReadonlySet<Role>;
  workers: number;
  timeZone: string;
  platformName: string;
  allowPrivateAddresses: boolean;
  postgresUser: string | undefined;
  logLevel: string;
  metricsToken: string | undefined;
  /** Server for trial restores; undefined = a throw-away one. */
  trialDatabaseUrl: string | undefined;
  /** `address` or `address:port`; undefined = those of the machine. */
  dnsServers: string[] | undefined;
  /** One RDAP server for all domains; undefined = by IANA's list. */
  rdapUrl: string | undefined;
  s3: S3Config | undefined;
  mail: MailServer | undefined;
  /** How many times faster than real the watch and duty run, for tests with real networks (NACHTWACHT_TEST_TIME_SCALE). 1 = real. */
  timeScale: number;
}

/** Reads and checks the environment; one error names everything that is wrong. */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const problems: string[] = [];
  const given = new Set<SettingName>();
  const value = (name: SettingName): string | undefined => {
    const raw = environment[name];
    const result = settings[name].schema.safeParse(raw === '' ? undefined : raw);
    if (result.success) {
      if (result.data !== undefined) given.add(name);
      return result.data;
    }
    problems.push(`${name} ${result.error.issues[0]?.message ?? 'is wrong'}`);
    return undefined;
  };
  const config: Config = {
    given,
    dataFolder: path.resolve(value('NACHTWACHT_DATA') ?? 'data'),
    databaseUrl: value('DATABASE_URL'),
    masterKey: value('NACHTWACHT_MASTER_KEY'),
    host: value('NACHTWACHT_HOST') ?? '127.0.0.1',
    port: Number(value('NACHTWACHT_PORT') ?? 4100),
    publicUrl: value('NACHTWACHT_URL')?.replace(/\/+$/, ''),
    trustedProxies: networksOf(value('NACHTWACHT_TRUSTED_PROXIES') ?? '127.0.0.0/8,::1'),
    token: value('NACHTWACHT_TOKEN'),
    roles: rolesOf(value('NACHTWACHT_ROLES')),
    workers: Number(value('NACHTWACHT_WORKERS') ?? 4),
    timeZone: value('NACHTWACHT_TIME_ZONE') ?? 'Europe/Amsterdam',
    platformName: value('NACHTWACHT_NAME') ?? 'Nachtwacht',
    allowPrivateAddresses: value('NACHTWACHT_ALLOW_PRIVATE') === '1',
    postgresUser: value('NACHTWACHT_POSTGRES_USER'),
    logLevel: value('NACHTWACHT_LOG') ?? 'info',
    metricsToken: value('NACHTWACHT_METRICS_TOKEN'),
    trialDatabaseUrl: value('NACHTWACHT_TRIAL_DATABASE_URL'),
    dnsServers: value('NACHTWACHT_DNS')
      ?.split(',')
      .map((server) => server.trim()),
    rdapUrl: value('NACHTWACHT_RDAP'),
    s3: undefined,
    mail: undefined,
    timeScale: scaleOf(environment['NACHTWACHT_TEST_TIME_SCALE']),
  };
  const endpoint = value('NACHTWACHT_S3_ENDPOINT');
  const bucket = value('NACHTWACHT_S3_BUCKET');
  const accessKey = value('NACHTWACHT_S3_ACCESS_KEY');
  const secretKey = value('NACHTWACHT_S3_SECRET_KEY');
  const region = value('NACHTWACHT_S3_REGION') ?? 'us-east-1';
  const prefix = (value('NACHTWACHT_S3_PREFIX') ?? '').replace(/^\/+|\/+$/g, '');
  if (endpoint && bucket && accessKey && secretKey) {
    config.s3 = { endpoint: endpoint.replace(/\/+$/, ''), bucket, region, prefix, accessKey, secretKey };
  } else if (endpoint || bucket || accessKey || secretKey) {
    problems.push('NACHTWACHT_S3_ENDPOINT, _BUCKET, _ACCESS_KEY and _SECRET_KEY belong together');
  }
  const mail = {
    host: value('NACHTWACHT_SMTP_HOST'),
    from: value('NACHTWACHT_MAIL_FROM'),
    port: value('NACHTWACHT_SMTP_PORT'),
    security: securityOf(value('NACHTWACHT_SMTP_SECURITY')),
    user: value('NACHTWACHT_SMTP_USER'),
    password: value('NACHTWACHT_SMTP_PASSWORD'),
  };
  if (mail.host && mail.from) {
    const { host, from, security = 'starttls', user, password } = mail;
    const port = Number(mail.port ?? usualMailPort(security));
    config.mail = { host, port, security, from, ...(user ? { user } : {}), ...(password ? { password } : {}) };
  } else if (Object.values(mail).some((each) => each !== undefined)) {
    problems.push('NACHTWACHT_SMTP_HOST and NACHTWACHT_MAIL_FROM belong together');
  }
  for (const name of Object.keys(environment)) {
    if (name.startsWith('NACHTWACHT_') && !(name in settings) && !name.startsWith('NACHTWACHT_TEST_')) {
      problems.push(`${name} is not a setting of Nachtwacht (a typing error?)`);
    }
  }
  if (problems.length > 0) {
    throw new NachtwachtError({
      code: 'config-wrong',
      kind: 'bad-input',
      message: `The settings are not right: ${problems.join('; ')}.`,
      nextStep: 'Correct these environment variables; `nachtwacht doctor --settings` lists them all.',
      retryable: false,
      details: { problems },
    });
  }
  return config;
}

/** No setting of the house: only tests give it. */
/** As node:dns takes them. */
function isServerList(servers: string): boolean {
  return servers.split(',').every((server) => {
    const [, address = '', port = '53'] = /^\s*\[?([^\]]+?)\]?(?::(\d{1,5}))?\s*$/.exec(server) ?? [];
    return net.isIP(address) !== 0 && Number(port) >= 1 && Number(port) <= 65_535;
  });
}

function scaleOf(given: string | undefined): number {
  const scale = Number(given ?? 1);
  return scale >= 1 && scale <= 1000 ? scale : 1;
}

/** The setting was checked already: only these words are in it. */
function rolesOf(given: string | undefined): Set<Role> {
  const named = given?.split(',');
  return new Set(roles.filter((role) => named === undefined || named.includes(role)));
}

function securityOf(given: string | undefined): MailSecurity | undefined {
  return mailSecurities.find((each) => each === given);
}

/** 465 is encrypted from the start, 587 is where programs hand in mail. */
export function usualMailPort(security: MailSecurity): number {
  return security === 'tls' ? 465 : 587;
}

/** The networks of a list with commas; `none` = none. */
export function networksOf(list: string): string[] {
  return list === 'none' ? [] : list.split(',').map((part) => part.trim());
}

function isNetworkList(list: string): boolean {
  return networksOf(list).every((network) => {
    const [address = '', bits, ...rest] = network.split('/');
    const family = net.isIP(address);
    if (family === 0 || rest.length > 0) return false;
    return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
  });
}

/** Whether the machine knows a time zone of this name (`Europe/Amsterdam`). */
export function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** A name for this process in claims and logs. */
export function processName(): string {
  return `${os.hostname()}:${process.pid}`;
}
