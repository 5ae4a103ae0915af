import { readHouse } from '../../platform/house/index.ts';
import type { DueLoop } from '../../platform/due/index.ts';
import type { Platform } from '../../platform/platform.ts';
import { calendarDays } from '../rules/day-bars.ts';
import { readPack, type CheckResult } from './pack.ts';
import {
  createPartition,
  deleteHoursBefore,
  dropPartition,
  listNosWithPacks,
  listPacks,
  listPartitions,
  listRolledUp,
  markRolledUp,
  rollUpDay,
  upsertHours,
  type HourRow,
} from './results-store.ts';
import { averagePhases, gatherSteps, percentile } from './steps.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** Raw checks are kept so long; the day is dropped whole. */
export const keepPacksDays = 30;
/** Hours are kept for the series of 90 days; days for ever. */
const keepHoursDays = 93;
/** Watchers hold a check back for five minutes at most; an hour is rolled up when it is over for longer. */
const settledMs = 8 * minuteMs;
const targetsAtOnce = 300;

const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** Partitions from yesterday to the day after tomorrow are there; those older than the raw checks are kept are gone. */
export async function keepPartitions(platform: Platform): Promise<void> {
  const { db, clock } = platform;
  const now = clock.now().getTime();
  const there = new Set(await listPartitions(db));
  for (let days = -1; days <= 2; days++) {
    const day = dayOf(now + days * dayMs);
    if (!there.has(day)) await createPartition(db, day);
  }
  const oldest = dayOf(now - keepPacksDays * dayMs);
  for (const day of there) if (day < oldest) await dropPartition(db, day);
}

/** Rolls up every hour that is over and not rolled up yet (or changed since), then the days they lie in. Gives how many hours. */
export async function rollUp(platform: Platform, signal?: AbortSignal): Promise<number> {
  const { db, clock } = platform;
  const now = clock.now().getTime();
  const from = now - keepPacksDays * dayMs;
  const [partitions, done] = await Promise.all([listPartitions(db), listRolledUp(db, new Date(from))]);
  const first = Math.max(from, Date.parse(`${partitions[0] ?? dayOf(now)}T00:00:00Z`));
  const touched: number[] = [];
  for (let hour = Math.ceil(first / hourMs) * hourMs; hour + hourMs + settledMs <= now; hour += hourMs) {
    if (done.has(hour)) continue;
    if (signal?.aborted) return touched.length;
    await rollUpHour(platform, hour);
    touched.push(hour);
  }
  if (touched.length === 0) return 0;
  const { timeZone } = await readHouse(platform);
  for (const { day, from: begin, to } of calendarDays(now, timeZone, keepPacksDays + 1)) {
    if (touched.some((hour) => hour >= begin && hour < to)) {
      await rollUpDay(db, day, new Date(begin), new Date(to));
    }
  }
  await deleteHoursBefore(db, new Date(now - keepHoursDays * dayMs));
  return touched.length;
}

async function rollUpHour({ db, clock }: Platform, hour: number): Promise<void> {
  const [from, to] = [new Date(hour), new Date(hour + hourMs)];
  // Before the packs are read: one that comes in meanwhile takes the mark away again.
  await markRolledUp(db, from, clock.now());
  const nos = await listNosWithPacks(db, from, to);
  for (let at = 0; at < nos.length; at += targetsAtOnce) {
    const some = nos.slice(at, at + targetsAtOnce);
    const checksOf = new Map<number, CheckResult[]>();
    for (const { no, fromAt, packed } of await listPacks(db, { nos: some, from, to })) {
      const within = readPack(fromAt, packed).filter((check) => check.at >= hour && check.at < hour + hourMs);
      checksOf.set(no, [...(checksOf.get(no) ?? []), ...within]);
    }
    await upsertHours(
      db,
      Array.from(checksOf, ([no, checks]) => hourOf(no, from, checks)).filter((row) => row.checks > 0),
    );
  }
}

function hourOf(no: number, hour: Date, checks: readonly CheckResult[]): HourRow {
  const [step] = gatherSteps(checks, hourMs);
  const totals = checks.flatMap(({ totalMs, verdict }) => (totalMs === null || verdict === 'unknown' ? [] : [totalMs]));
  const phases = step === undefined ? undefined : averagePhases(step);
  return {
    no,
    hour,
    checks: step?.checks ?? 0,
    down: step?.down ?? 0,
    unknown: step?.unknown ?? 0,
    dns_avg: phases?.dnsMs ?? null,
    connect_avg: phases?.connectMs ?? null,
    tls_avg: phases?.tlsMs ?? null,
    first_byte_avg: phases?.firstByteMs ?? null,
    total_avg: phases?.totalMs ?? null,
    total_p50: percentile(totals, 0.5),
    total_p95: percentile(totals, 0.95),
  };
}

/** Partitions made ahead and dropped, hours and days rolled up. */
export const resultsLoop: DueLoop = {
  name: 'watch-results',
  everyMs: 5 * minuteMs,
  run: async (platform, signal) => {
    await keepPartitions(platform);
    await rollUp(platform, signal);
  },
};
