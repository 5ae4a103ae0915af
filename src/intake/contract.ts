import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { moment, procedure } from '../platform/http/procedure.ts';
import { RunError, RunProgress } from '../runs/contract.ts';
import { Site, siteReference } from '../sites/contract.ts';
import { homeChecks } from './rules/judge-home.ts';
import { intakeSteps } from './rules/next-step.ts';

export { RunError, RunProgress };

const inBoth = z.object({ nl: z.string(), en: z.string() });
const step = z.enum([...intakeSteps, 'safe']);
const site = z.object({ site: siteReference });

export const IntakeView = z.object({
  site: Site,
  /** What comes next; `safe` = it is done. */
  step,
  reason: z.string(),
  plugin: z.enum(['ready', 'paired', 'absent', 'unknown']),
  steps: z.array(
    z.object({
      name: z.enum(intakeSteps),
      state: z.enum(['done', 'working', 'failed', 'now', 'waiting']),
      run: z.string().nullable(),
      progress: RunProgress.nullable(),
      error: RunError.nullable(),
    }),
  ),
  /** When the first good backup was stored. */
  safeSince: moment.nullable(),
  backup: z
    .object({ snapshot: z.string(), storedAt: moment, files: z.number(), rows: z.number(), bytes: z.number() })
    .nullable(),
  inventory: z.object({ plugins: z.number().int(), themes: z.number().int() }).nullable(),
});
export type IntakeView = z.infer<typeof IntakeView>;

export const intakeContract = {
  look: procedure('admin', 'GET', '/intake/look', 'Look at an address before it is added; changes nothing')
    .input(z.object({ url: z.string().trim().min(1).max(2001) }))
    .output(
      z.object({
        /** As it would be registered. */
        url: z.string(),
        canAdd: z.boolean(),
        /** The address to use instead. */
        proposal: z.string().nullable(),
        known: z.object({ id: z.string(), url: z.string() }).nullable(),
        findings: z.array(
          z.object({
            check: z.enum(homeChecks),
            state: z.enum(['ok', 'note', 'wrong']),
            code: z.string(),
            says: inBoth,
            /** Null when nothing is to be done. */
            next: inBoth.nullable(),
          }),
        ),
      }),
    ),
  show: procedure('read', 'GET', '/intake', 'How far a site is on its way into care').input(site).output(IntakeView),
  watch: procedure('read', 'GET', '/intake/watch', 'The same as it goes, until the site is safe')
    .input(site)
    .output(eventIterator(IntakeView)),
  unfinished: procedure('read', 'GET', '/intake/unfinished', 'Sites that are on their way into care').output(
    z.array(z.object({ site: Site, step, reason: z.string() })),
  ),
  begin: procedure('operate', 'POST', '/intake/begin', 'Start what a paired site still needs, or try it again')
    .input(site)
    .output(IntakeView),
};
