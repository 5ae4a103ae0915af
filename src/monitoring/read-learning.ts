import { z } from 'zod';
import { unlearnt, type Learning } from './rules/learn.ts';

const LearningRow = z.object({
  keyword: z.string().nullable(),
  status: z.number().nullable(),
  hosts: z.array(z.string()),
  bytes: z.number().nullable().default(null),
  candidates: z.array(z.string()),
  from: z.number(),
  since: z.number().nullable(),
});

/** What stands in `watch_states.learnt`; anything else is 'nothing learnt'. */
export function readLearning(stored: unknown): Learning {
  return LearningRow.safeParse(stored).data ?? unlearnt;
}
