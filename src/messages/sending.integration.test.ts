// Messages on their way: real PostgreSQL, real gateways that take, refuse, hang and lie.
import { createServer } from 'node:http';
import type net from 'node:net';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startGammu } from '../../e2e/harness/gammu.ts';
import { startSmppCenter } from '../../e2e/harness/smpp-center.ts';
import { startSmsGateway, type SmsGateway } from '../../e2e/harness/sms-gateway.ts';
import { createApi } from '../api.ts';
import { authenticate } from '../identity/index.ts';
import { createApp, startHttp, type HttpServer } from '../platform/http/server.ts';
import type { TestPlatform } from '../platform/test-platform.ts';
import { removeProvider, saveProvider } from './change-providers.ts';
import { answerHooks } from './hooks/answer-hooks.ts';
import { listProviders, listUnhandled, markHandled, queueMessage, recordSentElsewhere, takeInbound } from './index.ts';
import {
  addTwilio,
  admin,
  guardPhone,
  newMessage,
  openHouse,
  startDesk,
  stateOf,
  until,
  untilState,
} from './test-house.ts';

let platform: TestPlatform;
let http: HttpServer;
let gateway: SmsGateway;
let first: string;
const undo: (() => Promise<void>)[] = [];

beforeAll(async () => {
  const port = await freePort();
  platform = await openHouse({
    NACHTWACHT_PORT: String(port),
    NACHTWACHT_URL: `http://127.0.0.1:${port}`,
    // Retries, time-outs and the end of trying are four times as quick: 5 s for 20 s.
    NACHTWACHT_TEST_TIME_SCALE: '4',
  });
  const app = createApp(platform, {
    api: createApi(platform),
    authenticate: (secret) => authenticate(platform, secret),
    parts: [answerHooks(platform)],
  });
  http = await startHttp(platform, app);
  gateway = await startSmsGateway();
  first = await addTwilio(platform, gateway, 'Eerste');
});
afterEach(async () => {
  for (const each of undo.splice(0).toReversed()) await each();
  gateway.mode = 'deliver';
});
afterAll(async () => {
  await gateway.stop();
  await http.stop(1000);
  await platform.close();
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as net.AddressInfo;
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return port;
}

function desk(): void {
  const running = startDesk(platform);
  undo.push(() => running.stop());
}

async function secondGateway(name: string): Promise<{ other: SmsGateway; id: string }> {
  const other = await startSmsGateway();
  const id = await addTwilio(platform, other, name);
  undo.push(async () => {
    await removeProvider(platform, admin, id);
    await other.stop();
  });
  return { other, id };
}

describe('the outbox', () => {
  test('holds a message once: by its id, and once for each person, step, means and attempt of an incident', async () => {
    const message = newMessage(platform, first);
    expect(await queueMessage(platform.db, message)).toBe(true);
    expect(await queueMessage(platform.db, message)).toBe(false);
    expect(await queueMessage(platform.db, { ...message, id: `${message.id}-b` })).toBe(false);
    expect(await queueMessage(platform.db, { ...message, id: `${message.id}-c`, attempt: 1 })).toBe(true);
    await platform.connection.pool.query("delete from messages where state = 'queued'");
  });

  test('what is rolled back was never queued', async () => {
    const message = newMessage(platform, first);
    await platform.db
      .transaction()
      .execute(async (trx) => {
        await queueMessage(trx, message);
        throw new Error('back');
      })
      .catch(() => {});
    await expect(stateOf(platform, message.id)).rejects.toThrow('no message');
  });

  test('what was sent while the core was away stands on record once', async () => {
    const sent = {
      ...newMessage(platform, first),
      state: 'accepted' as const,
      sentBy: 'watcher-1',
      providerRef: 'SMx',
    };
    await recordSentElsewhere(platform.db, sent);
    await recordSentElsewhere(platform.db, sent);
    expect(await stateOf(platform, sent.id)).toMatchObject({ state: 'accepted', sent_by: 'watcher-1', tries: 1 });
  });
});

describe('a message', () => {
  test('is accepted, then delivered, and whoever watches the incident hears of each', async () => {
    const heard: string[] = [];
    const client = new Client({ connectionString: platform.databaseUrl });
    await client.connect();
    undo.push(() => client.end());
    client.on('notification', (told) => heard.push(`${told.channel} ${told.payload}`));
    await client.query('listen incident_changed');
    desk();
    const message = newMessage(platform, first);
    await queueMessage(platform.db, message);
    const row = await untilState(platform, message.id, 'delivered');
    const sms = gateway.sent.find((one) => one.text === message.content.text);
    expect(row).toMatchObject({ provider_ref: sms?.sid, tries: 1, error: null });
    expect(row.accepted_at).not.toBeNull();
    expect(row.delivered_at).not.toBeNull();
    await until(() => heard.filter((one) => one === 'incident_changed i1').length >= 3);
  });

  test('is tried again while the gateway is busy, fails in time for the second path, and never twice', async () => {
    desk();
    gateway.mode = 'busy';
    const message = newMessage(platform, first);
    const before = gateway.requests.length;
    const began = performance.now();
    await queueMessage(platform.db, message);
    const row = await untilState(platform, message.id, 'failed');
    // 20 s at most, four times as quick, and what a loaded machine takes.
    expect(performance.now() - began).toBeLessThan(15_000);
    expect(row.tries).toBeGreaterThanOrEqual(3);
    expect(row.error).toMatch(/^busy: 503/);
    expect(gateway.requests.length - before).toBe(row.tries);
  });

  test('goes out when the gateway comes back in time', async () => {
    desk();
    gateway.mode = 'busy';
    const message = newMessage(platform, first);
    await queueMessage(platform.db, message);
    await until(async () => (await stateOf(platform, message.id)).tries >= 2);
    gateway.mode = 'deliver';
    await untilState(platform, message.id, 'delivered');
    expect(gateway.sent.filter((one) => one.text === message.content.text)).toHaveLength(1);
  });

  test('is unknown when the gateway hangs, is not sent again, and delays nobody else', async () => {
    const { id: second } = await secondGateway('Tweede');
    desk();
    gateway.mode = 'hang';
    const hanging = Array.from({ length: 12 }, () => newMessage(platform, first));
    const before = gateway.requests.length;
    for (const message of hanging) await queueMessage(platform.db, message);
    await until(() => gateway.requests.length > before);
    const other = newMessage(platform, second);
    await queueMessage(platform.db, other);
    await untilState(platform, other.id, 'delivered');
    // Which of them hang first is nobody's business; those that do are still at it.
    const states = await Promise.all(hanging.map(async ({ id }) => (await stateOf(platform, id)).state));
    expect(states).toContain('sending');
    expect(states).not.toContain('unknown');
    for (const message of hanging) {
      const row = await untilState(platform, message.id, 'unknown', 60_000);
      expect(row.tries).toBe(1);
    }
    expect(gateway.requests.length - before).toBe(hanging.length);
  });

  test('that the gateway took without a word counts once its receipt comes, by our own reference', async () => {
    desk();
    gateway.mode = 'broken';
    const message = newMessage(platform, first);
    await queueMessage(platform.db, message);
    const row = await untilState(platform, message.id, 'delivered');
    const sms = await gateway.waitForSms((one) => one.text === message.content.text);
    expect(row.provider_ref).toBe(sms.sid);
    expect(gateway.sent.filter((one) => one.text === message.content.text)).toHaveLength(1);
  });

  test('stays accepted when no receipt comes, fails by a receipt that says so, and a later delivery is the truth', async () => {
    desk();
    gateway.mode = 'silent';
    const message = newMessage(platform, first);
    await queueMessage(platform.db, message);
    await untilState(platform, message.id, 'accepted');
    const sms = await gateway.waitForSms((one) => one.text === message.content.text);
    expect(await gateway.tell(sms, 'undelivered')).toEqual({ status: 204, body: '' });
    expect(await stateOf(platform, message.id)).toMatchObject({ state: 'failed', error: 'refused' });
    await gateway.tell(sms, 'sent');
    expect((await stateOf(platform, message.id)).state).toBe('failed');
    await gateway.tell(sms, 'delivered');
    const row = await stateOf(platform, message.id);
    expect(row).toMatchObject({ state: 'delivered', error: null });
    for (const again of ['delivered', 'failed', 'sent']) await gateway.tell(sms, again);
    expect(await stateOf(platform, message.id)).toEqual(row);
  });

  test('is not sent by a provider that was taken away, nor hours too late', async () => {
    const { id } = await secondGateway('Weg');
    await removeProvider(platform, admin, id);
    undo.pop();
    const gone = newMessage(platform, id);
    const late = newMessage(platform, first, { at: new Date(Date.now() - 3_600_000) });
    await queueMessage(platform.db, gone);
    await queueMessage(platform.db, late);
    desk();
    expect(await untilState(platform, gone.id, 'failed')).toMatchObject({ error: 'not-configured' });
    expect(await untilState(platform, late.id, 'failed')).toMatchObject({ error: 'timeout', tries: 0 });
    expect(gateway.sent.some((one) => one.text === late.content.text)).toBe(false);
  });

  test('what a gateway answered is noted when the database is back', async () => {
    desk();
    gateway.mode = 'slow';
    gateway.slowMs = 1000;
    const message = newMessage(platform, first);
    const before = gateway.requests.length;
    await queueMessage(platform.db, message);
    await until(() => gateway.requests.length > before);
    // Noting fails meanwhile, and so do looks and receipts.
    await platform.connection.pool.query('alter table messages rename to messages_away');
    await gateway.waitForSms((one) => one.text === message.content.text);
    // Both of its receipts, 'sent' and 'delivered', come in vain.
    const inVain = () => gateway.callbacks.filter((one) => one.url.endsWith(message.id) && one.status === 500);
    await until(() => inVain().length === 2);
    await platform.connection.pool.query('alter table messages_away rename to messages');
    await untilState(platform, message.id, 'accepted');
    expect(gateway.requests.length - before).toBe(1);
  }, 60_000);
});

describe('replies and pressed keys', () => {
  test('a reply is stored once and handled by one', async () => {
    const hook = `${http.url}/hooks/sms/${first}/inbound`;
    const sid = `SM${'a'.repeat(32)}`;
    expect(await gateway.reply(hook, { from: guardPhone, text: '7a', sid })).toEqual({ status: 204, body: '' });
    expect(await gateway.reply(hook, { from: guardPhone, text: '7a', sid })).toEqual({ status: 204, body: '' });
    const waiting = await listUnhandled(platform.db);
    expect(waiting).toMatchObject([{ sender: guardPhone, text: '7a', provider_id: first, provider_ref: sid }]);
    const [row] = waiting;
    const done = { outcome: 'taken', at: new Date() };
    expect(await markHandled(platform.db, row?.id ?? '', done)).toBe(true);
    expect(await markHandled(platform.db, row?.id ?? '', done)).toBe(false);
    expect(await listUnhandled(platform.db)).toEqual([]);
  });

  test('a pressed 1 is the reply with the code of the call, once, and another key is none', async () => {
    const call = await addTwilio(platform, gateway, 'Bellen', 'twilio-voice');
    undo.push(() => removeProvider(platform, admin, call));
    desk();
    const message = newMessage(platform, call, {
      means: 'call',
      shortCode: 12,
      content: { text: 'STORING', language: 'nl' },
    });
    await queueMessage(platform.db, message);
    await untilState(platform, message.id, 'delivered');
    const made = await until(() => gateway.calls.at(-1));
    expect(await gateway.press(made, '5')).toMatchObject({ status: 204, body: '' });
    expect(await listUnhandled(platform.db)).toEqual([]);
    const answered = await gateway.press(made, '1');
    expect(answered.status).toBe(200);
    expect(answered.body).toContain('Genoteerd');
    await gateway.press(made, '1');
    const waiting = await listUnhandled(platform.db);
    expect(waiting).toMatchObject([{ sender: guardPhone, text: '12a', provider_id: call }]);
    for (const { id } of waiting) await markHandled(platform.db, id, { outcome: 'test', at: new Date() });
  });

  test('our own test message that comes back is its receipt, and no reply', async () => {
    gateway.mode = 'silent';
    desk();
    const message = newMessage(platform, first, { id: 'canary-abc123', incidentId: null, purpose: 'canary' });
    await queueMessage(platform.db, message);
    await untilState(platform, message.id, 'accepted');
    const said = {
      providerRef: 'x1',
      sender: gateway.number,
      text: 'Dagelijkse test. nachtwacht canary canary-abc123',
    };
    await takeInbound(platform.db, first, said, new Date());
    expect((await stateOf(platform, message.id)).state).toBe('delivered');
    expect(await listUnhandled(platform.db)).toEqual([]);
  });
});

describe('a web hook', () => {
  const snapshot = async (): Promise<unknown> =>
    (
      await platform.connection.pool.query(
        'select json_agg(m order by id) as messages, (select json_agg(i order by id) from inbound_messages i) as inbound from messages m',
      )
    ).rows;

  test('answers nothing to whoever has not signed with the secret of this provider, and nothing happens', async () => {
    const { other, id: second } = await secondGateway('Ander');
    gateway.mode = 'silent';
    desk();
    const message = newMessage(platform, first);
    await queueMessage(platform.db, message);
    await untilState(platform, message.id, 'accepted');
    const sms = await gateway.waitForSms((one) => one.text === message.content.text);
    const before = await snapshot();
    const status = { MessageSid: sms.sid, MessageStatus: 'delivered', AccountSid: gateway.accountSid };
    const inbound = { MessageSid: 'SMf', From: guardPhone, To: gateway.number, Body: '7a' };
    const callback = sms.callback ?? '';
    const hook = (id: string, what: string): string => `${http.url}/hooks/sms/${id}/${what}`;
    const forged = [
      await gateway.post(callback, status, { token: 'geraden' }),
      await gateway.post(callback, status, { signature: '' }),
      await gateway.post(callback, status, { signature: 'AAAAAAAAAAAAAAAAAAAAAAAAAAA=' }),
      // Signed rightly by another provider of ours, for a message that is not his.
      await other.post(callback, status),
      await other.post(hook(first, 'inbound'), inbound),
      await gateway.post(hook(first, 'inbound'), inbound, { token: 'geraden' }),
      await gateway.post(hook('house-mail', 'inbound'), inbound),
      await gateway.post(hook('nobody', 'inbound'), inbound),
      await gateway.post(hook('Eerste', 'inbound'), inbound),
      await gateway.post(`${http.url}/hooks/voice/${first}/gather?ref=${message.id}`, { CallSid: 'CA1', Digits: '1' }),
    ];
    expect(forged).toEqual(forged.map(() => ({ status: 403, body: '' })));
    // A right signature for another message of another provider moves only what is his own.
    expect(await other.post(`${hook(second, 'status')}?ref=${message.id}`, status)).toEqual({ status: 204, body: '' });
    expect(await snapshot()).toEqual(before);
    const large = await gateway.post(hook(first, 'inbound'), { ...inbound, Body: 'x'.repeat(40_000) });
    expect(large).toEqual({ status: 413, body: '' });
    expect((await fetch(hook(first, 'inbound'))).status).toBe(404);
    const metrics = await platform.metrics.registry.metrics();
    expect(metrics).toMatch(/nachtwacht_message_hooks_total\{hook="sms-inbound",outcome="forged"\} [1-9]/);
  });

  test('looks nothing up any more for an address that forges, and still takes what is signed', async () => {
    const hook = `${http.url}/hooks/sms/${first}/inbound`;
    const fields = { MessageSid: 'SMf', From: guardPhone, Body: '7a' };
    const statuses = new Set<number>();
    // A minute may end in between.
    for (let tried = 0; tried < 70 && !statuses.has(429); tried++)
      statuses.add((await gateway.post(hook, fields, { token: 'geraden' })).status);
    expect([...statuses]).toEqual([403, 429]);
    expect(await platform.metrics.registry.metrics()).toContain('outcome="limited"');
    // Both may come by the same proxy.
    expect((await gateway.reply(hook, { from: guardPhone, text: '9a' })).status).toBe(204);
    const waiting = await listUnhandled(platform.db);
    expect(waiting).toMatchObject([{ text: '9a' }]);
    for (const { id } of waiting) await markHandled(platform.db, id, { outcome: 'test', at: new Date() });
  });
});

describe('other paths', () => {
  test('SMPP: accepted, delivered by its receipt, and a reply is stored', async () => {
    const center = await startSmppCenter();
    const { host, port, systemId, password } = center;
    const { id } = await saveProvider(platform, admin, {
      kind: 'smpp',
      name: 'SMPP',
      enabled: true,
      canaryTo: null,
      config: { host, port, systemId, from: '+31970000002', tls: false, systemType: '', window: 10 },
      secrets: { password },
    });
    undo.push(
      () => center.stop(),
      () => removeProvider(platform, admin, id),
    );
    desk();
    const message = newMessage(platform, id);
    await queueMessage(platform.db, message);
    await untilState(platform, message.id, 'delivered');
    await until(() => center.bound.size === 1);
    expect(await center.reply({ from: guardPhone, text: '7 ok' })).toBe(0);
    const waiting = await until(async () => (await listUnhandled(platform.db))[0]);
    expect(waiting).toMatchObject({ provider_id: id, sender: guardPhone, text: '7 ok' });
    await markHandled(platform.db, waiting.id, { outcome: 'test', at: new Date() });
    // The desk stops before the centre does, and leaves its line.
  });

  test('a modem: accepted, delivered by the report for its number, and a reply is stored', async () => {
    const phone = await startGammu();
    const { id } = await saveProvider(platform, admin, {
      kind: 'gammu',
      name: 'Modem',
      enabled: true,
      canaryTo: null,
      config: phone.config,
    });
    undo.push(
      () => phone.stop(),
      () => removeProvider(platform, admin, id),
    );
    // Real time: the modem is not four times as quick.
    desk();
    const message = newMessage(platform, id);
    await queueMessage(platform.db, message);
    await untilState(platform, message.id, 'accepted', 60_000);
    await phone.report(guardPhone, 'Delivered');
    await phone.receive({ from: guardPhone, text: '7a' });
    await untilState(platform, message.id, 'delivered', 60_000);
    const waiting = await until(async () => (await listUnhandled(platform.db))[0], 60_000);
    expect(waiting).toMatchObject({ provider_id: id, sender: guardPhone, text: '7a' });
    await markHandled(platform.db, waiting.id, { outcome: 'test', at: new Date() });
  });

  test('one whose daily test failed is asked after those that work', async () => {
    const { id: second } = await secondGateway('Reserve');
    expect((await listProviders(platform.db, 'sms')).map((one) => one.id)).toEqual([first, second]);
    await platform.connection.pool.query("update message_providers set canary_state = 'failing' where id = $1", [
      first,
    ]);
    expect((await listProviders(platform.db, 'sms')).map((one) => one.id)).toEqual([second, first]);
    await platform.connection.pool.query('update message_providers set canary_state = null where id = $1', [first]);
  });
});
