import { z } from 'zod';
import { moment, procedure } from '../platform/http/procedure.ts';
import type { PublicCause } from '../status-pages/index.ts';

/** A customer names his sites by their id only. */
const mySite = z.string().trim().min(1).max(100);
const requestId = z.string().trim().min(1).max(100);
const count = z.number().int();

export const requestState = z.enum(['open', 'accepted', 'done', 'declined', 'withdrawn']);

/** Only what is meant for the customer: no names of plugins, machines or people at work. */
export const MySite = z.object({
  id: z.string(),
  url: z.string(),
  plan: z.enum(['daily', 'hourly']),
  state: z.enum(['well', 'working', 'starting', 'attention']),
  reason: z.enum([
    'all-kept',
    'out',
    'restoring',
    'request-waits',
    'not-connected',
    'no-backup-yet',
    'overdue',
    'paused',
  ]),
  lastBackupAt: moment.nullable(),
  /** At the latest; null = no backup is planned. */
  nextBackupBy: moment.nullable(),
  /** It was put back and compared, on trial or for real. `takenAt`: of the backup that was put back. */
  lastProof: z
    .object({ kind: z.enum(['trial-restore', 'restore']), at: moment, takenAt: moment.nullable() })
    .nullable(),
});
export type MySite = z.infer<typeof MySite>;

export const MyRequest = z.object({
  id: z.string(),
  site: z.object({ id: z.string(), url: z.string() }),
  /** The moment to go back to; null = choose with us. */
  moment: moment.nullable(),
  note: z.string(),
  askedBy: z.string(),
  askedAt: moment,
  state: requestState,
  answer: z.string().nullable(),
  answeredAt: moment.nullable(),
});
export type MyRequest = z.infer<typeof MyRequest>;

/** What visitors saw, in plain words (`status-pages/words.ts`). */
export const plainCauses = [
  'unreachable',
  'address',
  'certificate',
  'slow',
  'error',
] as const satisfies readonly PublicCause[];

/** One calendar month of the agency, up to now. */
export const WatchMonth = z.object({
  begins: moment,
  /** Part of the time in which the site could be reached, 0 to 1; null = watched for less than an hour of it. */
  share: z.number().nullable(),
  /** Whole minutes; our own announced work is not in it but in `workMinutes`. */
  outMinutes: count,
  workMinutes: count,
  outages: count,
});
export type WatchMonth = z.infer<typeof WatchMonth>;

/** 'Watched around the clock', with its proof. */
export const MyWatch = z.object({
  /** out: an outage; work: our own announced work; unsure: nobody has looked lately; unwatched: it is not looked at. */
  state: z.enum(['out', 'work', 'unsure', 'unwatched', 'well']),
  /** Of an outage or work that goes on. */
  since: moment.nullable(),
  lastLookAt: moment.nullable(),
  everySeconds: count,
  watchedSince: moment,
  thisMonth: WatchMonth,
  /** Null = it was not watched then. */
  lastMonth: WatchMonth.nullable(),
  /** Of both months, newest first; fifty at most. */
  outages: z.array(
    z.object({
      from: moment,
      to: moment.nullable(),
      minutes: count,
      /** Null = our own announced work. */
      cause: z.enum(plainCauses).nullable(),
      /** From the first failure until a guard was told, and until one took it; null = it did not come to that. */
      toldAfterSeconds: count.nullable(),
      takenAfterSeconds: count.nullable(),
    }),
  ),
  /** Of the outages of both months that somebody was to be told of: how many were told of in time. */
  promise: z.object({ withinSeconds: count, outages: count, kept: count, slowestSeconds: count.nullable() }),
});
export type MyWatch = z.infer<typeof MyWatch>;

export const MySiteInFull = MySite.extend({
  careSince: moment,
  /** In which nights and due times are counted. */
  timeZone: z.string(),
  /** Promises of this calendar month that were due, by what became of them. */
  month: z.object({ begins: moment, due: count, kept: count, late: count, missed: count }),
  moments: z.object({ count, oldest: moment.nullable() }),
  watch: MyWatch,
  size: z.object({ totalBytes: count, limitBytes: count, state: z.enum(['ok', 'near', 'quote-needed']) }).nullable(),
  /** Newest first. */
  requests: z.array(MyRequest),
});
export type MySiteInFull = z.infer<typeof MySiteInFull>;

export const portalContract = {
  sites: procedure('own', 'GET', '/portal/sites', 'Your sites, and how they are').output(z.array(MySite)),
  site: procedure('own', 'GET', '/portal/site', 'One of your sites: what was promised, with its proof')
    .input(z.object({ site: mySite }))
    .output(MySiteInFull),
  snapshots: procedure('own', 'GET', '/portal/snapshots', 'The moments your site can go back to, newest first')
    .input(z.object({ site: mySite, limit: z.coerce.number().int().min(1).max(2000).default(500) }))
    .output(z.array(z.object({ at: moment, bytes: count, usable: z.boolean() }))),
  requests: procedure('own', 'GET', '/portal/requests', 'What you asked for, newest first')
    .input(z.object({ site: mySite.optional() }))
    .output(z.array(MyRequest)),
  askRestore: procedure('own', 'POST', '/portal/requests', 'Ask to put your site back to a moment')
    .input(
      z.object({
        site: mySite,
        moment: moment.nullable().describe('null = the last good one, or what we choose together'),
        note: z.string().trim().max(2000).default(''),
      }),
    )
    .output(MyRequest),
  withdraw: procedure('own', 'POST', '/portal/requests/withdraw', 'Withdraw what was not begun yet')
    .input(z.object({ request: requestId }))
    .output(MyRequest),
};

/** The same, to those who answer. */
export const CustomerRequest = MyRequest.extend({
  customer: z.object({ id: z.string(), name: z.string() }),
  kind: z.enum(['restore']),
  /** Snapshot of that moment, when it is still there. */
  snapshot: z.string().nullable(),
  answeredBy: z.string().nullable(),
});
export type CustomerRequest = z.infer<typeof CustomerRequest>;

export const requestsContract = {
  list: procedure('read', 'GET', '/requests', 'What customers asked for, newest first')
    .input(
      z.object({
        openOnly: z.boolean().default(true).describe('Only what waits for us'),
        customer: z.string().trim().min(1).max(200).optional(),
        site: z.string().trim().min(1).max(2000).optional(),
        limit: z.coerce.number().int().min(1).max(500).default(100),
      }),
    )
    .output(z.array(CustomerRequest)),
  answer: procedure('operate', 'POST', '/requests/answer', 'Take on, finish or decline what a customer asked for')
    .input(
      z.object({
        request: requestId,
        state: z.enum(['accepted', 'done', 'declined']),
        answer: z.string().trim().max(2000).default('').describe('What the customer reads'),
      }),
    )
    .output(CustomerRequest),
};
