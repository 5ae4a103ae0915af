import { expect, test } from 'vitest';
import { fieldsOf, readHeaders, readProvider, shownValue } from './provider-fields.ts';

const form = (filled: Record<string, string | boolean>) => ({
  text: (name: string) => (typeof filled[name] === 'string' ? filled[name] : ''),
  flag: (name: string) => filled[name] === true,
});

test('a form becomes what the API wants; a secret that was left empty is not sent', () => {
  const filled = {
    name: 'Eigen',
    enabled: true,
    'config.accountSid': 'AC1',
    'config.from': 'NOORD',
    'config.url': 'u',
  };
  expect(readProvider('twilio', undefined, form(filled))).toEqual({
    kind: 'twilio',
    name: 'Eigen',
    enabled: true,
    canaryTo: null,
    config: { url: 'u', accountSid: 'AC1', from: 'NOORD' },
  });
  const changed = readProvider('smpp', 'p1', form({ name: 'S', 'secrets.password': 'x', 'config.port': '2776' }));
  expect(changed).toMatchObject({ id: 'p1', secrets: { password: 'x' }, config: { port: 2776, tls: false } });
});

test('headers are lines with a colon, there and back', () => {
  const headers = { Authorization: 'Bearer {secret}', 'X-Key': 'a:b' };
  expect(readHeaders(shownValue(headers))).toEqual(headers);
});

test('every kind has its fields, and every needed secret has one', () => {
  expect(fieldsOf['twilio-voice'].map(({ name }) => name)).toContain('secrets.authToken');
  expect(fieldsOf.gammu.map(({ usual }) => usual)).toContain('/var/spool/gammu/error');
});
