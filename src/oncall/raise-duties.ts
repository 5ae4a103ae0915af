import { listOpenOfKind, openIncident, resolveIncident } from '../incidents/index.ts';
import { listAlarms } from '../platform/alarms/index.ts';
import type { DueLoop } from '../platform/due/index.ts';
import { readHouse } from '../platform/house/index.ts';
import type { Platform } from '../platform/platform.ts';
import { nextInsideHours } from './rules/hours.ts';
import { findPolicy } from './store.ts';

const overdue = '-overdue';
/** Alarms beyond these would be a flood; the rest follows as they are cleared. */
const atMost = 1000;

/**
 * A promise that is overdue (the alarm of a duty) is an incident of low urgency: somebody is asked within the agency's
 * hours. It is over when the alarm is. Safe to repeat.
 */
export async function settleDutyIncidents(platform: Pick<Platform, 'db' | 'clock' | 'config'>): Promise<void> {
  const { db } = platform;
  const now = platform.clock.now();
  const alarms = await listAlarms(db, { standing: true, codeEnds: overdue, limit: atMost });
  const { timeZone } = await readHouse(platform);
  const { officeHours: hours } = await findPolicy(db);
  const standing = new Set<string>();
  for (const alarm of alarms) {
    const duty = alarm.code.slice(0, -overdue.length);
    const subject = `duty:${duty}:${alarm.subject}`;
    standing.add(subject);
    const [kind, siteId] = alarm.subject.split(':');
    await db.transaction().execute((trx) =>
      openIncident(trx, {
        id: `${subject}:${alarm.raised_at.getTime()}`,
        kind: 'duty',
        urgency: 'low',
        subject,
        title: { duty },
        cause: duty,
        reason: { code: 'overdue', due: dueOf(alarm.facts) },
        firstFailureAt: alarm.raised_at,
        at: now,
        quietUntil: nextInsideHours(hours, timeZone, now) ?? now,
        ...(kind === 'site' && siteId !== undefined ? { siteIds: [siteId] } : {}),
      }),
    );
  }
  for (const incident of await listOpenOfKind(db, 'duty')) {
    if (standing.has(incident.subject) || alarms.length >= atMost) continue;
    await db
      .transaction()
      .execute((trx) => resolveIncident(trx, { subject: incident.subject, at: now, actor: 'system:duties' }));
  }
}

function dueOf(facts: unknown): string | null {
  return typeof facts === 'object' && facts !== null && 'due' in facts && typeof facts.due === 'string'
    ? facts.due
    : null;
}

export const dutyIncidentsLoop: DueLoop = {
  name: 'oncall-duties',
  everyMs: 20_000,
  run: (platform) => settleDutyIncidents(platform),
};
