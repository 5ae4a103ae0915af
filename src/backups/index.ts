export { backupsDue } from './backups-due.ts';
export { backupBeforeChange, requestBackup, waitForBackup } from './request-backup.ts';
export { backupSite, makeBackup, type BackupResult, type MakeBackupInput } from './make-backup.ts';
export type { BackupFigures } from './backup-figures.ts';
export { countKeysToExport, exportKey, type ExportedKey } from './export-key.ts';
export { openSiteRepository } from './open-site-repository.ts';
export { firstGoodBackup, type FirstBackup } from './first-good-backup.ts';
export { listRepositoryStates, type RepositoryState } from './list-repositories.ts';
export { showSnapshots } from './list-snapshots.ts';
export { defaultExcludes } from './rules/excludes.ts';
export { storeOfPlace } from './rules/keys-for-place.ts';
export {
  decideRetention,
  defaultRetention,
  type RetainedSnapshot,
  type RetentionDecision,
  type RetentionPolicy,
} from './rules/retention.ts';
export { NIGHT_FROM, NIGHT_UNTIL } from './rules/schedule.ts';
export { tidyRepository } from './tidy-repository.ts';
export { verifySlice } from './verify-site.ts';
export { backupWords, gapInWords, retentionInWords } from './words.ts';
export {
  countMoments,
  lastGoodBackups,
  lastProofs,
  listMoments,
  type Moment,
  type RestoreProof,
} from './evidence-store.ts';
