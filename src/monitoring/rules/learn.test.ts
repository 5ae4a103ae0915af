import { describe, expect, test } from 'vitest';
import { expectationsAtFirst, expectationsOf, learn, learnNeeds, unlearnt, type GoodCheck } from './learn.ts';

const seen = (i: number, more: Partial<GoodCheck> = {}): GoodCheck => ({
  at: i * 60_000,
  status: 200,
  host: 'bakkerij.nl',
  texts: ['Bakkerij De Wit, sinds 1923', `bezoeker ${i}`, 'Voorwaarden'],
  bytes: 40_000,
  hasKeyword: null,
  ...more,
});
const wishes = { host: 'bakkerij.nl', keyword: null, expectedStatus: null, extraHosts: [] };

describe('learning a site', () => {
  test('keeps the best text that stood there every time, with status and host', () => {
    let state = unlearnt;
    for (let i = 1; i < learnNeeds; i++) {
      state = learn(state, seen(i));
      expect(state.keyword).toBeNull();
    }
    state = learn(state, seen(learnNeeds));
    expect(state).toMatchObject({ keyword: 'Bakkerij De Wit, sinds 1923', status: 200, since: learnNeeds * 60_000 });
    expect(learn(state, seen(9, { texts: ['something else'] }))).toBe(state);
  });

  test('learns again when the page was made over, and keeps status and hosts', () => {
    let state = unlearnt;
    for (let i = 1; i <= learnNeeds; i++) state = learn(state, seen(i));
    expect(learn(state, seen(6, { hasKeyword: true }))).toBe(state);
    const over = { texts: ['Bakkerij De Wit BV'], bytes: 30_000, hasKeyword: false };
    state = learn(state, seen(7, over));
    expect(state).toMatchObject({ keyword: null, since: null, status: 200, hosts: ['bakkerij.nl'] });
    for (let i = 8; i < 7 + learnNeeds; i++) state = learn(state, seen(i, { ...over, hasKeyword: null }));
    expect(state).toMatchObject({ keyword: 'Bakkerij De Wit BV', bytes: 30_000 });
  });

  test('learns no text when none stays', () => {
    let state = unlearnt;
    for (let i = 1; i <= learnNeeds; i++) state = learn(state, seen(i, { texts: [`bezoeker ${i}`] }));
    expect(state).toMatchObject({ keyword: null, status: 200 });
    expect(state.since).not.toBeNull();
  });
});

describe('what is expected', () => {
  test('with nothing learnt: 200 at its own host, with or without www', () => {
    expect(expectationsOf(wishes, unlearnt)).toEqual({
      hosts: ['bakkerij.nl', 'www.bakkerij.nl'],
      status: 200,
      keyword: null,
      leastBytes: null,
    });
    expect(expectationsOf({ ...wishes, host: 'www.x.nl' }, unlearnt).hosts).toContain('x.nl');
  });

  test('what a person set goes before what was learnt', () => {
    const learnt = { ...unlearnt, keyword: 'oud', status: 200, hosts: ['shop.nl'], since: 1 };
    const set = { ...wishes, keyword: 'nieuw', expectedStatus: 401, extraHosts: ['elders.nl'] };
    expect(expectationsOf(set, learnt)).toEqual({
      hosts: ['bakkerij.nl', 'www.bakkerij.nl', 'elders.nl', 'shop.nl'],
      status: 401,
      keyword: 'nieuw',
      leastBytes: null,
    });
    expect(expectationsOf(wishes, { ...learnt, bytes: 40_001 }).leastBytes).toBe(20_001);
    expect(expectationsOf({ ...wishes, keyword: 'x' }, { ...learnt, bytes: 40_001 }).leastBytes).toBeNull();
  });

  test('the first answer shows where the site lives, and whether it asks for a password; later ones do not', () => {
    const expected = expectationsOf(wishes, unlearnt);
    const answer = { host: 'bakkerij-delft.nl', status: 401 };
    expect(expectationsAtFirst(expected, unlearnt, wishes, answer)).toMatchObject({ status: 401 });
    expect(expectationsAtFirst(expected, unlearnt, wishes, answer).hosts).toContain('bakkerij-delft.nl');
    expect(expectationsAtFirst(expected, unlearnt, wishes, { ...answer, status: 500 }).status).toBe(200);
    expect(expectationsAtFirst(expected, { ...unlearnt, from: 1 }, wishes, answer)).toBe(expected);
  });
});
