import { implement } from '@orpc/server';
import { recordAudit } from '../audit/index.ts';
import { requireScope, type ApiContext } from '../identity/index.ts';
import type { Db } from '../platform/database/index.ts';
import { NachtwachtError } from '../platform/errors.ts';
import type { Platform } from '../platform/platform.ts';
import { cancelSaga, findRun, listRuns, readProgress, readSteps, type RunRow } from '../platform/saga/index.ts';
import { RunError, RunProgress, runsContract, type Run } from './contract.ts';
import { stepsOfRun } from './rules/steps-of-run.ts';
import { subjectsOfSite } from './rules/subjects-of-site.ts';

const os = implement(runsContract).$context<ApiContext>();
const lookEveryMs = 400;

async function shown(db: Db, row: RunRow): Promise<Run> {
  const isOver = row.state === 'done' || row.state === 'cancelled';
  const [last, journal] = isOver ? [] : await Promise.all([readProgress(db, row.id), readSteps(db, row.id)]);
  const progress = RunProgress.safeParse(last?.progress);
  return {
    id: row.id,
    saga: row.saga,
    subject: row.subject,
    state: row.state,
    attempt: row.attempt,
    failures: row.failures,
    requestedBy: row.requested_by,
    createdAt: row.created_at.toISOString(),
    startedAt: row.started_at?.toISOString() ?? null,
    finishedAt: row.finished_at?.toISOString() ?? null,
    progress: progress.success && row.state === 'running' ? progress.data : null,
    steps: stepsOfRun({
      saga: row.saga,
      state: row.state,
      journal: new Set(journal?.keys()),
      progress: progress.data?.step,
    }),
    error: RunError.nullable().catch(null).parse(row.error),
    result: row.result,
  };
}

async function getRun(db: Db, id: string): Promise<RunRow> {
  const row = await findRun(db, id);
  if (row) return row;
  throw new NachtwachtError({
    code: 'run-not-found',
    kind: 'not-found',
    message: `There is no run ${id}.`,
    nextStep: 'Look at the list: nachtwacht run list',
    retryable: false,
  });
}

async function* follow(
  platform: Platform,
  id: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<Run, void, void> {
  let before = '';
  for (;;) {
    const run = await shown(platform.db, await getRun(platform.db, id));
    const now = JSON.stringify(run);
    if (now !== before) yield run;
    before = now;
    if (run.state !== 'queued' && run.state !== 'running') return;
    await platform.clock.sleep(lookEveryMs, signal);
  }
}

/** What runs, again whenever anything of it changes. */
async function* followLive(
  platform: Platform,
  site: string | undefined,
  signal: AbortSignal | undefined,
): AsyncGenerator<Run[], void, void> {
  const filter = { live: true, limit: 100, ...(site === undefined ? {} : { subjects: subjectsOfSite(site) }) };
  let before = '';
  for (;;) {
    const rows = await listRuns(platform.db, filter);
    const runs = await Promise.all(rows.map((row) => shown(platform.db, row)));
    const now = JSON.stringify(runs);
    if (now !== before) yield runs;
    before = now;
    await platform.clock.sleep(lookEveryMs, signal);
  }
}

export const runsRoutes = os.router({
  list: os.list.handler(async ({ context, input }) => {
    const { db } = context.platform;
    const filter = {
      limit: input.limit,
      live: input.liveOnly,
      ...(input.subject === undefined ? {} : { subject: input.subject }),
      ...(input.site === undefined ? {} : { subjects: subjectsOfSite(input.site) }),
      ...(input.before === undefined ? {} : { before: new Date(input.before) }),
    };
    return Promise.all((await listRuns(db, filter)).map((row) => shown(db, row)));
  }),
  get: os.get.handler(async ({ context, input }) => {
    const { db } = context.platform;
    return shown(db, await getRun(db, input.run));
  }),
  watch: os.watch.handler(async ({ context, input, signal }) => {
    // Before the stream begins, so that an unknown run is an ordinary answer.
    await getRun(context.platform.db, input.run);
    return follow(context.platform, input.run, signal);
  }),
  live: os.live.handler(({ context, input, signal }) =>
    Promise.resolve(followLive(context.platform, input.site, signal)),
  ),
  cancel: os.cancel.handler(async ({ context, input }) => {
    const { platform, actor } = context;
    requireScope(actor, 'operate');
    const row = await getRun(platform.db, input.run);
    const wasLive = await cancelSaga(platform, row.id);
    if (wasLive) {
      const deed = { action: 'run-cancelled', subject: row.subject, details: { runId: row.id, saga: row.saga } };
      await recordAudit(platform.db, actor, { ...deed, at: platform.clock.now() });
    }
    return { wasLive };
  }),
});
