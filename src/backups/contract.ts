import { z } from 'zod';
import { moment, procedure } from '../platform/http/procedure.ts';
import { siteReference } from '../sites/contract.ts';

const reason = z.enum(['first', 'daily', 'hourly', 'by-hand', 'before-update', 'before-restore']);
const count = z.number().int();
const snapshotId = z.string().regex(/^[0-9a-f]{4,64}$/u);
const inBoth = z.object({ nl: z.string(), en: z.string() });

/** A snapshot as lists show it. Bytes are plain bytes; `moved` is what went over the wire, both directions. */
export const SnapshotView = z.object({
  id: z.string(),
  takenAt: moment,
  storedAt: moment,
  reason,
  files: count,
  fileBytes: count,
  tables: count,
  rows: count,
  databaseBytes: count,
  filesFetched: count,
  newBytes: count.describe('What the repository did not have yet'),
  storedBytes: count.describe('What the repository grew by, compressed'),
  movedBytes: count,
  requests: count,
  seconds: z.number(),
  consistent: z.boolean(),
  complete: z.boolean(),
  /** What it lacks, in words; empty when complete. */
  gaps: z.array(inBoth),
  wrongSince: moment.nullable(),
  held: z.boolean(),
  keep: z.boolean(),
  /** Why retention keeps it, or will remove it. */
  why: z.array(inBoth),
});
export type SnapshotView = z.infer<typeof SnapshotView>;

export const VerificationView = z.object({
  id: count,
  kind: z.enum(['structure', 'slice', 'trial-restore']),
  snapshot: z.string().nullable(),
  slice: z.object({ part: count, of: count }).nullable(),
  beganAt: moment,
  endedAt: moment,
  ok: z.boolean(),
  problems: z.unknown(),
  figures: z.unknown(),
});

const retention = z.object({
  hourly: count.min(0).max(10_000),
  daily: count.min(0).max(10_000),
  monthly: count.min(0).max(1000),
  beforeChangeDays: count.min(0).max(3650),
});
/** Exact names joined by `/` from the WordPress folder on; `*` alone = any one name. */
const pattern = z
  .string()
  .min(1)
  .max(1000)
  .refine((text) => !text.startsWith('/') && !text.endsWith('/') && !text.split('/').includes('..'), 'must be a path');

const started = z.object({ runId: z.string(), isNew: z.boolean() });

export const backupsContract = {
  start: procedure('operate', 'POST', '/backups', 'Back a site up now; one that runs already is joined')
    .input(z.object({ site: siteReference, reason: z.enum(['by-hand', 'before-update']).default('by-hand') }))
    .output(started),
  snapshots: procedure('read', 'GET', '/snapshots', 'Snapshots of a site, newest first, with why each is kept')
    .input(z.object({ site: siteReference, limit: z.coerce.number().int().min(1).max(5000).default(200) }))
    .output(z.array(SnapshotView)),
  report: procedure('read', 'GET', '/snapshots/report', 'What a backup read, skipped and why')
    .input(z.object({ site: siteReference, snapshot: snapshotId }))
    .output(z.looseObject({ complete: z.boolean() })),
  hold: procedure('operate', 'POST', '/snapshots/hold', 'Set a snapshot aside: retention never removes it')
    .input(z.object({ site: siteReference, snapshot: snapshotId, hold: z.boolean().default(true) }))
    .output(z.object({ id: z.string(), held: z.boolean() })),
  tidy: procedure('admin', 'POST', '/backups/tidy', 'Apply retention and remove unused data now')
    .input(z.object({ site: siteReference }))
    .output(started),
  verify: procedure('operate', 'POST', '/backups/verify', 'Read the data of a repository back and check it')
    .input(
      z.object({
        site: siteReference,
        slice: z.object({ part: count.min(1), of: count.min(1).max(1000) }).optional(),
      }),
    )
    .output(started),
  verifications: procedure('read', 'GET', '/backups/verifications', 'What was verified and what came of it')
    .input(
      z.object({
        site: siteReference,
        before: z.coerce.number().int().optional().describe('Id of the last one of the page before'),
        limit: z.coerce.number().int().min(1).max(1000).default(50),
      }),
    )
    .output(z.array(VerificationView)),
  exportKey: procedure('admin', 'POST', '/backups/export-key', 'The way to the backups without Nachtwacht')
    .input(z.object({ site: siteReference }))
    .output(
      z.object({
        site: z.string(),
        repository: z.string(),
        command: z.string(),
        environment: z.array(z.object({ name: z.string(), value: z.string() })),
      }),
    ),
  settings: procedure('read', 'GET', '/backups/settings', 'How the backups of a site are set')
    .input(z.object({ site: siteReference }))
    .output(
      z.object({
        paused: z.boolean(),
        plan: z.enum(['daily', 'hourly']),
        nextAt: moment.nullable().describe('When the next backup begins by itself'),
        schedule: inBoth,
        retention,
        ownRetention: z.boolean().describe("false = the house's policy counts"),
        rule: z.object({ nl: z.array(z.string()), en: z.array(z.string()) }).describe('Retention as sentences'),
        excludes: z.array(pattern),
        houseExcludes: z.array(z.object({ pattern: z.string(), why: z.string() })),
      }),
    ),
  change: procedure('admin', 'POST', '/backups/settings', 'Pause, retention and what is left out')
    .input(
      z.object({
        site: siteReference,
        paused: z.boolean().optional(),
        retention: retention.nullable().optional().describe("null = the house's policy"),
        excludes: z.array(pattern).max(200).optional(),
      }),
    )
    .output(z.object({ paused: z.boolean() })),
};
