import { chown, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { backupSite } from '../../src/backups/make-backup.ts';
import { requestRestore } from '../../src/backups/restore/request-restore.ts';
import { restoreSite, type RestoreEvidence } from '../../src/backups/restore/restore-site.ts';
import { systemActor } from '../../src/identity/index.ts';
import { startSagaWorker, type SagaWorker } from '../../src/platform/saga/index.ts';
import { openTestPlatform, type TestPlatform } from '../../src/platform/test-platform.ts';
import { backUp, careFor, endOfRun } from '../harness/cared-site.ts';
import { compareFingerprints, takeFingerprint } from '../harness/fingerprints.ts';
import { addRows, addUploads, changeRows, changeUploads } from '../harness/load.ts';
import { nameWithReason, whyNotRoot } from '../harness/skip-reason.ts';
import { startSite } from '../harness/start-site.ts';
import type { TestSite } from '../harness/test-site.ts';
import { own } from '../harness/wordpress.ts';

const actor = systemActor('test');

// The site's PHP is not root: a folder of root's cannot be written by it. An ordinary user cannot make one.
describe.skipIf(whyNotRoot !== undefined)(`a restore that fails half-way${nameWithReason('', whyNotRoot)}`, () => {
  let platform: TestPlatform;
  let worker: SagaWorker;
  let site: TestSite;
  let siteId: string;
  let snapshot: string;

  beforeAll(async () => {
    platform = await openTestPlatform();
    worker = await startSagaWorker(platform, [backupSite, restoreSite], 2);
    site = await startSite({});
    await addUploads(site, 60);
    await addRows(site, 5000);
    siteId = await careFor(platform, site);
    snapshot = (await backUp(platform, siteId)).snapshotId;
    await changeUploads(site, 20);
    await changeRows(site, 1000);
    await site.db.sql(`DROP TABLE ${site.tablePrefix}comments`);
  });

  afterAll(async () => {
    await worker?.stop(5000);
    await site?.stop();
    await platform?.close();
  });

  const tryToRestore = async (options: { files?: string[]; tables?: string[] } = {}) => {
    const { runId } = await requestRestore(platform, actor, { site: siteId, snapshot, ...options });
    return endOfRun(platform, runId);
  };

  it('puts everything back when a file cannot be swapped, and the old site runs on', async () => {
    // Root's own folder where a file has to come back to.
    const locked = join(site.dir, 'wp-content/uploads/load-1/000');
    await rm(join(locked, 'foto-9.jpg'));
    await chown(locked, 0, 0);
    const before = await takeFingerprint(site);
    const run = await tryToRestore();
    expect(run.state).toBe('failed');
    expect(run.error).toMatchObject({ code: 'restore-reverted' });
    expect(await compareFingerprints(before, await takeFingerprint(site))).toEqual([]);
    await site.mustWork('/');
    const row = await platform.connection.pool.query('select state from restores where id = $1', [run.id]);
    expect(row.rows).toEqual([{ state: 'reverted' }]);
    expect(
      await site.db.count("SELECT COUNT(*) FROM information_schema.TABLES WHERE TABLE_NAME REGEXP '^nwo?[0-9a-f]{6}_'"),
    ).toBe(0);
    await own(locked);
  });

  it('restores all the same once the cause is gone', async () => {
    const run = await tryToRestore();
    expect(run.state, JSON.stringify(run.error)).toBe('done');
    expect((run.result as RestoreEvidence).tables).toBeGreaterThan(1);
    await site.mustWork('/?p=1');
  });

  it('puts back chosen folders and tables only', async () => {
    await changeUploads(site, 10);
    await writeFile(join(site.dir, 'index.html'), 'stays');
    await changeRows(site, 500);
    await site.db.sql(`DELETE FROM ${site.tablePrefix}posts WHERE ID = 1`);
    const changedRows = await site.db.sql(`CHECKSUM TABLE ${site.tablePrefix}load_rows`);
    const run = await tryToRestore({ files: ['wp-content/uploads'], tables: [`${site.tablePrefix}posts`] });
    expect(run.state, JSON.stringify(run.error)).toBe('done');
    expect(run.result).toMatchObject({ files: 10, tables: 1, removed: 0 });
    expect(await site.db.count(`SELECT COUNT(*) FROM ${site.tablePrefix}posts WHERE ID = 1`)).toBe(1);
    expect(await site.db.sql(`CHECKSUM TABLE ${site.tablePrefix}load_rows`)).toEqual(changedRows);
    await rm(join(site.dir, 'index.html'));
  });

  it('knows that there is nothing to do', async () => {
    await tryToRestore();
    const again = await tryToRestore({ files: ['*'], tables: [`${site.tablePrefix}posts`] });
    expect(again.result).toMatchObject({ order: 'nothing', files: 0, tables: 0 });
  });
});
