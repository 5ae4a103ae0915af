import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureRepositoryRow } from '../../src/backups/open-site-repository.ts';
import { listWrong } from '../../src/backups/store.ts';
import { requestVerification, verifySlice, type VerifyOutcome } from '../../src/backups/verify-site.ts';
import { requestTrialRestore, trialRestore, type TrialResult } from '../../src/backups/restore/trial-restore.ts';
import { backupSite } from '../../src/backups/make-backup.ts';
import { systemActor } from '../../src/identity/index.ts';
import { startSagaWorker, type SagaWorker } from '../../src/platform/saga/index.ts';
import { openTestPlatform, type TestPlatform } from '../../src/platform/test-platform.ts';
import { backUp, careFor, doneRun, endOfRun } from '../harness/cared-site.ts';
import { addRows, addUploads } from '../harness/load.ts';
import { startSite } from '../harness/start-site.ts';
import type { TestSite } from '../harness/test-site.ts';

const actor = systemActor('test');

/** Changes one byte in the middle of the largest pack below this folder. */
async function damageLargestPack(folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
  const packs = await Promise.all(paths.map(async (file) => ({ file, bytes: await readFile(file) })));
  const [largest] = packs.toSorted((a, b) => b.bytes.length - a.bytes.length);
  if (largest === undefined) throw new Error('no pack');
  const middle = largest.bytes.length >>> 1;
  largest.bytes[middle] = (largest.bytes[middle] ?? 0) ^ 1;
  await rm(largest.file);
  await writeFile(largest.file, largest.bytes);
}

describe('a trial restore of a real site', () => {
  let platform: TestPlatform;
  let worker: SagaWorker;
  let site: TestSite;
  let siteId: string;

  beforeAll(async () => {
    platform = await openTestPlatform();
    worker = await startSagaWorker(platform, [backupSite, trialRestore, verifySlice], 2);
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
    const made = await backUp(platform, siteId);
    expect(made.gaps).toEqual([]);
    const trial = await requestTrialRestore(platform, actor, { site: siteId, snapshot: 'latest-good' });
    const result = await doneRun<TrialResult>(platform, trial.runId);
    expect(result).toMatchObject({ ok: true, problems: [], snapshot: made.snapshotId, rows: made.figures.rows });
    expect(result.files).toBeGreaterThan(1000);
    expect(result.tables).toBeGreaterThan(10);
  });

  it('of a damaged repository fails and says which snapshot; the next backup fetches what was lost, and is equal again', async () => {
    const row = await ensureRepositoryRow(platform, siteId);
    if (row.place.kind !== 'local') throw new Error('a local repository was expected');
    await damageLargestPack(path.join(row.place.folder, 'data'));
    const before = await listWrong(platform.db, siteId);
    const trial = await requestTrialRestore(platform, actor, { site: siteId, snapshot: 'latest-good' });
    expect(await endOfRun(platform, trial.runId)).toMatchObject({
      state: 'failed',
      error: { code: 'trial-restore-differs' },
    });
    expect(before.size).toBe(0);
    expect((await listWrong(platform.db, siteId)).size).toBe(1);

    const { runId } = await requestVerification(platform, actor, { site: siteId });
    expect(await doneRun<VerifyOutcome>(platform, runId)).toMatchObject({
      ok: false,
      brokenSnapshots: [expect.any(String)],
    });
    const made = await backUp(platform, siteId);
    expect(made.figures.filesFetched).toBeGreaterThan(0);
    const again = await requestTrialRestore(platform, actor, { site: siteId, snapshot: 'latest-good' });
    expect(await doneRun<TrialResult>(platform, again.runId)).toMatchObject({ ok: true, snapshot: made.snapshotId });
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
