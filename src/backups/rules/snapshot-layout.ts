// What lies where inside a snapshot. A restore years from now reads by these names: they never change.

/** The site's files: `files/<root id>/<path as on the site>`. */
export const FILES_FOLDER = 'files';
/** The database: SQL files, with a manifest of ranges beside each; names inside belong to `backups/database`. */
export const DATABASE_FOLDER = 'database';
/** What we say about the snapshot ourselves. */
export const OURS_FOLDER = 'nachtwacht';
/** What was read, skipped, changed while read, and why (type: `SiteReport`). */
export const REPORT_FILE = 'report.json';
/** Versions of core, plugins, themes, PHP and database at that moment. */
export const INVENTORY_FILE = 'inventory.json';

/** restic's `paths` of every snapshot of ours: constant, so that `restic snapshots` groups them. */
export const SNAPSHOT_PATHS: readonly string[] = ['/'];

export const REPORT_PATH: readonly string[] = [OURS_FOLDER, REPORT_FILE];
export const INVENTORY_PATH: readonly string[] = [OURS_FOLDER, INVENTORY_FILE];

/** Path of a file of the site inside the snapshot, as names. `sitePath`: names joined by `/`, '' = the root itself. */
export function pathInSnapshot(root: string, sitePath: string): string[] {
  return [FILES_FOLDER, root, ...(sitePath === '' ? [] : sitePath.split('/'))];
}

/** The other way round; undefined when the path is not one of the site's files. */
export function pathOnSite(inSnapshot: readonly string[]): { root: string; path: string } | undefined {
  const [top, root, ...names] = inSnapshot;
  return top === FILES_FOLDER && root !== undefined ? { root, path: names.join('/') } : undefined;
}

/** Why a backup is made. */
export type BackupReason = 'first' | 'daily' | 'hourly' | 'by-hand' | 'before-update' | 'before-restore';

/** What a snapshot says of itself in its restic tags, so that the repository alone tells its story. */
export interface SnapshotTags {
  site: string;
  run: string;
  reason: BackupReason;
  /** The database was read inside one InnoDB snapshot. */
  consistent: boolean;
  /** Nothing of the site is missing that should be there. */
  complete: boolean;
}

export function tagsOf(facts: SnapshotTags): string[] {
  return [
    `site=${facts.site}`,
    `run=${facts.run}`,
    `reason=${facts.reason}`,
    `consistent=${facts.consistent ? 'yes' : 'no'}`,
    `complete=${facts.complete ? 'yes' : 'no'}`,
  ];
}

/** Value of one of our tags, undefined when the snapshot does not carry it (somebody else's snapshot). */
export function tagValue(tags: readonly string[], name: keyof SnapshotTags): string | undefined {
  const start = `${name}=`;
  return tags.find((tag) => tag.startsWith(start))?.slice(start.length);
}
