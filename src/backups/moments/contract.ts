import { z } from 'zod';
import { moment, procedure } from '../../platform/http/procedure.ts';
import { SnapshotView } from '../contract.ts';

const site = z.string().trim().min(1).max(2000).describe('Id or address of the site');
const id = z.string().regex(/^[0-9a-f]{4,64}$/u);
const word = z
  .string()
  .regex(/^(latest|latest-good|[0-9a-f]{4,64})$/u)
  .describe('Id, the beginning of one, `latest` or `latest-good`');
const count = z.number().int();
const bytes = z.number().min(0);
const offset = z.coerce.number().int().min(0).max(1_000_000).default(0);
const pageSize = z.coerce.number().int().min(1).max(500).default(100);
const reason = SnapshotView.shape.reason;
const named = z.object({ id: z.string(), takenAt: moment });
const inBoth = z.object({ nl: z.string(), en: z.string() });

/** One bar of the line: a snapshot, or a calendar unit with the snapshot that stands for it. */
export const TimelineBar = z.object({
  from: moment,
  to: moment.describe('Equal to `from` when the bar is one snapshot'),
  moment: named.extend({ reason }).nullable().describe('The last good one, else the last; null = none'),
  snapshots: count,
  bytes: bytes.describe('What the site weighed then: files and database'),
  storedBytes: bytes.describe('What the repository grew by'),
  incomplete: count,
  wrong: count.describe('Found damaged when read back'),
  held: count,
  failed: count.describe('Backups that failed within the bar, or since the bar before it when the bar is one snapshot'),
  gap: z.boolean().describe('None was taken where one should be; before it when the bar is one snapshot'),
});
export type TimelineBar = z.infer<typeof TimelineBar>;

export const Timeline = z.object({
  unit: z.enum(['moment', 'hour', 'day', 'week', 'month']),
  timeZone: z.string(),
  from: moment,
  to: moment,
  /** Of all that there are to go back to. */
  all: count,
  oldest: moment.nullable(),
  newest: moment.nullable(),
  count: count.describe('Within the range'),
  largestBytes: bytes,
  bars: z.array(TimelineBar),
  /** Stretches without a good backup, within the range. */
  gaps: z.array(z.object({ from: moment, to: moment })),
  /** Failed backups since the newest snapshot. */
  failedSince: count,
  gapSince: moment.nullable().describe('Since when there should have been a newer one'),
});
export type Timeline = z.infer<typeof Timeline>;

export const MomentView = SnapshotView.extend({
  isNewest: z.boolean(),
  older: count,
  newer: count,
  previous: named.nullable(),
  next: named.nullable(),
  /** The last look of each kind at this snapshot; slices are of the whole repository. */
  readBack: z.array(
    z.object({
      kind: z.enum(['structure', 'slice', 'trial-restore']),
      at: moment,
      ok: z.boolean(),
      slice: z.object({ part: count, of: count }).nullable(),
    }),
  ),
});
export type MomentView = z.infer<typeof MomentView>;

const changedTable = z.object({
  name: z.string(),
  kind: z.enum(['added', 'changed', 'removed']),
  rowsBefore: count.nullable(),
  rowsAfter: count.nullable(),
});

export const Changes = z.object({
  from: named.nullable().describe('null = there is nothing before it'),
  to: named,
  equal: z.boolean(),
  files: z.object({ added: count, changed: count, removed: count, modesChanged: count, bytes }),
  tables: z.object({ added: count, changed: count, removed: count, same: count, list: z.array(changedTable) }),
});
export type Changes = z.infer<typeof Changes>;

export const ChangedFiles = z.object({
  total: count,
  next: count.nullable(),
  files: z.array(
    z.object({
      path: z.string(),
      kind: z.enum(['added', 'changed', 'removed']),
      sizeBefore: bytes.nullable(),
      sizeAfter: bytes.nullable(),
    }),
  ),
});

export const TreeEntry = z.object({
  name: z.string(),
  path: z.string().describe('As a restore takes it'),
  kind: z.enum(['folder', 'file', 'link']),
  bytes: bytes.nullable(),
  changedAt: moment.nullable(),
});
export type TreeEntry = z.infer<typeof TreeEntry>;

export const Weight = z.object({
  snapshot: named.nullable(),
  totalBytes: bytes,
  parts: z.array(
    z.object({
      kind: z.enum(['core', 'plugin', 'theme', 'uploads', 'folder', 'table']),
      name: z.string(),
      bytes,
      files: count.describe('Rows, when it is a table'),
    }),
  ),
});
export type Weight = z.infer<typeof Weight>;

export const Growth = z.object({
  unit: z.enum(['hour', 'day', 'week', 'month']),
  limitBytes: bytes,
  points: z.array(
    z.object({
      at: moment,
      filesBytes: bytes,
      databaseBytes: bytes,
      files: count,
      rows: count,
      storedBytes: bytes,
      backups: count,
    }),
  ),
  /** Bytes a day over the last stretch, and when the limit is reached at that pace. */
  perDay: z.number().nullable(),
  fullAt: moment.nullable(),
  words: inBoth,
});
export type Growth = z.infer<typeof Growth>;

export const momentsContract = {
  timeline: procedure('read', 'GET', '/moments/timeline', 'The line of snapshots of a site, in at most 120 bars')
    .input(z.object({ site, from: moment.optional(), to: moment.optional() }))
    .output(Timeline),
  show: procedure(
    'read',
    'GET',
    '/moments/show',
    'One snapshot: why it is kept, when it was read back, what is beside it',
  )
    .input(
      z.object({
        site,
        snapshot: word.optional().describe('Default: latest-good, else latest'),
        at: moment.optional().describe('The snapshot nearest to this moment instead'),
      }),
    )
    .output(MomentView.nullable()),
  changes: procedure('read', 'GET', '/moments/changes', 'What changed between a snapshot and now, or the one before it')
    .input(z.object({ site, snapshot: word, against: z.enum(['now', 'previous']).default('now') }))
    .output(Changes),
  changedFiles: procedure('read', 'POST', '/moments/files', 'The changed files between two snapshots, by page')
    .input(
      z.object({
        site,
        from: word,
        to: word,
        /** A part of the site, as a restore takes it: then the list is that of its preview. */
        files: z.array(z.string().min(1).max(4096)).max(1000).optional(),
        tables: z.array(z.string().min(1).max(64)).max(1000).optional(),
        kind: z.enum(['added', 'changed', 'removed']).optional(),
        search: z.string().max(200).optional(),
        offset,
        limit: pageSize,
      }),
    )
    .output(ChangedFiles),
  tree: procedure('read', 'GET', '/moments/tree', 'One folder of a snapshot, by page')
    .input(
      z.object({
        site,
        snapshot: id,
        path: z.string().max(4096).default('').describe("As a restore takes it; '' = the top"),
        search: z.string().max(200).optional().describe('Only names that hold this'),
        offset,
        limit: pageSize,
      }),
    )
    .output(z.object({ path: z.string(), total: count, next: count.nullable(), entries: z.array(TreeEntry) })),
  tables: procedure('read', 'GET', '/moments/tables', 'The tables of a snapshot')
    .input(z.object({ site, snapshot: id }))
    .output(z.array(z.object({ name: z.string(), rows: count, bytes }))),
  weight: procedure('read', 'GET', '/moments/weight', 'What weighs most on a site, by its newest whole snapshot')
    .input(z.object({ site }))
    .output(Weight),
  growth: procedure('read', 'GET', '/moments/growth', 'Size of a site over time, from its snapshots')
    .input(z.object({ site, days: z.coerce.number().int().min(1).max(4000).optional() }))
    .output(Growth),
};
