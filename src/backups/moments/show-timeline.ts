import { readHouse } from '../../platform/house/index.ts';
import type { Platform } from '../../platform/platform.ts';
import { getSite } from '../../sites/index.ts';
import type { Timeline, TimelineBar } from './contract.ts';
import {
  chooseUnit,
  isInGap,
  longestQuiet,
  MOST_BARS,
  unitsWithin,
  type BarUnit,
  type Span,
} from './rules/timeline.ts';
import { listBars, listFailures, listGaps, listMoments, spanOfMoments, type BarRow, type MomentRow } from './store.ts';

const iso = (ms: number): string => new Date(ms).toISOString();

/**
 * The line of a site's snapshots in at most 120 bars: each a snapshot, or a calendar unit in the house's zone. Without a
 * range: from the first until now. Removed sites too.
 */
export async function showTimeline(
  platform: Platform,
  input: { site: string; from?: string | undefined; to?: string | undefined },
): Promise<Timeline> {
  const { db } = platform;
  const { timeZone } = await readHouse(platform);
  const site = await getSite(db, input.site, { removedToo: true });
  const now = platform.clock.now();
  const range = { from: dateOf(input.from), to: dateOf(input.to) };
  const span = await spanOfMoments(db, site.id, range);
  const first = span.first?.getTime() ?? now.getTime();
  const from = range.from === null ? first : Math.max(range.from.getTime(), Math.min(first, now.getTime()));
  const to = Math.max(from, Math.min(range.to?.getTime() ?? Infinity, now.getTime()));
  const { unit } = chooseUnit(span.count, from, to);
  const [gaps, failures] = await Promise.all([
    listGaps(db, site.id, longestQuiet(site.backup_plan), site.removed_at ?? now),
    listFailures(db, site.id, range),
  ]);
  const failedAt = failures.map(({ at }) => at.getTime());
  const bars =
    unit === 'moment'
      ? momentBars(await listMoments(db, site.id, range, MOST_BARS), failedAt, gaps)
      : calendarBars(await listBars(db, site.id, range, unit, timeZone), { from, to, unit, timeZone, failedAt, gaps });
  const newest = span.newest?.getTime();
  return {
    unit,
    timeZone,
    from: iso(from),
    to: iso(to),
    all: span.all,
    oldest: span.oldest?.toISOString() ?? null,
    newest: span.newest?.toISOString() ?? null,
    count: span.count,
    largestBytes: span.largest,
    bars,
    gaps: gaps.filter((gap) => gap.to > from && gap.from < to).map((gap) => ({ from: iso(gap.from), to: iso(gap.to) })),
    failedSince: failedAt.filter((at) => newest === undefined || at > newest).length,
    gapSince: gapSince(gaps, site.removed_at ?? now),
  };
}

function momentBars(rows: readonly MomentRow[], failedAt: readonly number[], gaps: readonly Span[]): TimelineBar[] {
  let before = -Infinity;
  return rows.map((row) => {
    const at = row.taken_at.getTime();
    const failed = failedAt.filter((one) => one > before && one <= at).length;
    const gap = gaps.some((one) => one.to <= at && one.to > before);
    before = at;
    return {
      ...shownMoment(row),
      from: iso(at),
      to: iso(at),
      snapshots: 1,
      storedBytes: row.stored,
      incomplete: row.complete ? 0 : 1,
      wrong: row.wrong ? 1 : 0,
      held: row.held ? 1 : 0,
      failed,
      gap,
    };
  });
}

function calendarBars(
  rows: readonly BarRow[],
  ground: {
    from: number;
    to: number;
    unit: Exclude<BarUnit, 'moment'>;
    timeZone: string;
    failedAt: readonly number[];
    gaps: readonly Span[];
  },
): TimelineBar[] {
  const byStart = new Map(rows.map((row) => [row.begins.getTime(), row]));
  return unitsWithin(ground.from, ground.to, ground.unit, ground.timeZone).map((bar): TimelineBar => {
    const row = byStart.get(bar.from);
    const failed = ground.failedAt.filter((at) => at >= bar.from && at < bar.to).length;
    return {
      ...(row === undefined ? { moment: null, bytes: 0 } : shownMoment(row)),
      from: iso(bar.from),
      to: iso(bar.to),
      snapshots: row?.snapshots ?? 0,
      storedBytes: row?.stored_all ?? 0,
      incomplete: row?.incomplete ?? 0,
      wrong: row?.wrong_ones ?? 0,
      held: row?.held_ones ?? 0,
      failed,
      gap: row === undefined && isInGap({ from: bar.from, to: Math.min(bar.to, ground.to) }, ground.gaps),
    };
  });
}

function shownMoment(row: MomentRow): Pick<TimelineBar, 'moment' | 'bytes'> {
  return { moment: { id: row.id, takenAt: row.taken_at.toISOString(), reason: row.reason }, bytes: row.bytes };
}

/** The last gap, when it lasts until now. */
function gapSince(gaps: readonly Span[], now: Date): string | null {
  const last = gaps.at(-1);
  return last !== undefined && last.to >= now.getTime() ? iso(last.from) : null;
}

function dateOf(text: string | undefined): Date | null {
  return text === undefined ? null : new Date(text);
}
