// Every sender against a real server of its kind, by one suite; then what is particular to each.
import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type net from 'node:net';
import { SMTPServer } from 'smtp-server';
import twilio from 'twilio';
import { afterEach, describe, expect, test } from 'vitest';
import { makeCertificateFor } from '../../e2e/harness/certificates.ts';
import { startGammu } from '../../e2e/harness/gammu.ts';
import { startSmppCenter } from '../../e2e/harness/smpp-center.ts';
import { startSmsGateway } from '../../e2e/harness/sms-gateway.ts';
import { openSender, type Incoming, type Receipt } from './index.ts';
import { closedPort, senderSuite, type SenderRig } from './sender-suite.ts';
import { isSignedByTwilio, twilioSignature } from './sms/twilio/signature.ts';

const guard = '+31612345678';
const nobody = '+15005550001';
const signal = (): AbortSignal => AbortSignal.timeout(20_000);

senderSuite('Twilio', async () => {
  const gateway = await startSmsGateway();
  const nowhere = `http://127.0.0.1:${await closedPort()}`;
  const { accountSid, authToken, number: from } = gateway;
  return {
    open: () => openSender('twilio', { url: gateway.url, accountSid, from }, { authToken }),
    openNowhere: () => openSender('twilio', { url: nowhere, accountSid, from }, { authToken }),
    secrets: [authToken],
    to: guard,
    refused: nobody,
    state: 'accepted',
    set: (mode) => {
      gateway.mode = mode;
    },
    got: () => gateway.sent.map((sms) => sms.text),
    stop: () => gateway.stop(),
  };
});

senderSuite('a call', async () => {
  const gateway = await startSmsGateway();
  const nowhere = `http://127.0.0.1:${await closedPort()}`;
  const { accountSid, authToken, number: from } = gateway;
  return {
    open: () => openSender('twilio-voice', { url: gateway.url, accountSid, from }, { authToken }),
    openNowhere: () => openSender('twilio-voice', { url: nowhere, accountSid, from }, { authToken }),
    secrets: [authToken],
    to: guard,
    refused: nobody,
    state: 'accepted',
    set: (mode) => {
      gateway.mode = mode;
    },
    got: () => gateway.calls.map((call) => call.twiml),
    stop: () => gateway.stop(),
  };
});

senderSuite('SMPP', async () => {
  const center = await startSmppCenter();
  const port = await closedPort();
  const { host, systemId, password } = center;
  const config = { host, systemId, from: '+31970000002' };
  return {
    open: () => openSender('smpp', { ...config, port: center.port }, { password }),
    openNowhere: () => openSender('smpp', { ...config, port }, { password }),
    secrets: [password],
    to: guard,
    refused: nobody,
    state: 'accepted',
    set: (mode) => {
      center.mode = mode === 'broken' ? 'lost' : mode;
    },
    got: () => center.sent.map((sms) => sms.text),
    stop: () => center.stop(),
  };
});

senderSuite('a modem (gammu-smsd, dummy phone)', async () => {
  const phone = await startGammu();
  return {
    open: () => openSender('gammu', phone.config, {}),
    openNowhere: () => openSender('gammu', { ...phone.config, outbox: `${phone.config.outbox}-gone` }, {}),
    secrets: [],
    to: guard,
    // The dummy phone refuses nobody: we do.
    refused: '0612',
    state: 'accepted',
    set: (mode) => (mode === 'deliver' ? phone.thaw() : phone.freeze()),
    cannot: ['busy', 'broken'],
    got: async () => (await phone.sent()).map((sms) => sms.text),
    stop: () => phone.stop(),
  };
});

interface Taken {
  path: string;
  headers: IncomingMessage['headers'];
  body: string;
}

/** A server that takes what is posted to it. */
async function startTaker() {
  const taken: Taken[] = [];
  const behaves = { mode: 'deliver' };
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString()));
    request.on('end', () => {
      const { mode } = behaves;
      if (mode === 'hang') return undefined;
      if (mode === 'busy') return response.writeHead(503).end('later');
      if (body.includes(nobody)) return response.writeHead(422).end('no such number');
      taken.push({ path: request.url ?? '', headers: request.headers, body });
      if (mode === 'broken') return response.destroy();
      return response.writeHead(200, { 'content-type': 'application/json' }).end('{"id":"n1","status":"ok"}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as net.AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    taken,
    behaves,
    stop: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function httpRig(
  taker: Awaited<ReturnType<typeof startTaker>>,
  given: Omit<SenderRig, 'set' | 'got' | 'stop' | 'cannot'>,
): SenderRig {
  return {
    ...given,
    set: (mode) => {
      taker.behaves.mode = mode;
    },
    got: () => taker.taken.map((one) => decodeURIComponent(one.body.replaceAll('+', '%20').replaceAll('%"', '"'))),
    stop: () => taker.stop(),
  };
}

senderSuite('push (ntfy)', async () => {
  const taker = await startTaker();
  const nowhere = `http://127.0.0.1:${await closedPort()}`;
  return httpRig(taker, {
    open: () => openSender('ntfy', { url: taker.url }, { token: 'tk_geheim' }),
    openNowhere: () => openSender('ntfy', { url: nowhere }, { token: 'tk_geheim' }),
    secrets: ['tk_geheim'],
    to: 'wacht-jan',
    refused: 'https://elsewhere.example/wacht-jan',
    state: 'accepted',
  });
});

senderSuite('a web hook', async () => {
  const taker = await startTaker();
  const nowhere = `http://127.0.0.1:${await closedPort()}`;
  const rig = httpRig(taker, {
    open: () => openSender('webhook', { url: `${taker.url}/in` }, { key: 'sleutel-1' }),
    openNowhere: () => openSender('webhook', { url: nowhere }, { key: 'sleutel-1' }),
    secrets: ['sleutel-1'],
    to: 'desk',
    refused: nobody,
    refusal: 'refused',
    state: 'delivered',
  });
  return rig;
});

senderSuite('any gateway with an HTTP address', async () => {
  const taker = await startTaker();
  const nowhere = `http://127.0.0.1:${await closedPort()}`;
  const config = {
    headers: { authorization: 'Key {secret}' },
    body: '{"recipient":"{to}","message":"{text}","ref":"{reference}"}',
    success: '"status":"ok"',
    reference: '"id":"(\\w+)"',
  };
  return httpRig(taker, {
    open: () => openSender('http-sms', { url: `${taker.url}/send`, ...config }, { secret: 'sleutel-2' }),
    openNowhere: () => openSender('http-sms', { url: nowhere, ...config }, { secret: 'sleutel-2' }),
    secrets: ['sleutel-2'],
    to: guard,
    refused: nobody,
    refusal: 'refused',
    state: 'accepted',
  });
});

senderSuite('mail', async () => {
  const mails: string[] = [];
  const sockets = new Set<net.Socket>();
  let mode = 'deliver';
  const server = new SMTPServer({
    logger: false,
    disableReverseLookup: true,
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    onAuth: (auth, _session, callback) => {
      if (auth.password === 'mail-geheim') callback(null, { user: 'night' });
      else callback(new Error('Invalid login'));
    },
    onMailFrom: (_address, _session, callback) => {
      if (mode === 'busy') callback(Object.assign(new Error('try later'), { responseCode: 451 }));
      else callback();
    },
    onData: (stream, _session, callback) => {
      let mail = '';
      stream.on('data', (chunk: Buffer) => (mail += chunk.toString()));
      stream.on('end', () => {
        if (mode === 'hang') return;
        mails.push(mail);
        if (mode === 'broken') {
          for (const socket of sockets) socket.destroy();
        } else callback(null, 'OK: queued');
      });
    },
  });
  server.on('error', () => {});
  server.server.on('connection', (socket: net.Socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as net.AddressInfo;
  const closed = await closedPort();
  const opened = (at: number) =>
    openSender(
      'smtp',
      {},
      {
        server: JSON.stringify({
          host: '127.0.0.1',
          port: at,
          security: 'none',
          user: 'night',
          password: 'mail-geheim',
          from: 'night@agency.example',
        }),
        sender: 'Bureau Nacht',
      },
    );
  return {
    open: () => opened(port),
    openNowhere: () => opened(closed),
    secrets: ['mail-geheim'],
    to: 'jan@agency.example',
    refused: 'jan, piet',
    state: 'accepted',
    set: (wanted) => {
      mode = wanted;
    },
    // Long lines are folded in a mail.
    got: () => mails.map((mail) => mail.replaceAll('=\r\n', '').replaceAll('=3D', '=')),
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
});

const undo: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const each of undo.splice(0).toReversed()) await each();
});

async function until<T>(look: () => T | Promise<T>, withinMs = 20_000): Promise<NonNullable<T>> {
  const limit = performance.now() + withinMs;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (performance.now() > limit) throw new Error('it did not come');
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}

describe("Twilio's signature", () => {
  test.each([
    ['http://localhost:4100/hooks/sms/p1/status?ref=a%20b', { MessageSid: 'SM1', MessageStatus: 'sent' }],
    ['https://nacht.example/hooks/sms/p1/inbound', { Body: 'ik pak 7 ☎ & 100%', From: '+316', To: '', Z: '1', a: '2' }],
  ])('is the one that the twilio package makes: %s', (url, fields) => {
    const form = new URLSearchParams(fields);
    const theirs = twilio.getExpectedTwilioSignature('geheim', url, fields);
    expect(twilioSignature('geheim', url, form)).toBe(theirs);
    expect(isSignedByTwilio('geheim', { signature: theirs, url, form })).toBe(true);
    expect(twilio.validateRequest('geheim', twilioSignature('geheim', url, form), url, fields)).toBe(true);
    for (const signature of [undefined, '', 'x', theirs.toLowerCase(), `${theirs}=`])
      expect(isSignedByTwilio('geheim', { signature, url, form })).toBe(false);
    expect(isSignedByTwilio('ander', { signature: theirs, url, form })).toBe(false);
    expect(isSignedByTwilio('geheim', { signature: theirs, url: `${url}x`, form })).toBe(false);
  });
});

describe('Twilio', () => {
  test('gets our address for receipts with our reference, and a wrong token is no passing trouble', async () => {
    const gateway = await startSmsGateway();
    undo.push(() => gateway.stop());
    const { url, accountSid, authToken, number: from } = gateway;
    const callbackUrl = `${url}/hooks/sms/p1/status?ref=m-1`;
    const sender = openSender('twilio', { url, accountSid, from }, { authToken });
    const sent = await sender.send({ to: guard, text: 'proef', reference: 'm-1', callbackUrl }, signal());
    expect(gateway.sent[0]).toMatchObject({ to: guard, from, text: 'proef', callback: callbackUrl });
    expect(sent.providerRef).toBe(gateway.sent[0]?.sid);
    const wrong = openSender('twilio', { url, accountSid, from }, { authToken: 'niet-deze' });
    await expect(wrong.send({ to: guard, text: 'proef', reference: 'm-2' }, signal())).rejects.toMatchObject({
      trouble: 'wrong-credentials',
      retryable: false,
    });
  });

  test('reads a call out in Dutch or English, leaves the link out, and takes a key', async () => {
    const gateway = await startSmsGateway();
    undo.push(() => gateway.stop());
    const { url, accountSid, authToken, number: from } = gateway;
    const sender = openSender('twilio-voice', { url, accountSid, from }, { authToken });
    const callbackUrl = `${url}/hooks/voice/p2/status?ref=m-3`;
    const text = 'STORING A&B <500> https://nw.example/g/secret';
    await sender.send({ to: guard, text, reference: 'm-3', callbackUrl, language: 'en' }, signal());
    const [call] = gateway.calls;
    expect(call?.twiml).toContain('<Say language="en-GB">STORING A&amp;B &lt;500&gt;</Say>');
    expect(call?.twiml).toContain('Press 1');
    expect(call?.twiml).not.toContain('secret');
    expect(call?.twiml).toContain(`action="${callbackUrl.replace('status', 'gather')}"`);
  });
});

describe('SMPP', () => {
  async function startReceiving() {
    const center = await startSmppCenter();
    const { host, port, systemId, password } = center;
    const sender = openSender('smpp', { host, port, systemId, from: 'Nachtwacht' }, { password });
    undo.push(
      () => center.stop(),
      () => sender.close(),
    );
    const receipts: Receipt[] = [];
    const replies: Incoming[] = [];
    const behaves = { stores: true };
    sender.receive?.({
      receipt: async (receipt) => {
        receipts.push(receipt);
      },
      incoming: async (message) => {
        if (!behaves.stores) throw new Error('the database is away');
        replies.push(message);
      },
    });
    await until(() => center.bound.size === 1);
    return { center, sender, receipts, replies, behaves };
  }

  test('asks for a receipt, in the default alphabet, and knows its message by either spelling of the id', async () => {
    const { center, sender, receipts } = await startReceiving();
    const text = 'STORING [bakkerij] 5 EUR ~ {7A}';
    const sent = await sender.send({ to: guard, text, reference: 'm-1' }, signal());
    expect(center.sent[0]).toMatchObject({ to: guard, from: 'Nachtwacht', text, dataCoding: 0, registeredDelivery: 1 });
    const receipt = await until(() => receipts[0]);
    expect(receipt.state).toBe('delivered');
    expect(receipt.providerRefs).toContain(sent.providerRef);
  });

  test('a reply is told once it is stored, and the centre keeps it while it is not', async () => {
    const { center, replies, behaves } = await startReceiving();
    behaves.stores = false;
    expect(await center.reply({ from: guard, text: '7a' })).toBe(0x64);
    behaves.stores = true;
    expect(await center.reply({ from: guard, text: '7a' })).toBe(0);
    expect(await center.reply({ from: guard, text: '7a' })).toBe(0);
    expect(replies.map(({ sender, text }) => ({ sender, text }))).toEqual([
      { sender: guard, text: '7a' },
      { sender: guard, text: '7a' },
    ]);
    // The same told again has the same name, so that it is stored once.
    expect(replies[0]?.providerRef).toBe(replies[1]?.providerRef);
  });

  test('binds itself again after the centre hung up, without anybody sending', async () => {
    const { center, replies } = await startReceiving();
    center.hangUp();
    await until(() => center.binds >= 2 && center.bound.size === 1);
    expect(await center.reply({ from: guard, text: 'a' })).toBe(0);
    expect(replies).toHaveLength(1);
  });

  test('a sender for one message takes no replies away', async () => {
    const { center, replies, sender } = await startReceiving();
    const { host, port, systemId, password } = center;
    const other = openSender('smpp', { host, port, systemId, from: 'Nachtwacht' }, { password });
    await other.send({ to: guard, text: 'proef', reference: 'm-9' }, signal());
    expect(center.bound.size).toBe(2);
    expect(await center.reply({ from: guard, text: '3d' })).toBe(0);
    expect(replies).toHaveLength(1);
    await other.close();
    await until(() => center.bound.size === 1);
    await sender.send({ to: guard, text: 'proef', reference: 'm-10' }, signal());
  });

  test('a line that a firewall forgot costs one message, not all that follow', async () => {
    const { center, sender } = await startReceiving();
    center.mode = 'dead';
    const message = { to: guard, text: 'proef', reference: 'm-20' };
    await expect(sender.send(message, AbortSignal.timeout(500))).rejects.toMatchObject({ mayHaveGone: true });
    await until(() => center.binds >= 2);
    center.mode = 'deliver';
    await sender.send({ ...message, reference: 'm-21' }, signal());
    expect(center.sent).toHaveLength(1);
  });

  test('a wrong password is no passing trouble', async () => {
    const center = await startSmppCenter();
    undo.push(() => center.stop());
    const { host, port, systemId } = center;
    const sender = openSender('smpp', { host, port, systemId, from: 'X' }, { password: 'verkeerd' });
    undo.push(() => sender.close());
    await expect(sender.send({ to: guard, text: 'x', reference: 'm' }, signal())).rejects.toMatchObject({
      trouble: 'wrong-credentials',
      retryable: false,
    });
  });
});

describe('over TLS', () => {
  const tls = (expired: boolean) => makeCertificateFor(['127.0.0.1'], { expired });

  test('a message goes to who has a valid certificate, and to nobody else', async () => {
    const [good, bad] = [
      await startSmsGateway('deliver', await tls(false)),
      await startSmsGateway('deliver', await tls(true)),
    ];
    undo.push(
      () => good.stop(),
      () => bad.stop(),
    );
    const to = ({ url, accountSid, authToken, number }: typeof good) =>
      openSender('twilio', { url, accountSid, from: number }, { authToken });
    await to(good).send({ to: guard, text: 'proef', reference: 'm' }, signal());
    expect(good.sent).toHaveLength(1);
    await expect(to(bad).send({ to: guard, text: 'proef', reference: 'm' }, signal())).rejects.toMatchObject({
      trouble: 'certificate',
      retryable: false,
      mayHaveGone: false,
    });
    expect(bad.requests).toEqual([]);
  });

  test('SMPP binds itself to who has a valid certificate, and to nobody else', async () => {
    const [good, bad] = [
      await startSmppCenter('deliver', await tls(false)),
      await startSmppCenter('deliver', await tls(true)),
    ];
    undo.push(
      () => good.stop(),
      () => bad.stop(),
    );
    const to = ({ host, port, systemId, password }: typeof good) => {
      const sender = openSender('smpp', { host, port, systemId, from: 'Nachtwacht', tls: true }, { password });
      undo.push(() => sender.close());
      return sender;
    };
    await to(good).send({ to: guard, text: 'proef', reference: 'm' }, signal());
    expect(good.sent).toHaveLength(1);
    await expect(to(bad).send({ to: guard, text: 'proef', reference: 'm' }, signal())).rejects.toMatchObject({
      trouble: 'certificate',
      mayHaveGone: false,
    });
    expect(bad.binds).toBe(0);
  });
});

describe('a modem', () => {
  test('gives replies and delivery reports, each once, and a message that was not taken is taken back', async () => {
    const phone = await startGammu();
    const sender = openSender('gammu', phone.config, {});
    undo.push(
      () => phone.stop(),
      () => sender.close(),
    );
    const receipts: Receipt[] = [];
    const replies: Incoming[] = [];
    sender.receive?.({
      receipt: async (receipt) => void receipts.push(receipt),
      incoming: async (message) => void replies.push(message),
    });
    const sent = await sender.send({ to: guard, text: 'STORING bakkerij.nl', reference: 'm-1' }, signal());
    expect(await phone.sent()).toMatchObject([{ name: sent.providerRef, to: guard, text: 'STORING bakkerij.nl' }]);
    await phone.receive({ from: guard, text: '1a' });
    await phone.report(guard, 'Delivered');
    await until(() => replies.length > 0 && receipts.length > 0, 60_000);
    expect(replies).toMatchObject([{ sender: guard, text: '1a' }]);
    expect(receipts).toMatchObject([{ recipient: guard, state: 'delivered' }]);
    phone.freeze();
    await expect(
      sender.send({ to: guard, text: 'te laat', reference: 'm-2' }, AbortSignal.timeout(1500)),
    ).rejects.toMatchObject({ mayHaveGone: true });
    phone.thaw();
    await sender.send({ to: guard, text: 'op tijd', reference: 'm-3' }, signal());
    expect((await phone.sent()).map((sms) => sms.text)).toEqual(['STORING bakkerij.nl', 'op tijd']);
  });
});

describe('over HTTP', () => {
  test('a web hook is signed over time and body', async () => {
    const taker = await startTaker();
    undo.push(() => taker.stop());
    const sender = openSender('webhook', { url: `${taker.url}/in` }, { key: 'sleutel-1' });
    await sender.send({ to: 'desk', text: 'proef', reference: 'm-1', link: 'https://nw.example/x' }, signal());
    const { headers, body } = taker.taken[0] as Taken;
    const timestamp = String(headers['x-nachtwacht-timestamp']);
    expect(Math.abs(Number(timestamp) - Date.now() / 1000)).toBeLessThan(60);
    expect(headers['x-nachtwacht-signature']).toBe(
      `v1=${createHmac('sha256', 'sleutel-1').update(`${timestamp}.${body}`).digest('hex')}`,
    );
    expect(JSON.parse(body)).toMatchObject({ id: 'm-1', to: 'desk', text: 'proef', link: 'https://nw.example/x' });
  });

  test('push carries title, priority and what a tap opens, with a token or a password', async () => {
    const taker = await startTaker();
    undo.push(() => taker.stop());
    const message = {
      to: `${taker.url}/wacht`,
      text: 'proef',
      subject: 'Storing',
      link: 'https://nw.example/g',
      reference: 'm',
    };
    await openSender('ntfy', { url: taker.url }, { token: 'tk_1' }).send(message, signal());
    await openSender('ntfy', { url: taker.url, user: 'jan' }, { token: 'pw' }).send(
      { ...message, urgency: 'low' },
      signal(),
    );
    expect(taker.taken.map((one) => one.headers.authorization)).toEqual([
      'Bearer tk_1',
      `Basic ${Buffer.from('jan:pw').toString('base64')}`,
    ]);
    expect(taker.taken.map((one) => JSON.parse(one.body) as object)).toMatchObject([
      { topic: 'wacht', title: 'Storing', message: 'proef', priority: 5, click: 'https://nw.example/g' },
      { topic: 'wacht', priority: 3 },
    ]);
  });

  test('a template cannot be broken out of, and an answer that is no success is a refusal', async () => {
    const taker = await startTaker();
    undo.push(() => taker.stop());
    const config = {
      url: `${taker.url}/send?to={to}&text={text}&key={secret}`,
      headers: { 'x-key': '{secret}' },
      body: '{"t":"{text}"}',
      reference: '"id":"(\\w+)"',
    };
    const text = 'a"&b=c\n{secret}';
    const sender = openSender('http-sms', config, { secret: 's3' });
    expect(await sender.send({ to: guard, text, reference: 'm' }, signal())).toEqual({
      providerRef: 'n1',
      state: 'accepted',
    });
    const [one] = taker.taken;
    expect(new URL(`http://x${one?.path ?? ''}`).searchParams.get('text')).toBe(text);
    expect(new URL(`http://x${one?.path ?? ''}`).searchParams.get('key')).toBe('s3');
    expect(JSON.parse(one?.body ?? '')).toEqual({ t: text });
    expect(one?.headers['x-key']).toBe('s3');
    const strict = openSender('http-sms', { ...config, success: 'SENT' }, { secret: 's3' });
    await expect(strict.send({ to: guard, text, reference: 'm' }, signal())).rejects.toMatchObject({
      trouble: 'refused',
    });
  });
});
