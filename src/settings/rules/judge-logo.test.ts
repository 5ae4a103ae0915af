import { expect, test } from 'vitest';
import { judgeLogo, largestLogoBytes } from './judge-logo.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const svg = (inside: string, attributes = '') =>
  bytes(
    `<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"${attributes}>${inside}</svg>\n`,
  );

test('pictures are known by their content', () => {
  expect(judgeLogo(new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0]))).toEqual({
    ok: true,
    type: 'image/png',
  });
  expect(judgeLogo(new Uint8Array([0xff, 0xd8, 0xff, 0xe0]))).toMatchObject({ type: 'image/jpeg' });
  expect(judgeLogo(bytes('RIFF\u0001\u0001\u0001\u0001WEBPVP8 '))).toMatchObject({ type: 'image/webp' });
  expect(judgeLogo(svg('<path d="M0 0h9v9z" fill="url(#g)"/><use href="#a"/>'))).toMatchObject({ ok: true });
  expect(judgeLogo(bytes('<!-- made by hand --><svg><g/></svg>'))).toMatchObject({ ok: true });
});

test.each([
  ['nothing', new Uint8Array(), 'empty'],
  ['a page', bytes('<html><body>x</body></html>'), 'not-a-picture'],
  ['a program', bytes('MZ\u0090'), 'not-a-picture'],
  ['a page with a drawing in it', bytes('<html><svg></svg></html>'), 'not-a-picture'],
  ['not UTF-8', new Uint8Array([0x3c, 0x73, 0x76, 0x67, 0xff, 0xfe]), 'not-a-picture'],
  ['script', svg('<script>alert(1)</script>'), 'svg-active'],
  ['script of another namespace', svg('<x:script>alert(1)</x:script>'), 'svg-active'],
  ['an event', svg('<g/>', ' onload="alert(1)"'), 'svg-active'],
  ['a javascript link', svg('<a href="javascript:alert(1)"><g/></a>'), 'svg-active'],
  ['a hidden javascript link', svg('<a href="&#106;avascript:alert(1)"><g/></a>'), 'svg-active'],
  ['HTML inside', svg('<foreignObject><body/></foreignObject>'), 'svg-active'],
  ['an entity', bytes('<!DOCTYPE svg [<!ENTITY x "y">]><svg>&x;</svg>'), 'svg-active'],
  ['a picture from elsewhere', svg('<image href="https://tracker.example/x.png"/>'), 'svg-outside'],
  ['a style from elsewhere', svg('<style>@import "//x.example/y.css";</style>'), 'svg-outside'],
  ['a fill from elsewhere', svg('<g style="fill:url(https://x.example/#a)"/>'), 'svg-outside'],
])('%s is refused', (_what, content, why) => {
  expect(judgeLogo(content)).toMatchObject({ ok: false, why });
});

test('the limit is told before anything is looked at', () => {
  expect(judgeLogo(new Uint8Array(largestLogoBytes + 1))).toEqual({ ok: false, why: 'too-large' });
});
