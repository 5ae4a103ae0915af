import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { backupSite, type BackupResult } from '../../src/backups/make-backup.ts';
import { requestRestore, undoRestore } from '../../src/backups/restore/request-restore.ts';
import { restoreSite, type RestoreEvidence } from '../../src/backups/restore/restore-site.ts';
import { systemActor } from '../../src/identity/index.ts';
import { startSagaWorker, type SagaWorker } from '../../src/platform/saga/index.ts';
import { openTestPlatform, type TestPlatform } from '../../src/platform/test-platform.ts';
import { breakages, breakSite, visibleDamage, type Breakage } from '../harness/breakages.ts';
import { backUp, careFor, doneRun } from '../harness/cared-site.ts';
import { compareFingerprints, takeFingerprint, type Fingerprint } from '../harness/fingerprints.ts';
import { addRows, addUploads, appendUploads, changeRows, changeUploads } from '../harness/load.ts';
import type { Database } from '../harness/mariadb.ts';
import { readSnapshot } from '../harness/read-snapshot.ts';
import { keepOrdering, productIds } from '../harness/shop-hour.ts';
import { brokenOrders, countOrders } from '../harness/shop-orders.ts';
import { nameWithReason } from '../harness/skip-reason.ts';
import { startSite } from '../harness/start-site.ts';
import type { SiteOptions, TestSite } from '../harness/test-site.ts';

const actor = systemActor('test');

/** One kind of site; `skip` says why it cannot be had on this machine. */
export interface Kind {
  name: string;
  options: SiteOptions;
  skip?: string | undefined;
}

/** Registers the tests of one kind of site: made, backed up, changed, backed up, then broken and put back in each way. */
export function putsBackEveryTime({ name, options, skip }: Kind): void {
  describe.skipIf(skip !== undefined)(`real site: ${name}${nameWithReason('', skip)}`, () => {
    let platform: TestPlatform;
    let worker: SagaWorker;
    let site: TestSite;
    let siteId: string;
    /** A shop sold on while it was backed up the first time, so it has no state from outside; it has its orders. */
    let first: { snapshot: string; state?: Fingerprint; orders?: { before: number; after: number } };
    let second: { snapshot: string; state: Fingerprint };

    const backUpWhole = async (): Promise<BackupResult> => {
      const made = await backUp(platform, siteId);
      if (made.gaps.length > 0) throw new Error(JSON.stringify(made.gaps));
      return made;
    };
    /**
     * A backup during which the site wrote nothing of its own accord (a cron job, a session that ended): only then is
     * what we see from outside what the snapshot holds.
     */
    const backUpQuietly = async (): Promise<{ snapshot: string; state: Fingerprint }> => {
      for (let left = 5; ; left -= 1) {
        const before = await takeFingerprint(site);
        const made = await backUpWhole();
        const state = await takeFingerprint(site);
        const changes = await compareFingerprints(before, state);
        if (changes.length === 0) return { snapshot: made.snapshotId, state };
        if (left === 0) throw new Error(`the site never was quiet: ${changes.join('; ')}`);
      }
    };
    const putBack = async (snapshot: string): Promise<RestoreEvidence> => {
      const { runId } = await requestRestore(platform, actor, { site: siteId, snapshot });
      return doneRun<RestoreEvidence>(platform, runId);
    };

    beforeAll(async () => {
      platform = await openTestPlatform();
      worker = await startSagaWorker(platform, [backupSite, restoreSite], 2);
      site = await startSite(options);
      siteId = await careFor(platform, site);
      await addUploads(site, 40);
      await addRows(site, 3000);
      if (options.shop === undefined) {
        const made = await backUpWhole();
        first = { snapshot: made.snapshotId, state: await takeFingerprint(site) };
      } else {
        const orders = keepOrdering(site, await productIds(site));
        await vi.waitUntil(() => orders.placed.length > 1, { timeout: 30_000 });
        const before = await countOrders(site.db, site.tablePrefix);
        const made = await backUpWhole();
        await orders.stop();
        const after = await countOrders(site.db, site.tablePrefix);
        if (after === before) throw new Error('no order came in during the backup');
        first = { snapshot: made.snapshotId, orders: { before, after } };
      }
      await changeUploads(site, 5);
      await appendUploads(site, 5);
      await changeRows(site, 100);
      second = await backUpQuietly();
    });

    afterAll(async () => {
      await worker?.stop(5000);
      await site?.stop();
      await platform?.close();
    });

    it.each(breakages)('is put back after: %s', async (how: Breakage) => {
      await breakSite(site, how);
      const works = await site.mustWork('/?p=1').then(
        () => true,
        () => false,
      );
      expect(works).toBe(!visibleDamage[how]);
      expect(await compareFingerprints(second.state, await takeFingerprint(site))).not.toEqual([]);
      const done = await putBack(second.snapshot);
      expect(await compareFingerprints(second.state, await takeFingerprint(site))).toEqual([]);
      expect(done.files + done.tables + done.removed).toBeGreaterThan(0);
      await site.mustWork('/?p=1');
    });

    it('goes back further, to the first backup, and forth again by undoing that', async () => {
      const before = await takeFingerprint(site);
      await putBack(first.snapshot);
      const restored = await takeFingerprint(site);
      expect(await compareFingerprints(before, restored)).not.toEqual([]);
      const held = await readSnapshot(platform, siteId, first.snapshot);
      expect(await compareFingerprints(held.fingerprint, restored)).toEqual([]);
      expect(await compareFingerprints(first.state ?? held.fingerprint, restored)).toEqual([]);
      expect(held.fingerprint.files.size).toBeGreaterThan(1000);
      expect(held.fingerprint.tables.size).toBeGreaterThan(10);
      expect(first.orders === undefined ? [] : await wrongWithOrders(held.db, site.tablePrefix, first.orders)).toEqual(
        [],
      );
      await held.drop();
      await site.mustWork('/?p=1');
      const { runId } = await undoRestore(platform, actor, { site: siteId, restore: 'latest' });
      await doneRun<RestoreEvidence>(platform, runId);
      expect(await compareFingerprints(before, await takeFingerprint(site))).toEqual([]);
    });
  });
}

/** What is wrong with a shop's orders, of which there were so many before its backup and so many after; empty = nothing. */
async function wrongWithOrders(
  db: Database,
  prefix: string,
  { before, after }: { before: number; after: number },
): Promise<string[]> {
  const count = await countOrders(db, prefix);
  const wrong = await brokenOrders(db, prefix);
  return before <= count && count <= after ? wrong : [...wrong, `${count} orders, not ${before} to ${after}`];
}
