import { readHouse } from '../platform/house/index.ts';
import type { Platform } from '../platform/platform.ts';
import { blindnessOf } from './blindness.ts';
import type { WatchPage } from './contract.ts';
import { outagesOf } from './outages.ts';
import { matchesFilter, sortRows, type WatchFilter, type WatchOrder } from './rules/find-sites.ts';
import { disturbingWork, type OwnWork } from './rules/maintenance.ts';
import type { Stretch } from './rules/outage-share.ts';
import { judgeRow, shownRow, type JudgedRow } from './shown-watch.ts';
import { countSites, listOwnWork, listWatchers, listWatchRows } from './store.ts';

const dayMs = 86_400_000;

export interface WatchQuestion extends WatchFilter, WatchOrder {
  search?: string | undefined;
  ids?: readonly string[] | undefined;
  /** Counted from 1; one beyond the last gives the last. */
  page: number;
  pageSize: number;
}

/** A page of the watch over all sites. */
export async function showSites(platform: Platform, asked: WatchQuestion): Promise<WatchPage> {
  const { db, config } = platform;
  const now = platform.clock.now();
  const words = asked.search
    ?.toLowerCase()
    .replace(/^https?:\/\//, '')
    .split(/\s+/)
    .filter(Boolean)
    .slice(0, 6);
  const [rows, house, all, watchers] = await Promise.all([
    judgeRows(platform, now, { ...(words ? { words } : {}), ...(asked.ids ? { ids: asked.ids } : {}) }),
    readHouse(platform),
    countSites(db),
    listWatchers(db, config.timeScale),
  ]);
  const matching = sortRows(
    rows.filter((row) => matchesFilter(row, asked)),
    asked,
  );
  const page = Math.min(asked.page, Math.max(1, Math.ceil(matching.length / asked.pageSize)));
  const watched = rows.filter((row) => row.enabled);
  const inPhase = (phase: JudgedRow['phase']): number => watched.filter((row) => row.phase === phase).length;
  return {
    at: now.toISOString(),
    timeZone: house.timeZone,
    rows: matching.slice((page - 1) * asked.pageSize, page * asked.pageSize).map(shownRow),
    total: matching.length,
    all,
    page,
    pageSize: asked.pageSize,
    phases: { out: inPhase('out'), doubted: inPhase('doubted'), back: inPhase('back'), well: inPhase('well') },
    unknown: watched.filter((row) => row.verdict === 'unknown').length,
    disabled: rows.length - watched.length,
    blind: blindnessOf(watchers),
  };
}

/** Rows with all that is known beside them; three queries for however many sites. */
export async function judgeRows(
  platform: Platform,
  now: Date,
  filter: { words?: readonly string[]; ids?: readonly string[] },
): Promise<JudgedRow[]> {
  const { db } = platform;
  const [found, work, outages] = await Promise.all([
    listWatchRows(db, filter),
    listOwnWork(db, disturbingWork),
    outagesOf(db, filter.ids ? [...filter.ids] : 'all', new Date(now.getTime() - 30 * dayMs), now),
  ]);
  const workOf = new Map<string, OwnWork[]>();
  for (const { site_id: site, saga, started_at: at } of work) {
    workOf.set(site, [...(workOf.get(site) ?? []), { saga, startedAt: at.getTime() }]);
  }
  const outagesOfSite = new Map<string, Stretch[]>();
  for (const { siteId, from, to, inMaintenance } of outages) {
    if (inMaintenance) continue;
    const stretch = { from: from.getTime(), to: to?.getTime() ?? null };
    outagesOfSite.set(siteId, [...(outagesOfSite.get(siteId) ?? []), stretch]);
  }
  return found.map((row) =>
    judgeRow(row, { work: workOf.get(row.id) ?? [], outages: outagesOfSite.get(row.id) ?? [] }, now.getTime()),
  );
}
