/** What is known of the site before the first byte is written. */
export interface SiteCondition {
  databaseReachable: boolean;
  filesToDo: boolean;
  tablesToDo: boolean;
  /** The plan puts wp-config.php back: the one file without which the database cannot be found. */
  putsConfig: boolean;
}

export type RestoreOrder =
  | { ok: true; order: 'nothing'; why: 'equal' }
  | { ok: true; order: 'only-files'; why: 'no-tables' }
  | { ok: true; order: 'only-tables'; why: 'no-files' }
  | { ok: true; order: 'together'; why: 'both-stand-ready' }
  | { ok: true; order: 'files-first'; why: 'config-broken' }
  | { ok: false; why: 'database-unreachable' };

/**
 * Files and tables are both staged beside the live ones and swapped close together, so that visitors never see new
 * files on old tables for longer than the swaps take. With a broken wp-config the tables cannot be reached at all:
 * then the files go first, and the database follows as soon as it answers.
 */
export function orderRestore(site: SiteCondition): RestoreOrder {
  if (!site.filesToDo && !site.tablesToDo) return { ok: true, order: 'nothing', why: 'equal' };
  if (!site.tablesToDo) return { ok: true, order: 'only-files', why: 'no-tables' };
  if (!site.databaseReachable) {
    return site.putsConfig
      ? { ok: true, order: 'files-first', why: 'config-broken' }
      : { ok: false, why: 'database-unreachable' };
  }
  return site.filesToDo
    ? { ok: true, order: 'together', why: 'both-stand-ready' }
    : { ok: true, order: 'only-tables', why: 'no-files' };
}
