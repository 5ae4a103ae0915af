import { expect, test } from 'vitest';
import { judgeHome, type HomeFacts } from './judge-home.ts';

const well: HomeFacts = {
  asked: 'https://shop.nl',
  reached: 'https://shop.nl',
  status: 200,
  text: '<link href="/wp-content/themes/x/style.css">',
  plugin: 'absent',
};
const codes = (facts: HomeFacts) => judgeHome(facts).findings.map((one) => one.code);

test('a WordPress that is reached over https can be added as it is', () => {
  const verdict = judgeHome(well);
  expect(verdict).toMatchObject({ canAdd: true, proposal: null });
  expect(codes(well)).toEqual(['reached', 'same-address', 'encrypted', 'is-wordpress', 'plugin-absent', 'new-here']);
});

test.each([
  [{ code: 'unreachable', reason: 'ENOTFOUND' }, 'unknown-host'],
  [{ code: 'unreachable', reason: 'ECONNREFUSED' }, 'refused'],
  [{ code: 'unreachable', reason: 'EHOSTUNREACH' }, 'unreachable'],
  [{ code: 'timeout' }, 'timeout'],
  [{ code: 'certificate-invalid', reason: 'CERT_HAS_EXPIRED' }, 'certificate'],
  [{ code: 'address-refused' }, 'private-address'],
  [{ code: 'redirect-loop' }, 'redirect-loop'],
])('%o is told as %s', (error, code) => {
  const { text: _text, status: _status, reached: _reached, ...rest } = well;
  expect(judgeHome({ ...rest, error })).toMatchObject({ canAdd: false, findings: [{ check: 'reachable', code }] });
});

test('where the site sends its visitors is what should be registered', () => {
  const moved = (asked: string, reached: string) => judgeHome({ ...well, asked, reached }).proposal;
  expect(moved('https://shop.nl', 'https://www.shop.nl')).toBe('https://www.shop.nl');
  expect(moved('http://shop.nl', 'https://shop.nl')).toBe('https://shop.nl');
  expect(moved('https://old.nl/winkel', 'https://new.nl/winkel')).toBe('https://new.nl');
  // A language or a front page of the shop is no move.
  expect(moved('https://shop.nl', 'https://shop.nl/nl')).toBeNull();
  expect(moved('https://shop.nl/winkel', 'https://shop.nl')).toBe('https://shop.nl');
});

test('https that does not answer while http does', () => {
  const { reached: _reached, ...rest } = well;
  const verdict = judgeHome({ ...rest, error: { code: 'unreachable', reason: 'ECONNREFUSED' }, onlyHttp: true });
  expect(verdict).toMatchObject({ canAdd: false, proposal: 'http://shop.nl', findings: [{ code: 'only-http' }] });
});

test('a page that does not look like WordPress is a note: the plugin will tell', () => {
  expect(codes({ ...well, text: '<html>hello</html>' })).toContain('no-wordpress');
  expect(judgeHome({ ...well, text: '' }).canAdd).toBe(true);
  expect(codes({ ...well, text: '', link: '<https://shop.nl/wp-json/>; rel="https://api.w.org/"' })).toContain(
    'is-wordpress',
  );
  expect(codes({ ...well, text: '', plugin: 'ready' })).toEqual(
    expect.arrayContaining(['is-wordpress', 'plugin-ready']),
  );
});

test('a password front, a bot check and a server error can be added; each is told', () => {
  expect(codes({ ...well, status: 401, wantsPassword: true, text: '' })).toContain('password-front');
  expect(codes({ ...well, status: 503, text: 'Just a moment...' })).toContain('bot-check');
  expect(codes({ ...well, status: 500, text: '' })).toContain('server-error');
});

test('a site that is in care already cannot be added again', () => {
  expect(judgeHome({ ...well, known: { id: 'x', url: 'https://shop.nl' } })).toMatchObject({ canAdd: false });
});
