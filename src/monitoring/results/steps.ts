import type { CheckResult } from './pack.ts';

interface Sum {
  sum: number;
  count: number;
}

/** What the checks of one stretch of time measured together; sums, so that stretches can be put together. */
export interface StepFigures {
  /** Begin, milliseconds since 1970. */
  at: number;
  checks: number;
  down: number;
  unknown: number;
  dns: Sum;
  connect: Sum;
  tls: Sum;
  firstByte: Sum;
  total: Sum;
  /** Slowest of a few minutes, 95th percentile of an hour and more. */
  slow: number | null;
}

const sums = ['dns', 'connect', 'tls', 'firstByte', 'total'] as const;
const hourMs = 3_600_000;

function empty(at: number): StepFigures {
  const none = (): Sum => ({ sum: 0, count: 0 });
  return {
    at,
    checks: 0,
    down: 0,
    unknown: 0,
    dns: none(),
    connect: none(),
    tls: none(),
    firstByte: none(),
    total: none(),
    slow: null,
  };
}

function add(sum: Sum, value: number | null): void {
  if (value === null) return;
  sum.sum += value;
  sum.count += 1;
}

/** Checks by stretches of `stepMs` that begin at its multiples, in order of time; stretches without checks are left out. */
export function gatherSteps(checks: readonly CheckResult[], stepMs: number): StepFigures[] {
  const steps = new Map<number, { figures: StepFigures; totals: number[] }>();
  for (const check of checks) {
    const at = Math.floor(check.at / stepMs) * stepMs;
    const step = steps.get(at) ?? { figures: empty(at), totals: [] };
    steps.set(at, step);
    const { figures } = step;
    figures.checks += 1;
    if (check.verdict === 'down') figures.down += 1;
    if (check.verdict === 'unknown') {
      figures.unknown += 1;
      continue;
    }
    add(figures.dns, check.dnsMs);
    add(figures.connect, check.connectMs);
    add(figures.tls, check.tlsMs);
    add(figures.firstByte, check.firstByteMs);
    add(figures.total, check.totalMs);
    if (check.totalMs !== null) step.totals.push(check.totalMs);
  }
  return Array.from(steps.values(), ({ figures, totals }) => ({
    ...figures,
    slow: percentile(totals, stepMs < hourMs ? 1 : 0.95),
  })).toSorted((a, b) => a.at - b.at);
}

/** Puts stretches together into longer ones; the slow figure is the mean of theirs, weighed by checks. */
export function mergeHours(hours: readonly StepFigures[], stepMs: number): StepFigures[] {
  const steps = new Map<number, { figures: StepFigures; slow: Sum }>();
  for (const hour of hours) {
    const at = Math.floor(hour.at / stepMs) * stepMs;
    const step = steps.get(at) ?? { figures: empty(at), slow: { sum: 0, count: 0 } };
    steps.set(at, step);
    const { figures, slow } = step;
    figures.checks += hour.checks;
    figures.down += hour.down;
    figures.unknown += hour.unknown;
    for (const name of sums) {
      figures[name].sum += hour[name].sum;
      figures[name].count += hour[name].count;
    }
    if (hour.slow !== null) {
      slow.sum += hour.slow * hour.checks;
      slow.count += hour.checks;
    }
  }
  return Array.from(steps.values(), ({ figures, slow }) => ({ ...figures, slow: average(slow) })).toSorted(
    (a, b) => a.at - b.at,
  );
}

export interface AveragedStep {
  checks: number;
  down: number;
  unknown: number;
  dnsMs: number | null;
  connectMs: number | null;
  tlsMs: number | null;
  firstByteMs: number | null;
  totalMs: number | null;
  slowMs: number | null;
}

export function averagePhases(step: StepFigures): AveragedStep {
  return {
    checks: step.checks,
    down: step.down,
    unknown: step.unknown,
    dnsMs: average(step.dns),
    connectMs: average(step.connect),
    tlsMs: average(step.tls),
    firstByteMs: average(step.firstByte),
    totalMs: average(step.total),
    slowMs: step.slow,
  };
}

function average({ sum, count }: Sum): number | null {
  return count === 0 ? null : Math.round(sum / count);
}

/** The least value that at least this share of the values does not exceed; null of none. */
export function percentile(values: readonly number[], share: number): number | null {
  if (values.length === 0) return null;
  const sorted = values.toSorted((a, b) => a - b);
  return Math.round(sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0);
}
