import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { backupSite, type BackupResult } from '../../src/backups/make-backup.ts';
import { requestRestore } from '../../src/backups/restore/request-restore.ts';
import { restoreSite, type RestoreEvidence } from '../../src/backups/restore/restore-site.ts';
import { systemActor } from '../../src/identity/index.ts';
import { startSagaWorker, type SagaWorker } from '../../src/platform/saga/index.ts';
import { openTestPlatform, type TestPlatform } from '../../src/platform/test-platform.ts';
import { breakSite } from '../harness/breakages.ts';
import { backUp, careFor, doneRun } from '../harness/cared-site.ts';
import { compareFingerprints, takeFingerprint, type Fingerprint } from '../harness/fingerprints.ts';
import { addLargeFile, addRows, addUploads, appendUploads, changeRows, changeUploads } from '../harness/load.ts';
import { readSnapshot } from '../harness/read-snapshot.ts';
import { startSite } from '../harness/start-site.ts';
import type { SiteOptions, TestSite } from '../harness/test-site.ts';

const MIB = 1024 * 1024;
const actor = systemActor('test');

/** All that cheap hosts do, at once. The film and the rows are larger than PHP's memory. */
const hardHost: SiteOptions = {
  php: '7.4',
  core: 'oldest',
  tablePrefix: 'x9_',
  dbHost: 'tcp',
  stripHeaders: ['Authorization', 'X-Nachtwacht-Auth'],
  bodyNoise: '\uFEFF<br />\n<b>Notice</b>: undefined index\n',
  maxExecutionTime: 10,
  memoryLimit: '64M',
  terminateSeconds: 10,
  proxySeconds: 10,
  // The web server refuses more, and PHP, which would take 64, does not know.
  maxBodyMb: 1,
  fpmChildren: 2,
  slowMs: 10,
  basicAuth: { user: 'staging', password: 'geheim-9' },
  phpSettings: {
    disable_functions: 'set_time_limit,ini_set,exec,shell_exec,system,passthru,popen,proc_open,ignore_user_abort',
  },
};

// Truth 7: not a few commands but the whole way there and back, on a host that strips, prints, limits and asks.
describe('a host that is hard in every way at once', () => {
  let platform: TestPlatform;
  let worker: SagaWorker;
  let site: TestSite;
  let siteId: string;
  let second: { made: BackupResult; state: Fingerprint };

  beforeAll(async () => {
    platform = await openTestPlatform();
    worker = await startSagaWorker(platform, [backupSite, restoreSite], 2);
    site = await startSite(hardHost);
    await addUploads(site, 300);
    await addLargeFile(site, 'film.mp4', 100 * MIB);
    await addRows(site, 60_000);
    siteId = await careFor(platform, site);
  });

  afterAll(async () => {
    await worker?.stop(5000);
    await site?.stop();
    await platform?.close();
  });

  it('is backed up byte for byte and row for row, and again after changes', async () => {
    const first = await backUp(platform, siteId);
    expect(first.gaps).toEqual([]);
    await changeUploads(site, 30);
    await appendUploads(site, 20);
    await changeRows(site, 2000, { scattered: true });
    const film = await open(join(site.dir, 'wp-content/uploads/film.mp4'), 'r+');
    await film.write(Buffer.alloc(MIB, 'nacht'), 0, MIB, 50 * MIB);
    await film.close();
    const state = await takeFingerprint(site);
    const made = await backUp(platform, siteId);
    expect(made.gaps).toEqual([]);
    const held = await readSnapshot(platform, siteId, made.snapshotId);
    expect(await compareFingerprints(state, held.fingerprint)).toEqual([]);
    await held.drop();
    second = { made, state };
  });

  it('is put back when its core, its film and its tables are gone', async () => {
    await breakSite(site, 'core-folder-deleted');
    await breakSite(site, 'table-dropped');
    await site.db.sql(`DROP TABLE ${site.tablePrefix}load_rows`);
    await rm(join(site.dir, 'wp-content/uploads/film.mp4'));
    await expect(site.mustWork('/?p=1')).rejects.toThrow(/./u);
    const { runId } = await requestRestore(platform, actor, { site: siteId, snapshot: second.made.snapshotId });
    const done = await doneRun<RestoreEvidence>(platform, runId);
    expect(done.tables).toBeGreaterThanOrEqual(3);
    expect(await compareFingerprints(second.state, await takeFingerprint(site))).toEqual([]);
  });
});
