import {
  countAfterWork,
  openIncident,
  openOutage,
  openPartial,
  recordIncidentEvent,
  resolveIncident,
  resolveOutage,
} from '../../incidents/index.ts';
import { recordSentElsewhere } from '../../messages/index.ts';
import { processName } from '../../platform/config.ts';
import type { Db } from '../../platform/database/index.ts';
import type { Incidents } from './settle-events.ts';

/** Puts the number that a watcher gave an alarm on a guard's phone on record (oncall). */
export type KeepCode = (
  db: Db,
  given: { guardId: string; code: number; incidentId: string; at: Date },
) => Promise<void>;

/** What a watcher saw, as the verbs of incidents and messages take it: plain numbers become moments. */
export const tellIncidents = (keepCode: KeepCode): Incidents => ({
  openOutage: (db, seen, at) =>
    openOutage(db, {
      ...seen,
      at,
      firstFailureAt: new Date(seen.firstFailureAt),
      confirmedAt: new Date(seen.confirmedAt),
      quietUntil: seen.quietUntil === null ? null : new Date(seen.quietUntil),
    }),
  countAfterWork,
  resolveOutage,
  openPartial: async (db, partial) => {
    const { firstFailureAt, at } = partial;
    await openPartial(db, { ...partial, firstFailureAt: new Date(firstFailureAt), at: new Date(at) });
  },
  openBlind: async (db, { watcher, since, cause, at }) => {
    await openIncident(db, {
      id: `blind:${watcher}:${since}`,
      kind: 'blind',
      urgency: 'high',
      subject: 'watch',
      cause,
      reason: { watcher },
      firstFailureAt: new Date(since),
      at: new Date(at),
    });
  },
  resolve: async (db, { subject, at }) => {
    await resolveIncident(db, { subject, at, actor: 'system:watch' });
  },
  recordSent: async (db, { incidentId, message, state, providerRef, at }) => {
    const { guardId, guardName, recipient, means, providerId, text, step, attempt, shortCode } = message;
    const askedAt = new Date(message.at);
    if (shortCode !== null) await keepCode(db, { guardId, code: shortCode, incidentId, at: askedAt });
    await recordSentElsewhere(db, {
      id: message.id,
      purpose: 'alarm',
      means,
      incidentId,
      guardId,
      recipient,
      content: { text, urgency: 'high' },
      step,
      attempt,
      providerId,
      at: askedAt,
      state,
      acceptedAt: at,
      sentBy: `watcher ${processName()}`,
      ...(shortCode === null ? {} : { shortCode }),
      ...(providerRef === null ? {} : { providerRef }),
    });
    await recordIncidentEvent(db, {
      incidentId,
      at: askedAt,
      kind: 'asked',
      facts: { to: guardName, guard: guardId, means, why: 'database-away', step, code: shortCode },
      actor: 'system:watch',
      key: `asked:${step}:${means}:${attempt}`,
    });
  },
});
