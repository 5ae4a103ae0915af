import { saidBy, SendError, type Sender } from '../../channels/index.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Log } from '../../platform/log.ts';
import { newId } from '../../platform/new-id.ts';
import type { Standing } from '../rules/dead-man.ts';
import { alarmSms, overSms } from '../sms-text.ts';
import type { Guard, Kit, Told } from '../wire.ts';
import type { Alarm, Message, OutpostFolder } from './folder.ts';

/** Whom to ask now, by the house's own rules (`oncall/rules`: who is on duty, escalation); undefined = nobody now. */
export type AskNext = (
  now: number,
  given: { spans: Kit['spans']; sent: readonly Pick<Message, 'guard' | 'step' | 'at' | 'state'>[] },
  policy: Kit['policy'],
) => { guard: string; step: number } | undefined;

/** The alarm of a second location's own: begun, carried through, ended; each step is on disk before the next. */
export interface OwnAlarm {
  standing(): Standing | null;
  begin(standing: Standing): void;
  /** Sends what is to be sent now. One at a time; never rejects. */
  carryOn(): Promise<void>;
  /** Tells those who were alarmed that it is over, and notes all for the core. */
  end(wellSince: number): Promise<void>;
  /** What the SMS account said last, when it failed. */
  lastError(): string | null;
}

interface Ground {
  folder: OutpostFolder;
  clock: Clock;
  log: Log;
  name: string;
  /** Undefined = it has no SMS account. */
  sender: Sender | undefined;
  askNext: AskNext;
  timeScale: number;
  kit: () => Kit | undefined;
  /** Its address, and that of its words, when there is no kit. */
  timeZone: string;
}

/** A gateway that is busy gets the same message again. */
const tries = 4;
const pauseMs = 5000;
/** For one try. */
const sendMs = 20_000;

export function openOwnAlarm(ground: Ground): OwnAlarm {
  const { folder, clock, log, name, askNext } = ground;
  let alarm = folder.readAlarm();
  let error: string | null = null;
  let isEnding = false;
  const save = (): void => folder.saveAlarm(alarm);
  const deliver = async (
    phone: string,
    text: string,
  ): Promise<{ state: 'accepted' | 'failed'; error: string | null }> => {
    const outcome = await send(ground, phone, text);
    error = outcome.error;
    if (outcome.error !== null) log.error({ why: outcome.error }, 'the SMS did not go');
    return outcome;
  };
  const finish = async (current: Alarm, message: Message): Promise<void> => {
    const { language, phone } = message;
    const facts = { name, language, timeZone: ground.kit()?.timeZone ?? ground.timeZone };
    Object.assign(message, await deliver(phone, alarmSms(facts, current)));
    save();
  };
  return {
    standing: () => alarm ?? null,
    lastError: () => error,
    begin: ({ reason, since }) => {
      alarm = { reason, since, beganAt: clock.now().getTime(), sent: [] };
      save();
      log.warn({ reason, since: new Date(since) }, 'the core does not watch: alarming by itself');
    },
    carryOn: async () => {
      const current = alarm;
      const kit = ground.kit();
      if (!current || !kit || isEnding) return;
      // Killed while sending: whether it went is not known, and once too often is better than never.
      const unfinished = current.sent.find(({ state }) => state === 'sending');
      if (unfinished) return finish(current, unfinished);
      const now = clock.now().getTime();
      const next = askNext(now, { spans: kit.spans, sent: current.sent }, scaled(kit, ground.timeScale));
      const guard = kit.guards.find(({ id }) => id === next?.guard);
      if (!next || !guard) return;
      const message = newMessage(guard, next.step, now);
      current.sent.push(message);
      save();
      await finish(current, message);
    },
    end: async (wellSince) => {
      const current = alarm;
      if (!current) return;
      isEnding = true;
      const endedAt = clock.now().getTime();
      const over: Told['sent'] = [];
      const timeZone = ground.kit()?.timeZone ?? ground.timeZone;
      const told = new Map(current.sent.filter(({ state }) => state !== 'failed').map((one) => [one.guard, one]));
      for (const { guard, name: who, phone, language } of told.values()) {
        const at = new Date(clock.now()).toISOString();
        const outcome = await deliver(phone, overSms({ name, language, timeZone }, wellSince));
        over.push({ guard, name: who, at, ...outcome, what: 'over' });
      }
      folder.saveUntold([...folder.readUntold(), toTold(current, endedAt, over)]);
      alarm = undefined;
      isEnding = false;
      save();
      log.info({ told: over.length }, 'the core watches again');
    },
  };
}

function newMessage(guard: Guard, step: number, at: number): Message {
  const { id, name, phone, language } = guard;
  return { guard: id, name, phone, language, step, at, state: 'sending', error: null };
}

/** No acknowledgement is possible without the core, so every guard is asked once and no more. */
function scaled({ policy }: Kit, scale: number): Kit['policy'] {
  const { receiptMs, callMs, nextMs } = policy;
  return { receiptMs: receiptMs / scale, callMs: callMs / scale, nextMs: nextMs / scale, rounds: 1 };
}

function toTold({ reason, since, beganAt, sent }: Alarm, endedAt: number, over: Told['sent']): Told {
  const iso = (at: number): string => new Date(at).toISOString();
  const alarms = sent.map((one) => {
    const { guard, name, state, error } = one;
    return { guard, name, at: iso(one.at), state, error, what: 'alarm' as const };
  });
  return { reason, since: iso(since), beganAt: iso(beganAt), endedAt: iso(endedAt), sent: [...alarms, ...over] };
}

async function send(
  { sender, clock, timeScale }: Ground,
  to: string,
  text: string,
): Promise<{ state: 'accepted' | 'failed'; error: string | null }> {
  if (!sender) return { state: 'failed', error: 'no-sms-account' };
  const reference = `probe-${newId()}`;
  for (let attempt = 1; ; attempt++) {
    try {
      await sender.send({ to, text, reference, urgency: 'high' }, AbortSignal.timeout(sendMs));
      return { state: 'accepted', error: null };
    } catch (error) {
      const isAgain = error instanceof SendError && error.retryable && attempt < tries;
      if (!isAgain) return { state: 'failed', error: saidBy(error instanceof Error ? error.message : String(error)) };
      await clock.sleep(pauseMs / timeScale);
    }
  }
}
