// Who carries messages: what is set, what is kept, who may, what never leaves; and a test message to a real gateway.
import { SMTPServer } from 'smtp-server';
import type net from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startSmsGateway, type SmsGateway } from '../../e2e/harness/sms-gateway.ts';
import type { Actor } from '../identity/index.ts';
import { openTestPlatform, type TestPlatform } from '../platform/test-platform.ts';
import { removeProvider, reorderProviders, saveProvider } from './change-providers.ts';
import type { ProviderInput } from './contract.ts';
import { listProviders, openProviders, queueMessage } from './index.ts';
import { showHealth } from './show-health.ts';
import { showMessages } from './show-messages.ts';
import { showProviders } from './show-providers.ts';
import { admin, newMessage, stateOf } from './test-house.ts';
import { tryProvider } from './try-provider.ts';

let platform: TestPlatform;
let gateway: SmsGateway;
const token = 'auth-token-never-shown';

beforeAll(async () => {
  platform = await openTestPlatform();
  gateway = await startSmsGateway();
});
beforeEach(() =>
  platform.connection.pool.query(
    "delete from messages; delete from message_providers where kind <> 'smtp'; truncate audit",
  ),
);
afterAll(async () => {
  await gateway.stop();
  await platform.close();
});

type TwilioInput = Extract<ProviderInput, { kind: 'twilio' }>;
const twilio = (more: Partial<TwilioInput> = {}): TwilioInput => ({
  kind: 'twilio',
  name: 'Twilio',
  enabled: true,
  canaryTo: null,
  config: { url: 'https://api.twilio.com', accountSid: 'AC0123456789', from: '+31970000001' },
  secrets: { authToken: token },
  ...more,
});
const audited = async () =>
  (
    await platform.connection.pool.query<{ action: string; subject: string; details: Record<string, unknown> }>(
      'select action, subject, details from audit order by id',
    )
  ).rows;

describe('a provider', () => {
  test('is added, changed and taken away; the trail says what, and its secret is nowhere', async () => {
    const added = await saveProvider(platform, admin, twilio());
    expect(added).toMatchObject({ kind: 'twilio', means: 'sms', position: 0, secrets: ['authToken'], canary: null });
    expect(added.hooks).toMatchObject([{ for: 'inbound' }]);
    const changed = await saveProvider(platform, admin, {
      ...twilio({ name: 'Twee' }),
      id: added.id,
      secrets: undefined,
    });
    expect(changed).toMatchObject({ id: added.id, name: 'Twee', secrets: ['authToken'] });
    const [open] = await openProviders(platform, 'sms');
    expect(open).toMatchObject({ id: added.id, secrets: { authToken: token } });
    const trail = await audited();
    expect(trail.map((row) => row.action)).toEqual(['message-provider-added', 'message-provider-changed']);
    expect(trail.map((row) => row.details['secretsChanged'])).toEqual([['authToken'], []]);
    const kept = await platform.connection.pool.query('select * from message_providers, audit');
    const seen = JSON.stringify([added, changed, await showProviders(platform), kept.rows, trail]);
    expect(seen).not.toContain(token);
    expect(seen).not.toContain(Buffer.from(token).toString('hex'));
    await removeProvider(platform, admin, 'Twee');
    expect((await showProviders(platform)).map((one) => one.kind)).toEqual(['smtp']);
    expect((await audited()).at(-1)).toMatchObject({ action: 'message-provider-removed', details: { name: 'Twee' } });
    await expect(removeProvider(platform, admin, 'Twee')).rejects.toMatchObject({ code: 'message-provider-not-found' });
  });

  test('a kept secret goes to no other address, account or less safe line', async () => {
    const { id } = await saveProvider(platform, admin, twilio());
    for (const config of [
      { url: 'https://evil.example', accountSid: 'AC0123456789', from: '+31970000001' },
      { url: 'https://api.twilio.com', accountSid: 'AC9999999999', from: '+31970000001' },
    ]) {
      const moved = { ...twilio({ config }), id, secrets: undefined };
      await expect(saveProvider(platform, admin, moved)).rejects.toMatchObject({
        code: 'message-provider-secret-needed',
      });
    }
    const anew = { ...twilio(), id, config: { url: 'https://eu.example', accountSid: 'AC1', from: '+31970000001' } };
    expect((await saveProvider(platform, admin, anew)).config).toMatchObject({ url: 'https://eu.example' });
  });

  test('needs its secret, a name of its own, and keeps its kind', async () => {
    await expect(saveProvider(platform, admin, twilio({ secrets: undefined }))).rejects.toMatchObject({
      code: 'message-provider-secret-needed',
    });
    const { id } = await saveProvider(platform, admin, twilio());
    await expect(saveProvider(platform, admin, twilio({ name: 'tWILIO' }))).rejects.toMatchObject({
      code: 'message-provider-exists',
    });
    const other: ProviderInput = {
      ...twilio(),
      kind: 'webhook',
      id,
      config: { url: 'https://x.example' },
      secrets: { key: 'k' },
    };
    await expect(saveProvider(platform, admin, other)).rejects.toMatchObject({ code: 'message-provider-kind-fixed' });
    await expect(removeProvider(platform, admin, 'house-mail')).rejects.toMatchObject({
      code: 'message-provider-stays',
    });
  });

  test('is put in order by all names of its means, or not at all', async () => {
    const one = await saveProvider(platform, admin, twilio({ name: 'Een' }));
    const two = await saveProvider(platform, admin, twilio({ name: 'Twee' }));
    await reorderProviders(platform, admin, { means: 'sms', providers: [two.id, one.id] });
    expect((await listProviders(platform.db, 'sms')).map((each) => each.name)).toEqual(['Twee', 'Een']);
    for (const providers of [[one.id], [one.id, one.id], [one.id, two.id, 'x']]) {
      await expect(reorderProviders(platform, admin, { means: 'sms', providers })).rejects.toMatchObject({
        code: 'message-provider-order-stale',
      });
    }
    await saveProvider(platform, admin, {
      ...twilio({ name: 'Twee', enabled: false }),
      id: two.id,
      secrets: undefined,
    });
    expect((await listProviders(platform.db, 'sms')).map((each) => each.name)).toEqual(['Een']);
    expect((await showProviders(platform, 'sms')).map((each) => each.name)).toEqual(['Twee', 'Een']);
  });

  test.each(['own', 'read', 'operate'] as const)('is not touched by who may only %s', async (scope) => {
    const { id } = await saveProvider(platform, admin, twilio());
    const actor: Actor = { name: 'token:weak', scope, kind: 'token' };
    const refused = { code: 'not-allowed' };
    await expect(saveProvider(platform, actor, twilio({ name: 'X' }))).rejects.toMatchObject(refused);
    await expect(removeProvider(platform, actor, id)).rejects.toMatchObject(refused);
    await expect(reorderProviders(platform, actor, { means: 'sms', providers: [id] })).rejects.toMatchObject(refused);
    const to = { provider: id, to: '+31612345678', language: 'nl' as const };
    await expect(tryProvider(platform, actor, to)).rejects.toMatchObject(refused);
    expect((await audited()).map((row) => row.action)).toEqual(['message-provider-added']);
  });
});

describe('a test message', () => {
  const add = async (authToken = gateway.authToken, name = 'Twilio') => {
    const { url, accountSid, number: from } = gateway;
    return saveProvider(platform, admin, twilio({ name, config: { url, accountSid, from }, secrets: { authToken } }));
  };

  test('goes out now, stands on record, and tells what the provider said', async () => {
    const { id } = await add();
    const told = await tryProvider(platform, admin, { provider: id, to: '+31612345678', language: 'en' });
    expect(told).toMatchObject({ ok: true, state: 'accepted', problem: null });
    expect(gateway.sent.at(-1)?.text).toContain('this is a test message');
    expect(await stateOf(platform, told.message)).toMatchObject({ purpose: 'test', state: 'accepted', tries: 1 });
    expect((await showProviders(platform, 'sms'))[0]).toMatchObject({ lastTrouble: null });
    expect((await audited()).at(-1)).toMatchObject({
      action: 'message-provider-tested',
      details: { to: '+31612345678' },
    });
  });

  test('that is refused says why in both languages, in the words of the provider, without the secret', async () => {
    const { id } = await add();
    const told = await tryProvider(platform, admin, { provider: id, to: '0612', language: 'nl' });
    expect(told).toMatchObject({ ok: false, state: 'failed', problem: { code: 'wrong-recipient' } });
    expect(told.said).toContain('21211');
    expect(told.problem?.says.nl).toContain('weigert dit nummer');
    const wrong = await add('fout-geheim', 'W');
    const refused = await tryProvider(platform, admin, { provider: wrong.id, to: '+31612345678', language: 'nl' });
    expect(refused).toMatchObject({ ok: false, problem: { code: 'wrong-credentials' } });
    expect(JSON.stringify([refused, await showMessages(platform.db, { limit: 9 })])).not.toContain('fout-geheim');
    expect((await showProviders(platform, 'sms')).at(-1)?.lastTrouble).toMatchObject({ code: 'wrong-credentials' });
  });
});

describe('what people see', () => {
  test('without any provider no SMS can be sent, and it says so in both languages; mail is there when the house has it', async () => {
    expect(await showHealth(platform)).toMatchObject({
      state: 'broken',
      canSendSms: false,
      canMail: false,
      says: { nl: 'Er kan geen sms worden verstuurd: er is geen aanbieder ingesteld.' },
    });
    expect(await openProviders(platform)).toEqual([]);
    await saveProvider(platform, admin, twilio({ canaryTo: '+31612340000' }));
    expect(await showHealth(platform)).toMatchObject({ state: 'doubtful', canSendSms: true, paths: 1 });
  });

  test("mail goes over the house's mail server, whatever that is at the moment", async () => {
    const mails: string[] = [];
    const server = new SMTPServer({
      logger: false,
      disableReverseLookup: true,
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      onData: (stream, _session, callback) => {
        let mail = '';
        stream.on('data', (chunk: Buffer) => (mail += chunk.toString()));
        stream.on('end', () => {
          mails.push(mail);
          callback(null, 'OK');
        });
      },
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.server.address() as net.AddressInfo;
    const house = await openTestPlatform({
      environment: {
        NACHTWACHT_SMTP_HOST: '127.0.0.1',
        NACHTWACHT_SMTP_PORT: String(port),
        NACHTWACHT_SMTP_SECURITY: 'none',
        NACHTWACHT_MAIL_FROM: 'night@agency.example',
      },
    });
    try {
      expect((await openProviders(house, 'email')).map((one) => one.id)).toEqual(['house-mail']);
      const to = { provider: 'house-mail', to: 'jan@agency.example', language: 'nl' as const };
      expect(await tryProvider(house, admin, to)).toMatchObject({ ok: true, state: 'accepted' });
      expect(mails[0]).toContain('Subject: Proefbericht van Nachtwacht');
      expect((await showHealth(house)).canMail).toBe(true);
    } finally {
      await house.close();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    }
  });

  test('the link by which a guard takes an incident is not among the messages that one may read', async () => {
    const { id } = await saveProvider(platform, admin, twilio());
    const text = 'STORING x.nl. 7A=ik pak het https://nw.example/g/geheime-link_123';
    await queueMessage(platform.db, newMessage(platform, id, { incidentId: null, guardId: null, content: { text } }));
    const [shown] = await showMessages(platform.db, { limit: 10 });
    expect(shown?.text).toBe('STORING x.nl. 7A=ik pak het https://nw.example/g/…');
  });
});
