import { describe, expect, test } from 'vitest';
import { cookieHeader, keepCookies, nextHop, type Cookies } from './next-hop.ts';

const from = new URL('https://bakkerij.nl/winkel/');
const hop = (status: number, location?: string) => {
  const next = nextHop(from, { status, location });
  return next.kind === 'go' ? next.url.href : next.kind === 'failure' ? next.code : next.kind;
};

describe('where an answer leads', () => {
  test.each<[number, string | undefined, string]>([
    [200, undefined, 'stay'],
    [200, 'https://elders.nl/', 'stay'],
    [304, 'https://elders.nl/', 'stay'],
    [301, undefined, 'stay'],
    [301, 'https://www.bakkerij.nl/', 'https://www.bakkerij.nl/'],
    [302, '/nl/', 'https://bakkerij.nl/nl/'],
    [303, 'brood', 'https://bakkerij.nl/winkel/brood'],
    [307, '//cdn.example/x', 'https://cdn.example/x'],
    [308, 'http://bakkerij.nl/#top', 'http://bakkerij.nl/'],
    [302, 'http://', 'ERR_REDIRECT_ADDRESS'],
    [302, 'javascript:alert(1)', 'ERR_REDIRECT_ADDRESS'],
    [302, 'file:///etc/passwd', 'ERR_REDIRECT_ADDRESS'],
  ])('%i %s -> %s', (status, location, expected) => {
    expect(hop(status, location)).toBe(expected);
  });
});

test('cookies go back to the host that set them, the last value of each', () => {
  const cookies: Cookies = new Map();
  keepCookies(cookies, 'a.nl', ['lang=nl; Path=/; HttpOnly', 'x=1', 'nonsense']);
  keepCookies(cookies, 'a.nl', ['x=2; Secure']);
  keepCookies(cookies, 'b.nl', undefined);
  expect(cookieHeader(cookies, 'a.nl')).toBe('lang=nl; x=2');
  expect(cookieHeader(cookies, 'b.nl')).toBeUndefined();
});
