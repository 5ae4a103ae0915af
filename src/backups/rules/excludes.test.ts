import { describe, expect, it } from 'vitest';
import { defaultExcludes, excludeFinder, excludesForRoot, type Exclude } from './excludes.ts';

const excludedBy = (path: string, list: readonly Exclude[]) => excludeFinder(list)(path);

const excludes = excludesForRoot(defaultExcludes('s1'), 'root', { root: 'root', path: 'wp-content' });

describe('what a backup leaves out', () => {
  it.each<[string, string | undefined]>([
    ['wp-content/cache', 'excluded-cache'],
    ['wp-content/cache-control', undefined],
    ['wp-content/plugins/some/cache', undefined],
    ['cache', undefined],
    ['wp-content/uploads/cache', 'excluded-cache'],
    ['wp-content/updraft', 'excluded-backup'],
    ['wp-content/nachtwacht-state', 'excluded-own'],
    ['wp-content/nachtwacht-s1', 'excluded-own'],
    ['nachtwacht-s1', 'excluded-own'],
    ['wp-content/nachtwacht-s11', undefined],
    ['wp-content/plugins/nachtwacht', undefined],
    ['wp-content/Cache', undefined],
  ])('%s: %s', (path, why) => {
    expect(excludedBy(path, excludes)?.why).toBe(why);
  });

  it('follows a content folder that is a root of its own', () => {
    const own = excludesForRoot(defaultExcludes('s1'), 'content', { root: 'content', path: '' });
    expect(excludedBy('cache', own)?.why).toBe('excluded-cache');
    const root = excludesForRoot(defaultExcludes('s1'), 'root', { root: 'content', path: '' });
    expect(excludedBy('wp-content/cache', root)).toBeUndefined();
    expect(excludedBy('x/nachtwacht-state', root)?.why).toBe('excluded-own');
  });

  it('takes * as exactly one name', () => {
    const list = [{ pattern: 'a/*/c', why: 'excluded-by-hand' as const }];
    expect(excludedBy('a/b/c', list)?.why).toBe('excluded-by-hand');
    expect(excludedBy('a/b/b/c', list)).toBeUndefined();
    expect(excludedBy('a/c', list)).toBeUndefined();
  });
});
