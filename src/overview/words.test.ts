import { describe, expect, test } from 'vitest';
import { nextActions } from './rules/gather-waiting.ts';
import { reasonCodes, siteStates } from './rules/site-state.ts';
import { overviewWords, reasonInWords, waitingInWords } from './words.ts';

const full = {
  since: '2026-11-25T05:00:00Z',
  duty: 'backup-daily',
  saga: 'backup-site',
  share: 1.12,
  alarm: 'meteor',
};

/** Nothing waits because of these. */
const needsNobody: string[] = ['backup-good', 'work-under-way'];

describe.each(['nl', 'en'] as const)('in %s', (language) => {
  test.each([...reasonCodes, 'keys-not-exported', 'request'] as const)('%s can be told', (code) => {
    for (const reason of [{ code, ...full }, { code }]) {
      expect(reasonInWords(reason, language)).not.toMatch(/undefined|NaN|^$/);
      for (const count of [1, 4]) {
        const told = waitingInWords({ reason, count }, language, () => 'om 06:00');
        expect(Object.values(told).join(' ')).not.toMatch(/undefined|NaN/);
        expect(told.mark).not.toBe('');
        expect(told.sentence).toMatch(needsNobody.includes(code) ? /^$/ : /\.$/);
      }
    }
  });

  test('states and actions have a word', () => {
    const words = overviewWords(language);
    for (const state of siteStates) expect(words.states[state]).not.toBe('');
    for (const action of nextActions) expect(words.actions[action]).not.toBe('');
  });
});

test('a sentence has its figures', () => {
  const told = waitingInWords({ reason: { code: 'quote-needed', share: 1.12 }, count: 1 }, 'nl', () => '');
  expect(told.why).toBe('112% van de afgesproken omvang: daarvoor is een offerte nodig.');
  const late = { reason: { code: 'duty-overdue' as const, duty: 'backup-daily', since: 'x' }, count: 12 };
  expect(waitingInWords(late, 'nl', () => 'vandaag om 06:00')).toEqual({
    mark: 'Te laat',
    sentence: 'kregen niet op tijd de dagelijkse backup.',
    why: 'Had klaar moeten zijn: vandaag om 06:00.',
  });
});
