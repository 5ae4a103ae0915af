/**
 * The GSM 7-bit default alphabet and its extension table (3GPP TS 23.038, 6.2.1). A character of the extension counts
 * as two. One segment holds 160 of them; anything outside the alphabet turns the whole message into UCS-2 with 70.
 */
const basic =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ ÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
const extension = '^{}\\[~]|€';
const segmentSeptets = 160;

/** Septets that a text takes, or undefined when it does not fit the alphabet. */
export function septetsOf(text: string): number | undefined {
  let septets = 0;
  for (const character of text) {
    if (basic.includes(character)) septets += 1;
    else if (extension.includes(character)) septets += 2;
    else return undefined;
  }
  return septets;
}

/** ASCII out of any text: accents are taken off, and what has no like is a question mark. */
export function toAscii(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[‘’]/gu, "'")
    .replaceAll(/[“”]/gu, '"')
    .replaceAll(/[–—]/gu, '-')
    .replaceAll('€', 'EUR')
    .replaceAll('ß', 'ss')
    .replaceAll(/[\r\n\t]+/gu, ' ')
    .replaceAll(/[^\u0020-\u007e]/gu, '?');
}

/**
 * One segment: parts joined by blanks, in ASCII. When they are too long, `shorten` is cut (with `..`) so that the rest,
 * the code to answer with above all, stays whole.
 */
export function oneSegment(parts: { before: string; shorten: string; after: string }): string {
  const [before, shorten, after] = [parts.before, parts.shorten, parts.after].map(toAscii);
  const whole = [before, shorten, after].filter((part) => part !== '').join(' ');
  const size = septetsOf(whole) ?? Number.POSITIVE_INFINITY;
  if (size <= segmentSeptets) return whole;
  const room = segmentSeptets - (septetsOf(`${before} .. ${after}`) ?? 0);
  let cut = '';
  for (const character of shorten ?? '') {
    if ((septetsOf(cut + character) ?? 0) > room) break;
    cut += character;
  }
  return `${before} ${cut}.. ${after}`;
}

/** Any text as one segment in ASCII: what is too long is cut at its end. */
export function cutToSegment(text: string): string {
  const plain = toAscii(text).replaceAll('`', "'");
  if ((septetsOf(plain) ?? Number.POSITIVE_INFINITY) <= segmentSeptets) return plain;
  let cut = '';
  for (const character of plain) {
    if ((septetsOf(`${cut}${character}..`) ?? 0) > segmentSeptets) break;
    cut += character;
  }
  return `${cut}..`;
}
