import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { listAlarms } from '../alarms/index.ts';
import { systemClock } from '../clock.ts';
import { NachtwachtError } from '../errors.ts';
import { openTestPlatform, type TestPlatform } from '../test-platform.ts';
import { cancelSaga, defineSaga, findRun, startSaga, startSagaWorker, type RunRow, type SagaWorker } from './index.ts';
import { writeCheckpoint, writeStep } from './saga-store.ts';
import { counting } from './test-worker.ts';

let platform: TestPlatform;
const children = new Set<ChildProcess>();
const workers = new Set<SagaWorker>();

beforeAll(async () => {
  platform = await openTestPlatform();
  await platform.connection.pool.query(
    'create table counted (run uuid not null, step integer not null, claim bigint not null)',
  );
});
afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  children.clear();
  for (const worker of workers) await worker.stop(5000);
  workers.clear();
});
afterAll(() => platform.close());

const workerFile = path.join(path.dirname(fileURLToPath(import.meta.url)), 'test-worker.ts');

async function startChild(): Promise<ChildProcess> {
  const child = spawn(process.execPath, [workerFile], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      PATH: process.env['PATH'],
      DATABASE_URL: platform.databaseUrl,
      NACHTWACHT_DATA: platform.config.dataFolder,
      NACHTWACHT_LOG: 'error',
    },
  });
  children.add(child);
  await new Promise<void>((resolve, reject) => {
    child.stdout?.once('data', () => resolve());
    child.once('exit', (code) => reject(new Error(`worker ended with ${code}`)));
  });
  return child;
}

async function until(what: string, look: () => Promise<boolean>, withinMs = 60_000): Promise<void> {
  const end = systemClock.monotonicMs() + withinMs;
  while (systemClock.monotonicMs() < end) {
    if (await look()) return;
    await systemClock.sleep(50);
  }
  throw new Error(`not within ${withinMs} ms: ${what}`);
}

async function run(id: string): Promise<RunRow> {
  const row = await findRun(platform.db, id);
  if (!row) throw new Error('no such run');
  return row;
}

async function ended(id: string): Promise<RunRow> {
  await until('the run ends', async () => ['done', 'failed', 'cancelled'].includes((await run(id)).state));
  return run(id);
}

async function counted(id: string): Promise<{ step: number; claim: number }[]> {
  const { rows } = await platform.connection.pool.query<{ step: number; claim: number }>(
    'select step, claim from counted where run = $1 order by step, claim',
    [id],
  );
  return rows;
}

describe('a killed worker', () => {
  test('is taken over by another within 15 s, which goes on after the last journalled step', async () => {
    const first = await startChild();
    const { runId } = await startSaga(platform, counting, { site: randomUUID(), steps: 8, stepMs: 400 }, by);
    await until('two steps are done', async () => (await counted(runId)).length >= 3);
    first.kill('SIGKILL');
    const killedAt = systemClock.monotonicMs();
    const before = (await run(runId)).claim;
    const second = await startChild();
    await until('the second worker has it', async () => (await run(runId)).claim > before);
    const tookMs = systemClock.monotonicMs() - killedAt;
    expect(tookMs).toBeLessThan(15_000);
    const row = await ended(runId);
    second.kill('SIGKILL');
    expect(row).toMatchObject({ state: 'done', attempt: 2, result: { steps: 8, claim: before + 1 } });
    // Each step ran once, but for the one that was under way at the kill.
    const steps = await counted(runId);
    expect(new Set(steps.map((each) => each.step)).size).toBe(8);
    expect(steps.length).toBeLessThanOrEqual(9);
  });

  test('that was only stalled can write nothing any more when it wakes up', async () => {
    const stalled = await startChild();
    const { runId } = await startSaga(platform, counting, { site: randomUUID(), steps: 6, stepMs: 300 }, by);
    await until('a step is done', async () => (await counted(runId)).length >= 2);
    stalled.kill('SIGSTOP');
    const old = { runId, claim: (await run(runId)).claim };
    await startChild();
    await until('the other worker has it', async () => (await run(runId)).claim > old.claim);
    stalled.kill('SIGCONT');
    expect(await writeStep(platform.db, old, 'late', 1, new Date())).toBe(false);
    expect(await writeCheckpoint(platform.db, old, 'late', 1, new Date())).toBe(false);
    const row = await ended(runId);
    expect(row).toMatchObject({ state: 'done', claim: old.claim + 1 });
    const late = (await counted(runId)).filter((each) => each.claim === old.claim && each.step > 4);
    expect(late).toEqual([]);
  });
});

describe('a graceful stop', () => {
  test('hands the run to another worker at once', async () => {
    const first = await startChild();
    // Steps enough that the run is not over before the other worker is there, on a busy machine too.
    const { runId } = await startSaga(platform, counting, { site: randomUUID(), steps: 20, stepMs: 400 }, by);
    await until('a step is done', async () => (await counted(runId)).length >= 2);
    await startChild();
    first.kill('SIGTERM');
    const stoppedAt = systemClock.monotonicMs();
    await until('the other worker has it', async () => (await run(runId)).attempt === 2);
    expect(systemClock.monotonicMs() - stoppedAt).toBeLessThan(5000);
    expect(await ended(runId)).toMatchObject({ state: 'done', failures: 0 });
  });
});

const by = { requestedBy: 'test' };

async function workHere(...sagas: Parameters<typeof startSagaWorker>[1]): Promise<void> {
  workers.add(await startSagaWorker(platform, sagas, 2));
}

describe('starting', () => {
  test('twice on one subject gives the run that is there; another saga is refused with its id', async () => {
    const site = randomUUID();
    const other = defineSaga({ name: 'other', subject: counting.subject, run: async () => null });
    const input = { site, steps: 1, stepMs: 1 };
    const first = await startSaga(platform, counting, input, by);
    expect(await startSaga(platform, counting, input, by)).toEqual({ runId: first.runId, isNew: false });
    await expect(startSaga(platform, other, input, by)).rejects.toMatchObject({
      code: 'subject-busy',
      details: { runId: first.runId },
    });
    await workHere(counting, other);
    await ended(first.runId);
    const next = await startSaga(platform, other, input, by);
    expect(next.isNew).toBe(true);
    expect(await ended(next.runId)).toMatchObject({ state: 'done', claim: 2 });
  });

  test('a run whose job was lost from the queue is sent again', async () => {
    const { runId } = await startSaga(platform, counting, { site: randomUUID(), steps: 1, stepMs: 1 }, by);
    await platform.connection.pool.query(`delete from pgboss.job where data->>'runId' = $1`, [runId]);
    await workHere(counting);
    expect(await ended(runId)).toMatchObject({ state: 'done' });
  });
});

describe('an error', () => {
  test('for good ends the run, cleans up and raises one alarm', async () => {
    const cleaned: string[] = [];
    const broken = defineSaga<{ site: string }, null>({
      name: 'broken',
      subject: ({ site }) => `site:${site}`,
      run: async (saga) => {
        await saga.step('before', async () => 1);
        throw new NachtwachtError({
          code: 'disk-full',
          kind: 'store',
          message: 'The disk is full.',
          nextStep: 'Make room.',
          retryable: false,
        });
      },
      cleanUp: async (saga, _input, _platform, why) => {
        await saga.step('cleaned', async () => 1);
        cleaned.push(why);
      },
    });
    const site = randomUUID();
    const { runId } = await startSaga(platform, broken, { site }, by);
    await workHere(broken);
    expect(await ended(runId)).toMatchObject({ state: 'failed', error: { code: 'disk-full' } });
    expect(cleaned).toEqual(['failed']);
    const alarms = await listAlarms(platform.db, { subject: `site:${site}`, standing: true, limit: 9 });
    expect(alarms).toMatchObject([{ code: 'broken-failed', facts: { code: 'disk-full', runId } }]);
  });

  test('that may pass is tried again with the journal kept', async () => {
    let tries = 0;
    const shaky = defineSaga<{ site: string }, number>({
      name: 'shaky',
      subject: ({ site }) => `site:${site}`,
      run: async (saga) => {
        const first = await saga.step('once', async () => randomUUID());
        tries++;
        if (tries === 1) throw new Error('connection reset');
        return first.length;
      },
    });
    const { runId } = await startSaga(platform, shaky, { site: randomUUID() }, by);
    await workHere(shaky);
    expect(await ended(runId)).toMatchObject({ state: 'done', result: 36, failures: 1, attempt: 2 });
  });
});

describe('a lost database', () => {
  test('connection costs nothing: the run under way goes on, and so do later ones', async () => {
    await workHere(counting);
    const cut = async (): Promise<void> => {
      await platform.connection.pool
        .query(
          'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
        )
        .catch(() => {});
    };
    const first = await startSaga(platform, counting, { site: randomUUID(), steps: 10, stepMs: 200 }, by);
    await until('it is under way', async () => (await counted(first.runId)).length >= 2);
    await cut();
    expect(await ended(first.runId)).toMatchObject({ state: 'done', result: { steps: 10 } });
    await cut();
    const second = await startSaga(platform, counting, { site: randomUUID(), steps: 1, stepMs: 1 }, by);
    expect(await ended(second.runId)).toMatchObject({ state: 'done' });
  });
});

describe('cancelling', () => {
  test('a run under way stops it, cleans up, and frees the subject', async () => {
    const cleaned: string[] = [];
    const endless = defineSaga<{ site: string }, null>({
      name: 'endless',
      subject: ({ site }) => `site:${site}`,
      run: async (saga, _input, within) => {
        await saga.step('begun', async () => 1);
        await within.clock.sleep(60_000, saga.signal);
        return null;
      },
      cleanUp: async (_saga, _input, _platform, why) => void cleaned.push(why),
    });
    const site = randomUUID();
    const { runId } = await startSaga(platform, endless, { site }, by);
    await workHere(endless);
    await until('it is under way', async () => (await run(runId)).state === 'running');
    expect(await cancelSaga(platform, runId)).toBe(true);
    expect(await ended(runId)).toMatchObject({ state: 'cancelled' });
    expect(cleaned).toEqual(['cancelled']);
    expect(await cancelSaga(platform, runId)).toBe(false);
    expect((await startSaga(platform, endless, { site }, by)).isNew).toBe(true);
  });

  test('a queued run ends it without a worker', async () => {
    const { runId } = await startSaga(platform, counting, { site: randomUUID(), steps: 1, stepMs: 1 }, by);
    expect(await cancelSaga(platform, runId)).toBe(true);
    expect((await run(runId)).state).toBe('cancelled');
  });
});
