import type { SitesPage } from '../../../src/overview/contract.ts';
import { reasonCodes, siteStates, type ReasonCode, type SiteState } from '../../../src/overview/rules/site-state.ts';

export const listSorts = ['state', 'site', 'customer', 'backup', 'size', 'wordpress', 'php'] as const;
export type ListSort = (typeof listSorts)[number];

/** What the list shows, as it stands in the address: a link to a list is the list. Only what differs from the usual. */
export interface ListSearch {
  q?: string;
  state?: SiteState;
  reason?: ReasonCode;
  plan?: 'daily' | 'hourly';
  wordpress?: string;
  php?: string;
  late?: true;
  runs?: true;
  sort?: ListSort;
  down?: true;
  /** From 1. */
  page?: number;
}

export const pageSize = 50;

/** Takes what is right from an address; the rest is as if it were not there. */
export function readListSearch(from: Record<string, unknown>): ListSearch {
  const { page } = from;
  const text = (value: unknown): string | undefined => {
    // `?wordpress=6.8` comes as a number.
    const read = typeof value === 'number' ? String(value) : value;
    return typeof read === 'string' && read.trim() !== '' ? read.slice(0, 200) : undefined;
  };
  const found = {
    q: text(from['q']),
    state: siteStates.find((each) => each === from['state']),
    reason: reasonCodes.find((each) => each === from['reason']),
    plan: (['daily', 'hourly'] as const).find((each) => each === from['plan']),
    wordpress: text(from['wordpress'])?.slice(0, 20),
    php: text(from['php'])?.slice(0, 20),
    late: from['late'] === true ? (true as const) : undefined,
    runs: from['runs'] === true ? (true as const) : undefined,
    sort: listSorts.find((each) => each === from['sort'] && each !== 'state'),
    down: from['down'] === true ? (true as const) : undefined,
    page: typeof page === 'number' && Number.isInteger(page) && page > 1 && page <= 100_000 ? page : undefined,
  };
  return leftOut(found);
}

type Loose<Type> = { [Key in keyof Type]?: Type[Key] | undefined };

function leftOut(search: Loose<ListSearch>): ListSearch {
  const kept: ListSearch = {};
  return Object.assign(
    kept,
    Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined && value !== '')),
  );
}

/** The list with a part changed (undefined takes a part away); always from its first page. */
export function changed(search: ListSearch, change: Loose<ListSearch>): ListSearch {
  return leftOut({ ...search, page: undefined, ...change });
}

/** Whether anything but the order is asked for. */
export function isFiltered({ sort: _sort, down: _down, page: _page, ...filter }: ListSearch): boolean {
  return Object.keys(filter).length > 0;
}

/** What the server is asked. */
export function questionOf(search: ListSearch) {
  const { q, state, reason, plan, wordpress, php, late, runs, sort = 'state', down, page = 1 } = search;
  return {
    sort,
    descending: down === true,
    page,
    pageSize,
    ...(q !== undefined && { search: q }),
    ...(state && { state }),
    ...(reason && { reason }),
    ...(plan && { plan }),
    ...(wordpress !== undefined && { wordpress }),
    ...(php !== undefined && { php }),
    ...(late && { overdue: true }),
    ...(runs && { running: true }),
  };
}

export type Row = SitesPage['rows'][number];
