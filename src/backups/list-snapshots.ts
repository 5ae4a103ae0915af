import { readHouse } from '../platform/house/index.ts';
import type { Platform } from '../platform/platform.ts';
import { getSite } from '../sites/index.ts';
import type { SnapshotView } from './contract.ts';
import type { RetentionDecision } from './rules/retention.ts';
import { listSnapshots, type SnapshotRow } from './store.ts';
import { retentionOf } from './tidy-repository.ts';
import { gapInWords, retentionInWords } from './words.ts';

/** Snapshots of a site, newest first, each with what it holds and why it stays. Removed sites too. */
export async function showSnapshots(
  platform: Platform,
  input: { site: string; limit: number },
): Promise<SnapshotView[]> {
  const site = await getSite(platform.db, input.site, { removedToo: true });
  const rows = await listSnapshots(platform.db, site.id);
  const decisions = await retentionOf(platform, site.id, rows);
  const { timeZone } = await readHouse(platform);
  return rows.slice(0, input.limit).map((row) => shownSnapshot(row, decisions.get(row.id), timeZone));
}

/** A snapshot as the contract shows it, with why retention keeps it. */
export function shownSnapshot(
  row: SnapshotRow,
  decision: RetentionDecision | undefined,
  timeZone: string,
): SnapshotView {
  const { figures } = row;
  const why = { nl: words('nl'), en: words('en') };
  function words(language: 'nl' | 'en'): string[] {
    return decision === undefined ? [] : retentionInWords(decision, language, timeZone);
  }
  return {
    id: row.id,
    takenAt: row.taken_at.toISOString(),
    storedAt: row.stored_at.toISOString(),
    reason: row.reason,
    files: figures.files,
    fileBytes: figures.fileBytes,
    tables: figures.tables,
    rows: figures.rows,
    databaseBytes: figures.databaseBytes,
    filesFetched: figures.filesFetched,
    newBytes: figures.bytesNew,
    storedBytes: figures.bytesStored,
    movedBytes: figures.wireUp + figures.wireDown,
    requests: figures.requests,
    seconds: figures.ms.total / 1000,
    consistent: row.consistent,
    complete: row.complete,
    gaps: row.gaps.map((gap) => ({ nl: gapInWords(gap, 'nl'), en: gapInWords(gap, 'en') })),
    wrongSince: row.wrong_since?.toISOString() ?? null,
    held: row.held !== null,
    keep: decision?.keep ?? true,
    why: why.nl.map((nl, i) => ({ nl, en: why.en[i] ?? nl })),
  };
}
