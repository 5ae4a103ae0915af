import { recordAudit } from '../audit/index.ts';
import { openIncident, recordIncidentEvent, resolveIncident } from '../incidents/index.ts';
import type { Platform } from '../platform/platform.ts';
import type { ProbeRow } from './store.ts';
import type { Told } from './wire.ts';

/**
 * A second location alarmed by itself while we were away, and tells so now: an incident that is over, with what it sent on
 * its timeline. It is opened and resolved in one transaction, so that nobody is called about it. Telling it twice makes one.
 */
export async function tellAlarm(platform: Platform, probe: ProbeRow, told: Told): Promise<void> {
  const { reason } = told;
  const [since, beganAt, endedAt] = [told.since, told.beganAt, told.endedAt].map((at) => new Date(at));
  if (!since || !beganAt || !endedAt) return;
  const actor = { name: `probe:${probe.name}` };
  await platform.db.transaction().execute(async (trx) => {
    const subject = `probe-alarm:${probe.id}:${since.getTime()}`;
    const { incidentId, isNew } = await openIncident(trx, {
      id: subject,
      kind: 'probe',
      urgency: 'low',
      subject,
      title: { name: probe.name },
      cause: reason,
      reason: { code: reason, probe: probe.name },
      firstFailureAt: since,
      at: beganAt,
    });
    if (!isNew) return;
    for (const [index, { guard, name, at, state, error, what }] of told.sent.entries()) {
      const facts = {
        guard: name,
        guardId: guard,
        means: 'sms',
        state,
        what,
        by: probe.name,
        ...(error ? { error } : {}),
      };
      const key = `${actor.name}:${index}`;
      const kind = state === 'failed' ? 'not-sent' : 'asked';
      await recordIncidentEvent(trx, { incidentId, at: new Date(at), kind, facts, actor: actor.name, key });
    }
    await resolveIncident(trx, { subject, at: endedAt, actor: actor.name, why: 'core-back' });
    const details = { name: probe.name, reason, since: told.since, sent: told.sent.length };
    const at = platform.clock.now();
    await recordAudit(trx, actor, { action: 'probe-alarmed', subject: `probe:${probe.id}`, details, at });
  });
}
