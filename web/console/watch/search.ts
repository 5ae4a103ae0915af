import type { WatchPage } from '../../../src/monitoring/contract.ts';

export type WatchRow = WatchPage['rows'][number];
export type WatchPhase = WatchRow['phase'];
export const phases: readonly WatchPhase[] = ['out', 'doubted', 'back', 'well'];
export const watchSorts = ['state', 'site', 'customer', 'response', 'checked', 'certificate', 'availability'] as const;
export type WatchSort = (typeof watchSorts)[number];

/** What the list of the watch shows, as it stands in the address; only what differs from the usual. */
export interface WatchSearch {
  q?: string;
  phase?: WatchPhase;
  /** Only those of which it cannot be told. */
  unknown?: true;
  sort?: WatchSort;
  down?: true;
  /** From 1. */
  page?: number;
}

export const pageSize = 50;

/** Takes what is right from an address; the rest is as if it were not there. */
export function readWatchSearch(given: Record<string, unknown>): WatchSearch {
  const { q, page } = given;
  const text = typeof q === 'number' ? String(q) : typeof q === 'string' ? q.trim().slice(0, 200) : '';
  const phase = phases.find((each) => each === given['phase']);
  const sort = watchSorts.find((each) => each === given['sort'] && each !== 'state');
  return {
    ...(text !== '' && { q: text }),
    ...(phase && { phase }),
    ...(given['unknown'] === true && { unknown: true as const }),
    ...(sort && { sort }),
    ...(given['down'] === true && { down: true as const }),
    ...(typeof page === 'number' && Number.isInteger(page) && page > 1 && page <= 100_000 && { page }),
  };
}

/** What the server is asked. */
export function questionOf({ q, phase, unknown, sort = 'state', down, page = 1 }: WatchSearch) {
  return {
    sort,
    descending: down === true,
    page,
    pageSize,
    ...(q !== undefined && { search: q }),
    ...(phase && { phase }),
    ...(unknown && { verdict: 'unknown' as const }),
  };
}
