import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import https from 'node:https';
import type net from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import twilio from 'twilio';

/**
 * deliver: takes it and tells 'delivered'; busy: 503; hang: never answers; silent: takes it and never delivers; slow:
 * answers after `slowMs`, then delivers; undelivered: takes it and tells 'undelivered'; broken: reads the message, delivers
 * it, and hangs up without an answer.
 */
export type GatewayMode = 'deliver' | 'busy' | 'hang' | 'silent' | 'slow' | 'undelivered' | 'broken';

export interface GatewaySms {
  sid: string;
  to: string;
  from: string;
  text: string;
  callback: string | undefined;
  /** When it was taken, `performance.now()`. */
  at: number;
}

export interface GatewayCall {
  sid: string;
  to: string;
  twiml: string;
  callback: string | undefined;
  at: number;
}

export interface SmsGateway {
  readonly url: string;
  readonly accountSid: string;
  readonly authToken: string;
  /** Number of the agency at this gateway. */
  readonly number: string;
  mode: GatewayMode;
  slowMs: number;
  /** Messages it took, also those whose sender never heard of it. */
  readonly sent: GatewaySms[];
  readonly calls: GatewayCall[];
  /** Every request for a message, taken or not. */
  readonly requests: { at: number; to: string }[];
  /** What our web hooks answered to callbacks, in order. */
  readonly callbacks: { url: string; status: number; body: string }[];
  /** The first message that fits, or the one to come; throws after `withinMs`. */
  waitForSms(fits: (sms: GatewaySms) => boolean, withinMs?: number): Promise<GatewaySms>;
  /** A phone answers: posts to the inbound web hook, signed as Twilio does. The same `sid` again is a replay. */
  reply(hook: string, message: { from: string; text: string; sid?: string }): Promise<{ status: number; body: string }>;
  /** Tells a status of a message (`sent`, `delivered`, ...) by its callback. */
  tell(sms: GatewaySms | GatewayCall, status: string): Promise<{ status: number; body: string }>;
  /** Presses a key in a call. */
  press(call: GatewayCall, digits: string): Promise<{ status: number; body: string }>;
  /** Posts a form to one of our hooks. `token`: signs with another one; `signature`: this instead of a right one. */
  post(
    url: string,
    fields: Record<string, string>,
    forged?: { token?: string; signature?: string },
  ): Promise<{ status: number; body: string }>;
  stop(): Promise<void>;
}

/**
 * A gateway that speaks as Twilio does (`/2010-04-01/Accounts/.../Messages.json`, `Calls.json`) over real HTTP and signs
 * what it posts with the `twilio` package itself. `tls`: files, see certificates.ts; then it speaks HTTPS only.
 */
export async function startSmsGateway(
  mode: GatewayMode = 'deliver',
  tls?: { certificate: string; key: string },
): Promise<SmsGateway> {
  const accountSid = `AC${randomBytes(16).toString('hex')}`;
  const authToken = randomBytes(16).toString('hex');
  const basic = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`;
  const listener = (request: IncomingMessage, response: ServerResponse): void => {
    void answer(request, response).catch(() => response.destroy());
  };
  const server = tls
    ? https.createServer({ cert: await readFile(tls.certificate), key: await readFile(tls.key) }, listener)
    : createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as net.AddressInfo;
  const arrivals = new Set<() => void>();

  const gateway: SmsGateway = {
    url: `${tls ? 'https' : 'http'}://127.0.0.1:${port}`,
    accountSid,
    authToken,
    number: '+31970000001',
    mode,
    slowMs: 1500,
    sent: [],
    calls: [],
    requests: [],
    callbacks: [],
    waitForSms: async (fits, withinMs = 10_000) => {
      const limit = performance.now() + withinMs;
      for (;;) {
        const found = gateway.sent.find(fits);
        if (found !== undefined) return found;
        if (performance.now() > limit) throw new Error(`no such SMS within ${withinMs} ms`);
        await new Promise<void>((resolve) => {
          const timer = setTimeout(wake, 100);
          function wake(): void {
            clearTimeout(timer);
            arrivals.delete(wake);
            resolve();
          }
          arrivals.add(wake);
        });
      }
    },
    reply: (hook, { from, text, sid = `SM${randomBytes(16).toString('hex')}` }) =>
      gateway.post(hook, {
        MessageSid: sid,
        AccountSid: accountSid,
        From: from,
        To: gateway.number,
        Body: text,
        NumMedia: '0',
      }),
    tell: async (about, status) => {
      if (about.callback === undefined) throw new Error('it has no callback');
      const isCall = 'twiml' in about;
      const answered = await gateway.post(about.callback, {
        AccountSid: accountSid,
        To: about.to,
        From: gateway.number,
        ...(isCall ? { CallSid: about.sid, CallStatus: status } : { MessageSid: about.sid, MessageStatus: status }),
      });
      gateway.callbacks.push({ url: about.callback, ...answered });
      return answered;
    },
    press: (call, digits) => {
      const action = /action="([^"]+)"/.exec(call.twiml)?.[1]?.replaceAll('&amp;', '&');
      if (action === undefined) throw new Error('the call takes no keys');
      return gateway.post(action, {
        AccountSid: accountSid,
        CallSid: call.sid,
        CallStatus: 'in-progress',
        To: call.to,
        From: gateway.number,
        Digits: digits,
      });
    },
    post: async (url, fields, forged = {}) => {
      const signature = forged.signature ?? twilio.getExpectedTwilioSignature(forged.token ?? authToken, url, fields);
      const answered = await fetch(url, {
        method: 'POST',
        redirect: 'manual',
        headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-twilio-signature': signature },
        body: new URLSearchParams(fields),
      });
      return { status: answered.status, body: await answered.text() };
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const form = new URLSearchParams(await bodyOf(request));
    const resource = /^\/2010-04-01\/Accounts\/(\w+)\/(Messages|Calls)\.json$/.exec(request.url ?? '');
    const refuse = (status: number, code: number, message: string): void => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ code, message, status, more_info: `https://www.twilio.com/docs/errors/${code}` }));
    };
    if (request.method !== 'POST' || resource === null)
      return refuse(404, 20_404, 'The requested resource was not found');
    if (request.headers.authorization !== basic || resource[1] !== accountSid)
      return refuse(401, 20_003, 'Authenticate');
    const to = form.get('To') ?? '';
    gateway.requests.push({ at: performance.now(), to });
    if (gateway.mode === 'hang') return undefined;
    if (gateway.mode === 'busy') return refuse(503, 20_503, 'Service unavailable');
    if (!/^\+[1-9]\d{6,14}$/.test(to) || to === '+15005550001')
      return refuse(400, 21_211, `The 'To' number ${to} is not a valid phone number.`);
    if (gateway.mode === 'slow') await delay(gateway.slowMs);
    const isCall = resource[2] === 'Calls';
    const sid = `${isCall ? 'CA' : 'SM'}${randomBytes(16).toString('hex')}`;
    const at = performance.now();
    const callback = form.get('StatusCallback') ?? undefined;
    const taken: GatewaySms | GatewayCall = isCall
      ? { sid, to, twiml: form.get('Twiml') ?? '', callback, at }
      : { sid, to, from: form.get('From') ?? '', text: form.get('Body') ?? '', callback, at };
    if ('twiml' in taken) gateway.calls.push(taken);
    else gateway.sent.push(taken);
    for (const wake of arrivals) wake();
    if (gateway.mode === 'broken') response.destroy();
    else {
      response.writeHead(201, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ sid, status: 'queued', to, account_sid: accountSid }));
    }
    if (callback === undefined || gateway.mode === 'silent') return undefined;
    const last = isCall ? 'in-progress' : gateway.mode === 'undelivered' ? 'undelivered' : 'delivered';
    await gateway.tell(taken, 'sent').catch(() => undefined);
    await gateway.tell(taken, last).catch(() => undefined);
    return undefined;
  }
  return gateway;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}
