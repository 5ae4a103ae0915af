const entities: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  ndash: '–',
  mdash: '—',
  rsquo: '’',
  lsquo: '‘',
  rdquo: '”',
  ldquo: '“',
  copy: '©',
  euml: 'ë',
  iuml: 'ï',
  eacute: 'é',
  egrave: 'è',
  ouml: 'ö',
  uuml: 'ü',
  auml: 'ä',
  raquo: '»',
  rsaquo: '›',
};

/** Characters for the usual entities; others stay as they are. */
export function decodeEntities(text: string): string {
  return text.replaceAll(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,8}));/gi, (whole, decimal, hex, name) => {
    if (typeof name === 'string') return entities[name.toLowerCase()] ?? whole;
    const point = typeof decimal === 'string' ? Number(decimal) : Number.parseInt(String(hex), 16);
    return point > 0 && point < 0x11_0000 ? String.fromCodePoint(point) : whole;
  });
}

const oneSpace = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

/**
 * Spaces instead of scripts, styles, comments and the like, so that places stay what they are. One pass, whatever the
 * page is: a pattern that looks for each end anew would take seconds over a page made for that.
 */
function withoutCode(html: string): string {
  const opening = /<(script|style|noscript|textarea|template|svg)\b|<!--/gi;
  const lower = html.toLowerCase();
  let text = '';
  let at = 0;
  for (let found = opening.exec(html); found !== null; found = opening.exec(html)) {
    const closing = found[1] === undefined ? '-->' : `</${found[1].toLowerCase()}`;
    const closes = lower.indexOf(closing, opening.lastIndex);
    const ends = closes === -1 ? -1 : lower.indexOf('>', closes);
    const stop = ends === -1 ? html.length : ends + 1;
    text += html.slice(at, found.index) + ' '.repeat(stop - found.index);
    at = stop;
    opening.lastIndex = stop;
  }
  return text + html.slice(at);
}

/** What a page says, as one reads it: without scripts, styles and tags. */
export function readableText(html: string): string {
  return oneSpace(decodeEntities(withoutCode(html).replaceAll(/<[^<>]{0,2000}>/g, ' ')));
}

/** Charset that the header names, else the page itself; lower case. */
export function charsetOf(contentType: string | undefined, head: string): string {
  const named =
    /charset\s*=\s*["']?([\w-]{2,40})/i.exec(contentType ?? '') ??
    /<meta[^>]{0,200}charset\s*=\s*["']?([\w-]{2,40})/i.exec(head);
  return (named?.[1] ?? 'utf-8').toLowerCase();
}

/** Text of the title element, 200 characters at most. */
export function titleOf(head: string): string | null {
  const found = /<title[^>]{0,200}>([^<]{0,2000})/i.exec(head);
  const title = oneSpace(decodeEntities(found?.[1] ?? ''));
  return title === '' ? null : title.slice(0, 200);
}

interface MetaElement {
  name: string;
  content: string;
}

function metaElements(head: string): MetaElement[] {
  return Array.from(head.matchAll(/<meta\s[^<>]{1,2000}>/gi), ([element]) => {
    const read = (attribute: string): string =>
      new RegExp(`\\s${attribute}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s>]+))`, 'i')
        .exec(element)
        ?.slice(1)
        .find(Boolean) ?? '';
    return { name: read('name').toLowerCase(), content: decodeEntities(read('content')) };
  });
}

/**
 * Whether a page asks search engines to stay away (robots or googlebot meta, or the X-Robots-Tag header without another
 * bot's name before it).
 */
export function isNoindex(head: string, robotsHeader: string | readonly string[] | undefined): boolean {
  const says = (text: string): boolean => /(^|[\s,])(noindex|none)($|[\s,])/i.test(text);
  const headers = typeof robotsHeader === 'string' ? [robotsHeader] : (robotsHeader ?? []);
  const forAll = headers
    .map((line) => line.replace(/^\s*googlebot\s*:/i, ''))
    .filter((line) => !/^\s*[\w-]+bot\s*:/i.test(line));
  const metas = metaElements(head).filter(({ name }) => name === 'robots' || name === 'googlebot');
  return forAll.some(says) || metas.some(({ content }) => says(content));
}

/** What made the page, as it says itself: 'WordPress 6.8.1'. The one of WordPress before those of its plugins. */
export function generatorOf(head: string): string | null {
  const named = metaElements(head).filter(({ name, content }) => name === 'generator' && content !== '');
  const found = named.find(({ content }) => content.startsWith('WordPress')) ?? named[0];
  return found === undefined ? null : found.content.slice(0, 100);
}

/** Changes by themselves, or stand on pages of any site, also broken ones. */
const unfit = /\d|cookie|loading|laden|please wait|javascript|error|fout|not found|©\s*$/i;

/** Of a page's end, in which its footer is looked for; and texts of it that are looked at. */
const footerLength = 96 * 1024;
const mostTexts = 100;

/**
 * Texts of a page that may become its keyword, best first, at most eight: the plain text of one element near the end, as
 * it is written in the source, 8 to 80 characters, without digits (years, prices and counters change).
 */
export function footerTexts(html: string): string[] {
  const end = html.lastIndexOf('</body');
  const whole = html.slice(0, end === -1 ? html.length : end).slice(-footerLength);
  const bare = withoutCode(whole);
  const footers = bare.matchAll(/<footer\b|\b(?:id|class)=["'][^"'<>]{0,100}\b(?:footer|colophon|site-info)\b/gi);
  const footerAt = Array.from(footers, ({ index }) => index).find((at) => at > bare.length / 3);
  const found = new Map<string, number>();
  for (const match of bare.slice(footerAt ?? Math.floor(bare.length * 0.6)).matchAll(/>([^<>]{8,200})</g)) {
    const text = (match[1] ?? '').trim();
    const letters = text.replaceAll(/[^\p{L}]/gu, '').length;
    if (text.length < 8 || text.length > 80 || text.includes('\n') || letters < 6 || unfit.test(text)) continue;
    // Several words say more than one; entities may be written otherwise by another version of a plugin.
    const words = Math.min(text.split(/\s+/).length, 5);
    const isOnce = whole.indexOf(text) === whole.lastIndexOf(text);
    found.set(text, words + (text.includes('&') ? -3 : 0) + (isOnce ? 1 : 0));
    if (found.size === mostTexts) break;
  }
  return Array.from(found, ([text, worth]) => ({ text, worth }))
    .toSorted((a, b) => b.worth - a.worth)
    .slice(0, 8)
    .map(({ text }) => text);
}
