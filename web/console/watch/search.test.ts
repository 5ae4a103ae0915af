import { expect, test } from 'vitest';
import { questionOf, readWatchSearch } from './search.ts';

test('an address asks for what it says, and for nothing else', () => {
  const search = readWatchSearch({ q: ' bakker ', phase: 'out', sort: 'response', down: true, page: 3, x: 1 });
  expect(search).toEqual({ q: 'bakker', phase: 'out', sort: 'response', down: true, page: 3 });
  expect(questionOf(search)).toMatchObject({ search: 'bakker', phase: 'out', sort: 'response', descending: true });
  expect(readWatchSearch({ q: '', phase: 'burning', sort: 'state', page: 1.5, unknown: 'yes' })).toEqual({});
  expect(questionOf({ unknown: true })).toMatchObject({ verdict: 'unknown', page: 1 });
});
