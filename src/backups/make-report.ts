import type { DumpResult } from './database/index.ts';
import type { Id } from '../restic/types.ts';
import type { ReadFiles } from './files/read-site-files.ts';
import type { SkipList } from './files/skip-list.ts';
import { judgeCompleteness, type SiteReport } from './rules/site-report.ts';
import type { BackupReason } from './rules/snapshot-layout.ts';

/** What came of reading the database. */
export type DatabaseRead = { held: true; dump: DumpResult; tree: Id } | { held: false; why: string; detail: string };

/** Puts together what a backup says of itself, with the verdict whether it holds the whole site. */
export function makeReport(of: {
  input: { siteId: string; url: string; reason: BackupReason };
  runId: string;
  takenAt: Date;
  endedAt: Date;
  siteTime: number;
  files: ReadFiles;
  totals: SiteReport['files'];
  skips: SkipList;
  database: DatabaseRead;
}): SiteReport {
  const { input, runId, database } = of;
  const skipped = of.skips.toReport();
  const facts: SiteReport['database'] = database.held
    ? {
        held: true,
        consistent: database.dump.consistent,
        why: database.dump.consistency,
        consistency: database.dump.consistencyCode,
        tables: database.dump.tables,
        rows: database.dump.rows,
        bytes: database.dump.bytesTotal,
        skipped: database.dump.report
          .filter((one) => one.kind === 'table')
          .map(({ name, code, message }) => ({ name, why: code, detail: message })),
      }
    : { held: false, why: database.why, detail: database.detail };
  return {
    format: 1,
    site: input.siteId,
    run: runId,
    reason: input.reason,
    url: input.url,
    startedAt: of.takenAt.toISOString(),
    endedAt: of.endedAt.toISOString(),
    siteTime: of.siteTime,
    roots: of.files.roots,
    files: of.totals,
    ...skipped,
    changedWhileRead: of.files.changedWhileRead,
    database: facts,
    ...judgeCompleteness({ ...skipped, database: facts }),
  };
}
