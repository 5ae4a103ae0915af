import {
  countAfterWork,
  openIncident,
  openOutage,
  openPartial,
  resolveIncident,
  resolveOutage,
} from '../../incidents/index.ts';
import { recordSentElsewhere } from '../../messages/index.ts';
import { processName } from '../../platform/config.ts';
import type { Incidents } from './settle-events.ts';

/** What a watcher saw, as the verbs of incidents and messages take it: plain numbers become moments. */
export const tellIncidents: Incidents = {
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
    const { guardId, recipient, means, providerId, text, step, attempt, shortCode } = message;
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
      at: new Date(message.at),
      state,
      acceptedAt: at,
      sentBy: `watcher ${processName()}`,
      ...(shortCode === null ? {} : { shortCode }),
      ...(providerRef === null ? {} : { providerRef }),
    });
  },
};
