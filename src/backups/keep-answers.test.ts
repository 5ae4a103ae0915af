import { expect, test } from 'vitest';
import { KeptAnswers } from './keep-answers.ts';

test('two who ask at the same time share one making, and the longest unused goes first', async () => {
  const made: string[] = [];
  const kept = new KeptAnswers<string>(9, (value) => value.length);
  const ask = (key: string) =>
    kept.get(key, async () => {
      made.push(key);
      return key.repeat(3);
    });
  expect(await Promise.all([ask('a'), ask('a')])).toEqual(['aaa', 'aaa']);
  await ask('b');
  await ask('a');
  await ask('c'); // 12 in all: b was not used the longest
  await ask('a');
  await ask('b');
  expect(made).toEqual(['a', 'b', 'c', 'b']);
});

test('a failure is not kept', async () => {
  const kept = new KeptAnswers<number>(9, () => 1);
  await expect(kept.get('x', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  await expect(kept.get('x', async () => 1)).resolves.toBe(1);
});
