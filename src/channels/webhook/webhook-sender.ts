import { createHmac } from 'node:crypto';
import type { Clock } from '../../platform/clock.ts';
import { callHttp, troubleOfStatus } from '../call-http.ts';
import type { ConfigOf, SecretsOf } from '../kinds.ts';
import { saidBy, SendError, type Sender } from '../sender.ts';

/** Posts each message as signed JSON; README.md beside this file tells the receiver's side. */
export function webhookSender(config: ConfigOf<'webhook'>, { key }: SecretsOf<'webhook'>, clock: Clock): Sender {
  return {
    send: async (message, signal) => {
      if (key === undefined) throw new SendError('not-configured');
      const { reference, to, text, subject, link, urgency = 'high' } = message;
      const body = JSON.stringify({ id: reference, to, text, urgency, subject: subject ?? null, link: link ?? null });
      const timestamp = String(Math.floor(clock.now().getTime() / 1000));
      const headers = {
        'content-type': 'application/json',
        'x-nachtwacht-id': reference,
        'x-nachtwacht-timestamp': timestamp,
        'x-nachtwacht-signature': webhookSignature(key, timestamp, body),
      };
      const answer = await callHttp({ url: new URL(config.url), method: 'POST', headers, body }, signal);
      if (answer.status >= 200 && answer.status < 300) return { providerRef: null, state: 'delivered' };
      throw troubleOfStatus(answer.status, saidBy(answer.body, [key]));
    },
    close: () => Promise.resolve(),
  };
}

/** `v1=` and the hexadecimal HMAC-SHA256 over `TIMESTAMP.BODY`; timestamp: seconds since 1970. */
export function webhookSignature(key: string, timestamp: string, body: string): string {
  return `v1=${createHmac('sha256', key).update(`${timestamp}.${body}`).digest('hex')}`;
}
