import { describe, expect, test } from 'vitest';
import { judgeSiteUrl } from './site-url.ts';

describe('the home URL of a site', () => {
  test.each([
    ['https://Shop.NL/', 'https://shop.nl'],
    ['shop.nl', 'https://shop.nl'],
    ['https://shop.nl/blog//', 'https://shop.nl/blog'],
    ['https://shop.nl:443/?x=1#y', 'https://shop.nl'],
    ['https://shop.nl:8443', 'https://shop.nl:8443'],
    ['http://127.0.3.4:8080/', 'http://127.0.3.4:8080'],
    ['http://localhost:8080', 'http://localhost:8080'],
    ['https://café.nl', 'https://xn--caf-dma.nl'],
  ])('%s is kept as %s', (text, url) => {
    expect(judgeSiteUrl(text, { allowHttp: false })).toMatchObject({ ok: true, url });
  });

  test.each([
    ['http://shop.nl', 'needs-https'],
    ['http://127.0.0.1.evil.nl', 'needs-https'],
    ['ftp://shop.nl', 'not-http'],
    ['file:///etc/passwd', 'not-http'],
    ['https://user:pass@shop.nl', 'has-credentials'],
    ['https://', 'not-a-url'],
    ['shop', 'not-a-url'],
    ['', 'not-a-url'],
    [`https://shop.nl/${'x'.repeat(2000)}`, 'too-long'],
  ])('%s is refused: %s', (text, why) => {
    expect(judgeSiteUrl(text, { allowHttp: false })).toEqual({ ok: false, why });
  });

  test('plain http is taken when asked for', () => {
    expect(judgeSiteUrl('http://shop.nl/', { allowHttp: true })).toMatchObject({ ok: true, url: 'http://shop.nl' });
  });
});
