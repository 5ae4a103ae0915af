import { isOverdue } from '../duties/index.ts';
import { findingInWords, listFindings, type SiteFinding } from '../monitoring/index.ts';
import type { Platform } from '../platform/platform.ts';
import { judgeSize } from '../sites/index.ts';
import { judgeSite, type SiteVerdict, type WatchFacts } from './rules/site-state.ts';
import type { SearchTerm } from './rules/read-search.ts';
import {
  listLiveRuns,
  listOpenDuties,
  listOut,
  listOverview,
  listStandingAlarms,
  type LiveRun,
  type OverviewRow,
} from './store.ts';

/** A site with what the rule says of it. Shares are parts of the size in the contract. */
export interface Judged extends SiteVerdict {
  row: OverviewRow;
  share: number | null;
  running: LiveRun | undefined;
  overdue: { kind: string; due: Date }[];
}

/**
 * Reads and judges sites under care, by address: all of them, or those that a search finds. Five small queries,
 * however long the history is.
 */
export async function judgeSites(
  platform: Platform,
  filter: { terms?: readonly SearchTerm[]; ids?: readonly string[] } = {},
): Promise<{ now: Date; sites: Judged[] }> {
  const { db, clock } = platform;
  const now = clock.now();
  const [rows, alarms, duties, runs, outs, found] = await Promise.all([
    listOverview(db, filter),
    listStandingAlarms(db),
    listOpenDuties(db, now),
    listLiveRuns(db),
    listOut(db),
    listFindings(db),
  ]);
  const findingsOf = bySite(found.map((one) => ({ ...one, site: one.siteId })));
  const outOf = new Map(outs.map((out) => [out.site, out]));
  const alarmsOf = bySite(alarms);
  const dutiesOf = bySite(duties);
  // The last one counts: work on the site itself before work beside it.
  const runOf = new Map(runs.map((run) => [run.site, run]));
  const sites = rows.map((row): Judged => {
    const overdue = (dutiesOf.get(row.id) ?? []).filter((duty) =>
      isOverdue(now, { opensAt: duty.opens_at, due: duty.due }),
    );
    const size = row.measured ? sizeOf(row) : undefined;
    const running = runOf.get(row.id);
    const verdict = judgeSite({
      now: now.getTime(),
      plan: row.plan,
      pairedAt: row.paired_at ?? undefined,
      paused: row.paused,
      lastGoodAt: row.last_good_at ?? undefined,
      size,
      overdue: overdue.map(({ kind, due }) => ({ kind, due: due.getTime() })),
      alarms: (alarmsOf.get(row.id) ?? []).map(({ code, raised_at, facts }) => ({
        code,
        raisedAt: raised_at.getTime(),
        facts,
      })),
      findings: (findingsOf.get(row.id) ?? []).map(factsOfFinding),
      running,
      watch: row.watched ? watchOf(row, outOf.get(row.id)) : undefined,
    });
    return { ...verdict, row, share: size?.share ?? null, running, overdue };
  });
  return { now, sites };
}

function factsOfFinding(one: SiteFinding) {
  const [nl, en] = [findingInWords(one, 'nl'), findingInWords(one, 'en')];
  return {
    code: one.code,
    since: Date.parse(one.since),
    urgent: one.urgency === 'high',
    told: { nl: { short: nl.short, says: nl.says }, en: { short: en.short, says: en.says } },
  };
}

function watchOf(row: OverviewRow, out: Awaited<ReturnType<typeof listOut>>[number] | undefined): WatchFacts {
  return {
    out: out && { since: out.since.getTime(), cause: out.cause, incident: out.incident },
    watchedSince: row.watched_since,
    checkedAt: row.checked_at ?? undefined,
    verdict: row.verdict ?? undefined,
    certificateEndsAt: row.certificate_ends_at ?? undefined,
  };
}

function sizeOf(row: OverviewRow): ReturnType<typeof judgeSize> {
  return judgeSize({ filesBytes: row.files_bytes, databaseBytes: row.database_bytes, limitBytes: row.limit_bytes });
}

function bySite<Row extends { site: string }>(rows: readonly Row[]): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(row.site);
    if (group) group.push(row);
    else groups.set(row.site, [row]);
  }
  return groups;
}
