import { expect, it } from 'vitest';
import { decideTooLarge } from './too-large.ts';

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
