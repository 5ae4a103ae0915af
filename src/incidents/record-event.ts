import type { Db } from '../platform/database/index.ts';
import type { EventKind } from './incident.ts';
import { insertEvent } from './store.ts';

/** A line on the timeline, told by another capability; the same `key` twice stands once. True = it is new. */
export function recordIncidentEvent(
  db: Db,
  event: { incidentId: string; at: Date; kind: EventKind; facts: Record<string, unknown>; actor: string; key: string },
): Promise<boolean> {
  return insertEvent(db, event);
}
