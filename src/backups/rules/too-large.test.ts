import { expect, it } from 'vitest';
import { decideTooLarge, mayReadAgain } from './too-large.ts';

const gb = 1e9;

it.each<[string, number[], number[]]>([
  ['nothing', [], []],
  ['within the limit', [gb, gb], []],
  ['over the limit, still stored whole', [3 * gb, 3 * gb, 3 * gb], []],
  ['a sparse file of 10 GB', [1, 10 * gb, 2], [1]],
  ['many that together are far too much: the largest go first', [4 * gb, 3 * gb, 5 * gb, 1], [2]],
  ['two giants', [6 * gb, 7 * gb, 1], [1, 0]],
])('%s', (_name, sizes, left) => {
  expect(decideTooLarge(sizes, 5 * gb).leaveOut).toEqual(left);
});

it('says how much was left out', () => {
  expect(decideTooLarge([10 * gb], 5 * gb).reason).toEqual({ code: 'left-out', bytes: 10 * gb, limitBytes: 5 * gb });
});

it.each([
  ['a log that grew a little', { size: 2 * gb, fetched: 3 * gb, listed: 2 * gb, tries: 3 }, 'go-on'],
  ['one that is beyond the limit by now', { size: 6 * gb, fetched: 0, listed: 1, tries: 3 }, 'file-over-limit'],
  ['all of them, three times', { size: 1 * gb, fetched: 29 * gb, listed: 10 * gb, tries: 3 }, 'go-on'],
  ['many small ones that all grow', { size: 1 * gb, fetched: 4.5 * gb, listed: 1000, tries: 3 }, 'files-over-limit'],
])('read again: %s', (_name, of, code) => {
  expect(mayReadAgain(of, 5 * gb)).toEqual({ code });
});
