// A real site on its way into care, from the first look at its address to the first backup.
import { call } from '@orpc/server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startSite } from '../../e2e/harness/start-site.ts';
import type { TestSite } from '../../e2e/harness/test-site.ts';
import { backupSite } from '../backups/index.ts';
import { addCustomer } from '../customers/index.ts';
import { systemActor, type Actor } from '../identity/index.ts';
import { startSagaWorker, type SagaWorker } from '../platform/saga/index.ts';
import { openTestPlatform, type TestPlatform } from '../platform/test-platform.ts';
import { addSite, measureSaga, pairWithSite } from '../sites/index.ts';
import { beginCare } from './begin-care.ts';
import type { IntakeView } from './contract.ts';
import { lookAtAddress } from './look-at-address.ts';
import { intakeRoutes } from './routes.ts';
import { listUnfinished, showIntake } from './show-intake.ts';

const admin = systemActor('test');
let platform: TestPlatform;
let site: TestSite;
let worker: SagaWorker | undefined;
let customer: string;

beforeAll(async () => {
  platform = await openTestPlatform();
  site = await startSite({ https: true, connector: false });
  customer = (await addCustomer(platform, admin, { name: 'Bakkerij' })).id;
});
afterAll(async () => {
  await worker?.stop(5000);
  await site.stop();
  await platform.close();
});

describe('the way into care', () => {
  let id: string;

  test('a look at the address: reached, encrypted, WordPress, no plugin yet', async () => {
    const look = await lookAtAddress(platform, admin, { url: site.url });
    expect(look).toMatchObject({ url: site.url, canAdd: true, proposal: null, known: null });
    expect(look.findings.map((one) => one.code)).toEqual([
      'reached',
      'same-address',
      'encrypted',
      'is-wordpress',
      'plugin-absent',
      'new-here',
    ]);
  });

  test('only who may add sites may have an address looked at', async () => {
    const guard: Actor = { name: 'person:guard', kind: 'person', scope: 'operate' };
    await expect(lookAtAddress(platform, guard, { url: site.url })).rejects.toMatchObject({ code: 'not-allowed' });
    const reader: Actor = { name: 'token:r', kind: 'token', scope: 'read' };
    await expect(beginCare(platform, reader, site.url)).rejects.toMatchObject({ code: 'not-allowed' });
  });

  test('from added to safe, seen as it goes by somebody who watches', async () => {
    id = (await addSite(platform, admin, { url: site.url, customer })).id;
    expect(await lookAtAddress(platform, admin, { url: site.url })).toMatchObject({ canAdd: false, known: { id } });
    expect((await listUnfinished(platform)).map((one) => one.verdict.step)).toEqual(['plugin']);

    const seen: IntakeView[] = [];
    const watching = await call(intakeRoutes.watch, { site: id }, { context: { platform, actor: admin } });
    const steps: string[] = [];
    for await (const view of watching) {
      seen.push(view);
      if (steps.at(-1) !== view.step) steps.push(view.step);
      if (view.step === 'plugin' && view.plugin === 'absent') await site.installConnector();
      if (view.step === 'pair') {
        await pairWithSite(platform, admin, { site: id, code: await site.makePairingCode() });
        await beginCare(platform, admin, id);
        worker ??= await startSagaWorker(platform, [measureSaga, backupSite], 2);
      }
    }
    expect(steps.slice(0, 2)).toEqual(['plugin', 'pair']);
    expect(steps.at(-1)).toBe('safe');
    const last = seen.at(-1);
    expect(last?.safeSince).not.toBeNull();
    expect(last?.backup).toMatchObject({ files: expect.any(Number) as number });
    expect(last?.inventory?.plugins).toBeGreaterThan(0);
    expect(last?.steps.find((one) => one.name === 'backup')?.state).toBe('done');
    expect(await listUnfinished(platform)).toEqual([]);
  });

  test('once safe, to begin again starts nothing', async () => {
    const before = await platform.connection.pool.query('select count(*) from saga_runs');
    await beginCare(platform, admin, id);
    expect((await platform.connection.pool.query('select count(*) from saga_runs')).rows).toEqual(before.rows);
    expect((await showIntake(platform, id)).step).toBe('safe');
  });
});
