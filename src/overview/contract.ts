import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { moment, procedure } from '../platform/http/procedure.ts';
import { nextActions } from './rules/gather-waiting.ts';
import { reasonCodes, siteStates } from './rules/site-state.ts';

const count = z.number().int();
const state = z.enum(siteStates);
const plan = z.enum(['daily', 'hourly']);

const toldShort = z.object({ short: z.string(), says: z.string() });

/** Why a site is in its state: a code of `rules/site-state.ts` with what belongs to it; `words.ts` makes a sentence of it. */
export const Reason = z.object({
  code: z.enum([...reasonCodes, 'keys-not-exported', 'request']),
  since: moment.optional(),
  duty: z.string().optional(),
  saga: z.string().optional(),
  error: z.object({ code: z.string(), message: z.string() }).optional(),
  share: z.number().optional(),
  alarm: z.string().optional(),
  /** Of an outage: the watch's cause (`monitoring/words.ts`) and the number of its incident. */
  cause: z.string().optional(),
  incident: count.optional(),
  /** Of a finding (`health.show`): its code, and its words after the site's name. */
  finding: z.object({ code: z.string(), nl: toldShort, en: toldShort }).optional(),
  until: moment.optional(),
});
export type Reason = z.infer<typeof Reason>;

const namedSite = z.object({ id: z.string(), url: z.string() });

/** One thing that waits for the operator, with the one next step. */
export const Waiting = z.object({
  /** The same as long as it is the same thing. */
  key: z.string(),
  state,
  reason: Reason,
  /** All of them when it is few; the first of several. */
  sites: z.array(namedSite),
  count,
  customer: z.object({ id: z.string(), name: z.string() }).nullable(),
  action: z.enum(nextActions),
});
export type Waiting = z.infer<typeof Waiting>;

export const Today = z.object({
  at: moment,
  /** The agency's. */
  timeZone: z.string(),
  sites: count,
  inOrder: count,
  states: z.record(state, count),
  /** Lines that wait; `waiting` holds the first fifty. */
  waits: count,
  waiting: z.array(Waiting),
  /** Told one by one by `incidents.list`: those that are open, those of them that nobody took, and sites that are out. */
  incidents: z.object({ open: count, untaken: count, sitesOut: count }),
  /** Who is asked first now, and until when; null = nobody is on duty. */
  onDuty: z.object({ id: z.string(), name: z.string(), until: moment }).nullable(),
});
export type Today = z.infer<typeof Today>;

/** What happened in the last 24 hours, in whole minutes since `from`. */
export const DayStrip = z.object({
  from: moment,
  to: moment,
  backups: z.array(z.object({ at: count, good: z.boolean() })),
  work: z.array(z.object({ at: count, until: count.nullable(), saga: z.string(), state: z.string() })),
  outages: z.array(z.object({ at: count, until: count.nullable() })),
});
export type DayStrip = z.infer<typeof DayStrip>;

export const RowRun = z.object({
  runId: z.string(),
  saga: z.string(),
  state: z.enum(['queued', 'running']),
  step: z.string().nullable(),
  /** Part that is done, 0 to 1; null = not known. */
  done: z.number().nullable(),
});
export type RowRun = z.infer<typeof RowRun>;

export const SiteRow = namedSite.extend({
  customer: z.object({ id: z.string(), name: z.string() }),
  plan,
  state,
  /** Most serious first; the first made the state. */
  reasons: z.array(Reason),
  lastBackupAt: moment.nullable(),
  running: RowRun.nullable(),
  overdue: z.array(z.object({ kind: z.string(), due: moment })),
  share: z.number().nullable().describe('Part of the size in the contract that is used'),
  wordpress: z.string().nullable(),
  php: z.string().nullable(),
  strip: DayStrip,
});
export type SiteRow = z.infer<typeof SiteRow>;

export const siteSorts = ['state', 'site', 'customer', 'backup', 'size', 'wordpress', 'php'] as const;

/** What the list is cut down to. `search`: each word must be in the address, customer, a plugin, theme or version. */
const filter = z.object({
  search: z.string().trim().max(200).optional(),
  state: state.optional(),
  reason: z.enum(reasonCodes).optional(),
  plan: plan.optional(),
  /** Of versions the beginning counts: `6.8` is every 6.8.x. */
  wordpress: z.string().max(20).optional(),
  php: z.string().max(20).optional(),
  overdue: z.boolean().optional(),
  running: z.boolean().optional(),
});

const facet = z.array(z.object({ value: z.string(), count }));

export const SitesPage = z.object({
  at: moment,
  timeZone: z.string(),
  rows: z.array(SiteRow),
  /** Sites that match. */
  total: count,
  /** Sites under care. */
  all: count,
  page: count,
  pageSize: count,
  /** How many of the sites found by the search there are of each, before the other filters. */
  facets: z.object({ state: facet, plan: facet, wordpress: facet, php: facet, overdue: count, running: count }),
});
export type SitesPage = z.infer<typeof SitesPage>;

/** Which rows have changed since the last event. `all`: more than it is worth to name, or it is not known which. */
export const Changes = z.object({ all: z.boolean(), sites: z.array(z.string()) });
export type Changes = z.infer<typeof Changes>;

export const overviewContract = {
  today: procedure('read', 'GET', '/overview/today', 'How it is, and what waits for the operator').output(Today),
  sites: procedure('read', 'GET', '/overview/sites', 'All sites with their state: searched, filtered, sorted, by page')
    .input(
      filter.extend({
        ids: z.array(z.string().max(50)).max(200).optional().describe('Only these, in any order'),
        sort: z.enum(siteSorts).default('state'),
        descending: z.boolean().default(false),
        page: count.min(1).max(100_000).default(1),
        pageSize: count.min(1).max(200).default(50),
      }),
    )
    .output(SitesPage),
  changes: procedure('read', 'GET', '/overview/changes', 'Which sites changed, as it happens').output(
    eventIterator(Changes),
  ),
  backUp: procedure('operate', 'POST', '/overview/back-up', 'Back several sites up now')
    .input(z.object({ sites: z.array(z.string().min(1).max(50)).min(1).max(200) }))
    .output(
      z.array(
        z.object({
          site: z.string(),
          runId: z.string().nullable(),
          /** Why not. */
          error: z.object({ code: z.string(), message: z.string(), nextStep: z.string() }).nullable(),
        }),
      ),
    ),
};
