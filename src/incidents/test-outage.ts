import type { Db } from '../platform/database/index.ts';
import { openOutage, type OutageSeen } from './open-outage.ts';
import { resolveOutage } from './resolve-outage.ts';

/** As the watch tells of an outage: confirmed 51 s after its first failure. */
export function seenOutage(siteId: string, from: string | Date, change: Partial<OutageSeen> = {}): OutageSeen {
  const firstFailureAt = new Date(from);
  const confirmedAt = new Date(firstFailureAt.getTime() + 51_000);
  return {
    targetId: siteId,
    siteId,
    firstFailureAt,
    confirmedAt,
    cause: 'status',
    detail: '503',
    reason: { code: 'confirmed-elsewhere', failures: 3, cause: 'status' },
    address: null,
    watcher: 'w',
    inMaintenance: false,
    at: confirmedAt,
    ...change,
  };
}

export function goesOut(
  db: Db,
  siteId: string,
  from: string | Date,
  change: Partial<OutageSeen> = {},
): Promise<{ incidentId: string; isNew: boolean }> {
  return db.transaction().execute((trx) => openOutage(trx, seenOutage(siteId, from, change)));
}

export function isBack(db: Db, siteId: string, at: string | Date): Promise<void> {
  const fixedAt = new Date(at);
  return db
    .transaction()
    .execute((trx) => resolveOutage(trx, { targetId: siteId, fixedAt, at: new Date(fixedAt.getTime() + 17_000) }));
}
