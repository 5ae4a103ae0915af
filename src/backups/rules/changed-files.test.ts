import { describe, expect, it } from 'vitest';
import { decideFile, type ComparePolicy, type FileFacts } from './changed-files.ts';

const file: FileFacts = { size: 100, mtime: 1000, ctime: 1000 };
const never: ComparePolicy = { rollingOf: 0, turn: 0, parentSiteTime: 5000 };

describe('which files travel', () => {
  it.each<[string, FileFacts, FileFacts | undefined, boolean, Partial<ComparePolicy>, string, string]>([
    ['a new file', file, undefined, false, {}, 'fetch', 'new'],
    ['the same', file, file, true, {}, 'reuse', 'same-size-and-times'],
    ['another size', { ...file, size: 101 }, file, true, {}, 'fetch', 'size-differs'],
    ['touched', { ...file, mtime: 1001 }, file, true, {}, 'fetch', 'time-differs'],
    ['changed, mtime set back', { ...file, ctime: 2000 }, file, true, {}, 'fetch', 'time-differs'],
    [
      'mtime older than ctime on both sides',
      { ...file, ctime: 2000 },
      { ...file, ctime: 2000 },
      true,
      {},
      'reuse',
      'same-size-and-times',
    ],
    ['its blobs are gone', file, file, false, {}, 'fetch', 'content-not-in-repository'],
    [
      'written in the second of the last walk',
      { ...file, mtime: 5000, ctime: 5000 },
      { ...file, mtime: 5000, ctime: 5000 },
      true,
      {},
      'compare',
      'changed-too-recently',
    ],
    ['its turn for the rolling check', file, file, true, { rollingOf: 1 }, 'compare', 'rolling-check'],
    ['parent of unknown time', file, file, true, { parentSiteTime: undefined }, 'reuse', 'same-size-and-times'],
  ])('%s', (_name, now, before, held, policy, act, why) => {
    expect(decideFile('a/b.php', now, before, held, { ...never, ...policy })).toEqual({ act, why });
  });

  it('hashes every unchanged file exactly once in a round of turns, about as many each turn', () => {
    const of = 30;
    const perTurn = Array.from({ length: of }, (_, turn) => {
      let count = 0;
      for (let i = 0; i < 3000; i++)
        if (
          decideFile(`wp-content/uploads/2026/${i}.jpg`, file, file, true, { ...never, rollingOf: of, turn }).act ===
          'compare'
        )
          count++;
      return count;
    });
    expect(perTurn.reduce((a, b) => a + b)).toBe(3000);
    expect(Math.min(...perTurn)).toBeGreaterThan(50);
    expect(Math.max(...perTurn)).toBeLessThan(170);
  });
});
