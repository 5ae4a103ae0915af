import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestPlatform, type TestPlatform } from '../test-platform.ts';
import { journalTidyLoop } from './index.ts';

let platform: TestPlatform;
beforeAll(async () => {
  platform = await openTestPlatform();
});
afterAll(() => platform.close());

const tables = ['saga_runs', 'saga_steps', 'saga_checkpoints', 'saga_progress'] as const;

/** Adds runs with a journal of one step, one checkpoint and a progress, `ago` before now; `queued` ones have not ended. */
async function addRuns(count: number, state: 'done' | 'failed' | 'queued', ago: string): Promise<void> {
  await platform.connection.pool.query(
    `with runs as (
       insert into saga_runs (id, saga, subject, input, state, requested_by, created_at, finished_at)
       select gen_random_uuid(), 'backup-site', 'site:' || gen_random_uuid(), '{}', $2,
         'test', now() - $3::interval, case when $2 = 'queued' then null else now() - $3::interval end
       from generate_series(1, $1) returning id),
     steps as (insert into saga_steps select id, 'walk', 1, '{}', now() from runs),
     checkpoints as (insert into saga_checkpoints select id, 'at', 1, '{}', now() from runs)
     insert into saga_progress select id, '{}', now() from runs`,
    [count, state, ago],
  );
}

async function counts(): Promise<number[]> {
  const asked = tables.map((table) => platform.connection.pool.query(`select count(*)::int as n from ${table}`));
  return (await Promise.all(asked)).map(({ rows }) => (rows[0] as { n: number }).n);
}

test('a week after its end a run has no journal any more: the run stays, and so does the journal of one that goes on', async () => {
  await addRuns(1100, 'done', '8 days');
  await addRuns(3, 'failed', '8 days');
  await addRuns(5, 'done', '6 days');
  await addRuns(2, 'queued', '30 days');
  await journalTidyLoop.run(platform, new AbortController().signal);
  expect(await counts()).toEqual([1110, 7, 7, 7]);
  await journalTidyLoop.run(platform, new AbortController().signal);
  expect(await counts()).toEqual([1110, 7, 7, 7]);
});
