import { describe, expect, test } from 'vitest';
import { judgeCookieRequest, judgeSignInRequest, type OriginVerdict } from './same-origin.ts';

const own = 'https://wacht.bureau.nl';
interface Sent {
  method?: string;
  origin?: string;
  site?: string;
  marker?: string;
}
const facts = (sent: Sent) => ({
  method: sent.method ?? 'POST',
  origin: sent.origin,
  fetchSite: sent.site,
  marker: sent.marker,
  ownOrigins: [own, 'http://127.0.0.1:4100'],
});

describe('a request with the cookie', () => {
  test.each<[string, Sent, boolean, OriginVerdict['why']]>([
    ['our page', { origin: own, site: 'same-origin', marker: '1' }, true, 'same-origin'],
    ['our page at its other address', { origin: 'http://127.0.0.1:4100', marker: '1' }, true, 'same-origin'],
    ['a browser that sends no Origin', { site: 'same-origin', marker: '1' }, true, 'same-origin'],
    ['without the header', { origin: own, site: 'same-origin' }, false, 'no-marker'],
    ['with another header', { origin: own, marker: 'yes' }, false, 'no-marker'],
    ['another origin', { origin: 'https://evil.nl', site: 'cross-site', marker: '1' }, false, 'other-origin'],
    [
      'another origin that lies about its site',
      { origin: 'https://evil.nl', site: 'same-origin', marker: '1' },
      false,
      'other-origin',
    ],
    ['our host without TLS', { origin: 'http://wacht.bureau.nl', marker: '1' }, false, 'other-origin'],
    ['our host at another port', { origin: `${own}:8443`, marker: '1' }, false, 'other-origin'],
    ['a page in a sandbox', { origin: 'null', marker: '1' }, false, 'other-origin'],
    ['a sister under the same domain', { site: 'same-site', marker: '1' }, false, 'other-site'],
    ['nothing said', { marker: '1' }, false, 'no-origin'],
    ['typed by hand cannot change', { site: 'none', marker: '1' }, false, 'no-origin'],
    ['DELETE as POST', { method: 'DELETE', marker: '1' }, false, 'no-origin'],
    ['reads of our page', { method: 'GET', site: 'same-origin' }, true, 'same-origin'],
    ['reads typed by hand', { method: 'GET', site: 'none' }, true, 'by-hand'],
    ['reads of an old browser', { method: 'GET' }, true, 'reads'],
    ['reads from elsewhere', { method: 'GET', site: 'cross-site' }, false, 'other-site'],
    ['reads with a foreign origin', { method: 'GET', origin: 'https://evil.nl' }, false, 'other-origin'],
  ])('%s', (_what, sent, ok, why) => {
    expect(judgeCookieRequest(facts(sent))).toEqual({ ok, why });
  });
});

describe('signing in', () => {
  test.each<[string, Sent & { cookie?: boolean }, boolean, OriginVerdict['why']]>([
    ['our page', { origin: own, site: 'same-origin' }, true, 'same-origin'],
    [
      'another page signs a visitor in as somebody else',
      { origin: 'https://evil.nl', site: 'cross-site' },
      false,
      'other-origin',
    ],
    ['a program', {}, true, 'no-browser'],
    ['a program with a cookie', { cookie: true }, false, 'no-origin'],
    ['a link in a mail', { method: 'GET', site: 'cross-site' }, true, 'reads'],
  ])('%s', (_what, { cookie = false, ...sent }, ok, why) => {
    expect(judgeSignInRequest({ ...facts(sent), hasCookie: cookie })).toEqual({ ok, why });
  });
});
