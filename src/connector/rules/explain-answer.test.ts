import { describe, expect, test } from 'vitest';
import { connectorCodes } from '../errors.ts';
import { explainAnswer, type AnswerShape } from './explain-answer.ts';

function page(title: string, body = ''): string {
  return `<!DOCTYPE html><html><head><title>${title}</title></head><body>${body}</body></html>`;
}
const answer = (status: number, text = '', more: Partial<AnswerShape> = {}): AnswerShape => ({
  status,
  text,
  server: 'nginx',
  wantsPassword: false,
  ...more,
});
const memory = 'PHP Fatal error:  Allowed memory size of 41943040 bytes exhausted (tried to allocate 8388608 bytes)';
const maintenance = page(
  'Onderhoud',
  '<h1>Briefly unavailable for scheduled maintenance. Check back in a minute.</h1>',
);

describe('what answered in our place', () => {
  test.each<[string, AnswerShape, string]>([
    // Passwords and rates.
    ['a password front', answer(401, page('401'), { wantsPassword: true }), 'basic-auth-needed'],
    ['a 401 that asks for no password', answer(401, '{"code":"rest_not_logged_in"}'), 'not-our-answer'],
    ['a body that is too large', answer(413, page('413 Request Entity Too Large')), 'request-too-large'],
    ['too many requests', answer(429, page('Too Many Requests')), 'rate-limited'],
    ['CloudLinux: the account uses all it may', answer(508, page('508 Resource Limit Is Reached')), 'rate-limited'],
    // Bot checks.
    ['a challenge of Cloudflare', answer(403, page('Just a moment...'), { server: 'cloudflare' }), 'challenge-page'],
    ['an old challenge of Cloudflare', answer(503, page('Just a moment...', 'cf-chl-bypass')), 'challenge-page'],
    ['SiteGround, which sends away by 202', answer(202, '<html><meta http-equiv="refresh"></html>'), 'challenge-page'],
    ['a 202 that is empty', answer(202), 'challenge-page'],
    [
      'Imunify360 by its name',
      answer(415, page('One moment'), { server: 'imunify360-webshield/1.21' }),
      'challenge-page',
    ],
    ['a 415 in plain text', answer(415, 'Unsupported Media Type'), 'challenge-page'],
    [
      'a shield that answers 503 itself',
      answer(503, page('Wait'), { server: 'imunify360-webshield/1.21' }),
      'challenge-page',
    ],
    ['Wordfence', answer(503, page('Your access to this site has been limited', 'Wordfence')), 'challenge-page'],
    ['a firewall without a name', answer(406, page('Not Acceptable!', 'Mod_Security')), 'challenge-page'],
    ['a teapot with a page', answer(418, page('Bots')), 'challenge-page'],
    // WordPress not there.
    ['maintenance', answer(503, maintenance), 'maintenance'],
    ['maintenance behind Cloudflare', answer(503, maintenance, { server: 'cloudflare' }), 'maintenance'],
    ['a 503 in plain text', answer(503, 'Service Unavailable'), 'maintenance'],
    ['no such page', answer(404, page('Not Found')), 'entry-missing'],
    ['POST is not allowed there', answer(405, page('Method Not Allowed')), 'entry-missing'],
    ['a page that is gone', answer(410, page('Gone')), 'entry-missing'],
    ['a 403 of the web server in plain text', answer(403, 'Forbidden'), 'not-our-answer'],
    ["a 403 of WordPress's REST", answer(403, '{"code":"rest_forbidden","data":{"status":403}}'), 'not-our-answer'],
    // Time.
    ['a bad gateway', answer(502, page('502 Bad Gateway')), 'timeout'],
    ['a gateway that waited', answer(504, page('504 Gateway Time-out')), 'timeout'],
    ['Cloudflare that waited', answer(524, page('A timeout occurred'), { server: 'cloudflare' }), 'timeout'],
    // PHP that died.
    ['a server error', answer(500, page('500 Internal Server Error')), 'site-error'],
    ['a server error without a word', answer(500), 'site-error'],
    ["WordPress's critical error", answer(500, page('WordPress', 'There has been a critical error')), 'site-error'],
    ['a server error for want of memory', answer(500, memory), 'answer-cut'],
    ['a server error for want of time', answer(500, 'Maximum execution time of 30 seconds exceeded'), 'answer-cut'],
    ['no memory, said with a 200', answer(200, `<br />\n<b>${memory}</b>`), 'answer-cut'],
    [
      'no time, said with a 200',
      answer(200, 'Fatal error: Maximum execution time of 30 seconds exceeded'),
      'answer-cut',
    ],
    ['a fatal error, said with a 200', answer(200, 'PHP Fatal error:  Uncaught Error: x'), 'site-error'],
    ['nothing', answer(200), 'answer-cut'],
    ['only blanks', answer(200, ' \r\n\n'), 'answer-cut'],
    // Something else.
    ['the home page', answer(200, page('Bakkerij', 'Brood')), 'not-our-answer'],
    ['the home page with a captcha in its form', answer(200, page('Contact', 'recaptcha')), 'not-our-answer'],
    ['JSON of another plugin', answer(200, '{"ok":true}'), 'not-our-answer'],
    ['a post about memory', answer(404, 'Allowed memory size'), 'entry-missing'],
    ['a status that nobody knows', answer(299, 'x'), 'not-our-answer'],
  ])('%s', (_name, shape, code) => {
    const refusal = explainAnswer(shape);
    expect(refusal.code).toBe(code);
    expect(refusal.status).toBe(shape.status);
    expect(Object.keys(connectorCodes)).toContain(refusal.code);
  });
});

describe("our plugin's own refusal", () => {
  const own = '{"nachtwacht":1,"code":"clock","time":1790000000}';

  test.each<[string, AnswerShape]>([
    ['as it is', answer(403, own)],
    ['after a BOM and notices', answer(403, `\ufeff<br />\n<b>Notice</b>: x in y\n${own}`)],
    ['before what somebody appends', answer(403, `${own}<!-- cached -->`)],
    ['with a status that a proxy made of it', answer(503, own)],
    ['inside a page that looks like a challenge', answer(403, page('captcha', own), { server: 'cloudflare' })],
  ])('%s', (_name, shape) => {
    expect(explainAnswer(shape)).toEqual({ code: 'clock', status: shape.status, time: 1_790_000_000, siteSays: '' });
  });

  test('without a time', () => {
    expect(explainAnswer(answer(403, '{"nachtwacht":1,"code":"unpaired"}'))).toEqual({
      code: 'unpaired',
      status: 403,
      siteSays: '',
    });
  });

  test.each([
    ['a code that is none', '{"nachtwacht":1,"code":"<b>x</b>"}'],
    ['a code that is no text', '{"nachtwacht":1,"code":7}'],
    ['a code without end', `{"nachtwacht":1,"code":"${'x'.repeat(61)}"}`],
    ['no code', '{"nachtwacht":1,"time":5}'],
    ['broken JSON', '{"nachtwacht":1,"code":clock}'],
    ['another version', '{"nachtwacht":2,"code":"clock"}'],
    ['more than a refusal needs', `{"nachtwacht":1,"code":"clock","x":"${'x'.repeat(600)}"}`],
  ])('is not believed with %s', (_name, text) => {
    expect(explainAnswer(answer(403, text)).code).toBe('not-our-answer');
  });

  test.each([
    ['a time beyond numbers', '{"nachtwacht":1,"code":"clock","time":1e999}'],
    ['a time that is text', '{"nachtwacht":1,"code":"clock","time":"now"}'],
  ])('has no time with %s', (_name, text) => {
    expect(explainAnswer(answer(403, text))).toEqual({ code: 'clock', status: 403, siteSays: '' });
  });
});

describe("the site's words for the log", () => {
  test.each([
    ['tags, scripts and styles go', '<style>b{}</style><script>evil()</script><p>Kapot</p> <b>nu</b>', 'Kapot nu'],
    ['control characters and directions go', 'a\u0000\u001b[31m\u202eb\n\nc', 'a [31m b c'],
    ['accents stay', 'één café', 'één café'],
  ])('%s', (_name, text, says) => {
    expect(explainAnswer(answer(500, text)).siteSays).toBe(says);
  });

  test('are few', () => {
    expect(explainAnswer(answer(500, 'woord '.repeat(20_000))).siteSays).toHaveLength(300);
  });
});
