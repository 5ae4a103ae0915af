import { outagesBetween, type OutageSpan } from '../incidents/index.ts';
import { calendarDays, dayBars, type DayBar, type DayChecks } from '../monitoring/index.ts';
import { findLogo, logoPath, readHouse, type Accent } from '../platform/house/index.ts';
import type { Platform } from '../platform/platform.ts';
import { publicCauseOf, publicStateOf, type PublicCause, type PublicState } from './rules/public-state.ts';
import { findPage, listCheckDays, listPageSites, type PageSiteRow } from './store.ts';

/** All that a public page tells. What is not in here, the public does not get to know. */
export interface PublicPage {
  title: string;
  language: 'nl' | 'en';
  timeZone: string;
  at: Date;
  agency: { name: string; accent: Accent | null; logo: string | null };
  sites: PublicSite[];
  /** Newest first. */
  outages: PublicOutage[];
  /** Older ones within the span that are not listed. */
  moreOutages: number;
}

export interface PublicSite {
  url: string;
  name: string;
  state: PublicState;
  since: Date | null;
  days: DayBar[];
  /** Since it is watched, 90 days at most. */
  watchedDays: number;
  availability: number | null;
  outageMinutes: number;
}

export interface PublicOutage {
  site: string;
  from: Date;
  to: Date | null;
  minutes: number;
  /** Null = announced work of our own. */
  cause: PublicCause | null;
}

export const shownDays = 90;
const shownOutages = 30;
const dayMs = 86_400_000;
const minuteMs = 60_000;
/** Larger pictures are not put into the page itself. */
const logoInsideBytes = 48_000;

/** What is at this address for the public; undefined = nothing: unknown, switched off, or without a site, all alike. */
export async function readPage(platform: Platform, slug: string): Promise<PublicPage | undefined> {
  const { db, clock } = platform;
  const page = await findPage(db, slug);
  if (!page?.enabled) return undefined;
  const [rows, house, logo] = await Promise.all([listPageSites(db, page), readHouse(platform), findLogo(db)]);
  if (rows.length === 0) return undefined;
  const now = clock.now();
  const days = calendarDays(now.getTime(), house.timeZone, shownDays);
  const [first, last] = [days[0], days.at(-1)];
  if (!first || !last) return undefined;
  const [checks, spans] = await Promise.all([
    listCheckDays(
      db,
      rows.map((row) => row.no),
      first.day,
      last.day,
    ),
    outagesBetween(
      db,
      rows.map((row) => row.id),
      new Date(first.from),
      now,
    ),
  ]);
  const checksOf = Map.groupBy(checks, (one) => one.no);
  const spansOf = Map.groupBy(spans, (one) => one.siteId);
  const names = new Map(rows.map((row) => [row.id, nameOf(row.url)]));
  const newest = spans.toSorted((a, b) => b.from.getTime() - a.from.getTime());
  return {
    title: page.title,
    language: page.language,
    timeZone: house.timeZone,
    at: now,
    agency: { name: house.name, accent: house.accent, logo: logo === undefined ? null : pictureOf(logo) },
    sites: rows.map((row) =>
      siteOf(row, { now: now.getTime(), days, checks: checksOf.get(row.no) ?? [], spans: spansOf.get(row.id) ?? [] }),
    ),
    outages: newest.slice(0, shownOutages).map((span) => outageOf(span, names.get(span.siteId) ?? '', now)),
    moreOutages: Math.max(0, newest.length - shownOutages),
  };
}

interface SiteFacts {
  now: number;
  days: readonly { day: string; from: number; to: number }[];
  checks: readonly DayChecks[];
  spans: readonly OutageSpan[];
}

function siteOf(row: PageSiteRow, { now, days, checks, spans }: SiteFacts): PublicSite {
  const outages = spans.map(({ from, to, inMaintenance }) => ({
    from: from.getTime(),
    to: to?.getTime() ?? null,
    inMaintenance,
  }));
  const { verdict, watched, interval_ms: intervalMs, checked_at: checkedAt } = row;
  const { state, since } = publicStateOf({ watched, intervalMs, verdict, checkedAt }, outages, now);
  const watchedFrom = Math.max(row.added_at, days[0]?.from ?? now);
  const bars = dayBars(days, { now, watchedFrom: row.added_at, checks: withToday(row, days, checks), outages });
  return {
    url: row.url,
    name: nameOf(row.url),
    state,
    since: since === null ? null : new Date(since),
    days: bars.days,
    watchedDays: Math.min(shownDays, Math.max(1, Math.ceil((now - watchedFrom) / dayMs))),
    availability: bars.availability,
    outageMinutes: bars.outageMinutes,
  };
}

/** Days are summed up when they are over: of today the last look speaks. */
function withToday(row: PageSiteRow, days: SiteFacts['days'], checks: readonly DayChecks[]): DayChecks[] {
  const today = days.at(-1);
  if (!today || row.checked_at === null || row.checked_at < today.from) return [...checks];
  if (checks.some((one) => one.day === today.day)) return [...checks];
  return [...checks, { day: today.day, checks: 1, down: 0, unknown: row.verdict === 'unknown' ? 1 : 0 }];
}

function outageOf({ from, to, cause, inMaintenance }: OutageSpan, site: string, now: Date): PublicOutage {
  const minutes = Math.max(1, Math.round(((to ?? now).getTime() - from.getTime()) / minuteMs));
  return { site, from, to, minutes, cause: inMaintenance ? null : publicCauseOf(cause) };
}

function nameOf(url: string): string {
  return url.replace(/^https?:\/\//, '').replace(/\/$/, '');
}

/** Inside the page, so that a copy of it is whole by itself; the larger ones by their address. */
function pictureOf({ type, bytes, hash }: { type: string; bytes: Buffer; hash: string }): string {
  return bytes.length <= logoInsideBytes ? `data:${type};base64,${bytes.toString('base64')}` : logoPath(hash);
}
