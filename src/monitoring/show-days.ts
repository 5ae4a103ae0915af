import { readHouse } from '../platform/house/index.ts';
import type { Platform } from '../platform/platform.ts';
import { getSite } from '../sites/index.ts';
import type { Days } from './contract.ts';
import { siteNotWatched } from './errors.ts';
import { outagesOf } from './outages.ts';
import { listDays } from './results/results-store.ts';
import { calendarDays, dayBars } from './rules/day-bars.ts';
import { findWatchedSite } from './store.ts';

/** How a site was on each of the last calendar days of the agency: outages from incidents, what was seen from checks. */
export async function showDays(platform: Platform, asked: { site: string; days: number }): Promise<Days> {
  const { db } = platform;
  const site = await getSite(db, asked.site);
  const [found, { timeZone }] = await Promise.all([findWatchedSite(db, site.id), readHouse(platform)]);
  if (!found) throw siteNotWatched(site.url);
  const now = platform.clock.now();
  const days = calendarDays(now.getTime(), timeZone, asked.days);
  const [first, last] = [days[0], days.at(-1)];
  if (!first || !last) throw siteNotWatched(site.url);
  const [checks, outages] = await Promise.all([
    listDays(db, found.target.no, first.day, last.day),
    outagesOf(db, [site.id], new Date(first.from), now),
  ]);
  const bars = dayBars(days, {
    now: now.getTime(),
    watchedFrom: found.target.added_at.getTime(),
    checks,
    outages: outages.map((one) => ({
      from: one.from.getTime(),
      to: one.to?.getTime() ?? null,
      inMaintenance: one.inMaintenance,
    })),
  });
  return { timeZone, ...bars };
}
