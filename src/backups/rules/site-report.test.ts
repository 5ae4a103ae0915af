import { describe, expect, it } from 'vitest';
import { judgeCompleteness, type SiteReport, type SkipReason } from './site-report.ts';

const database: SiteReport['database'] = {
  held: true,
  consistent: true,
  why: 'one snapshot',
  tables: 12,
  rows: 100,
  bytes: 1000,
  skipped: [],
};

function withSkip(why: SkipReason, path = 'a/b') {
  return { skipped: [{ root: 'root', path, why }], skippedCounts: { [why]: 1 }, database };
}

describe('whether a snapshot holds the whole site', () => {
  it.each<[SkipReason, boolean]>([
    ['excluded-own', true],
    ['excluded-cache', true],
    ['excluded-by-hand', true],
    ['not-a-file', true],
    ['link-loop', true],
    ['vanished', true],
    ['unreadable', false],
    ['bad-name', false],
    ['duplicate-name', false],
    ['too-large', false],
    ['read-failed', false],
    ['site-says', false],
  ])('%s: complete %s', (why, complete) => {
    expect(judgeCompleteness(withSkip(why)).complete).toBe(complete);
  });

  it('counts gaps beyond the list and names the first', () => {
    const judged = judgeCompleteness({ ...withSkip('unreadable'), skippedCounts: { unreadable: 7000 } });
    expect(judged.gaps).toEqual([{ code: 'files-missing', count: 7000, examples: ['root:a/b'] }]);
  });

  it('names a missing root, a missing database and missing tables', () => {
    expect(judgeCompleteness(withSkip('unreadable', '')).gaps[0]?.code).toBe('root-missing');
    const none = { skipped: [], skippedCounts: {} };
    expect(judgeCompleteness({ ...none, database: { held: false, why: 'unreachable' } }).gaps[0]?.code).toBe(
      'database-missing',
    );
    const some = { ...database, skipped: [{ name: 'wp_posts', why: 'crashed' }] };
    expect(judgeCompleteness({ ...none, database: some }).gaps).toEqual([
      { code: 'tables-missing', count: 1, examples: ['wp_posts'] },
    ]);
  });

  it('is complete when nothing is missing', () => {
    expect(judgeCompleteness({ skipped: [], skippedCounts: {}, database })).toEqual({ complete: true, gaps: [] });
  });
});
