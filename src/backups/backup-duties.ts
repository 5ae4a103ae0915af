import type { Db } from '../platform/database/index.ts';
import { dailyWindow, dischargeDuty, hourlyWindow, openDuty, type DutyWindow } from '../duties/index.ts';
import { siteSubject, type SiteRow } from '../sites/index.ts';
import type { BackupResult } from './make-backup.ts';

// P5: a backup every day. P10: every hour, at most an hour of data lost. An hourly site has both.
const duties = [
  { promise: 'P5', kind: 'backup-daily', windowOf: (now: Date, zone: string): DutyWindow => dailyWindow(now, zone) },
  { promise: 'P10', kind: 'backup-hourly', windowOf: (now: Date, zone: string): DutyWindow => hourlyWindow(now, zone) },
] as const;

/** Opens the duties of this day and hour for a paired site; as often as one likes. */
export async function openBackupDuties(
  db: Db,
  site: Pick<SiteRow, 'id' | 'backup_plan' | 'paired_at'>,
  now: Date,
  timeZone: string,
): Promise<void> {
  if (site.paired_at === null) return;
  for (const { promise, kind, windowOf } of duties) {
    if (kind === 'backup-hourly' && site.backup_plan !== 'hourly') continue;
    const window = windowOf(now, timeZone);
    // What began before the site was ours was never promised.
    if (window.due <= site.paired_at || (kind === 'backup-hourly' && window.opensAt < site.paired_at)) continue;
    await openDuty(db, { promise, kind, subject: siteSubject(site.id), ...window });
  }
}

/** A good snapshot is the evidence for the day and the hour in which its reading began. */
export async function dischargeBackupDuties(db: Db, done: BackupResult, at: Date): Promise<void> {
  for (const { kind } of duties)
    await dischargeDuty(db, {
      kind,
      subject: siteSubject(done.siteId),
      evidenceAt: new Date(done.takenAt),
      evidence: {
        snapshot: done.snapshotId,
        consistent: done.consistent,
        files: done.figures.files,
        rows: done.figures.rows,
        wireBytes: done.figures.wireUp + done.figures.wireDown,
      },
      at,
    });
}
