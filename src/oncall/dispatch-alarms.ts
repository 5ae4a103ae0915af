import { lantern, letter, mailServerThere } from '../channels/email/index.ts';
import { findIncident, giveUp, listUnanswered, recordIncidentEvent, type IncidentRow } from '../incidents/index.ts';
import { listMessages, listProviders, queueMessage, type MessageRow, type Provider } from '../messages/index.ts';
import type { Db } from '../platform/database/index.ts';
import type { DueLoop } from '../platform/due/index.ts';
import { readHouse } from '../platform/house/index.ts';
import type { Platform } from '../platform/platform.ts';
import { factsOf } from './alarm-facts.ts';
import { alarmCall, alarmSms, plainSms, subjectInWords, type AlarmFacts } from './alarm-text.ts';
import type { GuardRow } from './duty.ts';
import { askedAt, readDuty, type Duty } from './on-duty.ts';
import { makeGuardLink } from './link/make-link.ts';
import { escalate, type SendReason, type Sent } from './rules/escalate.ts';
import { findDrill, freeCodes, giveCode, listOperatorMails, listUntold } from './store.ts';
import { oncallWords } from './words.ts';

/** An incident that is over keeps its number on a phone so long: an answer that comes late still means it. */
const codeKeptMs = 600_000;
/** So many incidents are asked about beside each other. */
const askedAtOnce = 4;
/** Updates about what is over are sent within this time or not at all. */
const toldWithinMs = 900_000;

/**
 * Asks whoever has to be asked now about each incident that nobody has taken. What is sent is decided by `escalate` from
 * what was sent before, and queued under a key of its own: doing this twice, or by two processes, asks nobody twice.
 */
export async function dispatchAlarms(platform: Platform): Promise<void> {
  const { db, log } = platform;
  const now = platform.clock.now();
  const waiting = await listUnanswered(db, now);
  if (waiting.length > 0) {
    const [duty, providers, { timeZone }] = await Promise.all([
      readDuty(db, now),
      listProviders(db),
      readHouse(platform),
    ]);
    const rest = [...waiting];
    const askRest = async (): Promise<void> => {
      for (let incident = rest.shift(); incident !== undefined; incident = rest.shift()) {
        const { id } = incident;
        await askAbout(platform, incident, { duty, providers, timeZone }, now).catch((error: unknown) => {
          log.error({ err: error, incident: id }, 'nobody could be asked about an incident: it is tried again');
        });
      }
    };
    await Promise.all(Array.from({ length: askedAtOnce }, askRest));
  }
  await tellWhatIsOver(platform, now);
  await freeCodes(db, new Date(now.getTime() - codeKeptMs), now);
}

interface Ways {
  duty: Duty;
  providers: readonly Provider[];
  timeZone: string;
}

async function askAbout(platform: Platform, incident: IncidentRow, ways: Ways, now: Date): Promise<void> {
  const { db } = platform;
  const scale = platform.config.timeScale;
  const { duty, providers } = ways;
  const paths = providers.filter((one) => one.means === 'sms').toSorted(byHealth);
  const caller = providers.find((one) => one.means === 'call');
  const drill = incident.kind === 'drill' ? await findDrill(db, incident.first_failure_at) : undefined;
  // Our own page fails although nobody practises: the console says so, and nobody gets an 'OEFENING' at night for it.
  if (drill?.isHeld === false) return;
  const drilled = duty.guards.get(drill?.guardId ?? '');
  const asked = drilled ? [drilled] : askedAt(duty, ways.timeZone, now).map((one) => one.guard);
  const reachable = asked.filter((guard) => guard.phone !== null);
  const messages = await listMessages(db, { incidentId: incident.id });
  const sent = messages.flatMap((row) => sentOf(row));
  const step = Math.max(0, ...sent.map((one) => one.step));
  const askedLast = duty.guards.get(sent.find((one) => one.step === step)?.guard ?? '');
  const { receiptMs, callMs, nextMs, rounds } = duty.policy;
  const action = escalate(
    now.getTime(),
    {
      guards: paths.length === 0 ? [] : reachable.map((guard) => guard.id),
      providers: paths.length,
      canCall: caller !== undefined && incident.urgency === 'high' && askedLast?.can_be_called !== false,
      sent,
    },
    { receiptMs: receiptMs / scale, callMs: callMs / scale, nextMs: nextMs / scale, rounds },
  );
  if (action.do === 'wait') return;
  if (action.do === 'give-up') {
    await besideSms(platform, incident, asked, ways, now);
    await leaveIt(platform, incident, action.why, ways, now);
    return;
  }
  const guard = duty.guards.get(action.guard);
  // Not by its place: a path whose daily test fails meanwhile goes to the end, and the same one would be asked again.
  const used = new Set(messages.filter((row) => row.step === action.step).map((row) => row.provider_id));
  const provider = action.means === 'call' ? caller : paths.find((one) => !used.has(one.id));
  if (!guard || !provider) return;
  await askGuard(platform, incident, guard, { ...action, attempt: action.provider, provider }, ways, now);
  if (action.why === 'first' || action.why === 'no-answer-next')
    await besideSms(platform, incident, [guard], ways, now);
}

/** How one guard is asked. */
export interface Asking {
  step: number;
  means: 'sms' | 'call';
  /** Which path of this step: 0 is the first. */
  attempt: number;
  provider: Provider;
  why: SendReason | 'handed-over';
}

/** Queues one SMS or call with its code and link, and the line on the timeline. Asking the same again changes nothing. */
export async function askGuard(
  platform: Platform,
  incident: IncidentRow,
  guard: GuardRow,
  asking: Asking,
  { timeZone }: Pick<Ways, 'timeZone'>,
  now: Date,
): Promise<void> {
  const { phone } = guard;
  const { step, means, attempt, provider, why } = asking;
  if (phone === null) return;
  const { db } = platform;
  const ask = async (trx: Db): Promise<void> => {
    const code = await giveCode(trx, guard.id, incident.id, now);
    const facts = await factsOf(trx, incident, guard, timeZone);
    const link = await makeGuardLink(trx, platform.config, { incidentId: incident.id, guardId: guard.id, at: now });
    const text = means === 'call' ? alarmCall(facts) : alarmSms(facts, { code, ...(link ? { link } : {}) });
    const isNew = await queueMessage(trx, {
      id: `alarm-${incident.number}-${step}-${means}-${attempt}-${guard.id}`,
      purpose: incident.kind === 'drill' ? 'drill' : 'alarm',
      means,
      incidentId: incident.id,
      guardId: guard.id,
      recipient: phone,
      content: { text, urgency: incident.urgency, language: guard.language, ...(link ? { link } : {}) },
      step,
      attempt,
      shortCode: code,
      providerId: provider.id,
      at: now,
    });
    if (!isNew) return;
    await recordIncidentEvent(trx, {
      incidentId: incident.id,
      at: now,
      kind: 'asked',
      facts: { to: guard.name, guard: guard.id, means, why, step, code },
      actor: 'system:oncall',
      key: `asked:${step}:${means}:${attempt}:${guard.id}`,
    });
  };
  await (db.isTransaction ? ask(db) : db.transaction().execute(ask));
}

/** A path whose daily test fails is asked last. */
function byHealth(a: Provider, b: Provider): number {
  const failing = Number(a.canaryState === 'failing') - Number(b.canaryState === 'failing');
  return failing === 0 ? a.position - b.position : failing;
}

/** What was asked of guards, as the rule counts: updates, mails and pushes are no asking. */
export function sentOf(row: MessageRow): Sent[] {
  if (row.guard_id === null || (row.means !== 'sms' && row.means !== 'call')) return [];
  if (row.purpose !== 'alarm' && row.purpose !== 'drill') return [];
  const state = row.state === 'delivered' || row.state === 'failed' ? row.state : 'accepted';
  return [
    {
      guard: row.guard_id,
      step: row.step,
      means: row.means,
      provider: row.attempt,
      at: row.created_at.getTime(),
      state,
    },
  ];
}

/** Push and mail go beside the SMS to whoever is asked, never instead of it. */
async function besideSms(
  platform: Platform,
  incident: IncidentRow,
  guards: readonly GuardRow[],
  ways: Ways,
  now: Date,
): Promise<void> {
  const { db, config } = platform;
  const canMail = await mailServerThere(platform);
  for (const guard of guards) {
    const facts = await factsOf(db, incident, guard, ways.timeZone);
    const subject = subjectInWords(facts);
    for (const [means, recipient] of [
      ['push', guard.push_url],
      ['email', guard.email],
    ] as const) {
      const provider = ways.providers.find((one) => one.means === means);
      if (recipient === null || !provider || (means === 'email' && !canMail)) continue;
      const link = await makeGuardLink(db, config, { incidentId: incident.id, guardId: guard.id, at: now });
      await queueMessage(db, {
        id: `alarm-${incident.number}-0-${means}-${guard.id}`,
        purpose: incident.kind === 'drill' ? 'drill' : 'alarm',
        means,
        incidentId: incident.id,
        guardId: guard.id,
        recipient,
        content: {
          ...(means === 'email' && link ? await alarmMail(platform, facts, link) : { text: alarmLine(facts) }),
          subject,
          urgency: incident.urgency,
          language: guard.language,
          ...(link ? { link } : {}),
        },
        step: 0,
        attempt: 0,
        providerId: provider.id,
        at: now,
      });
    }
  }
}

/** The alarm as a letter whose one button is the guard's link. */
async function alarmMail(platform: Platform, facts: AlarmFacts, link: string): Promise<{ text: string; html: string }> {
  const { name, accent } = await readHouse(platform);
  return letter({
    language: facts.language,
    agency: name,
    accent: accent?.light ?? lantern,
    heading: subjectInWords(facts),
    paragraphs: [alarmLine(facts)],
    action: { label: oncallWords(facts.language).gaveUp.button, url: link },
    notes: [],
  });
}

/** The alarm as one line, without codes: a push or a mail is answered by its link. */
function alarmLine(facts: AlarmFacts): string {
  const words = oncallWords(facts.language);
  const spoken = alarmCall(facts);
  const end = spoken.indexOf(words.call('', '').split('. ').at(-1) ?? '');
  return end > 0 ? spoken.slice(0, end).trim() : spoken;
}

/** Nobody is left to ask: it stands on the console, and every operator gets a mail; all of it or nothing. */
async function leaveIt(platform: Platform, incident: IncidentRow, why: string, ways: Ways, now: Date): Promise<void> {
  const canMail = await mailServerThere(platform);
  await platform.db.transaction().execute(async (trx) => {
    if (!(await giveUp(trx, incident.id, now))) return;
    await recordIncidentEvent(trx, {
      incidentId: incident.id,
      at: now,
      kind: 'given-up',
      facts: { why },
      actor: 'system:oncall',
      key: `given-up:${incident.reopened}`,
    });
    if (canMail) await mailOperators({ ...platform, db: trx }, incident, ways, now);
  });
}

async function mailOperators(platform: Platform, incident: IncidentRow, ways: Ways, now: Date): Promise<void> {
  const { db, config } = platform;
  const provider = ways.providers.find((one) => one.means === 'email');
  if (!provider) return;
  const { name, accent, language: usual } = await readHouse(platform);
  for (const [i, operator] of (await listOperatorMails(db)).entries()) {
    const language = operator.language ?? usual;
    const facts = await factsOf(db, incident, { language }, ways.timeZone);
    const words = oncallWords(language).gaveUp;
    const what = subjectInWords(facts);
    const mail = letter({
      language,
      agency: name,
      accent: accent?.light ?? lantern,
      heading: words.subject(what),
      paragraphs: [words.text(what)],
      action: { label: words.button, url: `${config.publicUrl ?? ''}/incidents/${incident.number}` },
      notes: [],
    });
    await queueMessage(db, {
      id: `left-${incident.number}-${now.getTime()}-${i}`,
      purpose: 'notice',
      means: 'email',
      incidentId: incident.id,
      guardId: null,
      recipient: operator.email,
      content: { ...mail, subject: words.subject(what), urgency: 'high', language },
      step: 0,
      attempt: 0,
      providerId: provider.id,
      at: now,
    });
  }
}

/** One SMS to everybody who was woken by it: it is over. */
async function tellWhatIsOver(platform: Platform, now: Date): Promise<void> {
  const { db } = platform;
  const over = await listUntold(db, new Date(now.getTime() - toldWithinMs));
  if (over.length === 0) return;
  const [duty, providers, { timeZone }] = await Promise.all([
    readDuty(db, now),
    listProviders(db),
    readHouse(platform),
  ]);
  for (const id of over) {
    const incident = await findIncident(db, id);
    if (!incident) continue;
    const messages = await listMessages(db, { incidentId: incident.id });
    const toTell = new Map<string, MessageRow>();
    for (const row of messages) {
      if (row.means === 'sms' && row.guard_id !== null && row.purpose !== 'update' && row.purpose !== 'reply')
        toTell.set(row.guard_id, row);
    }
    const told = new Set(messages.filter((row) => row.purpose === 'update').map((row) => row.guard_id));
    for (const [guardId, asked] of toTell) {
      const guard = duty.guards.get(guardId);
      const provider =
        providers.find((one) => one.id === asked.provider_id) ?? providers.find((one) => one.means === 'sms');
      if (told.has(guardId) || !guard?.phone || !provider) continue;
      const facts = await factsOf(db, incident, guard, timeZone);
      await queueMessage(db, {
        id: `over-${incident.number}-${incident.reopened}-${guardId}`,
        purpose: 'update',
        means: 'sms',
        incidentId: incident.id,
        guardId,
        recipient: guard.phone,
        content: { text: overSms(facts, incident), language: guard.language },
        step: incident.reopened,
        attempt: 0,
        providerId: provider.id,
        at: now,
      });
    }
  }
}

function overSms(facts: AlarmFacts, incident: IncidentRow): string {
  const words = oncallWords(facts.language);
  const what = subjectInWords(facts);
  const isOut = incident.kind === 'outage' || incident.kind === 'group';
  if (!isOut || incident.fixed_at === null) return plainSms(words.overWithout(what));
  const long = Math.max(1, Math.round((incident.fixed_at.getTime() - incident.first_failure_at.getTime()) / 60_000));
  return plainSms(words.over(what, long));
}

/** After the database was away the watchers' own records come first: they may say that the alarm went out already. */
const holdOffMs = 5000;

/** A longer pause than this between two looks: the database was away, another process had the loop, or it just began. */
const pauseMs = 5000;

/** Dispatches each second; after a pause it holds off for a moment first. */
function makeDispatchLoop(): DueLoop {
  let lookedAt = Number.NEGATIVE_INFINITY;
  let holdUntil = 0;
  return {
    name: 'oncall-dispatch',
    everyMs: 1000,
    run: async (platform) => {
      const now = platform.clock.monotonicMs();
      if (now - lookedAt > pauseMs) holdUntil = now + holdOffMs / platform.config.timeScale;
      if (now >= holdUntil) await dispatchAlarms(platform);
      lookedAt = platform.clock.monotonicMs();
    },
  };
}

export const dispatchLoop: DueLoop = makeDispatchLoop();
