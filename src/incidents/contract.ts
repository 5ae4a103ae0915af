import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { moment, procedure } from '../platform/http/procedure.ts';
import { eventKinds, incidentKinds } from './incident.ts';

const count = z.number().int();
const reference = z.string().trim().min(1).max(200).describe('Its number, or its id');
const site = z.string().trim().min(1).max(2000);
const namedSite = z.object({ id: z.string(), url: z.string() });

/** Who did something: the name of a person or guard; of the house itself its part (`watch`). */
export const Who = z.object({ name: z.string(), kind: z.enum(['guard', 'person', 'token', 'house']) });
export type Who = z.infer<typeof Who>;

/** An incident in a list. */
export const Incident = z.object({
  id: z.string(),
  /** For people: 'Storing 412'. */
  number: count,
  kind: z.enum(incidentKinds),
  urgency: z.enum(['high', 'low']),
  subject: z.string(),
  /** Of a group: by and value of what its sites share; of a duty: its kind; free for the others. */
  title: z.record(z.string(), z.unknown()),
  /** A cause of the watch (monitoring/words.ts), or the code of another kind. */
  cause: z.string().nullable(),
  detail: z.string().nullable(),
  reason: z.record(z.string(), z.unknown()),
  /** The first fifty. */
  sites: z.array(namedSite),
  siteCount: count,
  firstFailureAt: moment,
  confirmedAt: moment,
  openedAt: moment,
  acknowledged: z.object({ at: moment, by: Who }).nullable(),
  fixedAt: moment.nullable(),
  resolvedAt: moment.nullable(),
  reopened: count,
  /** Whole minutes out so far; null = nothing was out (a missed backup, a silent probe). */
  outMinutes: count.nullable(),
  /** Nobody is called before it. */
  quietUntil: moment.nullable(),
  /** All guards were asked in vain. */
  givenUpAt: moment.nullable(),
  /** The first SMS about it that a gateway took, counted from the first failure; null = none. */
  smsAfterSeconds: count.nullable(),
  smsDelivered: z.boolean(),
});
export type Incident = z.infer<typeof Incident>;

export const IncidentsPage = z.object({
  at: moment,
  timeZone: z.string(),
  rows: z.array(Incident),
  total: count,
  open: count,
  page: count,
  pageSize: count,
  /** Months in which there were incidents, newest first: `2026-11`. */
  months: z.array(z.object({ month: z.string(), incidents: count })),
});
export type IncidentsPage = z.infer<typeof IncidentsPage>;

/** One line of the timeline. `message`: what became of something that was sent. */
export const TimelineEntry = z.object({
  at: moment,
  kind: z.enum([...eventKinds, 'queued', 'accepted', 'delivered', 'failed', 'unsure']),
  by: Who,
  facts: z.record(z.string(), z.unknown()),
  site: namedSite.nullable(),
  message: z
    .object({
      means: z.enum(['sms', 'call', 'push', 'webhook', 'email']),
      purpose: z.string(),
      to: z.string(),
      guard: z.string().nullable(),
      provider: z.string(),
      attempt: count,
      step: count,
      text: z.string(),
      problem: z.string().nullable(),
    })
    .nullable(),
});
export type TimelineEntry = z.infer<typeof TimelineEntry>;

/** Something that was done to a site before it went out. */
export const RecentChange = z.object({
  at: moment,
  site: namedSite,
  what: z.enum(['backup', 'backup-failed', 'restore', 'restore-failed', 'inventory', 'settings']),
  details: z.record(z.string(), z.unknown()),
});

export const IncidentView = Incident.extend({
  at: moment,
  timeZone: z.string(),
  causeNote: z.string().nullable(),
  mergedInto: z.string().nullable(),
  stretches: z.array(
    z.object({
      site: namedSite.nullable(),
      from: moment,
      to: moment.nullable(),
      cause: z.string().nullable(),
      detail: z.string().nullable(),
      address: z.string().nullable(),
      inMaintenance: z.boolean(),
    }),
  ),
  timeline: z.array(TimelineEntry),
  /** Newest first, of the last 14 days before it. */
  recentChanges: z.array(RecentChange),
  /** What else is known of the site (of a group: of its first). */
  known: z
    .object({
      site: namedSite,
      customer: z.object({
        id: z.string(),
        name: z.string(),
        contact: z.string().nullable(),
        phone: z.string().nullable(),
        email: z.string().nullable(),
      }),
      lastBackupAt: moment.nullable(),
      certificateExpiresAt: moment.nullable(),
      address: z.string().nullable(),
      /** Other sites at the same address, and how many of them answer. */
      sameAddress: z.object({ sites: count, well: count, failing: z.array(namedSite) }),
    })
    .nullable(),
});
export type IncidentView = z.infer<typeof IncidentView>;

const done = z.object({ ok: z.boolean() });

export const incidentsContract = {
  list: procedure('read', 'GET', '/incidents', 'Incidents, open ones first, then the newest')
    .input(
      z.object({
        open: z.boolean().optional().describe('true = open ones only, false = those that are over'),
        kind: z.enum(incidentKinds).optional(),
        site: site.optional(),
        month: z
          .string()
          .regex(/^\d{4}-(0[1-9]|1[0-2])$/)
          .optional(),
        search: z.string().trim().max(200).optional(),
        page: count.min(1).max(100_000).default(1),
        pageSize: count.min(1).max(200).default(50),
      }),
    )
    .output(IncidentsPage),
  show: procedure('read', 'GET', '/incidents/show', 'One incident with its timeline and what is known')
    .input(z.object({ incident: reference }))
    .output(IncidentView),
  follow: procedure('read', 'GET', '/incidents/follow', 'Which incidents changed, as it happens').output(
    eventIterator(z.object({ all: z.boolean(), ids: z.array(z.string()) })),
  ),
  acknowledge: procedure('operate', 'POST', '/incidents/acknowledge', 'I take it: nobody else is called')
    .input(z.object({ incident: reference }))
    .output(z.object({ taken: z.boolean(), by: Who, at: moment })),
  update: procedure('operate', 'POST', '/incidents/update', 'A note on the timeline')
    .input(z.object({ incident: reference, text: z.string().trim().min(1).max(2000) }))
    .output(done),
  causeNote: procedure('operate', 'POST', '/incidents/cause', 'Why it happened; null takes it away')
    .input(z.object({ incident: reference, text: z.string().trim().min(1).max(4000).nullable() }))
    .output(done),
  resolve: procedure('operate', 'POST', '/incidents/resolve', 'It is done; an outage ends when the watch sees it')
    .input(z.object({ incident: reference }))
    .output(z.object({ over: z.boolean() })),
  reopen: procedure('operate', 'POST', '/incidents/reopen', 'It was not over after all')
    .input(z.object({ incident: reference }))
    .output(done),
  availability: procedure('read', 'GET', '/incidents/availability', 'How much of a month a site was there')
    .input(
      z.object({
        site,
        month: z
          .string()
          .regex(/^\d{4}-(0[1-9]|1[0-2])$/)
          .optional()
          .describe('Default: this one'),
      }),
    )
    .output(
      z.object({
        month: z.string(),
        from: moment,
        to: moment,
        /** 0 to 1; null = watched for less than an hour of it. */
        share: z.number().nullable(),
        outMinutes: count,
        maintenanceMinutes: count,
        outages: z.array(
          z.object({
            incident: count,
            from: moment,
            to: moment.nullable(),
            minutes: count,
            cause: z.string().nullable(),
            inMaintenance: z.boolean(),
          }),
        ),
      }),
    ),
};
