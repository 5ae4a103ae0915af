import { afterAll, beforeAll, expect, test } from 'vitest';
import { startProtocolSite, type ProtocolSite } from '../backups/test-protocol-site.ts';
import { addCustomer } from '../customers/index.ts';
import { systemActor } from '../identity/index.ts';
import type { SagaRun } from '../platform/saga-types.ts';
import { openTestPlatform, type TestPlatform } from '../platform/test-platform.ts';
import { addSite } from './add-site.ts';
import { measureSaga } from './measure-site.ts';

let platform: TestPlatform;
let site: ProtocolSite;
beforeAll(async () => {
  platform = await openTestPlatform();
  site = await startProtocolSite('refused', {
    'files.list': (_args, times) => ({ frames: [['J', { d: '', e: [], more: true }]], end: { next: { at: times } } }),
  });
});
afterAll(async () => {
  site.close();
  await platform.close();
});

test('a site whose list of files never ends is not measured for ever, also not over many attempts', async () => {
  await addCustomer(platform, systemActor('test'), { name: 'Bakkerij' });
  const { id } = await addSite(platform, systemActor('test'), { url: site.url, customer: 'Bakkerij', allowHttp: true });
  await site.pairWith(platform, id);
  const checkpoints: unknown[] = [{ cursor: { at: -1 }, answers: 19_990, files: 7, bytes: 70 }];
  const run: SagaRun = {
    runId: 'run',
    claim: 1,
    attempt: 2,
    signal: AbortSignal.timeout(30_000),
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the attempt before has asked for the inventory
    step: async <T>(name: string, work: () => Promise<T>) => (name === 'inventory' ? ([] as T) : work()),
    checkpoint: async (_name, value) => void checkpoints.push(structuredClone(value)),
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what the attempt before wrote
    lastCheckpoint: async <T>() => checkpoints.at(-1) as T,
    progress: () => undefined,
  };
  await expect(measureSaga.run(run, { siteId: id }, platform)).rejects.toMatchObject({
    code: 'answer-invalid',
    details: { what: 'it does not end within 20000 answers' },
  });
  expect(site.commands.filter((command) => command === 'files.list')).toHaveLength(10);
  expect(checkpoints.at(-1)).toEqual({ cursor: { at: 8 }, answers: 19_999, files: 7, bytes: 70 });
});
