// Go's strconv.Quote and Unquote (double-quoted form), without the quotes: how restic stores file names.

const SHORT: Record<number, string> = {
  7: '\\a',
  8: '\\b',
  9: '\\t',
  10: '\\n',
  11: '\\v',
  12: '\\f',
  13: '\\r',
  0x22: '\\"',
  0x5c: '\\\\',
};
const UNSHORT: Record<string, number> = { a: 7, b: 8, t: 9, n: 10, v: 11, f: 12, r: 13, '"': 0x22, '\\': 0x5c };
/** Go's IsPrint: letters, marks, numbers, punctuation, symbols and the ASCII space. */
const PRINTABLE = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u;
/** Names of these characters only need no escaping: nearly all. */
const PLAIN = /^[ !#-[\]-~]*$/;

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The text of these bytes, undefined when they are not valid UTF-8. */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return utf8.decode(bytes);
  } catch {
    return undefined;
  }
}

/** Escapes a name as strconv.Quote does; bytes that are not UTF-8 become `\xNN`. */
export function quoteName(name: string | Buffer): string {
  if (typeof name === 'string' && PLAIN.test(name)) return name;
  const parts = splitUtf8(typeof name === 'string' ? Buffer.from(name) : name);
  return parts.map((part) => (typeof part === 'string' ? quoteCharacter(part) : hexEscape('\\x', part, 2))).join('');
}

/** Characters one by one; bytes that belong to none as numbers. */
export function splitUtf8(bytes: Buffer): (string | number)[] {
  const parts: (string | number)[] = [];
  let at = 0;
  while (at < bytes.length) {
    const length = sequenceLength(bytes, at);
    const text = length > 0 ? decodeUtf8(bytes.subarray(at, at + length)) : undefined;
    parts.push(text ?? bytes[at] ?? 0);
    at += text === undefined ? 1 : length;
  }
  return parts;
}

function quoteCharacter(text: string): string {
  const code = text.codePointAt(0) ?? 0;
  const short = SHORT[code];
  if (short !== undefined) return short;
  if (PRINTABLE.test(text)) return text;
  if (code < 0x20 || code === 0x7f) return hexEscape('\\x', code, 2);
  return code < 0x10000 ? hexEscape('\\u', code, 4) : hexEscape('\\U', code, 8);
}

function hexEscape(prefix: string, value: number, digits: number): string {
  return prefix + value.toString(16).padStart(digits, '0');
}

/** Length of the UTF-8 sequence that the byte at `at` announces; 0 when it cannot start one. */
function sequenceLength(bytes: Buffer, at: number): number {
  const first = bytes[at] ?? 0;
  if (first < 0x80) return 1;
  if (first >= 0xc2 && first < 0xe0) return 2;
  if (first >= 0xe0 && first < 0xf0) return 3;
  if (first >= 0xf0 && first < 0xf5) return 4;
  return 0;
}

/** Undoes `quoteName`: a string, or a Buffer when the bytes are not valid UTF-8. Undefined when badly quoted. */
export function unquoteName(quoted: string): string | Buffer | undefined {
  if (!quoted.includes('\\')) return quoted.includes('"') || quoted.includes('\n') ? undefined : quoted;
  const parts: Buffer[] = [];
  const escape = /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{3})|([abfnrtv\\"]))|([^\\"\n]+)/gy;
  let at = 0;
  while (at < quoted.length) {
    escape.lastIndex = at;
    const match = escape.exec(quoted);
    if (match === null) return undefined;
    const [, x, u, bigU, octal, short, plain] = match;
    const code = parseInt(u ?? bigU ?? '', 16);
    if (plain !== undefined) parts.push(Buffer.from(plain));
    else if (x !== undefined) parts.push(Buffer.of(parseInt(x, 16)));
    else if (octal !== undefined) parts.push(Buffer.of(parseInt(octal, 8) & 255));
    else if (short !== undefined) parts.push(Buffer.of(UNSHORT[short] ?? 0));
    else if (code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) return undefined;
    else parts.push(Buffer.from(String.fromCodePoint(code)));
    at = escape.lastIndex;
  }
  const bytes = Buffer.concat(parts);
  return decodeUtf8(bytes) ?? bytes;
}
