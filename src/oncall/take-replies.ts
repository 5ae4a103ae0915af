import { readReply } from '../channels/sms/rules/reply.ts';
import { acknowledgeIncident, findIncident, sayDone, type IncidentRow } from '../incidents/index.ts';
import { listProviders, listUnhandled, markHandled, queueMessage, type InboundRow } from '../messages/index.ts';
import type { Db } from '../platform/database/index.ts';
import type { DueLoop } from '../platform/due/index.ts';
import { readHouse } from '../platform/house/index.ts';
import type { Platform } from '../platform/platform.ts';
import { timeOnWall } from '../platform/words.ts';
import { plainSms, subjectInWords } from './alarm-text.ts';
import { factsOf } from './alarm-facts.ts';
import type { GuardRow } from './duty.ts';
import { readDuty, type Duty } from './on-duty.ts';
import { phoneKey } from './rules/phone-key.ts';
import { listCodes } from './store.ts';
import { oncallWords } from './words.ts';

type Ground = Pick<Platform, 'db' | 'config' | 'clock' | 'log'>;

/**
 * Does what guards answered by SMS. Only a known guard's number counts: for any other nothing happens and nothing is
 * answered. Each reply is handled once: what follows from it and that it was handled are one transaction.
 */
export async function takeReplies(platform: Ground): Promise<void> {
  const { db, log } = platform;
  const inbound = await listUnhandled(db);
  if (inbound.length === 0) return;
  const now = platform.clock.now();
  const duty = await readDuty(db, now);
  for (const row of inbound) {
    await db
      .transaction()
      .execute((trx) => takeReply(trx, platform, duty, row, now))
      .catch((error: unknown) =>
        log.error({ err: error, inbound: row.id }, 'a reply could not be handled: it is tried again'),
      );
  }
}

async function takeReply(db: Db, platform: Ground, duty: Duty, row: InboundRow, now: Date): Promise<void> {
  const key = phoneKey(row.sender);
  const guard = [...duty.guards.values()].find((one) => one.phone !== null && phoneKey(one.phone) === key);
  if (!guard) {
    await markHandled(db, row.id, { outcome: 'unknown-number', at: now });
    return;
  }
  const words = oncallWords(guard.language);
  const answer = (text: string): Promise<void> => sendReply(db, { row, guard, text, now });
  const reply = readReply(row.text);
  if (reply.what === 'unclear') {
    await answer(plainSms(words.unclear));
    await markHandled(db, row.id, { outcome: 'unclear', at: now });
    return;
  }
  if (reply.what === 'stop') {
    await answer(plainSms(words.stop));
    await markHandled(db, row.id, { outcome: 'stop', at: now });
    return;
  }
  const codes = await listCodes(db, guard.id);
  const meant = reply.code === undefined ? codes[0] : codes.find((one) => one.code === reply.code);
  const incident = meant && (await findIncident(db, meant.incident_id));
  if (!meant || !incident) {
    await answer(plainSms(reply.code === undefined ? words.nothingOpen : words.noSuchCode(reply.code)));
    await markHandled(db, row.id, { outcome: 'no-such-code', at: now });
    return;
  }
  const { timeZone } = await readHouse(platform);
  const what = subjectInWords(await factsOf(db, incident, guard, timeZone));
  const facts = { guard, incident, what, code: meant.code, timeZone };
  const outcome =
    reply.what === 'take' ? await take(db, facts, answer, now) : await done(db, { guard, incident, what }, answer, now);
  await markHandled(db, row.id, { outcome, at: now });
}

interface TakeFacts {
  guard: GuardRow;
  incident: IncidentRow;
  what: string;
  code: number;
  timeZone: string;
}

async function take(
  db: Db,
  { guard, incident, what, code, timeZone }: TakeFacts,
  answer: (text: string) => Promise<void>,
  now: Date,
): Promise<string> {
  const words = oncallWords(guard.language);
  const actor = { name: `guard:${guard.id}` };
  const taken = await acknowledgeIncident(db, actor, incident.id, now, { means: 'sms' });
  if (taken.taken) {
    await answer(plainSms(words.taken(what, code)));
    return 'taken';
  }
  if (taken.by === actor.name) {
    await answer(plainSms(words.taken(what, code)));
    return 'taken-before';
  }
  if (incident.resolved_at !== null && incident.acknowledged_at === null) {
    await answer(plainSms(words.wasOver(what)));
    return 'over';
  }
  const by = await nameOf(db, taken.by);
  await answer(plainSms(words.tooLate(by, timeOnWall(taken.at, timeZone))));
  return 'too-late';
}

async function done(
  db: Db,
  { guard, incident, what }: { guard: GuardRow; incident: IncidentRow; what: string },
  answer: (text: string) => Promise<void>,
  now: Date,
): Promise<string> {
  const words = oncallWords(guard.language);
  if (incident.resolved_at !== null) {
    await answer(plainSms(words.wasOver(what)));
    return 'over';
  }
  await sayDone(db, { name: `guard:${guard.id}` }, incident.id, now);
  await answer(plainSms(words.saidDone(what)));
  return 'said-done';
}

async function nameOf(db: Db, actor: string): Promise<string> {
  const colon = actor.indexOf(':');
  const [kind, rest] = [actor.slice(0, colon), actor.slice(colon + 1)];
  if (kind !== 'guard') return rest;
  return (await readDuty(db, new Date(0))).guards.get(rest)?.name ?? rest;
}

/** Over the way by which the reply came, when it is there. One answer for each reply. */
async function sendReply(db: Db, given: { row: InboundRow; guard: GuardRow; text: string; now: Date }): Promise<void> {
  const { row, guard, text, now } = given;
  const providers = await listProviders(db, 'sms');
  const provider = providers.find((one) => one.id === row.provider_id) ?? providers[0];
  if (!provider || guard.phone === null) return;
  await queueMessage(db, {
    id: `reply-${row.id}`,
    purpose: 'reply',
    means: 'sms',
    // Told under no incident: the same guard may answer more than once about it.
    incidentId: null,
    guardId: guard.id,
    recipient: guard.phone,
    content: { text, language: guard.language },
    step: 0,
    attempt: 0,
    providerId: provider.id,
    at: now,
  });
}

export const repliesLoop: DueLoop = {
  name: 'oncall-replies',
  everyMs: 1000,
  run: (platform) => takeReplies(platform),
};
