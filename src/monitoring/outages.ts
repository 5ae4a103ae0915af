import type { Db } from '../platform/database/index.ts';

/** A stretch in which a site was out; `to` null = still. Our own work is marked. */
export interface OutageSpan {
  siteId: string;
  incidentId: string;
  from: Date;
  to: Date | null;
  cause: string | null;
  inMaintenance: boolean;
}

/** Outages come from incidents alone. */
export function outagesOf(_db: Db, _sites: string[] | 'all', _from: Date, _to: Date): Promise<OutageSpan[]> {
  return Promise.resolve([]);
}
