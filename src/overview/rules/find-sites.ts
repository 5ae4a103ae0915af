// Which sites a filter leaves, how many there are of each kind, and in which order they stand.
import { siteStates, type ReasonCode, type SiteReason, type SiteState } from './site-state.ts';

export interface SitesFilter {
  state?: SiteState | undefined;
  reason?: ReasonCode | undefined;
  plan?: 'daily' | 'hourly' | undefined;
  /** The beginning of a version: `6.8` is every 6.8.x, not 6.80. */
  wordpress?: string | undefined;
  php?: string | undefined;
  overdue?: boolean | undefined;
  running?: boolean | undefined;
}

export interface SitesOrder {
  sort: 'state' | 'site' | 'customer' | 'backup' | 'size' | 'wordpress' | 'php';
  descending: boolean;
}

/** What is looked at of a site. */
export interface FoundSite {
  state: SiteState;
  reasons: readonly SiteReason[];
  share: number | null;
  overdue: readonly unknown[];
  running: unknown;
  row: {
    url: string;
    customer_name: string;
    plan: 'daily' | 'hourly';
    wordpress: string | null;
    php: string | null;
    /** Milliseconds since 1970. */
    last_good_at: number | null;
  };
}

export interface Facets {
  state: Count[];
  plan: Count[];
  /** Branches (`6.8`), newest first. */
  wordpress: Count[];
  php: Count[];
  overdue: number;
  running: number;
}

export interface Count {
  value: string;
  count: number;
}

export function matches(site: FoundSite, filter: SitesFilter): boolean {
  const { state, reason, plan, wordpress, php, overdue, running } = filter;
  return (
    (state === undefined || site.state === state) &&
    (reason === undefined || site.reasons[0]?.code === reason) &&
    (plan === undefined || site.row.plan === plan) &&
    (wordpress === undefined || isOfBranch(site.row.wordpress, wordpress)) &&
    (php === undefined || isOfBranch(site.row.php, php)) &&
    (overdue === undefined || site.overdue.length > 0 === overdue) &&
    (running === undefined || (site.running !== undefined) === running)
  );
}

function isOfBranch(version: string | null, branch: string): boolean {
  return (
    version !== null && (version === branch || version.startsWith(`${branch}.`) || version.startsWith(`${branch}-`))
  );
}

/** `6.8` of `6.8.3` and `6.8-beta1`. */
export function branchOf(version: string): string {
  return /^\d+(\.\d+)?/.exec(version)?.[0] ?? version;
}

export function countFacets(sites: readonly FoundSite[]): Facets {
  const states = new Map<string, number>();
  const plans = new Map<string, number>();
  const wordpress = new Map<string, number>();
  const php = new Map<string, number>();
  const add = (counts: Map<string, number>, value: string): void => {
    counts.set(value, (counts.get(value) ?? 0) + 1);
  };
  let overdue = 0;
  let running = 0;
  for (const site of sites) {
    add(states, site.state);
    add(plans, site.row.plan);
    if (site.row.wordpress !== null) add(wordpress, branchOf(site.row.wordpress));
    if (site.row.php !== null) add(php, branchOf(site.row.php));
    if (site.overdue.length > 0) overdue++;
    if (site.running !== undefined) running++;
  }
  const newestFirst = (counts: Map<string, number>): Count[] =>
    listed(counts).toSorted((a, b) => compareVersions(b.value, a.value));
  return {
    state: listed(states).toSorted((a, b) => rankOf(a.value) - rankOf(b.value)),
    plan: listed(plans).toSorted((a, b) => (a.value < b.value ? -1 : 1)),
    wordpress: newestFirst(wordpress),
    php: newestFirst(php),
    overdue,
    running,
  };
}

function listed(counts: Map<string, number>): Count[] {
  return Array.from(counts, ([value, count]) => ({ value, count }));
}

function rankOf(state: string): number {
  return (siteStates as readonly string[]).indexOf(state);
}

/** Sorted copy; equal ones stay by address. What is not known comes last, whichever way it is sorted. */
export function sortSites<Site extends FoundSite>(sites: readonly Site[], order: SitesOrder): Site[] {
  const { sort, descending } = order;
  if (sort === 'site') return descending ? sites.toReversed() : [...sites];
  const sign = descending ? -1 : 1;
  const keys = new Map(sites.map((site) => [site, keyOf(site, sort)]));
  return sites.toSorted((a, b) => {
    const [one, other] = [keys.get(a) ?? null, keys.get(b) ?? null];
    if (one === null || other === null) return one === other ? 0 : one === null ? 1 : -1;
    return sign * compare(one, other, sort);
  });
}

function keyOf(site: FoundSite, sort: SitesOrder['sort']): string | number | null {
  switch (sort) {
    case 'state':
      return siteStates.indexOf(site.state);
    case 'customer':
      return site.row.customer_name.toLowerCase();
    case 'backup':
      return site.row.last_good_at;
    case 'size':
      return site.share;
    case 'wordpress':
      return site.row.wordpress;
    case 'php':
      return site.row.php;
    default:
      return site.row.url;
  }
}

function compare(a: string | number, b: string | number, sort: SitesOrder['sort']): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (sort === 'wordpress' || sort === 'php') return compareVersions(String(a), String(b));
  return a < b ? -1 : a > b ? 1 : 0;
}

/** By number for number: 6.10 is newer than 6.9; a version with a suffix (beta) is older than the one without. */
export function compareVersions(a: string, b: string): number {
  const [ones, others] = [a.split(/[.-]/), b.split(/[.-]/)];
  for (let at = 0; at < Math.max(ones.length, others.length); at++) {
    const [one = '0', other = '0'] = [ones[at], others[at]];
    const [left, right] = [Number(one), Number(other)];
    if (Number.isNaN(left) || Number.isNaN(right)) {
      if (one === other) continue;
      if (Number.isNaN(left) !== Number.isNaN(right)) return Number.isNaN(left) ? -1 : 1;
      return one < other ? -1 : 1;
    }
    if (left !== right) return left - right;
  }
  return 0;
}
