export { backupsDue } from './backups-due.ts';
export { backupBeforeChange, requestBackup, waitForBackup } from './request-backup.ts';
export { backupSite, makeBackup, type BackupResult, type MakeBackupInput } from './make-backup.ts';
export type { BackupFigures } from './backup-figures.ts';
export { openSiteRepository } from './open-site-repository.ts';
export { showSnapshots } from './list-snapshots.ts';
export { tidyRepository } from './tidy-repository.ts';
export { verifySlice } from './verify-site.ts';
export { backupWords, gapInWords, retentionInWords } from './words.ts';
