// Which files may be the logo. It is also served so that nothing in it can run (serve-logo.ts); this is the first lock.

export type LogoKind = 'image/png' | 'image/jpeg' | 'image/webp' | 'image/svg+xml';

export type LogoProblem = 'empty' | 'too-large' | 'not-a-picture' | 'svg-active' | 'svg-outside';

export type LogoVerdict = { ok: true; type: LogoKind } | { ok: false; why: LogoProblem; found?: string };

export const largestLogoBytes = 300_000;

/** The type comes from the content, never from the name or from what the sender says. */
export function judgeLogo(bytes: Uint8Array): LogoVerdict {
  if (bytes.length === 0) return { ok: false, why: 'empty' };
  if (bytes.length > largestLogoBytes) return { ok: false, why: 'too-large' };
  const starts = (at: number, ...values: number[]): boolean => values.every((value, i) => bytes[at + i] === value);
  if (starts(0, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return { ok: true, type: 'image/png' };
  if (starts(0, 0xff, 0xd8, 0xff)) return { ok: true, type: 'image/jpeg' };
  if (starts(0, 0x52, 0x49, 0x46, 0x46) && starts(8, 0x57, 0x45, 0x42, 0x50)) return { ok: true, type: 'image/webp' };
  return judgeSvg(bytes);
}

/** What can act in an SVG, or fetch from elsewhere. */
const active: [RegExp, string][] = [
  [/<\s*(?:[a-z]+:)?script/i, 'script'],
  [/\son[a-z]+\s*=/i, 'on...='],
  [/(?:java|vb)script\s*:/i, 'javascript:'],
  [/<\s*(?:[a-z]+:)?(?:foreignobject|iframe|embed|object|handler|listener)\b/i, 'foreignObject'],
  [/<!(?:entity|doctype[^>]*\[)/i, 'ENTITY'],
  [/<\?xml-stylesheet/i, 'xml-stylesheet'],
];
const outside: [RegExp, string][] = [
  [/(?:xlink:)?href\s*=\s*["']?\s*(?!#|data:image\/(?:png|jpeg|webp|gif)[;,])[^\s"'>]/i, 'href'],
  [/@import/i, '@import'],
  [/url\(\s*["']?\s*(?!#|data:)[^\s"')]/i, 'url()'],
];

function judgeSvg(bytes: Uint8Array): LogoVerdict {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return { ok: false, why: 'not-a-picture' };
  }
  const body = text.replace(/^\uFEFF?\s*(?:<\?xml[^>]*\?>)?(?:\s|<!--[\s\S]*?-->|<!doctype[^>[]*>)*/i, '');
  if (!/^<svg[\s>]/i.test(body) || !/<\/svg\s*>\s*(?:<!--[\s\S]*?-->\s*)*$/i.test(body)) {
    const isActive = active.some(([pattern]) => pattern.test(text)) && /<svg[\s>]/i.test(text);
    return { ok: false, why: isActive ? 'svg-active' : 'not-a-picture' };
  }
  const plain = withoutReferences(text);
  for (const [pattern, found] of active) if (pattern.test(plain)) return { ok: false, why: 'svg-active', found };
  for (const [pattern, found] of outside) if (pattern.test(plain)) return { ok: false, why: 'svg-outside', found };
  return { ok: true, type: 'image/svg+xml' };
}

/** Character references written out, so that `&#106;avascript:` is seen for what it is. */
function withoutReferences(text: string): string {
  const letter = (code: number): string => (code > 0 && code < 0x110000 ? String.fromCodePoint(code) : '');
  return text
    .replaceAll(/&#x([0-9a-f]{1,8});?/gi, (_, digits: string) => letter(Number.parseInt(digits, 16)))
    .replaceAll(/&#(\d{1,8});?/g, (_, digits: string) => letter(Number(digits)))
    .replaceAll(/[^\S ](?=[a-z]*\s*:)/gi, '');
}
