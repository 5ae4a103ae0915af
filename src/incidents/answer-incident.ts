import { recordAudit } from '../audit/index.ts';
import type { Db } from '../platform/database/index.ts';
import { NachtwachtError } from '../platform/errors.ts';
import type { EventKind, IncidentRow } from './incident.ts';
import {
  countOpenSites,
  findByNumber,
  findIncident,
  findOpen,
  insertEvent,
  lockOpenings,
  updateIncident,
} from './store.ts';

/** Who answers: a person, a token, or a guard by his phone. */
export interface Answering {
  /** For the audit trail and the timeline: `person:EMAIL`, `guard:ID`. */
  name: string;
}

export type Taken = { taken: true } | { taken: false; by: string; at: Date };

/** In the caller's transaction when there is one. */
function inTransaction<T>(db: Db, work: (trx: Db) => Promise<T>): Promise<T> {
  return db.isTransaction ? work(db) : db.transaction().execute(work);
}

/** By its id or its number (`412`). Error: `incident-not-found`. */
export async function getIncident(db: Db, reference: string): Promise<IncidentRow> {
  const byNumber = /^#?(\d{1,9})$/.exec(reference)?.[1];
  const found = byNumber === undefined ? await findIncident(db, reference) : await findByNumber(db, Number(byNumber));
  if (found) return found;
  throw new NachtwachtError({
    code: 'incident-not-found',
    kind: 'not-found',
    message: `There is no incident ${reference.slice(0, 80)}.`,
    nextStep: 'Look at the list of incidents.',
    retryable: false,
  });
}

/** One that was merged is answered where it went. */
async function standingOf(db: Db, reference: string): Promise<IncidentRow> {
  const incident = await getIncident(db, reference);
  return incident.merged_into === null ? incident : getIncident(db, incident.merged_into);
}

/** Somebody takes it: the first one counts, later ones are told who has it. Whoever takes it stops the alarm. */
export async function acknowledgeIncident(
  db: Db,
  actor: Answering,
  reference: string,
  at: Date,
  by: { means: 'sms' | 'link' | 'console' | 'call' | 'command' } = { means: 'console' },
): Promise<Taken> {
  return inTransaction(db, async (trx) => {
    const incident = await standingOf(trx, reference);
    const { id, reopened } = incident;
    const set = { acknowledged_at: at, acknowledged_by: actor.name };
    if (incident.resolved_at === null && (await updateIncident(trx, id, set, { open: true, unacknowledged: true }))) {
      await tell(
        trx,
        incident,
        'acknowledged',
        actor,
        at,
        { by: by.means },
        `acknowledged:${reopened}:${at.getTime()}`,
      );
      await audit(trx, actor, incident, 'incident-acknowledged', at, { by: by.means });
      return { taken: true };
    }
    const now = await getIncident(trx, id);
    // Who has it and says so again is not late.
    if (now.acknowledged_by !== actor.name) {
      const key = `late:${reopened}:${actor.name}`;
      await tell(trx, incident, 'acknowledged-late', actor, at, { by: by.means }, key);
    }
    return {
      taken: false,
      by: now.acknowledged_by ?? 'system:watch',
      at: now.acknowledged_at ?? now.resolved_at ?? at,
    };
  });
}

/**
 * Whoever has it, or was asked about it, passes it on to `to`: it is in nobody's hands until that one takes it. False = this
 * was told before (`key`). The caller asks `to`, in the same transaction. Error: `incident-not-yours`.
 */
export async function handOverIncident(
  db: Db,
  actor: Answering,
  reference: string,
  given: { to: string; key: string },
  at: Date,
): Promise<boolean> {
  return inTransaction(db, async (trx) => {
    const incident = await standingOf(trx, reference);
    const facts = { to: given.to };
    const isNew = await insertEvent(trx, {
      incidentId: incident.id,
      at,
      kind: 'handed-over',
      facts,
      actor: actor.name,
      key: `handed-over:${incident.reopened}:${given.key}`,
    });
    if (!isNew) return false;
    const set = { acknowledged_at: null, acknowledged_by: null, given_up_at: null };
    if (!(await updateIncident(trx, incident.id, set, { open: true, notOfOthers: actor.name }))) {
      throw new NachtwachtError({
        code: 'incident-not-yours',
        kind: 'conflict',
        message: 'This incident is over, or somebody else has it, so it cannot be handed over.',
        nextStep: 'Look at the incident: it says who has it.',
        retryable: false,
      });
    }
    await audit(trx, actor, incident, 'incident-handed-over', at, facts);
    return true;
  });
}

/** A line on the timeline. */
export async function noteIncident(db: Db, actor: Answering, reference: string, text: string, at: Date): Promise<void> {
  await inTransaction(db, async (trx) => {
    const incident = await standingOf(trx, reference);
    await tell(trx, incident, 'note', actor, at, { text }, `note:${at.getTime()}:${actor.name}`);
    await audit(trx, actor, incident, 'incident-noted', at);
  });
}

/** Why it happened, for the report; null takes it away. */
export async function noteCause(
  db: Db,
  actor: Answering,
  reference: string,
  text: string | null,
  at: Date,
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const incident = await standingOf(trx, reference);
    await updateIncident(trx, incident.id, { cause_note: text });
    await tell(trx, incident, 'cause', actor, at, { text }, `cause:${at.getTime()}`);
    await audit(trx, actor, incident, 'incident-cause-noted', at);
  });
}

/**
 * Somebody says that it is done. What the watch looks at itself goes on until it sees it; the rest is over with this.
 * Gives whether it is over.
 */
export async function sayDone(db: Db, actor: Answering, reference: string, at: Date): Promise<boolean> {
  return inTransaction(db, async (trx) => {
    const incident = await standingOf(trx, reference);
    if (incident.resolved_at !== null) return true;
    await tell(trx, incident, 'said-done', actor, at, {}, `done:${at.getTime()}:${actor.name}`);
    await audit(trx, actor, incident, 'incident-said-done', at);
    const isSeen =
      incident.kind === 'blind' || incident.kind === 'drill' || (await countOpenSites(trx, incident.id)) > 0;
    if (isSeen) return false;
    await updateIncident(trx, incident.id, { fixed_at: at, resolved_at: at }, { open: true });
    await tell(trx, incident, 'resolved', actor, at, {}, `resolved:${incident.reopened}`);
    return true;
  });
}

/**
 * It was not over after all: it is open again, and in the hands of who says so. Errors: `incident-not-over`,
 * `incident-stands-anew`.
 */
export async function reopenIncident(db: Db, actor: Answering, reference: string, at: Date): Promise<void> {
  await inTransaction(db, async (trx) => {
    const incident = await standingOf(trx, reference);
    await lockOpenings(trx);
    const newer = await findOpen(trx, incident.subject);
    if (newer && newer.id !== incident.id) throw standsAnew(newer);
    const set = {
      resolved_at: null,
      fixed_at: null,
      reopened: incident.reopened + 1,
      acknowledged_at: at,
      acknowledged_by: actor.name,
    };
    if (incident.resolved_at === null || !(await updateIncident(trx, incident.id, set, { resolved: true }))) {
      throw new NachtwachtError({
        code: 'incident-not-over',
        kind: 'conflict',
        message: 'This incident is not over, so it cannot be opened again.',
        nextStep: 'Look at the incident; others may have opened it again before you.',
        retryable: false,
      });
    }
    await tell(trx, incident, 'reopened', actor, at, {}, `reopened:${incident.reopened + 1}`);
    await audit(trx, actor, incident, 'incident-reopened', at);
  });
}

function standsAnew({ number }: IncidentRow): NachtwachtError {
  return new NachtwachtError({
    code: 'incident-stands-anew',
    kind: 'conflict',
    message: `The same has come again since, and is open as incident ${number}.`,
    nextStep: `Go on there: incident ${number}.`,
    retryable: false,
    details: { number },
  });
}

async function tell(
  db: Db,
  incident: IncidentRow,
  kind: EventKind,
  actor: Answering,
  at: Date,
  facts: Record<string, unknown>,
  key: string,
): Promise<void> {
  await insertEvent(db, { incidentId: incident.id, at, kind, facts, actor: actor.name, key });
}

async function audit(
  db: Db,
  actor: Answering,
  incident: IncidentRow,
  action: string,
  at: Date,
  details: Record<string, unknown> = {},
): Promise<void> {
  const site = incident.subject.startsWith('target:') ? incident.subject.slice('target:'.length) : undefined;
  await recordAudit(db, actor, {
    action,
    subject: `incident:${incident.id}`,
    ...(site === undefined || incident.kind === 'drill' ? {} : { site }),
    details: { number: incident.number, ...details },
    at,
  });
}
