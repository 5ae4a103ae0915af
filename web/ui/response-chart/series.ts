// What a chart of response times draws: phases of a check on top of each other.

/** In the order in which they happen. `rest`: from the first byte to the last. */
export const phaseNames = ['dns', 'connect', 'tls', 'firstByte', 'rest'] as const;
export type PhaseName = (typeof phaseNames)[number];

/** One measured moment; lengths in milliseconds, each phase alone, null = not measured (or the site did not answer). */
export interface ResponsePoint {
  /** Milliseconds since 1970. */
  at: number;
  dns: number | null;
  connect: number | null;
  tls: number | null;
  firstByte: number | null;
  /** The whole of it. */
  total: number | null;
}

export interface Stacked {
  /** Seconds since 1970, as uPlot wants them. */
  times: number[];
  /** Upper edge of each phase: its own length and that of all before it; null where there is no total. */
  edges: Record<PhaseName, (number | null)[]>;
}

/** Lengths of the phases of one point; what the total has beyond them is `rest`. Undefined = it did not answer. */
export function phasesOf(point: ResponsePoint): Record<PhaseName, number> | undefined {
  if (point.total === null) return undefined;
  const { dns, connect, tls, firstByte } = point;
  const known = (dns ?? 0) + (connect ?? 0) + (tls ?? 0) + (firstByte ?? 0);
  return {
    dns: dns ?? 0,
    connect: connect ?? 0,
    tls: tls ?? 0,
    firstByte: firstByte ?? 0,
    rest: Math.max(0, point.total - known),
  };
}

/** Puts phases on top of each other. A gap longer than `gapMs` between two points is left open. */
export function stackPhases(points: readonly ResponsePoint[], gapMs: number): Stacked {
  const stacked: Stacked = { times: [], edges: { dns: [], connect: [], tls: [], firstByte: [], rest: [] } };
  let before: number | undefined;
  for (const point of points) {
    if (before !== undefined && point.at - before > gapMs) push(stacked, (before + point.at) / 2, undefined);
    push(stacked, point.at, phasesOf(point));
    before = point.at;
  }
  return stacked;
}

function push({ times, edges }: Stacked, at: number, phases: Record<PhaseName, number> | undefined): void {
  times.push(at / 1000);
  let sum = 0;
  for (const name of phaseNames) {
    sum += phases?.[name] ?? 0;
    edges[name].push(phases === undefined ? null : sum);
  }
}

/** The middle of all totals, and the length that 95 of 100 stay under; undefined without any. */
export function summarise(points: readonly ResponsePoint[]): { median: number; p95: number } | undefined {
  const totals = points.flatMap(({ total }) => (total === null ? [] : [total])).toSorted((a, b) => a - b);
  const at = (share: number): number => totals[Math.min(totals.length - 1, Math.floor(totals.length * share))] ?? 0;
  return totals.length === 0 ? undefined : { median: at(0.5), p95: at(0.95) };
}
