import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { actionInWords, knownActions } from './words.ts';

const src = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/** Sources that record audit, with every action that stands in them. */
const sources = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.includes('.test.') && !file.startsWith('audit/'))
  .map((file) => ({ file, text: readFileSync(path.join(src, file), 'utf8') }));
const recording = sources.filter(({ text }) => text.includes('recordAudit('));
const recorded = new Set(
  recording.flatMap(({ text }) =>
    Array.from(text.matchAll(/\baction(?::|\s=)\s([^,;]+)/g), ([, expression = '']) =>
      Array.from(expression.matchAll(/'([a-z]+(?:-[a-z]+)+)'/g), ([, action = '']) => action),
    ).flat(),
  ),
);

test('the test sees the actions (it can fail)', () => {
  expect(recording.length).toBeGreaterThan(15);
  expect(recorded).toContain('snapshot-released');
  expect(recorded.size).toBeGreaterThan(20);
});

test('every action that is recorded has words in both languages', () => {
  const without = [...recorded].filter((action) => !knownActions.includes(action));
  expect(without).toEqual([]);
  for (const action of knownActions) {
    expect(actionInWords(action, 'nl')).not.toBe(actionInWords(action, 'en'));
    expect(actionInWords(action, 'nl')).not.toContain('-');
  }
});

/** They check who asks because they reach out for him, and change nothing. */
const onlyLook = new Set(['intake/look-at-address.ts']);

test('every verb that checks a scope records what was done, or hands the actor on to one that does', () => {
  const silent = sources
    .filter(({ text }) => /\brequireScope\((?!actor: Actor)/.test(text) && !text.includes('recordAudit('))
    .filter(({ text }) => !/\(platform, actor, /.test(text))
    .map(({ file }) => file)
    .filter((file) => !onlyLook.has(file));
  expect(silent).toEqual([]);
});
