import { SendError, type Sender } from '../../channels/index.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Log } from '../../platform/log.ts';
import { newId } from '../../platform/new-id.ts';
import type { EmergencyKit } from './emergency-kit.ts';
import type { EventLog } from './event-log.ts';
import type { DirectMessage, SeenOutage, WatchEvent } from './watch-event.ts';

/** One thing that was sent, as the rule of escalation counts (oncall/rules/escalate.ts). */
export interface SentBefore {
  guard: string;
  step: number;
  means: 'sms';
  provider: number;
  at: number;
  state: 'accepted' | 'failed';
}

/** The house's rules and paths, given by whoever puts the watcher together: the same as with a database. */
export interface DirectRules {
  /** Whom to ask now; undefined = nobody now. */
  next(
    now: number,
    given: { guards: readonly string[]; providers: number; sent: readonly SentBefore[] },
    policy: EmergencyKit['policy'],
  ): { guard: string; step: number; provider: number } | undefined;
  /** One GSM segment. `others`: how many more sites are out. */
  text(facts: {
    url: string;
    cause: SeenOutage['cause'];
    detail: string;
    since: number;
    others: number;
    code: number;
    language: 'nl' | 'en';
    timeZone: string;
  }): string;
  openSender(provider: EmergencyKit['providers'][number]): Sender;
}

export interface DirectParts {
  clock: Clock;
  log: Log;
  events: EventLog<WatchEvent>;
  kit: () => EmergencyKit | undefined;
  rules: DirectRules;
  timeScale: number;
}

/** So long an outage may wait for the database before the watcher alarms by itself. */
const patienceMs = 10_000;
const tries = 3;
const pauseMs = 2000;
const sendMs = 15_000;

interface Waiting {
  seen: SeenOutage;
  sent: SentBefore[];
}

/**
 * Alarms while the database is away: what waits too long in the log of events is sent by the same rule as always, each
 * message on disk before it leaves, so that one who is killed over it does not send it twice.
 */
export class DirectAlarm {
  #parts: DirectParts;
  #isAtWork = false;
  #saidNoKit = false;

  constructor(parts: DirectParts) {
    this.#parts = parts;
  }

  /** Sends what is to be sent now; call it about once a second. Never rejects. */
  async carryOn(): Promise<void> {
    if (this.#isAtWork) return;
    this.#isAtWork = true;
    try {
      await this.#look();
    } catch (error) {
      this.#parts.log.error({ err: error }, 'alarming without the database failed');
    } finally {
      this.#isAtWork = false;
    }
  }

  async #look(): Promise<void> {
    const { clock, kit: kitOf, rules, log } = this.#parts;
    const now = clock.now().getTime();
    const waiting = this.#waiting(now);
    if (waiting.length === 0) return;
    const kit = kitOf();
    if (!kit || kit.providers.length === 0) {
      if (!this.#saidNoKit)
        log.error({ outages: waiting.length }, 'the database is away, and nobody can be alarmed: no kit');
      this.#saidNoKit = true;
      return;
    }
    const guards = guardsAt(kit, now);
    const policy = this.#policy(kit);
    // What is to go to one guard at one moment is one message, also of thirty sites.
    const wanted = new Map<string, { next: { guard: string; step: number; provider: number }; outages: Waiting[] }>();
    for (const outage of waiting) {
      const next = rules.next(now, { guards, providers: kit.providers.length, sent: outage.sent }, policy);
      if (!next) continue;
      const key = `${next.guard} ${next.step} ${next.provider}`;
      const together = wanted.get(key) ?? { next, outages: [] };
      together.outages.push(outage);
      wanted.set(key, together);
    }
    for (const { next, outages } of wanted.values()) await this.#send(kit, next, outages);
  }

  /** Outages that the database should have had by now, that go on, and that are not our own work. */
  #waiting(now: number): Waiting[] {
    const pending = this.#parts.events.pending().map(([, event]) => event);
    const over = new Set(pending.flatMap((event) => (event.type === 'resolved' ? [event.targetId] : [])));
    const states = new Map(
      pending.flatMap((event) => (event.type === 'sent' ? [[event.message.id, event.state]] : [])),
    );
    return pending.flatMap((event) => {
      if (event.type !== 'opened') return [];
      // A look at a slow site lasts as long as the patience: only the wait for the database counts.
      const { seen, toldAt = event.at } = event;
      if (now - toldAt < patienceMs / this.#parts.timeScale) return [];
      if (over.has(seen.targetId) || (seen.quietUntil ?? 0) > now) return [];
      const sent = pending.flatMap((one): SentBefore[] => {
        if (one.type !== 'sending' || one.seen.targetId !== seen.targetId) return [];
        const { guardId: guard, step, provider, at, id } = one.message;
        const state = states.get(id) === 'failed' ? 'failed' : 'accepted';
        return [{ guard, step, means: 'sms', provider, at, state }];
      });
      return [{ seen, sent }];
    });
  }

  /** Nobody can acknowledge while the database is away: everybody is asked once and no more. */
  #policy({ policy }: EmergencyKit): EmergencyKit['policy'] {
    const { timeScale } = this.#parts;
    const { receiptMs, callMs, nextMs } = policy;
    return { receiptMs: receiptMs / timeScale, callMs: callMs / timeScale, nextMs: nextMs / timeScale, rounds: 1 };
  }

  async #send(
    kit: EmergencyKit,
    next: { guard: string; step: number; provider: number },
    outages: readonly Waiting[],
  ): Promise<void> {
    const { events, rules, clock, log } = this.#parts;
    const guard = kit.guards.find((one) => one.id === next.guard);
    const provider = kit.providers[next.provider];
    const lead = outages[0];
    if (!guard || !provider || !lead) return;
    const at = clock.now().getTime();
    const code = this.#codeOf(kit, guard.id, lead.seen.targetId);
    const { url, cause, detail, firstFailureAt: since } = lead.seen;
    const others = outages.length - 1;
    const { language, phone } = guard;
    const text = rules.text({ url, cause, detail, since, others, code, language, timeZone: kit.timeZone });
    const id = newId();
    // On record for each of the outages: whoever goes on with them later knows that he was asked.
    const messages = outages.map(({ seen }, i) => {
      const message: DirectMessage = {
        id: i === 0 ? id : `${id}-${i}`,
        guardId: guard.id,
        guardName: guard.name,
        recipient: phone,
        means: 'sms',
        providerId: provider.id,
        text,
        step: next.step,
        attempt: next.provider,
        provider: next.provider,
        shortCode: i === 0 ? code : null,
        at,
      };
      return { message, seen };
    });
    await Promise.all(messages.map((each) => events.append({ type: 'sending', ...each, at })));
    log.warn({ outages: outages.length, guard: guard.id }, 'the database is away: alarming without it');
    const outcome = await this.#deliver(rules.openSender(provider), phone, text, id);
    const done = clock.now().getTime();
    await Promise.all(
      messages.map(({ message, seen }) => events.append({ type: 'sent', at: done, seen, message, ...outcome })),
    );
  }

  async #deliver(
    sender: Sender,
    to: string,
    text: string,
    reference: string,
  ): Promise<{ state: 'accepted' | 'failed' | 'unknown'; providerRef: string | null }> {
    const { clock, log, timeScale } = this.#parts;
    try {
      for (let attempt = 1; ; attempt++) {
        try {
          const { providerRef } = await sender.send(
            { to, text, reference, urgency: 'high' },
            AbortSignal.timeout(sendMs),
          );
          return { state: 'accepted', providerRef };
        } catch (error) {
          const isAgain = error instanceof SendError && error.retryable && attempt < tries;
          if (!isAgain) {
            log.error({ err: error }, 'an alarm without the database did not go');
            const mayHaveGone = error instanceof SendError && error.mayHaveGone;
            return { state: mayHaveGone ? 'unknown' : 'failed', providerRef: null };
          }
          await clock.sleep(pauseMs / timeScale);
        }
      }
    } finally {
      await sender.close().catch(() => {});
    }
  }

  /** The number that this outage has on this phone already, by whichever path; else the lowest that is free there. */
  #codeOf(kit: EmergencyKit, guardId: string, targetId: string): number {
    const used = new Set(kit.usedCodes[guardId] ?? []);
    for (const [, event] of this.#parts.events.pending()) {
      if (event.type !== 'sending' || event.message.guardId !== guardId || event.message.shortCode === null) continue;
      if (event.seen.targetId === targetId) return event.message.shortCode;
      used.add(event.message.shortCode);
    }
    let code = 1;
    while (used.has(code)) code += 1;
    return code;
  }
}

/** After the kit's end those of its last stretch: a guard whose week is over is better than nobody. */
function guardsAt(kit: EmergencyKit, now: number): readonly string[] {
  const here = kit.spans.find((span) => Date.parse(span.from) <= now && now < Date.parse(span.to));
  return (here ?? kit.spans.at(-1))?.guards ?? [];
}
