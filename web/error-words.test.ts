import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { connectorCodes } from '../src/connector/index.ts';
import { dutchCodes, dutchOf } from '../src/error-words.ts';
import type { ApiError } from './api.ts';
import { errorSteps, terminalCodes, wordsOfError } from './error-words.ts';

const src = path.resolve(import.meta.dirname, '../src');
/** What can only be done in a terminal. */
const command = /\bnachtwacht [a-z]+|(^|\s)--[a-z]|NACHTWACHT_/;

const errorOf = (code: string, more: Partial<ApiError> = {}): ApiError => ({
  code,
  status: 400,
  message: 'In English.',
  nextStep: 'Do this.',
  retryable: false,
  details: {},
  ...more,
});

/** English next steps by code, as far as they stand as text where the error is thrown. */
function englishSteps(): Map<string, string> {
  const steps = new Map<string, string>(Object.entries(connectorCodes).map(([code, facts]) => [code, facts.nextStep]));
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' });
  for (const file of files.filter(
    (each) => each.endsWith('.ts') && !each.endsWith('.test.ts') && !each.startsWith('cli/'),
  )) {
    const text = readFileSync(path.join(src, file), 'utf8');
    for (const [, code = '', rest = ''] of text.matchAll(/code: '([a-z-]+)',([\s\S]{0,600}?)retryable/g)) {
      const said = /nextStep:\s*([\s\S]*)/.exec(rest)?.[1];
      if (said !== undefined) steps.set(code, `${steps.get(code) ?? ''} ${said}`);
    }
  }
  return steps;
}

describe('errors in the browser', () => {
  test('name no command of the terminal as the next step, in either language', () => {
    const english = englishSteps();
    expect(english.size).toBeGreaterThan(80);
    const lacking = [...dutchCodes].filter((code) => {
      const dutch = dutchOf(errorOf(code))?.nextStep ?? '';
      const isOfTerminal = command.test(dutch) || command.test(english.get(code) ?? '');
      return isOfTerminal && !terminalCodes.has(code) && !(code in errorSteps('en'));
    });
    expect(lacking.toSorted()).toEqual([]);
    for (const language of ['nl', 'en'] as const) {
      for (const words of Object.values(errorSteps(language))) expect(words.nextStep).not.toMatch(command);
    }
  });

  test('are in the reader’s language, with the details of the case', () => {
    expect(wordsOfError(errorOf('store-keys-missing', { details: { place: 's3' } }), 'nl').sentence).toMatch(/opslag/);
    expect(wordsOfError(errorOf('not-allowed'), 'nl').sentence).toBe('Dit mag jij niet.');
    expect(wordsOfError(errorOf('customer-exists'), 'nl').sentence).toBe('Er is al een klant met die naam.');
    expect(wordsOfError(errorOf('customer-exists'), 'en')).toEqual({ sentence: 'In English.', nextStep: 'Do this.' });
    expect(wordsOfError(errorOf('made-up'), 'nl').sentence).toBe('In English.');
  });
});
