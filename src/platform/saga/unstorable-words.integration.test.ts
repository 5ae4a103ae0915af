// What a site says ends up in runs, alarms and the audit: text that jsonb refuses may not keep any of it from being written.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { endOfRun } from '../../../e2e/harness/cared-site.ts';
import { recordAudit } from '../../audit/index.ts';
import { listAlarms } from '../alarms/index.ts';
import { NachtwachtError } from '../errors.ts';
import { openTestPlatform, type TestPlatform } from '../test-platform.ts';
import { defineSaga, readProgress, readSteps, startSaga, startSagaWorker, type SagaWorker } from './index.ts';

const words = 'zero \u0000, half \ud83d';
const stored = 'zero \ufffd, half \ufffd';

const poisoned = defineSaga<{ site: string; writes: boolean }, never>({
  name: 'poisoned',
  subject: ({ site }) => `site:${site}`,
  maxFailures: 1,
  run: async (run, { writes }) => {
    if (writes) {
      await run.step('said', async () => ({ [words]: words }));
      await run.checkpoint('at', { words });
      run.progress({ step: 'reading', detail: words });
    }
    throw new NachtwachtError({
      code: 'site-says-odd-things',
      kind: 'site',
      message: `The site says: ${words}.`,
      nextStep: 'None.',
      retryable: false,
      details: { [words]: [words] },
    });
  },
});

let platform: TestPlatform;
let worker: SagaWorker;
beforeAll(async () => {
  platform = await openTestPlatform();
  worker = await startSagaWorker(platform, [poisoned], 1);
});
afterAll(async () => {
  await worker.stop(5000);
  await platform.close();
});

test.each([false, true])('a run that fails with text that jsonb refuses has failed, and says why', async (writes) => {
  const started = await startSaga(platform, poisoned, { site: randomUUID(), writes }, { requestedBy: 'test' });
  expect(await endOfRun(platform, started.runId)).toMatchObject({
    state: 'failed',
    attempt: 1,
    error: {
      code: 'site-says-odd-things',
      message: `The site says: ${stored}.`,
      details: { [stored]: [stored] },
    },
  });
  const [alarm] = await listAlarms(platform.db, { standing: true, limit: 1 });
  const facts = { runId: started.runId, code: 'site-says-odd-things', message: `The site says: ${stored}.` };
  expect(alarm).toMatchObject({ code: 'poisoned-failed', facts });
  if (!writes) return;
  expect(Object.fromEntries(await readSteps(platform.db, started.runId))).toEqual({ said: { [stored]: stored } });
  expect(await readProgress(platform.db, started.runId)).toMatchObject({ progress: { detail: stored } });
});

test('a deed is audited whatever its details say', async () => {
  const deed = { action: 'site-checked', subject: 'site:x', details: { plugin: words }, at: new Date() };
  await recordAudit(platform.db, { name: 'test' }, deed);
  const { rows } = await platform.connection.pool.query('select details from audit where subject = $1', ['site:x']);
  expect(rows).toEqual([{ details: { plugin: stored } }]);
});
