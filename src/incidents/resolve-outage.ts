import type { Db } from '../platform/database/index.ts';
import { closeSites, countOpenSites, findIncident, insertEvent, lockOpenings, updateIncident } from './store.ts';

/**
 * A site answers again since `fixedAt`. Its incident is over with it; that of a group when all its sites are back.
 * Call it in the transaction that makes it known; doing it again changes nothing.
 */
export async function resolveOutage(db: Db, done: { targetId: string; fixedAt: Date; at: Date }): Promise<void> {
  const { targetId, fixedAt, at } = done;
  await lockOpenings(db);
  for (const id of await closeSites(db, targetId, fixedAt)) {
    const incident = await findIncident(db, id);
    if (!incident || incident.resolved_at !== null) continue;
    const actor = 'system:watch';
    if (incident.kind === 'group') {
      const key = `back:${targetId}:${fixedAt.getTime()}`;
      await insertEvent(db, {
        incidentId: id,
        at: fixedAt,
        kind: 'site-back',
        facts: { target: targetId },
        actor,
        key,
      });
    }
    if ((await countOpenSites(db, id)) > 0) continue;
    await updateIncident(db, id, { fixed_at: fixedAt, resolved_at: at }, { open: true });
    const round = incident.reopened;
    await insertEvent(db, { incidentId: id, at: fixedAt, kind: 'fixed', facts: {}, actor, key: `fixed:${round}` });
    await insertEvent(db, { incidentId: id, at, kind: 'resolved', facts: {}, actor, key: `resolved:${round}` });
  }
}
