import type { Db } from '../platform/database/index.ts';
import {
  endStretch,
  findIncident,
  insertEvent,
  insertSite,
  listOpenSites,
  lockOpenings,
  updateIncident,
} from './store.ts';

/**
 * An outage that was put down to our own work goes on without it: the work is over, or lasts longer than it may. From `at`
 * on it counts, and guards are asked. Doing it again changes nothing.
 */
export async function countAfterWork(db: Db, done: { targetId: string; at: Date }): Promise<void> {
  const { targetId, at } = done;
  await lockOpenings(db);
  for (const stretch of await listOpenSites(db, targetId)) {
    if (!stretch.in_maintenance) continue;
    await endStretch(db, stretch.incident_id, targetId, at);
    await insertSite(db, { ...stretch, from_at: at, to_at: null, in_maintenance: false });
    const incident = await findIncident(db, stretch.incident_id);
    if (!incident || incident.resolved_at !== null) continue;
    await updateIncident(db, incident.id, { quiet_until: null });
    const facts = { afterWork: true, target: targetId };
    await insertEvent(db, {
      incidentId: incident.id,
      at,
      kind: 'opened',
      facts,
      actor: 'system:watch',
      key: 'after-work',
    });
  }
}
