import { describe, expect, test } from 'vitest';
import { trustedProxies } from '../request-facts.ts';
import { judgeClient } from './client-address.ts';

const isTrusted = trustedProxies(['127.0.0.0/8', '::1', '10.0.0.0/8', '2001:db8:aaaa::/48']);
const judge = (peer: string | undefined, forwardedFor?: string, forwardedProto?: string) =>
  judgeClient({ peer, forwardedFor, forwardedProto, isTrusted });

describe('who a request comes from', () => {
  test.each<[string, ReturnType<typeof judge>, ReturnType<typeof judge>]>([
    ['nobody forwards', judge('203.0.113.5'), { address: '203.0.113.5', isSecure: false, why: 'direct' }],
    ['no connection', judge(undefined), { address: '', isSecure: false, why: 'direct' }],
    [
      'a stranger who says he is a proxy',
      judge('203.0.113.5', '127.0.0.1', 'https'),
      { address: '203.0.113.5', isSecure: false, why: 'proxy-not-trusted' },
    ],
    [
      'our proxy',
      judge('127.0.0.1', '203.0.113.5', 'https'),
      { address: '203.0.113.5', isSecure: true, why: 'forwarded' },
    ],
    [
      'what the client wrote itself is further left',
      judge('127.0.0.1', '1.1.1.1, 127.0.0.1, 203.0.113.5', 'https'),
      { address: '203.0.113.5', isSecure: true, why: 'forwarded' },
    ],
    [
      'two proxies of ours',
      judge('::ffff:127.0.0.1', '203.0.113.5, 10.1.2.3', 'https, http'),
      { address: '203.0.113.5', isSecure: true, why: 'forwarded' },
    ],
    [
      'two proxies, the outer one spoken to without TLS by a liar',
      judge('127.0.0.1', '203.0.113.5, 10.1.2.3', 'https, http, http'),
      { address: '203.0.113.5', isSecure: false, why: 'forwarded' },
    ],
    [
      'all are ours: the outermost',
      judge('127.0.0.1', '10.0.0.9, 10.1.2.3'),
      { address: '10.0.0.9', isSecure: false, why: 'forwarded' },
    ],
    [
      'with port',
      judge('127.0.0.1', '203.0.113.5:5123'),
      { address: '203.0.113.5', isSecure: false, why: 'forwarded' },
    ],
    [
      'IPv6 in brackets',
      judge('2001:db8:aaaa::1', '[2001:db8:bbbb::7]:443', 'HTTPS'),
      { address: '2001:db8:bbbb::7', isSecure: true, why: 'forwarded' },
    ],
    [
      'mapped IPv4',
      judge('127.0.0.1', '::ffff:203.0.113.5'),
      { address: '203.0.113.5', isSecure: false, why: 'forwarded' },
    ],
    [
      'nonsense: the proxy that sent it',
      judge('10.0.0.1', '203.0.113.5, unknown'),
      { address: '10.0.0.1', isSecure: false, why: 'forwarded-unreadable' },
    ],
    [
      'an address that is none',
      judge('10.0.0.1', '999.1.1.1'),
      { address: '10.0.0.1', isSecure: false, why: 'forwarded-unreadable' },
    ],
    [
      'only the scheme is forwarded',
      judge('127.0.0.1', undefined, 'https'),
      { address: '127.0.0.1', isSecure: true, why: 'forwarded' },
    ],
  ])('%s', (_what, given, wanted) => {
    expect(given).toEqual(wanted);
  });
});

test('with no proxies nothing is believed', () => {
  const none = trustedProxies([]);
  expect(judgeClient({ peer: '127.0.0.1', forwardedFor: '1.2.3.4', forwardedProto: 'https', isTrusted: none })).toEqual(
    {
      address: '127.0.0.1',
      isSecure: false,
      why: 'proxy-not-trusted',
    },
  );
});
