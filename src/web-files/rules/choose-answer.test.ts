import { describe, expect, test } from 'vitest';
import { chooseAnswer, chooseEncoding, isKnown } from './choose-answer.ts';

const files = new Set(['/assets/index-abc.js', '/mark.svg']);
const answer = (path: string, accept = 'text/html,*/*;q=0.8') => chooseAnswer(path, accept, (each) => files.has(each));

describe('the answer to a path', () => {
  test('a file, the page for whatever a browser opens, nothing for the rest', () => {
    expect(answer('/')).toEqual({ kind: 'page' });
    expect(answer('/', '*/*')).toEqual({ kind: 'page' });
    expect(answer('/mark.svg', '*/*')).toEqual({ kind: 'file', path: '/mark.svg' });
    expect(answer('/sites/bakkerij.nl')).toEqual({ kind: 'page' });
    expect(answer('/sites/bakkerij.nl', 'application/json').kind).toBe('none');
    expect(answer('/sites/x', '').kind).toBe('none');
  });

  test('no page under the API and its neighbours, nor for a file of another version', () => {
    for (const path of [
      '/api/nothing',
      '/api',
      '/connector/x.zip',
      '/assets/index-old.js',
      '/openapi.json/x',
      '/metrics/',
    ])
      expect(answer(path), path).toMatchObject({ kind: 'none' });
    expect(answer('/apiary')).toEqual({ kind: 'page' });
  });
});

describe('the form of an answer', () => {
  test('is the smallest that the client takes and that there is', () => {
    const all = ['br', 'gzip', 'identity'] as const;
    expect(chooseEncoding('gzip, deflate, br, zstd', all)).toBe('br');
    expect(chooseEncoding('gzip', all)).toBe('gzip');
    expect(chooseEncoding('br;q=0, gzip;q=0.5', all)).toBe('gzip');
    expect(chooseEncoding('*', all)).toBe('br');
    expect(chooseEncoding('', all)).toBe('identity');
    expect(chooseEncoding('br', ['identity'])).toBe('identity');
  });

  test('is none when the client has it', () => {
    expect(isKnown('"a", W/"b"', '"b"')).toBe(true);
    expect(isKnown('*', '"b"')).toBe(true);
    expect(isKnown('"a"', '"b"')).toBe(false);
    expect(isKnown('', '"b"')).toBe(false);
  });
});
