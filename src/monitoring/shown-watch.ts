import { causes, WatchReason, type WatchRow } from './contract.ts';
import type { FoundRow } from './rules/find-sites.ts';
import { judgeMaintenance, type OwnWork } from './rules/maintenance.ts';
import { shareWell, type Stretch } from './rules/outage-share.ts';
import type { WatchRowFound } from './store.ts';

const dayMs = 86_400_000;
type Cause = (typeof causes)[number];

export function isCause(text: unknown): text is Cause {
  return causes.some((each) => each === text);
}

/** A site as the list is searched and sorted by, and as it is shown. */
export interface JudgedRow extends FoundRow {
  found: WatchRowFound;
  inMaintenance: boolean;
}

/** What else is known of a site beside its row. */
export interface Beside {
  work: readonly OwnWork[];
  outages: readonly Stretch[];
}

/** Puts a row together with our own work and its outages of the last 30 days. `now`: milliseconds. */
export function judgeRow(found: WatchRowFound, beside: Beside, now: number): JudgedRow {
  const { certificate_expires_at: expires } = found;
  return {
    found,
    url: found.url,
    customer: found.customer_name,
    enabled: found.enabled,
    phase: found.phase ?? 'well',
    verdict: found.enabled ? (found.verdict ?? 'unknown') : 'unknown',
    since: found.since,
    checkedAt: found.checked_at,
    responseMs: found.total_ms,
    certificateDays: expires === null ? null : Math.floor((expires - now) / dayMs),
    availability: shareWell(beside.outages, Math.max(now - 30 * dayMs, found.added_at), now),
    inMaintenance: judgeMaintenance(now, beside.work).inMaintenance,
  };
}

const notLookedYet: WatchReason = { code: 'blind', cause: 'no-check-yet' };

export function shownReason(reason: unknown): WatchReason {
  return WatchReason.safeParse(reason).data ?? notLookedYet;
}

export function shownRow(row: JudgedRow): WatchRow {
  const { found } = row;
  return {
    site: { id: found.id, url: found.url },
    customer: { id: found.customer_id, name: found.customer_name },
    enabled: found.enabled,
    phase: row.phase,
    verdict: row.verdict,
    cause: found.verdict === null ? 'no-check-yet' : isCause(found.cause) ? found.cause : null,
    detail: found.detail,
    reason: shownReason(found.reason),
    since: row.since === null ? null : new Date(row.since).toISOString(),
    lastCheckAt: found.checked_at === null ? null : new Date(found.checked_at).toISOString(),
    status: found.status,
    responseMs: found.total_ms,
    certificateDays: row.certificateDays,
    availability30: row.availability,
    intervalMs: found.interval_ms,
    inMaintenance: row.inMaintenance,
  };
}
