import { S3Client, paginateListObjectsV2 } from '@aws-sdk/client-s3';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changeSettings } from '../../src/backups/change-settings.ts';
import { backupSite, type BackupResult } from '../../src/backups/make-backup.ts';
import { requestBackup } from '../../src/backups/request-backup.ts';
import { requestRestore } from '../../src/backups/restore/request-restore.ts';
import { restoreSite } from '../../src/backups/restore/restore-site.ts';
import { requestTidy, tidyRepository, type TidyResult } from '../../src/backups/tidy-repository.ts';
import { systemActor } from '../../src/identity/index.ts';
import { startSagaWorker, type SagaWorker } from '../../src/platform/saga/index.ts';
import { openTestPlatform, type TestPlatform } from '../../src/platform/test-platform.ts';
import { breakSite } from '../harness/breakages.ts';
import { careFor, doneRun } from '../harness/cared-site.ts';
import { startCeph, type CephGateway } from '../harness/ceph.ts';
import { compareFingerprints, takeFingerprint } from '../harness/fingerprints.ts';
import { judgeByRestic } from '../harness/judge-by-restic.ts';
import { addRows, addUploads, changeRows, changeUploads } from '../harness/load.ts';
import { isRoot } from '../harness/machine.ts';
import { startSite } from '../harness/start-site.ts';
import type { TestSite } from '../harness/test-site.ts';

// The whole way of P5 with the promised S3: a real site, the real plugin, Ceph's gateway, and restic as the judge.

const actor = systemActor('test');

describe.skipIf(!isRoot)('a site whose backups lie in S3 (Ceph needs root)', () => {
  let gateway: CephGateway;
  let platform: TestPlatform;
  let worker: SagaWorker;
  let site: TestSite;
  let siteId: string;

  const backUp = async (): Promise<BackupResult> => {
    const { runId } = await requestBackup(platform, actor, { site: siteId });
    return doneRun<BackupResult>(platform, runId);
  };
  const objectsInBucket = async (): Promise<string[]> => {
    const credentials = { accessKeyId: gateway.accessKeyId, secretAccessKey: gateway.secretAccessKey };
    const { endpoint, region } = gateway;
    const client = new S3Client({ endpoint, region, credentials, forcePathStyle: true });
    const names: string[] = [];
    for await (const page of paginateListObjectsV2({ client }, { Bucket: gateway.bucket })) {
      for (const object of page.Contents ?? []) names.push(object.Key ?? '');
    }
    client.destroy();
    return names;
  };

  beforeAll(async () => {
    gateway = await startCeph();
    platform = await openTestPlatform({
      environment: {
        NACHTWACHT_S3_ENDPOINT: gateway.endpoint,
        NACHTWACHT_S3_REGION: gateway.region,
        NACHTWACHT_S3_BUCKET: gateway.bucket,
        NACHTWACHT_S3_PREFIX: 'agency',
        NACHTWACHT_S3_ACCESS_KEY: gateway.accessKeyId,
        NACHTWACHT_S3_SECRET_KEY: gateway.secretAccessKey,
      },
    });
    worker = await startSagaWorker(platform, [backupSite, restoreSite, tidyRepository], 1);
    site = await startSite({ server: 'nginx' });
    await addUploads(site, 300);
    await addRows(site, 10_000);
    siteId = await careFor(platform, site);
  });
  afterAll(async () => {
    await worker?.stop(5000);
    await site?.stop();
    await platform?.close();
    await gateway?.stop();
  });

  it('is backed up, also incrementally, and restic reads every byte back with the exported key', async () => {
    expect(await backUp()).toMatchObject({ reason: 'first', complete: true, gaps: [] });
    expect(await judgeByRestic(platform, siteId, site)).toBe('');
    const names = await objectsInBucket();
    expect(names).toContain(`agency/${siteId}/config`);
    expect(names.filter((name) => !name.startsWith(`agency/${siteId}/`))).toEqual([]);

    await changeUploads(site, 5);
    await changeRows(site, 100);
    const second = await backUp();
    expect(second.complete).toBe(true);
    expect(second.figures.filesReused + second.figures.files).toBeGreaterThan(300);
    expect(second.figures.filesFetched).toBeLessThan(second.figures.files);
    expect(await judgeByRestic(platform, siteId, site)).toBe('');
  });

  it('is put back from there byte for byte and row for row', async () => {
    const { snapshotId } = await backUp();
    const before = await takeFingerprint(site);
    await breakSite(site, 'uploads-emptied');
    await breakSite(site, 'table-dropped');
    const { runId } = await requestRestore(platform, actor, { site: siteId, snapshot: snapshotId });
    await doneRun(platform, runId);
    expect((await readdir(join(site.dir, 'wp-content'))).filter((name) => name.startsWith('nachtwacht-'))).toEqual([
      'nachtwacht-state',
    ]);
    expect(await compareFingerprints(before, await takeFingerprint(site))).toEqual([]);
  });

  it('is tidied there: what no snapshot needs is gone from the bucket, and restic finds it whole', async () => {
    const none = { hourly: 1, daily: 0, monthly: 0, beforeChangeDays: 0 };
    await backUp();
    await changeSettings(platform, actor, { site: siteId, retention: none });
    const { runId } = await requestTidy(platform, actor, siteId);
    const tidied = await doneRun<TidyResult>(platform, runId);
    expect(tidied.forgotten.length).toBeGreaterThan(0);
    const snapshots = (await objectsInBucket()).filter((name) => name.startsWith(`agency/${siteId}/snapshots/`));
    expect(snapshots).toHaveLength(tidied.kept);
    expect(await judgeByRestic(platform, siteId, site)).toBe('');
  });
});
