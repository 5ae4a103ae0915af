import type { Db } from '../../platform/database/index.ts';
import type { Log } from '../../platform/log.ts';
import type { EventLog } from './event-log.ts';
import { loadStates, saveStates } from './state-store.ts';
import { subjectOf, type DirectMessage, type SeenOutage, type WatchEvent } from './watch-event.ts';
import { isAway, type WatcherDatabase } from './watcher-database.ts';
import { isAnotherBlind } from './watcher-store.ts';

/** Where events become incidents: verbs of `incidents` and `messages`, given by whoever puts the watcher together. */
export interface Incidents {
  openOutage(db: Db, seen: SeenOutage, at: Date): Promise<{ incidentId: string }>;
  /** An outage that was put down to our own work counts and alarms from now on. */
  countAfterWork(db: Db, done: { targetId: string; at: Date }): Promise<void>;
  resolveOutage(db: Db, done: { targetId: string; fixedAt: Date; at: Date }): Promise<void>;
  openPartial(db: Db, partial: Extract<WatchEvent, { type: 'partial' }>): Promise<void>;
  openBlind(db: Db, blind: Extract<WatchEvent, { type: 'blind' }>): Promise<void>;
  resolve(db: Db, done: { subject: string; at: Date }): Promise<void>;
  /** A message that went out without the database; `incidentId` as the database knows it. */
  recordSent(
    db: Db,
    sent: {
      incidentId: string;
      message: DirectMessage;
      state: 'accepted' | 'failed' | 'unknown';
      providerRef: string | null;
      at: Date;
    },
  ): Promise<void>;
}

export interface SettleParts {
  database: WatcherDatabase;
  events: EventLog<WatchEvent>;
  incidents: Incidents;
  watcherId: string;
  timeScale: number;
  log: Log;
  now: () => Date;
}

/**
 * Puts what happened into the database: events of one subject in their order and one transaction, so an outage comes
 * together with what was sent about it. Throws when the database is away; an event that the database refuses is tried
 * again with the next call and keeps only its own subject waiting. Gives the subjects that wait.
 */
export async function settleEvents(parts: SettleParts): Promise<Set<string>> {
  const { database, events, log } = parts;
  const bySubject = Map.groupBy(events.pending(), ([, event]) => subjectOf(event));
  const refused = new Set<string>();
  await events.synced();
  for (const [subject, all] of bySubject) {
    try {
      await database.run((db) => db.transaction().execute((trx) => settleSubject(trx, parts, all)));
      await events.settle(all.map(([n]) => n));
    } catch (error) {
      if (isAway(error)) throw error;
      refused.add(subject);
      log.error({ err: error, subject }, 'the database refused what the watch saw');
    }
  }
  return refused;
}

async function settleSubject(
  trx: Db,
  parts: SettleParts,
  all: readonly [n: number, event: WatchEvent][],
): Promise<void> {
  const { incidents, watcherId } = parts;
  const ended = new Set(all.flatMap(([, event]) => (event.type === 'sent' ? [event.message.id] : [])));
  const isAlarmed = all.some(([, event]) => event.type === 'sending');
  for (const [, event] of all) {
    const at = new Date(event.at);
    switch (event.type) {
      case 'opened': {
        const isOurs = await isOurWord(trx, parts, event.seen.targetId, event.at);
        if (!isOurs && !isAlarmed) break;
        await incidents.openOutage(trx, event.seen, at);
        if (event.afterWork) await incidents.countAfterWork(trx, { targetId: event.seen.targetId, at });
        if (isOurs) await saveStates(trx, watcherId, [event.state], parts.now());
        break;
      }
      case 'resolved':
        if (!isAlarmed && !(await isOurWord(trx, parts, event.targetId, event.at))) break;
        await incidents.resolveOutage(trx, { targetId: event.targetId, fixedAt: new Date(event.fixedAt), at });
        await saveStates(trx, watcherId, [event.state], parts.now());
        break;
      case 'partial':
        await incidents.openPartial(trx, event);
        break;
      case 'partial-over':
        await incidents.resolve(trx, { subject: `partial:${event.targetId}`, at });
        break;
      case 'blind':
        await incidents.openBlind(trx, event);
        break;
      case 'sees':
        if (!(await isAnotherBlind(trx, watcherId, parts.timeScale))) {
          await incidents.resolve(trx, { subject: 'watch', at });
        }
        break;
      case 'sending':
      case 'sent': {
        const { message } = event;
        // One that is still under way, or whose sender died over it: it may have gone.
        const isKnown = event.type === 'sent';
        if (!isKnown && ended.has(message.id)) break;
        const { incidentId } = await incidents.openOutage(trx, event.seen, at);
        const became = isKnown ? event : { state: 'unknown' as const, providerRef: null };
        const { state, providerRef } = became;
        await incidents.recordSent(trx, { incidentId, message, state, providerRef, at });
        break;
      }
    }
  }
}

/** False: this watcher was cut off, and another that took the site over has seen it since. Its word counts. */
async function isOurWord(trx: Db, parts: SettleParts, targetId: string, at: number): Promise<boolean> {
  const found = (await loadStates(trx, [{ id: targetId, no: 0 }])).get(targetId);
  if (!found || found.watcherId === parts.watcherId || (found.state.checkedAt ?? 0) <= at) return true;
  parts.log.warn(
    { target: targetId, watcher: found.watcherId },
    'another watcher has seen the site since: its word counts',
  );
  return false;
}
