import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { moment, procedure } from '../platform/http/procedure.ts';
import type { Cause, OwnCause } from './rules/verdict.ts';
import type { Reason } from './rules/confirm.ts';

const count = z.number().int();
/** Milliseconds; null = not measured (nothing answered, or a phase that was not reached). */
const ms = count.nullable();
const site = z.string().trim().min(1).max(2000).describe('Id, URL, or URL without scheme');

export const watchPhases = ['out', 'doubted', 'back', 'well'] as const;
export const verdicts = ['up', 'down', 'unknown'] as const;

/** What is the matter with a site, and (the last four) what is the matter with us. */
export const causes = [
  'refused',
  'reset',
  'unreachable',
  'dns-gone',
  'dns-silent',
  'tls-expired',
  'tls-wrong-host',
  'tls-untrusted',
  'tls-failed',
  'too-slow',
  'status',
  'maintenance',
  'database-error',
  'critical-error',
  'white-page',
  'keyword-gone',
  'foreign-redirect',
  'redirect-loop',
  'answer-broken',
  'own-resolver',
  'own-network',
  'overload',
  'no-check-yet',
] as const satisfies readonly (Cause | OwnCause)[];
const cause = z.enum(causes);

const reasonCodes = [
  'answers',
  'blind',
  'first-failure',
  'not-yet',
  'elsewhere-well',
  'confirmed-elsewhere',
  'confirmed-alone',
  'still-out',
  'answers-again',
  'flaps',
  'over',
] as const satisfies readonly Reason['code'][];

/** Why a site is taken for what it is: a code of `rules/confirm.ts` with what belongs to it; `words.ts` makes a sentence of it. */
export const WatchReason = z.object({
  code: z.enum(reasonCodes),
  cause: cause.optional(),
  failures: count.optional(),
  needed: count.optional(),
  successes: count.optional(),
  outages: count.optional(),
  calmForMs: z.number().optional(),
  neededMs: z.number().optional(),
});
export type WatchReason = z.infer<typeof WatchReason>;

/** How a site is now, in one row of the list of the watch. */
export const WatchRow = z.object({
  site: z.object({ id: z.string(), url: z.string() }),
  customer: z.object({ id: z.string(), name: z.string() }),
  /** False: a person said that it is not to be watched. */
  enabled: z.boolean(),
  /** well; doubted: failing, not yet confirmed; out: a confirmed outage; back: answers again, not yet confirmed. */
  phase: z.enum(watchPhases),
  /** Of the last check; `unknown` also before the first one. */
  verdict: z.enum(verdicts),
  cause: cause.nullable(),
  /** Status, host or error code that goes with the cause. */
  detail: z.string().nullable(),
  reason: WatchReason,
  /** Of the first failure of what is going on now; null = it is well. */
  since: moment.nullable(),
  lastCheckAt: moment.nullable(),
  status: count.nullable(),
  responseMs: ms,
  /** Whole days until the certificate ends; negative = it has. null = none seen (plain HTTP, or no check yet). */
  certificateDays: count.nullable(),
  /** Part of the last 30 days in which the site was not in an outage, 0 to 1, from incidents; null = watched for less than an hour. */
  availability30: z.number().nullable(),
  intervalMs: count,
  /** Work of our own runs there: watched, not alarmed. */
  inMaintenance: z.boolean(),
});
export type WatchRow = z.infer<typeof WatchRow>;

export const watchSorts = ['state', 'site', 'customer', 'response', 'checked', 'certificate', 'availability'] as const;

export const WatchPage = z.object({
  at: moment,
  timeZone: z.string(),
  rows: z.array(WatchRow),
  /** Sites that match; `all`: under care. */
  total: count,
  all: count,
  page: count,
  pageSize: count,
  /** Of those that the search finds: how many are in each phase, and how many are neither up nor down. */
  phases: z.record(z.enum(watchPhases), count),
  unknown: count,
  disabled: count,
  /** Why the watch cannot see at present; null = it sees. `no-watcher`: nobody watches. */
  blind: z.object({ cause: z.enum([...causes, 'no-watcher']), since: moment.nullable() }).nullable(),
});
export type WatchPage = z.infer<typeof WatchPage>;

/** One check as it was measured. */
export const CheckDone = z.object({
  at: moment,
  verdict: z.enum(verdicts),
  cause: cause.nullable(),
  status: count.nullable(),
  dnsMs: ms,
  connectMs: ms,
  tlsMs: ms,
  firstByteMs: ms,
  totalMs: ms,
});
export type CheckDone = z.infer<typeof CheckDone>;

export const WatchedSite = WatchRow.extend({
  at: moment,
  timeZone: z.string(),
  /** Which watcher has it; null = none at present. */
  watcher: z.string().nullable(),
  address: z.string().nullable(),
  certificate: z.object({ expiresAt: moment, issuer: z.string() }).nullable(),
  /** What the watch found out by itself while the site was well. */
  learnt: z.object({
    keyword: z.string().nullable(),
    status: count.nullable(),
    hosts: z.array(z.string()),
    /** Good checks in a row that it was learnt from so far, and how many it takes. */
    from: count,
    needs: count,
    since: moment.nullable(),
  }),
  /** What a person set; null = as learnt. */
  settings: z.object({
    enabled: z.boolean(),
    intervalMs: count,
    keyword: z.string().nullable(),
    expectedStatus: count.nullable(),
    extraHosts: z.array(z.string()),
  }),
  /** Newest first, fifty at most. */
  lastChecks: z.array(CheckDone),
});
export type WatchedSite = z.infer<typeof WatchedSite>;

export const spans = ['24h', '7d', '90d'] as const;

/** Averages over `stepMs` of those that answered; empty steps are left out. */
export const Series = z.object({
  from: moment,
  to: moment,
  stepMs: count,
  points: z.array(
    z.object({
      at: moment,
      checks: count,
      down: count,
      unknown: count,
      dnsMs: ms,
      connectMs: ms,
      tlsMs: ms,
      firstByteMs: ms,
      totalMs: ms,
      /** Slowest for 24h, 95th percentile for the others. */
      slowMs: ms,
    }),
  ),
});
export type Series = z.infer<typeof Series>;

export const Days = z.object({
  timeZone: z.string(),
  /** Oldest first, one for each calendar day of the agency; the last is today. */
  days: z.array(
    z.object({
      day: z.iso.date(),
      /** none = not watched then; maintenance = out only while we worked on it. */
      worst: z.enum(['none', 'well', 'unknown', 'maintenance', 'out']),
      /** Whole minutes in outages, from incidents; our own work is not counted. */
      outageMinutes: count,
      outages: count,
      checks: count,
      down: count,
      unknown: count,
    }),
  ),
  /** Over the days in which it was watched, 0 to 1; null = none. */
  availability: z.number().nullable(),
  outageMinutes: count,
  outages: count,
});
export type Days = z.infer<typeof Days>;

/** Which rows have changed since the last event. `all`: more than it is worth to name, or it is not known which. */
export const WatchChanges = z.object({ all: z.boolean(), sites: z.array(z.string()) });
export type WatchChanges = z.infer<typeof WatchChanges>;

export const Watchers = z.object({
  at: moment,
  watchers: z.array(
    z.object({
      id: z.string(),
      process: z.string(),
      startedAt: moment,
      heartbeatAt: moment,
      /** False: silent for 15 s; its sites are with others. */
      alive: z.boolean(),
      targets: count,
      checksAMinute: count,
      latenessMs: count,
      loopDelayMs: count,
      /** Records on disk that are not in the database yet. */
      spooled: count,
      /** Results that had to go because the spool was full; outages and what was sent never do. */
      dropped: count,
      blindSince: moment.nullable(),
      blindCause: cause.nullable(),
    }),
  ),
  /** Sites that are to be watched, and those that no living watcher has. */
  targets: count,
  unwatched: count,
  blind: WatchPage.shape.blind,
  /** `host:port`, in which order they are asked. */
  referenceHosts: z.array(z.string()),
});
export type Watchers = z.infer<typeof Watchers>;

const host = z
  .string()
  .trim()
  .toLowerCase()
  .max(253)
  .regex(/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/, 'must be a host name');

const referenceHost = z
  .string()
  .trim()
  .max(260)
  .regex(/^(\[[0-9a-f:]+\]|[A-Za-z0-9][A-Za-z0-9.-]*):\d{1,5}$/i, 'must be a host and a port: 1.1.1.1:443');

export const monitoringContract = {
  sites: procedure('read', 'GET', '/monitoring/sites', 'The watch over all sites: searched, sorted, by page')
    .input(
      z.object({
        search: z.string().trim().max(200).optional(),
        phase: z.enum(watchPhases).optional(),
        verdict: z.enum(verdicts).optional(),
        ids: z.array(z.string().max(50)).max(200).optional().describe('Only these sites, in any order'),
        sort: z.enum(watchSorts).default('state'),
        descending: z.boolean().default(false),
        page: count.min(1).max(100_000).default(1),
        pageSize: count.min(1).max(200).default(50),
      }),
    )
    .output(WatchPage),
  site: procedure('read', 'GET', '/monitoring/site', 'How the watch sees a site, why, and what it measured last')
    .input(z.object({ site }))
    .output(WatchedSite),
  series: procedure('read', 'GET', '/monitoring/series', 'Response times of a site by phase')
    .input(z.object({ site, span: z.enum(spans).default('24h') }))
    .output(Series),
  days: procedure('read', 'GET', '/monitoring/days', 'How a site was on each of the last days')
    .input(z.object({ site, days: z.coerce.number().int().min(1).max(400).default(90) }))
    .output(Days),
  changes: procedure(
    'read',
    'GET',
    '/monitoring/changes',
    'Which sites the watch sees otherwise, as it happens',
  ).output(eventIterator(WatchChanges)),
  change: procedure('operate', 'POST', '/monitoring/change', 'Change how a site is watched')
    .input(
      z.object({
        site,
        enabled: z.boolean().optional(),
        intervalMs: count.min(20_000).max(300_000).optional(),
        keyword: z.string().trim().min(1).max(200).nullable().optional().describe('null = as learnt'),
        expectedStatus: count.min(100).max(599).nullable().optional().describe('null = as learnt'),
        extraHosts: z.array(host).max(20).optional().describe('Hosts its front page may end at, besides its own'),
        learnAnew: z.boolean().optional().describe('Forget what was learnt'),
      }),
    )
    .output(WatchedSite),
  checkNow: procedure('operate', 'POST', '/monitoring/check-now', 'Look at a site now')
    .input(z.object({ site }))
    .output(z.object({ askedAt: moment })),
  watchers: procedure('read', 'GET', '/monitoring/watchers', 'How the watch itself is').output(Watchers),
  setReferences: procedure('admin', 'POST', '/monitoring/references', 'Set the hosts that tell our network from theirs')
    .input(z.object({ hosts: z.array(referenceHost).max(10) }))
    .output(z.object({ referenceHosts: z.array(z.string()) })),
};
