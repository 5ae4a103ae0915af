import { z } from 'zod';
import type { Consistency } from '../backups/rules/site-report.ts';

const consistencies = ['one-snapshot', 'not-asked', 'not-allowed', 'ended-early'] as const satisfies Consistency[];

/** A report as a snapshot holds it: read leniently, for an older version of Nachtwacht may have written it. */
export const Report = z.looseObject({
  complete: z.boolean(),
  files: z.looseObject({ files: z.number() }),
  database: z.looseObject({
    held: z.boolean(),
    consistent: z.boolean().optional(),
    consistency: z.enum(consistencies).optional().catch(undefined),
    why: z.string().default(''),
    detail: z.string().optional(),
    tables: z.number().optional(),
    rows: z.number().optional(),
    skipped: z.array(z.looseObject({ name: z.string(), why: z.string(), detail: z.string().optional() })).default([]),
  }),
  skipped: z.array(
    z.looseObject({ root: z.string(), path: z.string(), why: z.string(), detail: z.string().optional() }),
  ),
  skippedCounts: z.partialRecord(z.string(), z.number()).default({}),
  changedWhileRead: z.array(z.looseObject({ root: z.string(), path: z.string() })),
});
export type Report = z.infer<typeof Report>;
