import { callHttp, troubleOfStatus } from '../../call-http.ts';
import type { ConfigOf, SecretsOf } from '../../kinds.ts';
import { saidBy, SendError, type Sender } from '../../sender.ts';

/**
 * Push as ntfy takes it: JSON to the root of the server (docs.ntfy.sh/publish, 'Publish as JSON'). `to`: the name of a
 * topic, or its address at this server; to another server nothing goes, for the token would go along.
 */
export function ntfySender(config: ConfigOf<'ntfy'>, { token }: SecretsOf<'ntfy'>): Sender {
  const root = new URL(config.url.endsWith('/') ? config.url : `${config.url}/`);
  const basic = Buffer.from(`${config.user ?? ''}:${token ?? ''}`).toString('base64');
  const authorization =
    token === undefined ? undefined : config.user === undefined ? `Bearer ${token}` : `Basic ${basic}`;
  return {
    send: async (message, signal) => {
      const isHigh = message.urgency !== 'low';
      const body = {
        topic: topicOf(message.to, root),
        message: message.text,
        priority: isHigh ? 5 : 3,
        tags: [isHigh ? 'rotating_light' : 'information_source'],
        ...(message.subject === undefined ? {} : { title: message.subject }),
        ...(message.link === undefined ? {} : { click: message.link }),
      };
      const headers = { 'content-type': 'application/json', ...(authorization === undefined ? {} : { authorization }) };
      const answer = await callHttp({ url: root, method: 'POST', headers, body: JSON.stringify(body) }, signal);
      if (answer.status < 200 || answer.status > 299) {
        throw troubleOfStatus(answer.status, saidBy(answer.body, [token, basic]));
      }
      return { providerRef: /"id":"([\w-]{1,60})"/.exec(answer.body)?.[1] ?? null, state: 'accepted' };
    },
    close: () => Promise.resolve(),
  };
}

function topicOf(to: string, root: URL): string {
  const isAddress = /^https?:\/\//.test(to);
  if (isAddress && !to.startsWith(root.href)) throw new SendError('wrong-recipient', { said: 'another server' });
  const topic = isAddress ? to.slice(root.href.length) : to;
  if (!/^[\w-]{1,64}$/.test(topic)) throw new SendError('wrong-recipient');
  return topic;
}
