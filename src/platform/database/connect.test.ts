import { describe, expect, test } from 'vitest';
import { jsonText } from './connect.ts';

describe('JSON that jsonb takes', () => {
  test('NUL and halves of pairs are replaced, in texts and in keys, at any depth', () => {
    const said = { 'a\u0000b': ['x\u0000', { '\ud800': 'half \udc00, whole 😀' }], n: 1.5, none: null, yes: true };
    expect(JSON.parse(jsonText(said))).toEqual({
      'a\ufffdb': ['x\ufffd', { '\ufffd': 'half \ufffd, whole 😀' }],
      n: 1.5,
      none: null,
      yes: true,
    });
  });

  test('everything else stays as JSON has it', () => {
    const at = new Date(0);
    for (const value of [{ at, deep: [[1, 'é', '\\u0000', '\n\u001f']], gone: undefined }, 'x', [], null, 7])
      expect(jsonText(value)).toBe(JSON.stringify(value));
    expect(jsonText(undefined)).toBe('null');
  });

  test('a key that is the name of the prototype is only a key', () => {
    const text = jsonText(JSON.parse('{"__proto__":{"is":"\\u0000"},"x\\u0000":1}'));
    expect(text).toBe('{"__proto__":{"is":"\ufffd"},"x\ufffd":1}');
  });
});
