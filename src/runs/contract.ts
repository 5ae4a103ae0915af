import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { moment, procedure } from '../platform/http/procedure.ts';

/** Work under way, as `saga-types.ts` has it. */
export const RunProgress = z.object({
  step: z.string(),
  filesDone: z.number().optional(),
  filesTotal: z.number().optional(),
  bytesDone: z.number().optional(),
  bytesTotal: z.number().optional(),
  rowsDone: z.number().optional(),
  rowsTotal: z.number().optional(),
  detail: z.string().optional(),
});
export type RunProgress = z.infer<typeof RunProgress>;

/** What a failed run says of itself; `details` and the rest stay inside. */
export const RunError = z.object({ code: z.string(), kind: z.string(), message: z.string(), nextStep: z.string() });

/** A phase of a run as people follow it; `failed` is where a failed run stopped. */
export const RunStep = z.object({ name: z.string(), state: z.enum(['done', 'now', 'later', 'failed']) });
export type RunStep = z.infer<typeof RunStep>;

export const Run = z.object({
  id: z.string(),
  saga: z.string(),
  subject: z.string(),
  state: z.enum(['queued', 'running', 'done', 'failed', 'cancelled']),
  attempt: z.number().int(),
  failures: z.number().int(),
  requestedBy: z.string(),
  createdAt: moment,
  startedAt: moment.nullable(),
  finishedAt: moment.nullable(),
  progress: RunProgress.nullable(),
  /** The phases of its saga in order; empty when it has none to speak of. */
  steps: z.array(RunStep),
  /** Why it failed, or what the last attempt met. */
  error: RunError.nullable(),
  result: z.unknown(),
});
export type Run = z.infer<typeof Run>;

const runId = z.object({ run: z.uuid() });

export const runsContract = {
  list: procedure('read', 'GET', '/runs', 'Long work, newest first')
    .input(
      z.object({
        subject: z.string().max(200).optional(),
        site: z.string().max(200).optional().describe('Id of a site: whatever runs or ran for it'),
        liveOnly: z.boolean().default(false),
        before: moment.optional().describe('Begun before this moment: for the next page'),
        limit: z.number().int().min(1).max(500).default(50),
      }),
    )
    .output(z.array(Run)),
  get: procedure('read', 'GET', '/runs/get', 'One run').input(runId).output(Run),
  watch: procedure('read', 'GET', '/runs/watch', 'One run as it goes, until it is over')
    .input(runId)
    .output(eventIterator(Run)),
  live: procedure('read', 'GET', '/runs/live', 'What runs now, of one site or all: again at every change, without end')
    .input(z.object({ site: z.string().max(200).optional().describe('Id of a site') }))
    .output(eventIterator(z.array(Run))),
  cancel: procedure('operate', 'POST', '/runs/cancel', 'Ask a run to stop and put back what is half done')
    .input(runId)
    .output(z.object({ wasLive: z.boolean() })),
};
