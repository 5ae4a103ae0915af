import { expect, test } from 'vitest';
import { judgeUndo, type UndoFacts } from './judge-undo.ts';

const done: UndoFacts = {
  target: 'site',
  state: 'done',
  present: ['a', 'b'],
  stillThere: new Set(['a', 'b']),
  undone: false,
};

test.each([
  ['a restore that was done', {}, 'ready'],
  ['into a folder', { target: 'folder' }, 'not-onto-the-site'],
  ['one that failed and was put back', { state: 'reverted' }, 'not-done'],
  ['one that was undone', { undone: true }, 'undone'],
  ['one that kept nothing', { present: [] }, 'nothing-kept'],
  ['one of which half was tidied away', { stillThere: new Set(['a']) }, 'snapshot-gone'],
] as const)('undoing %s', (_name, more, why) => {
  expect(judgeUndo({ ...done, ...more })).toEqual({ possible: why === 'ready', why });
});
