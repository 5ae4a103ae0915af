import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { acknowledgeIncident, findIncident, openOutage, outageId, resolveOutage } from '../incidents/index.ts';
import { listMessages, takeInbound, type MessageRow } from '../messages/index.ts';
import { systemActor, type Actor } from '../identity/index.ts';
import { TestClock } from '../platform/clock.ts';
import { openTestPlatform, type TestPlatform } from '../platform/test-platform.ts';
import { addSite } from '../sites/index.ts';
import { addCustomer } from '../customers/index.ts';
import { saveGuard, removeGuard } from './change-guards.ts';
import { changePolicy } from './change-policy.ts';
import { addOverrides, saveRota } from './change-rotas.ts';
import { dispatchAlarms } from './dispatch-alarms.ts';
import { findPolicy } from './store.ts';
import { takeReplies } from './take-replies.ts';

// From an outage to a guard who takes it, on a real database; the gateway's word is written into the outbox as the sender does.

const start = '2026-11-24T01:00:00Z';
const actor: Actor = systemActor('test');
let platform: TestPlatform;
let clock: TestClock;
let noor: string;
let sam: string;
let target: string;
let count = 0;

beforeAll(async () => {
  clock = new TestClock(start);
  platform = await openTestPlatform({ clock, environment: { NACHTWACHT_URL: 'https://wacht.example' } });
  const customer = await addCustomer(platform, actor, { name: 'Bakkerij De Wit' });
  const site = await addSite(platform, actor, { url: 'https://bakkerij.example', customer: customer.id });
  target = site.id;
  const guard = { email: null, pushUrl: null, canBeCalled: true, userId: null } as const;
  noor = await saveGuard(platform, actor, { ...guard, name: 'Noor', phone: '+31611111111', language: 'nl' });
  sam = await saveGuard(platform, actor, { ...guard, name: 'Sam', phone: '+31622222222', language: 'en' });
  await saveRota(platform, actor, rota('Eerste lijn', [noor]));
  await saveRota(platform, actor, rota('Tweede lijn', [sam]));
  for (const [position, id] of ['first', 'second'].entries()) await addProvider(id, 'sms', 'twilio', position);
});
afterAll(() => platform.close());

function rota(name: string, turns: string[]) {
  return {
    name,
    timeZone: 'Europe/Amsterdam',
    every: 'week',
    handover: '09:00',
    firstTurn: '2026-01-02',
    turns,
  } as const;
}

async function addProvider(id: string, means: string, kind: string, position: number): Promise<void> {
  await platform.connection.pool.query(
    `insert into message_providers (id, kind, means, name, position, config, created_at) values ($1, $2, $3, $1, $4, '{}', $5)`,
    [id, kind, means, position, clock.now()],
  );
}

/** A new outage; gives its id. */
async function goOut(): Promise<string> {
  clock.advance(60_000);
  const at = clock.now();
  const firstFailureAt = new Date(at.getTime() - 34_000);
  await platform.db.transaction().execute((trx) =>
    openOutage(trx, {
      targetId: target,
      siteId: target,
      firstFailureAt,
      confirmedAt: at,
      cause: 'status',
      detail: '500',
      reason: { code: 'confirmed-elsewhere' },
      address: '192.0.2.7',
      watcher: 'w1',
      inMaintenance: false,
      at,
    }),
  );
  return outageId(target, firstFailureAt);
}

async function comeBack(): Promise<void> {
  const at = clock.now();
  await platform.db.transaction().execute((trx) => resolveOutage(trx, { targetId: target, fixedAt: at, at }));
}

/** Lets time go by as the loop would see it, a second at a time. */
async function pass(seconds: number): Promise<void> {
  for (let i = 0; i < seconds; i += 1) {
    clock.advance(1000);
    await dispatchAlarms(platform);
  }
}

/** What the sender writes. */
async function gateway(message: MessageRow, state: 'accepted' | 'delivered' | 'failed' | 'unknown'): Promise<void> {
  await platform.connection.pool.query(
    `update messages set state = $2, accepted_at = case when $2 in ('accepted', 'delivered') then $3::timestamptz end,
       delivered_at = case when $2 = 'delivered' then $3::timestamptz end, failed_at = case when $2 = 'failed' then $3::timestamptz end
     where id = $1`,
    [message.id, state, clock.now()],
  );
}

async function asked(incidentId: string): Promise<MessageRow[]> {
  return (await listMessages(platform.db, { incidentId })).filter((one) => one.purpose === 'alarm');
}

const told = (rows: readonly MessageRow[]): string[] =>
  rows.map((one) => `${one.guard_id === noor ? 'noor' : 'sam'} ${one.means} ${one.provider_id} ${one.step}`);

/** What a phone sends; gives what the house did with it. */
async function say(sender: string, text: string, ref = `r${(count += 1)}`): Promise<string | null> {
  // So that the newest answer is the newest.
  clock.advance(1000);
  await takeInbound(platform.db, 'first', { providerRef: ref, sender, text }, clock.now());
  await takeReplies(platform);
  const { rows } = await platform.connection.pool.query<{ outcome: string | null }>(
    'select outcome from inbound_messages where provider_ref = $1',
    [ref],
  );
  return rows[0]?.outcome ?? null;
}

const answers = async (): Promise<string[]> =>
  (await listMessages(platform.db, { purpose: 'reply' })).map((one) => one.content.text);

beforeEach(async () => {
  await comeBack();
  await pass(1);
  // An hour later nothing of the last outage is left on anybody's phone.
  clock.advance(3_600_000);
  await dispatchAlarms(platform);
});

describe('asking', () => {
  test('the first SMS goes at once to who is on duty: one segment, with the code, the link and the time on the wall', async () => {
    const id = await goOut();
    await dispatchAlarms(platform);
    await dispatchAlarms(platform);
    const [sms, ...more] = await asked(id);
    expect(more).toEqual([]);
    expect(sms).toMatchObject({ guard_id: noor, recipient: '+31611111111', provider_id: 'first', short_code: 1 });
    expect(sms?.content.text).toMatch(
      /^STORING bakkerij\.example 500 sinds \d\d:\d\d\. 1A=ik pak het 1D=klaar https:\/\/wacht\.example\/g\/[0-9A-Za-z]{22}$/,
    );
    expect(sms?.content.text.length).toBeLessThanOrEqual(160);
  });

  test('a failure, and a missing receipt, bring the second path with the same code, within 60 s', async () => {
    const id = await goOut();
    await dispatchAlarms(platform);
    await gateway((await asked(id))[0]!, 'failed');
    await pass(1);
    expect(told(await asked(id))).toEqual(['noor sms first 0', 'noor sms second 0']);
    expect((await asked(id)).map((one) => one.short_code)).toEqual([1, 1]);
    await comeBack();

    const silent = await goOut();
    await dispatchAlarms(platform);
    await gateway((await asked(silent))[0]!, 'accepted');
    await pass(53);
    expect(await asked(silent)).toHaveLength(1);
    await pass(3);
    const both = await asked(silent);
    expect(told(both)).toEqual(['noor sms first 0', 'noor sms second 0']);
    expect(both[1]!.created_at.getTime() - both[0]!.created_at.getTime()).toBeLessThanOrEqual(60_000);
    expect(both[1]!.short_code).toBe(both[0]!.short_code);
  });

  test('nobody answers: the next guard after five minutes, round and round, and then it is given up with a line', async () => {
    const id = await goOut();
    await dispatchAlarms(platform);
    await gateway((await asked(id))[0]!, 'delivered');
    await pass(299);
    expect(told(await asked(id))).toEqual(['noor sms first 0']);
    await pass(2);
    expect(told(await asked(id))).toEqual(['noor sms first 0', 'sam sms first 1']);
    expect((await asked(id))[1]?.content.text).toMatch(/^OUTAGE /);
    for (let i = 0; i < 40; i += 1) {
      clock.advance(60_000);
      await dispatchAlarms(platform);
    }
    const steps = new Set((await asked(id)).map((one) => one.step));
    expect([...steps]).toEqual([0, 1, 2, 3, 4, 5]);
    expect((await findIncident(platform.db, id))?.given_up_at).not.toBeNull();
  });

  test('a call comes after three minutes when somebody can call', async () => {
    await addProvider('voice', 'call', 'twilio-voice', 0);
    const id = await goOut();
    await dispatchAlarms(platform);
    await gateway((await asked(id))[0]!, 'delivered');
    await pass(182);
    expect(told(await asked(id))).toEqual(['noor sms first 0', 'noor call voice 0']);
    await platform.connection.pool.query(`update message_providers set enabled = false where id = 'voice'`);
  });

  test('whoever takes it ends the asking; when it is over, who was asked hears so once', async () => {
    const id = await goOut();
    await dispatchAlarms(platform);
    await gateway((await asked(id))[0]!, 'delivered');
    await acknowledgeIncident(platform.db, { name: `guard:${noor}` }, id, clock.now());
    await pass(400);
    expect(await asked(id)).toHaveLength(1);
    clock.advance(300_000);
    await comeBack();
    await pass(3);
    const updates = (await listMessages(platform.db, { incidentId: id })).filter((one) => one.purpose === 'update');
    expect(updates.map((one) => one.content.text)).toEqual([
      expect.stringMatching(/^bakkerij\.example weer bereikbaar na 1\d min\./),
    ]);
  });

  test('a replacement is asked instead, and who is a guard no more is not asked', async () => {
    const [first] = await rotasOf();
    const from = clock.now();
    await addOverrides(platform, actor, [
      { rota: first!, guard: sam, from, to: new Date(from.getTime() + 7_200_000), note: '' },
    ]);
    const id = await goOut();
    await dispatchAlarms(platform);
    expect(told(await asked(id))).toEqual(['sam sms first 0']);
    await platform.connection.pool.query('delete from rota_overrides');
  });
});

async function rotasOf(): Promise<string[]> {
  const { rows } = await platform.connection.pool.query<{ id: string }>('select id from rotas order by position');
  return rows.map((row) => row.id);
}

describe('replies', () => {
  test.each(['1a', '1A', '1 a', 'a1', 'A 1', ' 1A. ', '1 ja', 'ok 1', 'ok', 'a', 'Ja!', '1ok'])(
    '%j takes it, once',
    async (text) => {
      const id = await goOut();
      await dispatchAlarms(platform);
      expect(await say('+31611111111', text)).toBe('taken');
      expect(await findIncident(platform.db, id)).toMatchObject({ acknowledged_by: `guard:${noor}` });
      expect((await answers())[0]).toMatch(/^bakkerij\.example is van jou\. 1D=klaar$/);
    },
  );

  test('the number may be written as gateways write it', async () => {
    await goOut();
    await dispatchAlarms(platform);
    expect(await say('0031 6 1111 1111', '1a')).toBe('taken');
  });

  test('unknown numbers, forged and repeated: nothing happens and nothing is answered', async () => {
    const id = await goOut();
    await dispatchAlarms(platform);
    const before = (await answers()).length;
    expect(await say('+31699999999', '1a')).toBe('unknown-number');
    expect(await say('NOOR', '1a')).toBe('unknown-number');
    expect((await findIncident(platform.db, id))?.acknowledged_at).toBeNull();
    expect((await answers()).length).toBe(before);
    expect(await say('+31611111111', '1a', 'same')).toBe('taken');
    await say('+31611111111', '1a', 'same');
    expect((await answers()).length).toBe(before + 1);
  });

  test('a second guard is told who has it and since when', async () => {
    const id = await goOut();
    await dispatchAlarms(platform);
    await pass(301);
    expect(await say('+31611111111', '1a')).toBe('taken');
    expect(await say('+31622222222', '1a')).toBe('too-late');
    expect((await answers())[0]).toMatch(/^Already taken by Noor at \d\d:\d\d\.$/);
    expect(await findIncident(platform.db, id)).toMatchObject({ acknowledged_by: `guard:${noor}` });
  });

  test('done, stop and nonsense are answered; stop silences nobody', async () => {
    const id = await goOut();
    await dispatchAlarms(platform);
    expect(await say('+31611111111', 'stop')).toBe('stop');
    expect((await answers())[0]).toMatch(/^Je hebt dienst/);
    expect(await say('+31611111111', 'hoezo')).toBe('unclear');
    expect(await say('+31611111111', '7a')).toBe('no-such-code');
    expect(await say('+31611111111', '1d')).toBe('said-done');
    expect((await findIncident(platform.db, id))?.resolved_at).toBeNull();
    await pass(301);
    expect(told(await asked(id)).at(-1)).toBe('sam sms first 1');
  });
});

describe('who may', () => {
  const guardActor: Actor = { name: 'person:guard@noord.example', scope: 'operate', kind: 'person' };
  const reader: Actor = { name: 'token:reader', scope: 'read', kind: 'token' };

  test('a guard makes no guards, rotas or policies; a reader takes nothing over', async () => {
    const refused = { code: 'not-allowed' };
    const guard = {
      name: 'X',
      phone: null,
      email: null,
      pushUrl: null,
      canBeCalled: true,
      language: 'nl',
      userId: null,
    } as const;
    await expect(saveGuard(platform, guardActor, guard)).rejects.toMatchObject(refused);
    await expect(removeGuard(platform, guardActor, noor)).rejects.toMatchObject(refused);
    await expect(saveRota(platform, guardActor, rota('X', []))).rejects.toMatchObject(refused);
    await expect(changePolicy(platform, guardActor, await findPolicy(platform.db))).rejects.toMatchObject(refused);
    await expect(addOverrides(platform, reader, [])).rejects.toMatchObject(refused);
  });

  test('a policy that cannot keep five minutes, a number twice and an end before its beginning are refused', async () => {
    const policy = await findPolicy(platform.db);
    await expect(changePolicy(platform, actor, { ...policy, nextMs: 900_000 })).rejects.toMatchObject({
      code: 'policy-too-slow',
    });
    const double = { email: null, pushUrl: null, canBeCalled: true, userId: null, language: 'nl', name: 'Y' } as const;
    await expect(saveGuard(platform, actor, { ...double, phone: '+31611111111' })).rejects.toMatchObject({
      code: 'phone-taken',
    });
    const [first] = await rotasOf();
    const at = clock.now();
    await expect(
      addOverrides(platform, actor, [{ rota: first!, guard: sam, from: at, to: at, note: '' }]),
    ).rejects.toMatchObject({ code: 'override-turned' });
  });
});
