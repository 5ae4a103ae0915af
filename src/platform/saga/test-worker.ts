// A worker process of its own for the kill tests: DATABASE_URL and the data folder come by the environment.
import { systemClock } from '../clock.ts';
import { readConfig } from '../config.ts';
import { openPlatform } from '../platform.ts';
import { defineSaga } from './saga.ts';
import { startSagaWorker } from './saga-worker.ts';

export interface CountingInput {
  site: string;
  steps: number;
  stepMs: number;
}

/** Does numbered steps, each of which leaves a row of its own, so that a test sees what ran how often. */
export const counting = defineSaga<CountingInput, { steps: number; claim: number }>({
  name: 'counting',
  subject: ({ site }) => `site:${site}`,
  run: async (run, input, platform) => {
    for (let step = 0; step < input.steps; step++) {
      await run.step(`step-${step}`, async () => {
        await platform.connection.pool.query('insert into counted (run, step, claim) values ($1, $2, $3)', [
          run.runId,
          step,
          run.claim,
        ]);
        await platform.clock.sleep(input.stepMs, run.signal);
        return step;
      });
      await run.checkpoint('at', step);
      run.progress({ step: `step-${step}`, filesDone: step, filesTotal: input.steps });
    }
    return { steps: input.steps, claim: run.claim };
  },
});

if (process.argv[1]?.endsWith('test-worker.ts')) {
  const databaseUrl = process.env['DATABASE_URL'] ?? '';
  const platform = await openPlatform({
    config: readConfig(),
    databaseUrl,
    migrate: false,
    clock: systemClock,
  });
  const worker = await startSagaWorker(platform, [counting], 2);
  process.stdout.write('ready\n');
  process.once('SIGTERM', () => {
    void worker
      .stop(10_000)
      .then(() => platform.close())
      .then(() => process.exit(0));
  });
}
