import type { Platform } from '../platform/platform.ts';
import { getSite } from '../sites/index.ts';
import type { Series, spans } from './contract.ts';
import { siteNotWatched } from './errors.ts';
import { readPack, type CheckResult } from './results/pack.ts';
import { listHours, listPacks, type HourRow } from './results/results-store.ts';
import { averagePhases, gatherSteps, mergeHours, type StepFigures } from './results/steps.ts';
import { findWatchedSite } from './store.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** How long each span is, and how long the stretch that one point stands for. */
const shapes: Record<(typeof spans)[number], { spanMs: number; stepMs: number }> = {
  '24h': { spanMs: dayMs, stepMs: 5 * minuteMs },
  '7d': { spanMs: 7 * dayMs, stepMs: hourMs },
  '90d': { spanMs: 90 * dayMs, stepMs: dayMs },
};

/** Response times of a site by phase. 24 hours come from the checks themselves; longer spans from hours, the newest from checks. */
export async function showSeries(
  platform: Platform,
  asked: { site: string; span: (typeof spans)[number] },
): Promise<Series> {
  const { db } = platform;
  const site = await getSite(db, asked.site);
  const found = await findWatchedSite(db, site.id);
  if (!found) throw siteNotWatched(site.url);
  const { no } = found.target;
  const { spanMs, stepMs } = shapes[asked.span];
  const to = platform.clock.now().getTime();
  const from = Math.floor((to - spanMs) / stepMs) * stepMs;
  const checksFrom = async (since: number): Promise<CheckResult[]> => {
    const packs = await listPacks(db, { nos: [no], from: new Date(since), to: new Date(to + 1) });
    return packs.flatMap((pack) => readPack(pack.fromAt, pack.packed)).filter((check) => check.at >= since);
  };
  let points: StepFigures[];
  if (asked.span === '24h') points = gatherSteps(await checksFrom(from), stepMs);
  else {
    const hours = await listHours(db, no, new Date(from), new Date(to));
    const rolledUpTo = (hours.at(-1)?.hour.getTime() ?? Math.max(from, to - 3 * hourMs) - hourMs) + hourMs;
    const fresh = gatherSteps(await checksFrom(rolledUpTo), hourMs);
    points = mergeHours([...hours.map(ofHour), ...fresh], stepMs);
  }
  return {
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    stepMs,
    points: points.map((point) => ({ ...averagePhases(point), at: new Date(point.at).toISOString() })),
  };
}

function ofHour(row: HourRow): StepFigures {
  const answered = row.total_avg === null ? 0 : row.checks - row.unknown;
  const sum = (average: number | null): { sum: number; count: number } =>
    average === null ? { sum: 0, count: 0 } : { sum: average * answered, count: answered };
  return {
    at: row.hour.getTime(),
    checks: row.checks,
    down: row.down,
    unknown: row.unknown,
    dns: sum(row.dns_avg),
    connect: sum(row.connect_avg),
    tls: sum(row.tls_avg),
    firstByte: sum(row.first_byte_avg),
    total: sum(row.total_avg),
    slow: row.total_p95,
  };
}
