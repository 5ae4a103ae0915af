import { describe, expect, test } from 'vitest';
import { judgeHost } from './allowed-host.ts';

describe('with a public address', () => {
  const judge = (host: string | undefined) =>
    judgeHost({ host, publicUrl: 'https://wacht.bureau.nl', listensOn: '0.0.0.0' });
  test.each([
    ['wacht.bureau.nl', true],
    ['WACHT.bureau.nl', true],
    ['wacht.bureau.nl:443', true],
    ['localhost:4100', true],
    ['127.0.0.1:4100', true],
    ['[::1]:4100', true],
    ['evil.nl', false],
    ['wacht.bureau.nl.evil.nl', false],
    ['evilwacht.bureau.nl', false],
    ['192.0.2.9', false],
    ['localhost.evil.nl', false],
    ['127.0.0.1.evil.nl', false],
    ['wacht.bureau.nl@evil.nl', false],
    ['wacht.bureau.nl/../evil', false],
    ['wacht.bureau.nl evil.nl', false],
    ['', false],
    [undefined, false],
  ])('%s: %s', (host, ok) => {
    expect(judge(host).ok).toBe(ok);
  });
});

describe('without a public address', () => {
  const judge = (host: string) => judgeHost({ host, publicUrl: undefined, listensOn: 'nas' });
  test.each([
    ['127.0.0.1:4100', true, 'loopback'],
    ['192.168.1.20:4100', true, 'address'],
    ['[2001:db8::1]:4100', true, 'address'],
    ['nas:4100', true, 'listening'],
    ['rebound.evil.nl', false, 'unknown'],
    ['1.2.3.4.evil.nl', false, 'unknown'],
  ])('%s: %s, %s', (host, ok, why) => {
    expect(judge(host)).toEqual({ ok, why });
  });
});
