import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { contrastOf, judgeAccent, leastContrast, normalColour } from './accent.ts';

const grounds = { light: ['#faf8f4', '#ffffff', '#f1ede5'], dark: ['#15120e', '#1d1914', '#100d0a'] };

test('contrast is that of WCAG', () => {
  expect(contrastOf('#000000', '#ffffff')).toBeCloseTo(21, 5);
  expect(contrastOf('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
});

test('the grounds are those of the design', () => {
  const tokens = readFileSync(new URL('../../../web/ui/tokens.css', import.meta.url), 'utf8');
  for (const colour of [...grounds.light, ...grounds.dark]) expect(tokens).toContain(colour);
});

test("Nachtwacht's own gold passes as it is, each in its mode", () => {
  expect(judgeAccent('#8a5a00').light).toMatchObject({ passes: true, moved: 'not', colour: '#8a5a00' });
  expect(judgeAccent('#e8b04a').dark).toMatchObject({ passes: true, moved: 'not', colour: '#e8b04a' });
});

test('a colour too pale for paper becomes darker by day and stays by night', () => {
  const verdict = judgeAccent('#ffd400');
  expect(verdict.light).toMatchObject({ passes: false, moved: 'darker' });
  expect(verdict.dark).toMatchObject({ passes: true, colour: '#ffd400' });
  // Hardly more than is needed: the nearest.
  expect(verdict.light.contrast).toBeLessThan(leastContrast + 0.2);
});

test('every colour gets a pair that can be read on every ground, its wash included', () => {
  const parts = ['00', '40', '80', 'c0', 'ff'];
  for (const r of parts)
    for (const g of parts)
      for (const b of parts) {
        const { pair } = judgeAccent(`#${r}${g}${b}`);
        for (const ground of [...grounds.light, pair.lightWash])
          expect(contrastOf(pair.light, ground), `#${r}${g}${b} on ${ground}`).toBeGreaterThanOrEqual(leastContrast);
        for (const ground of [...grounds.dark, pair.darkWash])
          expect(contrastOf(pair.dark, ground), `#${r}${g}${b} on ${ground}`).toBeGreaterThanOrEqual(leastContrast);
      }
});

test('the proposal keeps the hue: blue stays blue', () => {
  const { pair } = judgeAccent('#3b82f6');
  const channelsOf = (colour: string) => [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
  for (const colour of [pair.light, pair.dark]) {
    const [r = 0, g = 0, b = 0] = channelsOf(colour);
    expect(b).toBeGreaterThan(g);
    expect(g).toBeGreaterThan(r);
  }
});

test('says when a colour can be taken for a state', () => {
  expect(judgeAccent('#c0201a').looksLike).toBe('broken');
  expect(judgeAccent('#1d7a4c').looksLike).toBe('well');
  expect(judgeAccent('#8a5a00').looksLike).toBeNull();
  expect(judgeAccent('#777777').looksLike).toBeNull();
});

test('colours as people write them', () => {
  expect(normalColour(' #ABC ')).toBe('#aabbcc');
  expect(normalColour('3B82F6')).toBe('#3b82f6');
  for (const wrong of ['', 'blue', '#12345', '#1234567', 'rgb(1,2,3)', '#12345g'])
    expect(normalColour(wrong)).toBeUndefined();
});
