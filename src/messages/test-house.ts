// For the integration tests of messages: a house with incidents and guards, and what they wait for.
import { openTestPlatform, type TestPlatform } from '../platform/test-platform.ts';
import type { Actor } from '../identity/index.ts';
import { systemActor } from '../identity/index.ts';
import { saveProvider } from './change-providers.ts';
import type { MessageRow, MessageState, NewMessage } from './message.ts';
import { findMessage } from './store.ts';
import { openDesk } from './sending/send-due.ts';
import { openSenderPool } from './sending/sender-pool.ts';

export const admin: Actor = systemActor('test');
export const guardPhone = '+31612345678';

/** A platform with an incident `i1` and a guard `g1`. */
export async function openHouse(environment: Record<string, string> = {}): Promise<TestPlatform> {
  const platform = await openTestPlatform({ environment });
  await platform.connection.pool.query(`
    insert into guards (id, name, phone, created_at) values ('g1', 'Jan', '${guardPhone}', now());
    insert into incidents (id, kind, urgency, subject, first_failure_at, confirmed_at, opened_at)
    values ('i1', 'outage', 'high', 'target:t1', now(), now(), now())`);
  return platform;
}

export interface GatewayAccess {
  url: string;
  accountSid: string;
  authToken: string;
  number: string;
}

/** Adds a provider that speaks to this gateway; gives its id. */
export async function addTwilio(
  platform: TestPlatform,
  gateway: GatewayAccess,
  name: string,
  kind: 'twilio' | 'twilio-voice' = 'twilio',
): Promise<string> {
  const { url, accountSid, authToken, number: from } = gateway;
  const added = await saveProvider(platform, admin, {
    kind,
    name,
    enabled: true,
    canaryTo: null,
    config: { url, accountSid, from },
    secrets: { authToken },
  });
  return added.id;
}

let count = 0;

/** A message about `i1` to `g1`, each at a step of its own. */
export function newMessage(platform: TestPlatform, providerId: string, more: Partial<NewMessage> = {}): NewMessage {
  count++;
  return {
    id: `m-${count}`,
    purpose: 'alarm',
    means: 'sms',
    incidentId: 'i1',
    guardId: 'g1',
    recipient: guardPhone,
    content: { text: `STORING bakkerij.nl 500 sinds 14:32. 7A=ik pak het (${count})` },
    step: count,
    attempt: 0,
    shortCode: 7,
    providerId,
    at: platform.clock.now(),
    ...more,
  };
}

/** Looks again and again until it is so. */
export async function until<T>(look: () => T | Promise<T>, withinMs = 30_000): Promise<NonNullable<T>> {
  const limit = performance.now() + withinMs;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== null && found !== false && found !== 0) return found;
    if (performance.now() > limit) throw new Error('it did not come');
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}

export async function stateOf(platform: TestPlatform, id: string): Promise<MessageRow> {
  const row = await findMessage(platform.db, id);
  if (row === undefined) throw new Error(`no message ${id}`);
  return row;
}

export function untilState(
  platform: TestPlatform,
  id: string,
  state: MessageState,
  withinMs?: number,
): Promise<MessageRow> {
  return until(async () => {
    const row = await stateOf(platform, id);
    return row.state === state ? row : undefined;
  }, withinMs);
}

/** A desk that looks all the time, as the loop does. */
export function startDesk(platform: TestPlatform, by = 'desk'): { stop(): Promise<void> } {
  const end = new AbortController();
  const pool = openSenderPool(platform);
  const desk = openDesk(platform, pool, by, end.signal);
  const looking = (async () => {
    while (!end.signal.aborted) {
      // As the loop does when the database is away: later again.
      await desk.look().catch(() => {});
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  })();
  return {
    stop: async () => {
      end.abort();
      await looking;
      await desk.idle();
      await pool.close();
    },
  };
}
