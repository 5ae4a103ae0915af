import { readHouse } from '../platform/house/index.ts';
import type { Platform } from '../platform/platform.ts';
import { getSite } from '../sites/index.ts';
import type { CheckDone, WatchedSite } from './contract.ts';
import { siteNotWatched } from './errors.ts';
import { readPack, type CheckResult } from './results/pack.ts';
import { listLastPacks } from './results/results-store.ts';
import { readLearning } from './read-learning.ts';
import { expectationsOf, learnNeeds } from './rules/learn.ts';
import { judgeRows } from './show-sites.ts';
import { shownRow } from './shown-watch.ts';
import { findWatchedSite } from './store.ts';

const shownChecks = 50;

/** How the watch sees one site, why, and what it measured last. Errors: `site-not-found`, `site-not-watched`. */
export async function showSite(platform: Platform, reference: string): Promise<WatchedSite> {
  const { db } = platform;
  const site = await getSite(db, reference);
  const now = platform.clock.now();
  const [[row], found, house] = await Promise.all([
    judgeRows(platform, now, { ids: [site.id] }),
    findWatchedSite(db, site.id),
    readHouse(platform),
  ]);
  if (!row || !found) throw siteNotWatched(site.url);
  const { target, state } = found;
  const packs = await listLastPacks(db, target.no, shownChecks);
  const checks = packs.toReversed().flatMap((pack) => readPack(pack.fromAt, pack.packed));
  const learning = readLearning(state?.learnt);
  const wishes = {
    host: new URL(site.url).host,
    keyword: target.keyword,
    expectedStatus: target.expected_status,
    extraHosts: target.extra_hosts,
  };
  return {
    ...shownRow(row),
    at: now.toISOString(),
    timeZone: house.timeZone,
    watcher: state?.watcher_id ?? null,
    address: state?.address ?? null,
    certificate: state?.certificate_expires_at
      ? { expiresAt: state.certificate_expires_at.toISOString(), issuer: state.certificate_issuer ?? '' }
      : null,
    learnt: {
      keyword: learning.keyword,
      status: learning.status,
      hosts: [...expectationsOf({ ...wishes, extraHosts: [] }, learning).hosts],
      from: learning.from,
      needs: learnNeeds,
      since: learning.since === null ? null : new Date(learning.since).toISOString(),
    },
    settings: {
      enabled: target.enabled,
      intervalMs: target.interval_ms,
      keyword: target.keyword,
      expectedStatus: target.expected_status,
      extraHosts: target.extra_hosts,
    },
    lastChecks: checks.toReversed().slice(0, shownChecks).map(shownCheck),
  };
}

function shownCheck(check: CheckResult): CheckDone {
  return { ...check, at: new Date(check.at).toISOString() };
}
