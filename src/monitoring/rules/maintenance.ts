/** How long each kind of our own work on a site may keep it from answering, in milliseconds. Longer is an outage like any other. */
export const mayLastMs: Readonly<Record<string, number>> = {
  // A swap of files and tables takes seconds to minutes; the rest of an hour is fetching, in which the site answers.
  'restore-site': 3_600_000,
};

/** Kinds of work that make a site's failures ours. */
export const disturbingWork: readonly string[] = Object.keys(mayLastMs);

export interface OwnWork {
  saga: string;
  /** Milliseconds since 1970. */
  startedAt: number;
}

export type Maintenance =
  | { inMaintenance: true; until: number; reason: { code: 'own-work'; saga: string; startedAt: number } }
  | { inMaintenance: false; reason: { code: 'no-work' } | { code: 'lasts-too-long'; saga: string; startedAt: number } };

/**
 * Whether a site's failures are put down to our own work: work that runs, for as long as that kind of work may last.
 * `longest`: see `mayLastMs`; tests give shorter ones.
 */
export function judgeMaintenance(
  now: number,
  work: readonly OwnWork[],
  longest: Readonly<Record<string, number>> = mayLastMs,
): Maintenance {
  let late: OwnWork | undefined;
  let best: { until: number; one: OwnWork } | undefined;
  for (const one of work) {
    const most = longest[one.saga];
    if (most === undefined) continue;
    const until = one.startedAt + most;
    if (until <= now) late = one;
    else if (best === undefined || until > best.until) best = { until, one };
  }
  if (best) {
    const { saga, startedAt } = best.one;
    return { inMaintenance: true, until: best.until, reason: { code: 'own-work', saga, startedAt } };
  }
  if (late) {
    const { saga, startedAt } = late;
    return { inMaintenance: false, reason: { code: 'lasts-too-long', saga, startedAt } };
  }
  return { inMaintenance: false, reason: { code: 'no-work' } };
}
