// What a backup says about itself: `nachtwacht/report.json` in the snapshot, and the row in the snapshots table.

import type { BackupReason } from './snapshot-layout.ts';

/** Why a path or table is not in a snapshot. `excluded-*` is policy; the others are gaps. */
export type SkipReason =
  | 'excluded-own' // our own stage and state folders
  | 'excluded-cache' // can be made again by the site
  | 'excluded-backup' // backups that another plugin keeps on the site
  | 'excluded-by-hand' // the operator said so
  | 'not-a-file' // socket, device, pipe
  | 'link-loop'
  | 'unreadable' // the host refuses it
  | 'bad-name' // a name that no file system of ours may hold
  | 'duplicate-name' // the site named it twice
  | 'vanished' // listed, gone when read
  | 'too-large' // beyond the limit of the contract (P14)
  | 'read-failed' // every try failed
  | 'site-says'; // any other code of the plugin, in `detail`

export interface SkippedPath {
  root: string;
  /** Wire form of the protocol; a folder stands for all that is in it. */
  path: string;
  why: SkipReason;
  detail?: string;
}

export interface SkippedTable {
  name: string;
  /** `excluded` = on the list of tables to leave out; anything else is a gap. */
  why: string;
  detail?: string;
}

/** Whether all tables are of one moment: `one-snapshot`, or which of three reasons there was against it. */
export type Consistency =
  | 'one-snapshot'
  | 'not-asked'
  | 'not-allowed' // the host opens no snapshot; its own code is in `why`
  | 'ended-early'; // the host ended it before all was read

export interface SiteReport {
  format: 1;
  site: string;
  run: string;
  reason: BackupReason;
  url: string;
  /** ISO instants of our clock. */
  startedAt: string;
  endedAt: string;
  /** The site's own clock when the walk began, Unix seconds: what changed later may not be trusted by its times. */
  siteTime: number;
  roots: { id: string; path: string; url?: string }[];
  files: { files: number; folders: number; links: number; bytes: number };
  skipped: SkippedPath[];
  /** Every skip counted, also those beyond the length of `skipped`. */
  skippedCounts: Partial<Record<SkipReason, number>>;
  /** Stored as last read, though they changed in every try. */
  changedWhileRead: { root: string; path: string; tries: number }[];
  database:
    | {
        held: true;
        consistent: boolean;
        /** Why it is, or is not. */
        why: string;
        /** The same as a code; older reports have none. */
        consistency?: Consistency;
        tables: number;
        rows: number;
        bytes: number;
        skipped: SkippedTable[];
      }
    | { held: false; why: string; detail?: string };
  complete: boolean;
  /** Every reason for which `complete` is false. */
  gaps: Gap[];
}

export interface Gap {
  code: 'database-missing' | 'tables-missing' | 'files-missing' | 'root-missing';
  count: number;
  /** The first few by name. */
  examples: string[];
}

/** Skips that leave the snapshot whole: decided by policy, or nothing that a restore could bring back. */
const harmless: ReadonlySet<string> = new Set<SkipReason>([
  'excluded-own',
  'excluded-cache',
  'excluded-backup',
  'excluded-by-hand',
  'not-a-file',
  'link-loop',
  'vanished',
]);

/**
 * Whether a snapshot holds the whole site. Everything that was there, is not excluded by policy and could not be
 * read is a gap: one gap and the snapshot is not complete, is never the last good one, and raises an alarm.
 */
export function judgeCompleteness(found: Pick<SiteReport, 'skipped' | 'skippedCounts' | 'database'>): {
  complete: boolean;
  gaps: Gap[];
} {
  const gaps: Gap[] = [];
  let missing = 0;
  for (const [why, count] of Object.entries(found.skippedCounts)) if (!harmless.has(why)) missing += count;
  if (missing > 0) {
    const named = found.skipped.filter((skip) => !harmless.has(skip.why));
    const roots = named.filter((skip) => skip.path === '');
    gaps.push({
      code: roots.length > 0 ? 'root-missing' : 'files-missing',
      count: missing,
      examples: named.slice(0, 5).map((skip) => `${skip.root}:${skip.path}`),
    });
  }
  if (!found.database.held) gaps.push({ code: 'database-missing', count: 1, examples: [found.database.why] });
  else {
    const tables = found.database.skipped.filter((table) => table.why !== 'excluded');
    if (tables.length > 0)
      gaps.push({
        code: 'tables-missing',
        count: tables.length,
        examples: tables.slice(0, 5).map((table) => table.name),
      });
  }
  return { complete: gaps.length === 0, gaps };
}
