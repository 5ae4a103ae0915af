import { describe, expect, it } from 'vitest';
import { compareVersions } from './cores.ts';
import { judge, showsFatal } from './visit.ts';

const seen = (status: number, body: string) => ({ status, headers: {}, body, fatal: showsFatal(body), ms: 1 });

describe('judging a page as a visitor', () => {
  it('is well with 200 and the keyword', () => {
    expect(judge(seen(200, '<h1>baken</h1>'), 'baken').ok).toBe(true);
  });

  it.each([
    ['another status', 503, 'baken'],
    ['a 200 without the keyword', 200, 'something else'],
    ['a fatal as a 200 with the keyword', 200, 'baken <b>Fatal error</b>: Uncaught Error in /x.php'],
    ['a fatal in plain text', 200, 'PHP Fatal error:  require(): Failed opening baken'],
    ["WordPress's own message", 200, '<p>There has been a critical error on this website. baken</p>'],
    ['the same in Dutch', 200, 'Er heeft zich een kritieke fout voorgedaan op deze site. baken'],
  ])('is not well with %s', (_, status, body) => {
    expect(judge(seen(status, body), 'baken').ok).toBe(false);
  });
});

describe('order of WordPress versions', () => {
  it('goes number by number', () => {
    expect(['6.8.12', '5.9', '6.8.7', '10.0', '6.8'].toSorted(compareVersions)).toEqual([
      '5.9',
      '6.8',
      '6.8.7',
      '6.8.12',
      '10.0',
    ]);
  });
});
