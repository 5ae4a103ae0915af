import { describe, expect, test } from 'vitest';
import { changed, isFiltered, questionOf, readListSearch } from './list-search.ts';

describe('the address of the list', () => {
  test.each([
    [{}, {}],
    [
      { q: 'woo', state: 'broken', page: 3 },
      { q: 'woo', state: 'broken', page: 3 },
    ],
    [
      { wordpress: 6.8, php: 8.2 },
      { wordpress: '6.8', php: '8.2' },
    ],
    [{ sort: 'state' }, {}],
    [
      { sort: 'size', down: true },
      { sort: 'size', down: true },
    ],
    [{ q: '  ', state: 'fine', page: 0, plan: 'never', late: 'yes', sort: 'x', other: 1 }, {}],
    [{ page: 1 }, {}],
    [{ page: 1.5 }, {}],
  ])('%j', (from, search) => {
    expect(readListSearch(from)).toEqual(search);
  });

  test('a change leads to the first page; undefined takes away', () => {
    const search = { q: 'a', state: 'well', page: 4 } as const;
    expect(changed(search, { state: undefined })).toEqual({ q: 'a' });
    expect(changed(search, { php: '8.2' })).toEqual({ q: 'a', state: 'well', php: '8.2' });
    expect(changed(search, { page: 5 })).toEqual({ q: 'a', state: 'well', page: 5 });
  });

  test('order and page are no filter', () => {
    expect(isFiltered({ sort: 'size', down: true, page: 2 })).toBe(false);
    expect(isFiltered({ late: true })).toBe(true);
  });

  test('becomes the question to the server', () => {
    expect(questionOf({})).toEqual({ sort: 'state', descending: false, page: 1, pageSize: 50 });
    expect(questionOf({ q: 'x', late: true, sort: 'size', down: true, page: 2 })).toEqual({
      search: 'x',
      overdue: true,
      sort: 'size',
      descending: true,
      page: 2,
      pageSize: 50,
    });
  });
});
