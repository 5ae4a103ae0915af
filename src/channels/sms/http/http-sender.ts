import { callHttp, troubleOfStatus } from '../../call-http.ts';
import type { ConfigOf, SecretsOf } from '../../kinds.ts';
import { saidBy, SendError, type Outgoing, type Sender } from '../../sender.ts';

/** Characters of an answer that the patterns look at. */
const longestRead = 4000;

/**
 * Any SMS gateway that takes one HTTP request for each message: address, headers and body are templates. It gives no
 * receipts and no replies; the second path is asked after a minute, as for a receipt that did not come.
 */
export function httpSender(config: ConfigOf<'http-sms'>, { secret }: SecretsOf<'http-sms'>): Sender {
  const success = patternOf(config.success);
  const reference = patternOf(config.reference);
  return {
    send: async (message, signal) => {
      const url = new URL(fill(config.url, message, secret, encodeURIComponent));
      const isForm = config.contentType === 'application/x-www-form-urlencoded';
      const inBody = isForm ? encodeURIComponent : (text: string): string => JSON.stringify(text).slice(1, -1);
      const headers = Object.fromEntries(
        Object.entries(config.headers).map(([name, value]) => [name, fill(value, message, secret, oneLine)]),
      );
      const body = config.body === undefined ? undefined : fill(config.body, message, secret, inBody);
      const answer = await callHttp(
        {
          url,
          method: config.method,
          headers: { ...(body === undefined ? {} : { 'content-type': config.contentType }), ...headers },
          ...(body === undefined ? {} : { body }),
        },
        signal,
      );
      const said = saidBy(answer.body, [secret]);
      if (answer.status < 200 || answer.status > 299) throw troubleOfStatus(answer.status, said);
      if (success?.test(answer.body.slice(0, longestRead)) === false) throw new SendError('refused', { said });
      return {
        providerRef: reference?.exec(answer.body.slice(0, longestRead))?.[1]?.slice(0, 100) ?? null,
        state: 'accepted',
      };
    },
    close: () => Promise.resolve(),
  };
}

function fill(
  template: string,
  message: Outgoing,
  secret: string | undefined,
  encoded: (value: string) => string,
): string {
  const values: Record<string, string | undefined> = {
    to: message.to,
    text: message.text,
    reference: message.reference,
    callback: message.callbackUrl,
    secret,
  };
  return template.replaceAll(/\{(to|text|reference|callback|secret)\}/g, (_, name: string) =>
    encoded(values[name] ?? ''),
  );
}

function oneLine(text: string): string {
  return text.replaceAll(/[^\x20-\x7e]/g, ' ');
}

function patternOf(source: string | undefined): RegExp | undefined {
  if (source === undefined) return undefined;
  try {
    return new RegExp(source, 'u');
  } catch {
    throw new SendError('not-configured', { said: 'a regular expression is not right' });
  }
}
