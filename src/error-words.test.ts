import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { connectorCodes } from './connector/index.ts';
import { dutchCodes, errorInWords } from './error-words.ts';

const src = path.dirname(fileURLToPath(import.meta.url));

/** Codes of every error that the house itself throws on purpose; the command line's own speak both languages already. */
function thrownCodes(): string[] {
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.startsWith('cli/'),
  );
  return files.flatMap((file) =>
    Array.from(
      readFileSync(path.join(src, file), 'utf8').matchAll(/new NachtwachtError\(\{\s*code: '([a-z-]+)'/g),
      (match) => match[1] ?? '',
    ),
  );
}

describe('errors in Dutch', () => {
  test('are there for every error of the house and of the site', () => {
    const codes = new Set([...thrownCodes(), ...Object.keys(connectorCodes)]);
    expect(codes.size).toBeGreaterThan(80);
    expect([...codes].filter((code) => !dutchCodes.has(code)).toSorted()).toEqual([]);
  });

  test('name the case at hand, and what to do with it', () => {
    const busy = {
      code: 'subject-busy',
      message: 'Other work (backup-site) is under way there.',
      nextStep: 'Wait until it ends.',
      details: { runId: 'abc' },
    };
    expect(errorInWords(busy, 'nl')).toEqual({
      message: 'Er is daar ander werk bezig. (Other work (backup-site) is under way there.)',
      nextStep: 'Wacht tot het klaar is, of stop het: nachtwacht run cancel abc',
    });
    expect(errorInWords(busy, 'en')).toEqual({ message: busy.message, nextStep: busy.nextStep });
    expect(errorInWords({ ...busy, code: 'new-code' }, 'nl').message).toBe(busy.message);
  });
});
