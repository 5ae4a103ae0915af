import { z } from 'zod';
import { moment, procedure } from '../../platform/http/procedure.ts';

const site = z.string().min(1).max(500).describe('Id or address of the site');
const snapshot = z
  .string()
  .regex(/^(latest|latest-good|[0-9a-f]{4,64})$/u)
  .describe('Id, the beginning of one, `latest`, or `latest-good`: the newest that is whole and keeps no broken state');
const chosen = {
  files: z
    .array(z.string().min(1).max(4096))
    .max(1000)
    .optional()
    .describe('Folders or files from the WordPress folder on; none and no tables = the whole site'),
  tables: z.array(z.string().min(1).max(64)).max(1000).optional().describe('Table names; * = every table'),
};

export const TableChange = z.object({
  name: z.string(),
  action: z.enum(['create', 'replace', 'drop', 'same', 'kept']),
  rowsNow: z.number().optional(),
  rowsThen: z.number().optional(),
  why: z.enum(['missing-now', 'differs', 'not-then', 'equal', 'unknown-now', 'own-table', 'not-in-snapshot']),
});

export const PlanView = z.object({
  files: z.object({
    scope: z.enum(['all', 'none', 'chosen']),
    added: z.number(),
    changed: z.number(),
    removed: z.number(),
    modesChanged: z.number(),
    bytes: z.number().describe('Bytes that travel to the site'),
    examples: z.object({ added: z.array(z.string()), changed: z.array(z.string()), removed: z.array(z.string()) }),
  }),
  tables: z.object({ scope: z.enum(['all', 'none', 'chosen']), changes: z.array(TableChange) }),
  kept: z.array(z.object({ root: z.string(), path: z.string(), why: z.string() })),
  keptCount: z.number(),
  order: z.object({ ok: z.boolean(), order: z.string().optional(), why: z.string() }),
});

export const Preview = z.object({
  site: z.string().describe('Its address: what a person types to confirm'),
  /** What it would go back to. */
  snapshot: z.string(),
  takenAt: moment,
  /** The state it was compared with. */
  present: z.string(),
  presentAt: moment,
  plan: PlanView,
  /** What a person should know first, the gravest first. */
  warnings: z.array(z.object({ code: z.string(), severe: z.boolean(), nl: z.string(), en: z.string() })),
  lines: z.object({ nl: z.array(z.string()), en: z.array(z.string()) }).describe('The plan in words'),
});
export type Preview = z.infer<typeof Preview>;

export const Restore = z.object({
  id: z.string(),
  siteId: z.string(),
  snapshot: z.string(),
  target: z.enum(['site', 'folder', 'download']),
  state: z.enum(['queued', 'running', 'done', 'reverted', 'failed']),
  requestedBy: z.string(),
  requestedAt: moment,
  finishedAt: moment.nullable(),
  present: z.array(z.string()).describe('Snapshots of the state before it: what undoing goes back to'),
  undoOf: z.string().nullable(),
  smallJob: z.boolean().describe('Counts as a small job'),
  evidence: z.unknown(),
  /** What it was of; paths and names as they were asked for. */
  scope: z.object({
    files: z.union([z.enum(['all', 'none']), z.array(z.string())]),
    tables: z.union([z.enum(['all', 'none']), z.array(z.string())]),
  }),
  undo: z.object({
    possible: z.boolean(),
    why: z.enum(['ready', 'not-done', 'not-onto-the-site', 'nothing-kept', 'undone', 'snapshot-gone']),
    /** The restore that undid it. */
    by: z.string().nullable(),
  }),
});
export type Restore = z.infer<typeof Restore>;

export const restoresContract = {
  diff: procedure('read', 'GET', '/snapshots/diff', 'What differs between two snapshots of a site')
    .input(z.object({ site, from: snapshot, to: snapshot }))
    .output(Preview),
  look: procedure('operate', 'POST', '/restores/look', 'Keep the present state of a site, broken or not, for a preview')
    .input(z.object({ site }))
    .output(z.object({ runId: z.string() })),
  preview: procedure('read', 'POST', '/restores/preview', 'What a restore would change, before anything happens')
    .input(z.object({ site, snapshot, present: snapshot.default('latest'), ...chosen }))
    .output(Preview),
  start: procedure('operate', 'POST', '/restores', 'Put a site back to a snapshot; the state before is kept first')
    .input(z.object({ site, snapshot, ...chosen }))
    .output(z.object({ restoreId: z.string(), runId: z.string() })),
  undo: procedure('operate', 'POST', '/restores/undo', 'Go back to the state before a restore')
    .input(z.object({ site, restore: z.string().max(100).default('latest').describe('Id of a restore, or `latest`') }))
    .output(z.object({ restoreId: z.string(), runId: z.string() })),
  list: procedure('read', 'GET', '/restores', 'Restores of a site, newest first')
    .input(
      z.object({
        site,
        before: moment.optional().describe('Asked for before this moment: for the next page'),
        limit: z.coerce.number().int().min(1).max(500).default(50),
      }),
    )
    .output(z.array(Restore)),
  toFolder: procedure(
    'admin',
    'POST',
    '/restores/folder',
    'Write a snapshot into an empty folder on the machine of the worker',
  )
    .input(z.object({ site, snapshot, folder: z.string().min(1).max(4096), ...chosen }))
    .output(z.object({ restoreId: z.string(), runId: z.string() })),
  download: procedure('operate', 'GET', '/restores/download', 'A snapshot as a zip, with its SQL; plain HTTP only')
    .route({ outputStructure: 'detailed' })
    .input(
      z.object({
        site,
        snapshot: snapshot.default('latest-good'),
        files: z.union([z.string(), z.array(z.string())]).optional(),
        tables: z.union([z.string(), z.array(z.string())]).optional(),
      }),
    )
    .output(z.object({ headers: z.record(z.string(), z.string()), body: z.instanceof(ReadableStream) })),
  trial: procedure(
    'operate',
    'POST',
    '/restores/trial',
    'Restore a snapshot on trial, beside everything, and compare it',
  )
    .input(z.object({ site, snapshot: snapshot.default('latest-good') }))
    .output(z.object({ runId: z.string() })),
};
