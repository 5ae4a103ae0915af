import { expect, test } from 'vitest';
import { quoteName, unquoteName } from './quote.ts';

// Right-hand sides are what Go's strconv.Quote gives, without its quotes.
test.each<[string | Buffer, string]>([
  ['plain name.txt', 'plain name.txt'],
  ['say "hi" \\ there', 'say \\"hi\\" \\\\ there'],
  ['line\nbreak\ttab\rreturn', 'line\\nbreak\\ttab\\rreturn'],
  ['\u0007\b\v\f\u0000\u001b\u007f', '\\a\\b\\v\\f\\x00\\x1b\\x7f'],
  ['café 日本 😀', 'café 日本 😀'],
  ['zero\u200bwidth \u00a0nbsp \u00adsoft \ufeffbom', 'zero\\u200bwidth \\u00a0nbsp \\u00adsoft \\ufeffbom'],
  ['tag \u{e0041}', 'tag \\U000e0041'],
  ['line\u2028sep', 'line\\u2028sep'],
  ['replacement \ufffd stays', 'replacement \ufffd stays'],
  [Buffer.from([0x66, 0xff, 0x80, 0x67]), 'f\\xff\\x80g'],
  [Buffer.from([0xc3, 0x28, 0xe2, 0x82]), '\\xc3(\\xe2\\x82'],
  [Buffer.from([0xed, 0xa0, 0x80]), '\\xed\\xa0\\x80'],
  [Buffer.from([0xc0, 0xaf]), '\\xc0\\xaf'],
])('%j becomes %j and back', (name, quoted) => {
  expect(quoteName(name)).toBe(quoted);
  expect(unquoteName(quoted)).toEqual(name);
});

test('text given as bytes quotes as the text', () => {
  expect(quoteName(Buffer.from('naïve'))).toBe('naïve');
});

test.each(['\\', '\\x4', '\\q', 'a"b', '\\ud800', '\\U00110000', 'a\nb', '\\u12'])('%j is no quoted name', (quoted) => {
  expect(unquoteName(quoted)).toBeUndefined();
});

test('every byte survives', () => {
  for (let first = 0; first < 256; first++) {
    for (const second of [0x00, 0x41, 0x80, 0xbf, 0xff]) {
      const bytes = Buffer.from([first, second]);
      const back = unquoteName(quoteName(bytes));
      expect(Buffer.from(back as string).equals(bytes)).toBe(true);
    }
  }
});
