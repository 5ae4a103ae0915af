import type { Watched } from '../rules/confirm.ts';
import { unwatched } from '../rules/confirm.ts';
import { unlearnt, type Learning, type Wishes } from '../rules/learn.ts';
import type { AnyCause } from '../words.ts';

/** What is to be watched, as a watcher holds it. Plain data: it lies on the watcher's disk too. */
export interface WatchTarget {
  id: string;
  no: number;
  siteId: string | null;
  kind: 'site' | 'drill';
  url: string;
  /** In real time; the watcher divides it by the time scale of tests. */
  intervalMs: number;
  keyword: string | null;
  expectedStatus: number | null;
  extraHosts: readonly string[];
  /** What was learnt before it does not count; milliseconds since 1970. */
  learnFrom: number | null;
  /** Somebody wanted a look at once. */
  checkAskedAt: number | null;
  revision: number;
}

/** How a target is now, whole: what a watcher needs to go on, and what the console shows. Plain data. */
export interface TargetState {
  targetId: string;
  no: number;
  watched: Watched;
  /** The outage was opened as one of our own work, and nobody was alarmed. */
  maintained: boolean;
  verdict: 'up' | 'down' | 'unknown';
  cause: AnyCause | null;
  detail: string | null;
  reason: unknown;
  /** Milliseconds since 1970; null = never. */
  checkedAt: number | null;
  status: number | null;
  totalMs: number | null;
  address: string | null;
  certificate: { expiresAt: number; issuer: string } | null;
  learning: Learning;
}

export function newState(target: Pick<WatchTarget, 'id' | 'no'>): TargetState {
  return {
    targetId: target.id,
    no: target.no,
    watched: unwatched,
    maintained: false,
    verdict: 'unknown',
    cause: 'no-check-yet',
    detail: null,
    reason: { code: 'blind', cause: 'no-check-yet' },
    checkedAt: null,
    status: null,
    totalMs: null,
    address: null,
    certificate: null,
    learning: unlearnt,
  };
}

export function wishesOf(target: WatchTarget): Wishes {
  const { keyword, expectedStatus, extraHosts } = target;
  return { host: new URL(target.url).host, keyword, expectedStatus, extraHosts };
}
