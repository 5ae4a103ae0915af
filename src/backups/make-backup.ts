import { statfs } from 'node:fs/promises';
import { clearAlarm, raiseAlarm } from '../platform/alarms/index.ts';
import { readHouse } from '../platform/house/index.ts';
import type { Platform } from '../platform/platform.ts';
import type { SagaRun } from '../platform/saga-types.ts';
import { defineSaga } from '../platform/saga/index.ts';
import { connectToSite, getSiteById, recordMeasurement, siteSubject } from '../sites/index.ts';
import { checkRepository } from './check-repository.ts';
import { dischargeBackupDuties } from './backup-duties.ts';
import { ensureRepositoryRow, openSiteRepository } from './open-site-repository.ts';
import { byHand } from './rules/excludes.ts';
import type { BackupReason } from './rules/snapshot-layout.ts';
import { findSettings, insertSnapshot, listSnapshots, type RepositoryRow } from './store.ts';
import { storeSnapshot, type StoredSnapshot } from './store-snapshot.ts';

export interface MakeBackupInput {
  siteId: string;
  reason: BackupReason;
  /** Keep what can be read when the database cannot be; the snapshot says what it lacks. Default false. */
  allowPartial?: boolean;
}

/** What a backup leaves: the snapshot, whether it is whole, and what it cost. JSON. */
export interface BackupResult extends StoredSnapshot {
  siteId: string;
  reason: BackupReason;
}

/**
 * One backup of one site. Steps, each of which can run twice: 1 begin (why, since when); 2 store (the whole reading,
 * with checkpoints of its own); 3 check (the structure of the repository); 4 record (row, measurement, duties, alarm).
 * `prefix` keeps the steps apart when another saga runs a backup inside its own run.
 */
export async function makeBackup(
  run: SagaRun,
  input: MakeBackupInput,
  platform: Platform,
  prefix = '',
): Promise<BackupResult> {
  const { siteId } = input;
  const site = await getSiteById(platform.db, siteId);
  const settings = await findSettings(platform.db, siteId);
  const house = await readHouse(platform);
  const begun = await run.step(`${prefix}begin`, async () => {
    const isFirst = (await listSnapshots(platform.db, siteId, { limit: 1 })).length === 0;
    const reason = isFirst && input.reason !== 'before-restore' ? 'first' : input.reason;
    return { reason };
  });
  const client = await connectToSite(platform, siteId, { claim: run.claim, signal: run.signal });
  const repo = await openSiteRepository(platform, siteId);
  const { place } = await ensureRepositoryRow(platform, siteId);
  try {
    const stored = await run.step(`${prefix}store`, () =>
      storeSnapshot(
        { run, client, repo, clock: platform.clock, freeBytes: () => freeBytesAt(place) },
        {
          siteId,
          url: site.url,
          runKey: prefix === '' ? run.runId : `${run.runId}.${prefix.replaceAll(/[^a-z0-9-]/gi, '')}`,
          reason: begun.reason,
          excludes: [...byHand(house.excludes), ...settings.excludes],
          limitBytes: site.limit_bytes,
          allowPartial: input.allowPartial ?? false,
        },
      ),
    );
    const result: BackupResult = { ...stored, siteId, reason: begun.reason };
    run.progress({ step: 'check' });
    const checked = await run.step(`${prefix}check`, () =>
      checkRepository(platform, repo, { siteId, kind: 'structure', snapshotId: stored.snapshotId }),
    );
    await run.step(`${prefix}record`, async () => {
      await record(platform, run, result, !checked.brokenSnapshots.includes(result.snapshotId));
      return true;
    });
    return result;
  } finally {
    client.close();
    await repo.close();
  }
}

/** The backup of a site as work of its own. */
export const backupSite = defineSaga<MakeBackupInput & { requestedBy?: string }, BackupResult>({
  name: 'backup-site',
  subject: ({ siteId }) => siteSubject(siteId),
  run: (run, input, platform) => makeBackup(run, input, platform),
});

async function record(platform: Platform, run: SagaRun, result: BackupResult, structureOk: boolean): Promise<void> {
  const at = platform.clock.now();
  const subject = siteSubject(result.siteId);
  const good = result.complete && structureOk;
  await platform.db.transaction().execute(async (trx) => {
    await insertSnapshot(trx, {
      id: result.snapshotId,
      site_id: result.siteId,
      run_id: run.runId,
      reason: result.reason,
      taken_at: new Date(result.takenAt),
      stored_at: new Date(result.storedAt),
      consistent: result.consistent,
      complete: result.complete,
      gaps: result.gaps,
      figures: result.figures,
      wrong_since: structureOk ? null : at,
    });
    if (result.complete) await clearAlarm(trx, { code: 'backup-incomplete', subject, at });
    else if (result.reason !== 'before-restore')
      await raiseAlarm(trx, {
        code: 'backup-incomplete',
        subject,
        facts: { snapshot: result.snapshotId, gaps: result.gaps, runId: run.runId },
        at,
      });
    if (good) await dischargeBackupDuties(trx, result, at);
  });
  if (result.complete) {
    const { files, fileBytes, tables, databaseBytes } = result.figures;
    await recordMeasurement(platform, result.siteId, { files, filesBytes: fileBytes, tables, databaseBytes });
  }
}

/** Free bytes on the disk of a local repository; undefined for S3. */
async function freeBytesAt(place: RepositoryRow['place']): Promise<number | undefined> {
  if (place.kind !== 'local') return undefined;
  const disk = await statfs(place.folder);
  return disk.bavail * disk.bsize;
}
