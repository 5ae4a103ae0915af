import { describe, expect, test } from 'vitest';
import { judgeCheck, type CheckOutcome } from './verdict.ts';

const learnt = { hosts: ['bakkerij.nl', 'www.bakkerij.nl'], status: 200 };
const good = {
  kind: 'answer',
  status: 200,
  host: 'bakkerij.nl',
  bodyBytes: 40_000,
  hasKeyword: true,
  deadText: null,
} as const satisfies CheckOutcome;
const failed = (phase: 'dns' | 'connect' | 'tls' | 'answer', code: string) => ({
  kind: 'failure' as const,
  phase,
  code,
});

describe('one check', () => {
  test.each<[string, CheckOutcome, string]>([
    ['its own page', good, 'up'],
    ['its own page under www', { ...good, host: 'www.bakkerij.nl' }, 'up'],
    ['no keyword learnt yet', { ...good, hasKeyword: null }, 'up'],
    ['nobody listens', failed('connect', 'ECONNREFUSED'), 'refused'],
    ['hung up on', failed('answer', 'ECONNRESET'), 'reset'],
    ['no way to the host', failed('connect', 'EHOSTUNREACH'), 'unreachable'],
    ['the host is silent', failed('connect', 'ETIMEDOUT'), 'unreachable'],
    ['the domain is gone', failed('dns', 'ENOTFOUND'), 'dns-gone'],
    ['its name servers are silent', failed('dns', 'ETIMEOUT'), 'dns-silent'],
    ['the certificate ran out', failed('tls', 'CERT_HAS_EXPIRED'), 'tls-expired'],
    ['the certificate of another', failed('tls', 'ERR_TLS_CERT_ALTNAME_INVALID'), 'tls-wrong-host'],
    ['a certificate of nobody known', failed('tls', 'DEPTH_ZERO_SELF_SIGNED_CERT'), 'tls-untrusted'],
    ['something else in TLS', failed('tls', 'ERR_SSL_WRONG_VERSION_NUMBER'), 'tls-failed'],
    ['connected, then nothing in time', failed('answer', 'ETIMEDOUT'), 'too-slow'],
    ['no HTTP', failed('answer', 'HPE_INVALID_CONSTANT'), 'answer-broken'],
    ['round and round', failed('answer', 'ERR_REDIRECT_LOOP'), 'redirect-loop'],
    ['500', { ...good, status: 500 }, 'status'],
    ['403 where 200 was usual', { ...good, status: 403 }, 'status'],
    ['500 with the words of WordPress', { ...good, status: 500, deadText: 'critical-error' }, 'critical-error'],
    ['200 with a database error', { ...good, deadText: 'database-error' }, 'database-error'],
    ['maintenance', { ...good, status: 503, deadText: 'maintenance' }, 'maintenance'],
    ['a white screen', { ...good, hasKeyword: false, bodyBytes: 0 }, 'white-page'],
    ['an empty body, keyword not yet learnt', { ...good, hasKeyword: null, bodyBytes: 0 }, 'white-page'],
    ['another page', { ...good, hasKeyword: false }, 'keyword-gone'],
    ['sent to a stranger that is gone', { ...failed('dns', 'ENOTFOUND'), host: 'casino.example' }, 'foreign-redirect'],
    ['its own name on a failure', { ...failed('dns', 'ENOTFOUND'), host: 'bakkerij.nl' }, 'dns-gone'],
    ['a private address', failed('connect', 'ERR_ADDRESS_PRIVATE'), 'unreachable'],
    ['a certificate of tomorrow', failed('tls', 'CERT_NOT_YET_VALID'), 'tls-untrusted'],
    ['sent to a stranger', { ...good, host: 'casino.example' }, 'foreign-redirect'],
    ['our resolver', { kind: 'own', code: 'own-resolver' }, 'own-resolver'],
    ['we are late', { kind: 'own', code: 'overload' }, 'overload'],
  ])('%s', (_name, outcome, expected) => {
    const judged = judgeCheck(outcome, learnt);
    expect(judged.verdict === 'up' ? 'up' : judged.cause).toBe(expected);
    expect(judged.verdict === 'unknown').toBe(outcome.kind === 'own');
  });

  test.each([
    ['made over, as large as half of it', 20_000, 'up'],
    ['another page, much smaller', 19_999, 'keyword-gone'],
    ['nearly nothing', 150, 'white-page'],
  ])('without the learnt text: %s', (_name, bodyBytes, expected) => {
    const judged = judgeCheck({ ...good, hasKeyword: false, bodyBytes }, { ...learnt, leastBytes: 20_000 });
    expect(judged.verdict === 'up' ? 'up' : judged.cause).toBe(expected);
  });

  test('a site behind a sign-in is up with its usual 401, and down with 500', () => {
    const closed = { ...learnt, status: 401 };
    expect(judgeCheck({ ...good, status: 401 }, closed).verdict).toBe('up');
    expect(judgeCheck({ ...good, status: 500 }, closed)).toMatchObject({ cause: 'status', detail: '500' });
  });
});
