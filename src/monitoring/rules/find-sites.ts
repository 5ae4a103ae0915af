// Which sites a filter leaves and in which order they stand in the list of the watch.

export type WatchPhase = 'well' | 'doubted' | 'out' | 'back';

export interface FoundRow {
  url: string;
  customer: string;
  enabled: boolean;
  phase: WatchPhase;
  verdict: 'up' | 'down' | 'unknown';
  since: number | null;
  checkedAt: number | null;
  responseMs: number | null;
  certificateDays: number | null;
  availability: number | null;
}

export interface WatchFilter {
  phase?: WatchPhase | undefined;
  verdict?: 'up' | 'down' | 'unknown' | undefined;
}

export interface WatchOrder {
  sort: 'state' | 'site' | 'customer' | 'response' | 'checked' | 'certificate' | 'availability';
  descending: boolean;
}

export function matchesFilter(row: FoundRow, filter: WatchFilter): boolean {
  if (filter.phase !== undefined && (!row.enabled || row.phase !== filter.phase)) return false;
  return filter.verdict === undefined || row.verdict === filter.verdict;
}

const phases: readonly WatchPhase[] = ['out', 'doubted', 'back', 'well'];

/** How much a row asks for somebody: out first, then doubt, then what cannot be told, then well, then not watched. */
function weight(row: FoundRow): number {
  if (!row.enabled) return 9;
  const phase = phases.indexOf(row.phase);
  return row.phase === 'well' ? (row.verdict === 'unknown' ? 3 : 4) : phase;
}

/** Sorted copy; equal ones stay in the order of addresses. What is not known comes last, whichever way it is sorted. */
export function sortRows<Row extends FoundRow>(rows: readonly Row[], { sort, descending }: WatchOrder): Row[] {
  const sign = descending ? -1 : 1;
  return rows.toSorted((a, b) => {
    const [one, other] = [keyOf(a, sort), keyOf(b, sort)];
    if (one === null || other === null) return one === other ? 0 : one === null ? 1 : -1;
    const order = one < other ? -1 : one > other ? 1 : 0;
    // The longest outage first.
    return sign * (order !== 0 || sort !== 'state' ? order : (a.since ?? Infinity) - (b.since ?? Infinity) || 0);
  });
}

function keyOf(row: FoundRow, sort: WatchOrder['sort']): string | number | null {
  switch (sort) {
    case 'state':
      return weight(row);
    case 'customer':
      return row.customer.toLowerCase();
    case 'response':
      return row.responseMs;
    case 'checked':
      return row.checkedAt;
    case 'certificate':
      return row.certificateDays;
    case 'availability':
      return row.availability;
    default:
      return row.url;
  }
}
