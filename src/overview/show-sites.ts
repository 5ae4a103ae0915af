import { z } from 'zod';
import { outagesBetween } from '../incidents/index.ts';
import { readHouse } from '../platform/house/index.ts';
import type { Platform } from '../platform/platform.ts';
import type { DayStrip, RowRun, SitesPage } from './contract.ts';
import { judgeSites } from './judge-sites.ts';
import { countFacets, matches, sortSites, type SitesFilter, type SitesOrder } from './rules/find-sites.ts';
import { readSearch } from './rules/read-search.ts';
import { shownReason } from './show-today.ts';
import { countSites, listBackupsSince, listWorkSince, type LiveRun, type PastWork } from './store.ts';

const dayMs = 86_400_000;
const minuteMs = 60_000;

export interface SitesQuestion extends SitesFilter, SitesOrder {
  search?: string | undefined;
  /** Only these sites (rows that changed); page, facets and order as always. */
  ids?: readonly string[] | undefined;
  /** Counted from 1; one beyond the last gives the last. */
  page: number;
  pageSize: number;
}

/** A page of the list of all sites, searched, filtered and sorted. */
export async function showSites(platform: Platform, asked: SitesQuestion): Promise<SitesPage> {
  const terms = asked.search === undefined ? [] : readSearch(asked.search);
  const [{ now, sites }, house, all] = await Promise.all([
    judgeSites(platform, {
      ...(terms.length > 0 ? { terms } : {}),
      ...(asked.ids ? { ids: asked.ids } : {}),
    }),
    readHouse(platform),
    countSites(platform.db),
  ]);
  const matching = sortSites(
    sites.filter((site) => matches(site, asked)),
    asked,
  );
  const lastPage = Math.max(1, Math.ceil(matching.length / asked.pageSize));
  const page = Math.min(asked.page, lastPage);
  const shown = matching.slice((page - 1) * asked.pageSize, page * asked.pageSize);
  const stripOf = await readStrips(
    platform,
    shown.map((site) => site.row.id),
    now,
  );
  return {
    at: now.toISOString(),
    timeZone: house.timeZone,
    rows: shown.map((site) => ({
      id: site.row.id,
      url: site.row.url,
      customer: { id: site.row.customer_id, name: site.row.customer_name },
      plan: site.row.plan,
      state: site.state,
      reasons: site.reasons.map(shownReason),
      lastBackupAt: site.row.last_good_at === null ? null : new Date(site.row.last_good_at).toISOString(),
      running: site.running ? shownRun(site.running) : null,
      overdue: site.overdue.map(({ kind, due }) => ({ kind, due: due.toISOString() })),
      share: site.share,
      wordpress: site.row.wordpress,
      php: site.row.php,
      strip: stripOf(site.row.id),
    })),
    total: matching.length,
    all,
    page,
    pageSize: asked.pageSize,
    facets: countFacets(sites),
  };
}

const count = z.number().optional().catch(undefined);
const Progress = z.object({
  step: z.string(),
  bytesDone: count,
  bytesTotal: count,
  filesDone: count,
  filesTotal: count,
  rowsDone: count,
  rowsTotal: count,
});

/** How far a run is, from the first pair of figures that is known. */
function shownRun(run: LiveRun): RowRun {
  const progress = run.state === 'running' ? Progress.safeParse(run.progress).data : undefined;
  const pairs = [
    [progress?.bytesDone, progress?.bytesTotal],
    [progress?.filesDone, progress?.filesTotal],
    [progress?.rowsDone, progress?.rowsTotal],
  ] as const;
  const pair = pairs.find(([, total]) => total !== undefined && total > 0);
  const done = pair ? Math.min(1, (pair[0] ?? 0) / (pair[1] ?? 1)) : null;
  return { runId: run.id, saga: run.saga, state: run.state, step: progress?.step ?? null, done };
}

/** The last 24 hours of each of these sites; three queries for all. */
async function readStrips(platform: Platform, ids: readonly string[], now: Date): Promise<(id: string) => DayStrip> {
  const from = new Date(now.getTime() - dayMs);
  const minutes = (at: Date): number => Math.max(0, Math.floor((at.getTime() - from.getTime()) / minuteMs));
  const [backups, work, outages] =
    ids.length === 0
      ? [[], [], []]
      : await Promise.all([
          listBackupsSince(platform.db, ids, from),
          listWorkSince(platform.db, ids, from),
          outagesBetween(platform.db, ids, from, now),
        ]);
  const strips = new Map(
    ids.map((id): [string, DayStrip] => [
      id,
      { from: from.toISOString(), to: now.toISOString(), backups: [], work: [], outages: [] },
    ]),
  );
  for (const { site, at, good } of backups) strips.get(site)?.backups.push({ at: minutes(at), good });
  // What our own work took is drawn as work.
  for (const { siteId, from: at, to, inMaintenance } of outages)
    if (!inMaintenance) strips.get(siteId)?.outages.push({ at: minutes(at), until: to === null ? null : minutes(to) });
  for (const one of work) addWork(strips.get(one.site), one, minutes);
  const empty: DayStrip = { from: from.toISOString(), to: now.toISOString(), backups: [], work: [], outages: [] };
  return (id) => strips.get(id) ?? empty;
}

function addWork(strip: DayStrip | undefined, work: PastWork, minutes: (at: Date) => number): void {
  // A backup that failed left no snapshot: its tick says so.
  if (work.saga === 'backup-site') strip?.backups.push({ at: minutes(work.at), good: false });
  else
    strip?.work.push({
      at: minutes(work.at),
      until: work.until ? minutes(work.until) : null,
      saga: work.saga,
      state: work.state,
    });
}
