import { describe, expect, test } from 'vitest';
import { charsetOf, decodeEntities, footerTexts, generatorOf, isNoindex, readableText, titleOf } from './page-text.ts';

describe('what a page says of itself', () => {
  test.each<[string, string | null]>([
    ['<title>Bakkerij &amp; Zn.</title>', 'Bakkerij & Zn.'],
    ['<TITLE data-x="1">\n  Twee \n regels </TITLE>', 'Twee regels'],
    ['<title></title>', null],
    ['<h1>geen titel</h1>', null],
    [`<title>${'x'.repeat(300)}</title>`, 'x'.repeat(200)],
  ])('title of %s', (html, expected) => {
    expect(titleOf(html)).toBe(expected);
  });

  test.each<[string, string | string[] | undefined, boolean]>([
    ['<meta name="robots" content="noindex, nofollow">', undefined, true],
    ["<META content='max-image-preview:large, noindex' name='robots' />", undefined, true],
    ['<meta name=robots content=none>', undefined, true],
    ['<meta name="googlebot" content="noindex">', undefined, true],
    ['<meta name="robots" content="index, follow, max-snippet:-1">', undefined, false],
    ['<meta name="description" content="noindex is a word">', undefined, false],
    ['', 'noindex', true],
    ['', 'googlebot: noindex, nofollow', true],
    ['', 'otherbot: noindex', false],
    ['', ['max-snippet:-1', 'none'], true],
    ['', 'index', false],
  ])('noindex: %s, header %s', (html, header, expected) => {
    expect(isNoindex(html, header)).toBe(expected);
  });

  test('generator: WordPress before its plugins', () => {
    const page = '<meta name="generator" content="Elementor 3.1"><meta name="generator" content="WordPress 6.8.1" />';
    expect(generatorOf(page)).toBe('WordPress 6.8.1');
    expect(generatorOf('<meta name="generator" content="Joomla!">')).toBe('Joomla!');
    expect(generatorOf('<p>')).toBeNull();
  });

  test('charset: of the header before that of the page', () => {
    expect(charsetOf('text/html; charset="ISO-8859-1"', '<meta charset="utf-8">')).toBe('iso-8859-1');
    expect(charsetOf('text/html', '<meta http-equiv="Content-Type" content="text/html; charset=windows-1252">')).toBe(
      'windows-1252',
    );
    expect(charsetOf(undefined, '<p>')).toBe('utf-8');
  });

  test('entities, as far as they are known', () => {
    expect(decodeEntities('a &amp; b&nbsp;&#8217;s &#x2013; &unknown; &#99999999;')).toBe(
      'a & b ’s – &unknown; &#99999999;',
    );
  });

  test('readable text is without scripts, styles, comments and tags', () => {
    const html =
      '<style>p{}</style><p>Brood <b>&amp;</b>\n banket</p><!-- <p>oud</p> --><script>var a="<p>";</script>!';
    expect(readableText(html)).toBe('Brood & banket !');
    expect(readableText('<p>een</p><script>zonder einde')).toBe('een');
  });
});

describe('texts that may become the keyword', () => {
  const page = (footer: string): string =>
    `<html><body><p>${'Nieuws van vandaag, telkens anders. '.repeat(30)}</p>${footer}</body></html>`;

  test('several words of the footer first; nothing with digits, no code, no cookie bars', () => {
    const texts = footerTexts(
      page(
        `<footer class="site-footer"><p>© 2026 Bakkerij Jansen</p><a>Algemene voorwaarden van de bakkerij</a>
        <span>Openingstijden</span><p>Wij gebruiken cookies voor u</p><script>var text = ">Geen tekst maar code<";</script>
        <p>Brood &amp; banket sinds lang</p></footer>`,
      ),
    );
    expect(texts[0]).toBe('Algemene voorwaarden van de bakkerij');
    expect(texts).toContain('Openingstijden');
    for (const text of texts) expect(text).not.toMatch(/\d|cookie|code|Nieuws/);
    expect(texts.at(-1)).not.toBe('Algemene voorwaarden van de bakkerij');
  });

  test('a page without a footer element: its last part', () => {
    expect(footerTexts(page('<div><p>Een vaste tekst onderaan</p></div>'))).toEqual(['Een vaste tekst onderaan']);
  });

  test('each is in the page as it is written', () => {
    const html = page('<div id="colophon"><p>Caf&eacute; De Gouden Leeuw</p><p>  Vlakbij het station </p></div>');
    const texts = footerTexts(html);
    expect(texts).toHaveLength(2);
    for (const text of texts) expect(html).toContain(text);
  });

  test('a page that is made to be slow to read is not', { timeout: 5000 }, () => {
    for (const part of ['<script>', '<', '<!--', '<meta ', '<footer class="', '>aaaaaaaaaaaa<', '<title>']) {
      const html = part.repeat(1_000_000 / part.length);
      expect(readableText(html).length).toBeLessThanOrEqual(html.length);
      expect(footerTexts(html).length).toBeLessThanOrEqual(8);
      expect(isNoindex(html.slice(0, 65_536), undefined)).toBe(false);
      expect(titleOf(html.slice(0, 65_536))).toBeNull();
    }
  });
});
