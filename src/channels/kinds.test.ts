import { expect, test } from 'vitest';
import { configs, kinds, meansOfKind, neededSecrets, secretsOfKind } from './kinds.ts';

test('each kind has its means, settings and secrets, and needs only secrets that it has', () => {
  for (const kind of kinds) {
    expect(meansOfKind[kind]).toBeTypeOf('string');
    for (const secret of neededSecrets[kind]) expect(Object.keys(secretsOfKind[kind].shape)).toContain(secret);
  }
});

test.each<[keyof typeof configs, unknown, boolean]>([
  ['twilio', { accountSid: 'AC0123456789', from: '+31970000001' }, true],
  ['twilio', { accountSid: 'AC0123456789', from: 'Nachtwacht' }, true],
  ['twilio', { accountSid: 'AC0123456789', from: 'a name that is too long' }, false],
  ['twilio', { accountSid: 'AC0123456789/../x', from: '+31970000001' }, false],
  ['twilio', { accountSid: 'AC0123456789', from: '+31970000001', url: 'https://user:pw@x.example' }, false],
  ['webhook', { url: 'ftp://x.example' }, false],
  ['smpp', { host: 'smpp.example', systemId: 'nacht', from: '+31970000001' }, true],
  ['smpp', { host: 'smpp.example', systemId: 'nacht', from: '+31970000001', port: 0 }, false],
  ['gammu', {}, true],
  ['gammu', { outbox: 'relative/folder' }, false],
  ['http-sms', { url: 'https://sms.example/send?to={to}&key={secret}', headers: {} }, true],
  ['http-sms', { url: 'https://sms.example', headers: { Authorization: 'Bearer {secret}' } }, true],
  ['http-sms', { url: 'https://sms.example', headers: { 'X-Api-Key': 'written out' } }, false],
  ['http-sms', { url: 'https://sms.example', headers: { 'Accept\r\nX': 'x' } }, false],
  ['ntfy', {}, true],
])('settings of %s: %j', (kind, config, isRight) => {
  expect(configs[kind].safeParse(config).success).toBe(isRight);
});
