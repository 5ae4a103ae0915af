import type { Client } from '../../api.ts';
import type { FormValues } from '../../ui/Form.tsx';

export type ProviderInput = Parameters<Client['messages']['saveProvider']>[0];
/** Kinds that can be added; the house's mail server is set elsewhere. */
export type ProviderKind = ProviderInput['kind'];

export const providerKinds: readonly ProviderKind[] = [
  'twilio',
  'smpp',
  'gammu',
  'http-sms',
  'twilio-voice',
  'ntfy',
  'webhook',
];

/** One field of a form of settings; `name` is its path in the input, so that the server's answer finds it. */
export interface FieldSpec {
  name: `config.${string}` | `secrets.${string}`;
  type: 'text' | 'url' | 'number' | 'flag' | 'lines' | 'secret' | 'choice';
  /** Which words it has; default the last part of its name. */
  words?: string;
  /** May stay empty; a secret that is kept may always. */
  optional?: true;
  usual?: string;
  options?: readonly string[];
}

const text = (name: FieldSpec['name'], more: Partial<FieldSpec> = {}): FieldSpec => ({ name, type: 'text', ...more });
const hidden = (name: FieldSpec['name'], more: Partial<FieldSpec> = {}): FieldSpec => ({
  name,
  type: 'secret',
  ...more,
});

const twilio = [
  text('config.accountSid'),
  hidden('secrets.authToken'),
  text('config.from'),
  text('config.url', { type: 'url', usual: 'https://api.twilio.com' }),
];

export const fieldsOf: Record<ProviderKind, readonly FieldSpec[]> = {
  twilio,
  'twilio-voice': twilio,
  smpp: [
    text('config.host'),
    text('config.port', { type: 'number', usual: '2775' }),
    text('config.tls', { type: 'flag' }),
    text('config.systemId'),
    hidden('secrets.password'),
    text('config.systemType', { optional: true }),
    text('config.from'),
  ],
  gammu: (['outbox', 'sent', 'errors', 'inbox'] as const).map((name) =>
    text(`config.${name}`, { usual: `/var/spool/gammu/${name === 'errors' ? 'error' : name}` }),
  ),
  'http-sms': [
    text('config.url', { words: 'httpUrl' }),
    text('config.method', { type: 'choice', options: ['POST', 'GET'] }),
    text('config.contentType', {
      type: 'choice',
      options: ['application/json', 'application/x-www-form-urlencoded'],
    }),
    text('config.headers', { type: 'lines', optional: true }),
    text('config.body', { type: 'lines', optional: true }),
    hidden('secrets.secret', { optional: true }),
    text('config.success', { optional: true }),
    text('config.reference', { optional: true }),
  ],
  ntfy: [
    text('config.url', { type: 'url', usual: 'https://ntfy.sh' }),
    text('config.user', { optional: true }),
    hidden('secrets.token', { optional: true }),
  ],
  webhook: [text('config.url', { type: 'url' }), hidden('secrets.key')],
};

/** Lines such as `Authorization: Bearer {secret}` as what the server wants; a line without a colon has no value. */
export function readHeaders(lines: string): Record<string, string> {
  return Object.fromEntries(
    lines
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '')
      .map((line) => {
        const at = line.indexOf(':');
        return at === -1 ? [line, ''] : [line.slice(0, at).trim(), line.slice(at + 1).trim()];
      }),
  );
}

/** What is kept, as the text of its field. */
export function shownValue(value: unknown): string {
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value)
      .map(([name, each]) => `${name}: ${String(each)}`)
      .join('\n');
  }
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** The form as the API wants it. `id`: of the one that is changed. A secret that was left empty stays what it is. */
export function readProvider(kind: ProviderKind, id: string | undefined, values: FormValues): ProviderInput {
  const given = (name: string): string | undefined => values.text(name) || undefined;
  const must = (name: string): string => values.text(name);
  const common = {
    ...(id !== undefined && { id }),
    name: must('name'),
    enabled: values.flag('enabled'),
    canaryTo: given('canaryTo') ?? null,
  };
  const optional = (...names: string[]): Record<string, string> =>
    Object.fromEntries(
      names.flatMap((name) => {
        const value = given(`config.${name}`);
        return value === undefined ? [] : [[name, value]];
      }),
    );
  switch (kind) {
    case 'twilio':
    case 'twilio-voice': {
      const authToken = given('secrets.authToken');
      const secrets = authToken === undefined ? {} : { secrets: { authToken } };
      const config = { url: must('config.url'), accountSid: must('config.accountSid'), from: must('config.from') };
      return kind === 'twilio' ? { ...common, kind, config, ...secrets } : { ...common, kind, config, ...secrets };
    }
    case 'smpp': {
      const password = given('secrets.password');
      const config = {
        host: must('config.host'),
        port: Number(must('config.port')),
        tls: values.flag('config.tls'),
        systemId: must('config.systemId'),
        systemType: must('config.systemType'),
        from: must('config.from'),
      };
      return { ...common, kind, config, ...(password !== undefined && { secrets: { password } }) };
    }
    case 'gammu': {
      const config = {
        outbox: must('config.outbox'),
        sent: must('config.sent'),
        errors: must('config.errors'),
        inbox: must('config.inbox'),
      };
      return { ...common, kind, config };
    }
    case 'http-sms': {
      const secret = given('secrets.secret');
      const isGet = must('config.method') === 'GET';
      const isForm = must('config.contentType') === 'application/x-www-form-urlencoded';
      const config = {
        url: must('config.url'),
        method: isGet ? ('GET' as const) : ('POST' as const),
        contentType: isForm ? ('application/x-www-form-urlencoded' as const) : ('application/json' as const),
        headers: readHeaders(must('config.headers')),
        ...optional('body', 'success', 'reference'),
      };
      return { ...common, kind, config, ...(secret !== undefined && { secrets: { secret } }) };
    }
    case 'ntfy': {
      const token = given('secrets.token');
      const config = { url: must('config.url'), ...optional('user') };
      return { ...common, kind, config, ...(token !== undefined && { secrets: { token } }) };
    }
    default: {
      const key = given('secrets.key');
      return { ...common, kind, config: { url: must('config.url') }, ...(key !== undefined && { secrets: { key } }) };
    }
  }
}
