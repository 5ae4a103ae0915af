import { expect, test } from 'vitest';
import { hasKeyword } from './has-keyword.ts';

test.each<[string, string, boolean]>([
  ['<p>Bakkerij Jansen</p>', 'Bakkerij Jansen', true],
  ['<p>Brood &amp; banket</p>', 'Brood & banket', true],
  ['<p>Brood &amp; banket</p>', 'Brood &amp; banket', true],
  ['<p>Caf&eacute; De\n   Leeuw</p>', 'Café De Leeuw', true],
  ['<p>Bakkerij <strong>Jansen</strong></p>', 'Bakkerij Jansen', true],
  ['<script>"Bakkerij Jansen"</script>', 'Bakkerij Peters', false],
  ['', 'Bakkerij', false],
])('%s holds %s: %s', (html, keyword, expected) => {
  expect(hasKeyword(Buffer.from(html), keyword, () => html)).toBe(expected);
});
