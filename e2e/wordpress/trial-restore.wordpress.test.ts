import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requestTrialRestore, trialRestore, type TrialResult } from '../../src/backups/restore/trial-restore.ts';
import { backupSite, type BackupResult } from '../../src/backups/make-backup.ts';
import { systemActor } from '../../src/identity/index.ts';
import { startSaga, startSagaWorker, type SagaWorker } from '../../src/platform/saga/index.ts';
import { openTestPlatform, type TestPlatform } from '../../src/platform/test-platform.ts';
import { careFor, doneRun } from '../harness/cared-site.ts';
import { addRows, addUploads } from '../harness/load.ts';
import { startSite } from '../harness/start-site.ts';
import type { TestSite } from '../harness/test-site.ts';

const actor = systemActor('test');

describe('a trial restore of a real site', () => {
  let platform: TestPlatform;
  let worker: SagaWorker;
  let site: TestSite;
  let siteId: string;

  beforeAll(async () => {
    platform = await openTestPlatform();
    worker = await startSagaWorker(platform, [backupSite, trialRestore], 2);
    site = await startSite({});
    await addUploads(site, 50);
    await addRows(site, 2000);
    siteId = await careFor(platform, site);
  });

  afterAll(async () => {
    await worker.stop(5000);
    await site.stop();
    await platform.close();
  });

  it('loads every file and row of a backup and finds them equal', async () => {
    const backup = await startSaga(platform, backupSite, { siteId, reason: 'by-hand' }, { requestedBy: 'test' });
    const made = await doneRun<BackupResult>(platform, backup.runId);
    expect(made.gaps).toEqual([]);
    const trial = await requestTrialRestore(platform, actor, { site: siteId, snapshot: 'latest-good' });
    const result = await doneRun<TrialResult>(platform, trial.runId);
    expect(result).toMatchObject({ ok: true, problems: [], snapshot: made.snapshotId, rows: made.figures.rows });
    expect(result.files).toBeGreaterThan(1000);
    expect(result.tables).toBeGreaterThan(10);
  });

  it('refuses somebody who may only look', async () => {
    const reader = { name: 'token:reader', scope: 'read', kind: 'token' } as const;
    await expect(requestTrialRestore(platform, reader, { site: siteId, snapshot: 'latest' })).rejects.toMatchObject({
      code: 'not-allowed',
    });
  });

  it('says so when there is no such snapshot', async () => {
    const unknown = requestTrialRestore(platform, actor, { site: siteId, snapshot: 'ffffffff' });
    await expect(unknown).rejects.toMatchObject({ code: 'snapshot-unknown' });
  });
});
