import { describe, expect, it } from 'vitest';
import { chooseScope, pathInScope, tableInScope, type RestoreScope } from './choose-scope.ts';

function scopeOf(files: string[], tables: string[] = []): RestoreScope {
  const choice = chooseScope({ files, tables });
  if (!choice.ok) throw new Error(`${choice.why}: ${choice.value}`);
  return choice.scope;
}

describe('chooseScope', () => {
  it('takes nothing named for the whole site', () => {
    expect(scopeOf([])).toEqual({ files: 'all', tables: 'all', reason: 'whole-site' });
    expect(scopeOf(['*'], ['*']).reason).toBe('whole-site');
  });

  it('leaves the database alone when only files are named, and the other way round', () => {
    expect(scopeOf(['wp-config.php'])).toMatchObject({ tables: 'none', reason: 'only-files' });
    expect(scopeOf([], ['wp_posts', 'wp_posts'])).toEqual({
      files: 'none',
      tables: ['wp_posts'],
      reason: 'only-tables',
    });
  });

  it('drops what a named folder holds already', () => {
    const scope = scopeOf(['/wp-content/uploads/2026/', './wp-content/uploads', 'wp-content/uploads-old']);
    expect(scope.files).toEqual([
      { root: 'root', path: 'wp-content/uploads' },
      { root: 'root', path: 'wp-content/uploads-old' },
    ]);
  });

  it('reads another root by its id', () => {
    expect(scopeOf(['content:uploads']).files).toEqual([{ root: 'content', path: 'uploads' }]);
    expect(scopeOf(['x-0123abcd:']).files).toEqual([{ root: 'x-0123abcd', path: '' }]);
  });

  it.each(['../etc/passwd', 'a/../../b', 'a//b', 'a/./b', 'nul\0', 'x'.repeat(5000)])('refuses the path %j', (path) => {
    expect(chooseScope({ files: [path] })).toMatchObject({ ok: false, why: 'bad-path' });
  });

  it.each(['', 'a`b', 'x'.repeat(65), 'a/b'])('refuses the table %j', (table) => {
    expect(chooseScope({ tables: [table] })).toMatchObject({ ok: false, why: 'bad-table' });
  });
});

describe('what is in scope', () => {
  const scope = scopeOf(['wp-content/uploads'], ['wp_posts']);

  it('matches whole names only', () => {
    expect(pathInScope(scope, 'root', 'wp-content/uploads/a.jpg')).toBe(true);
    expect(pathInScope(scope, 'root', 'wp-content/uploads-old/a.jpg')).toBe(false);
    expect(pathInScope(scope, 'content', 'wp-content/uploads/a.jpg')).toBe(false);
  });

  it('knows its tables', () => {
    expect(tableInScope(scope, 'wp_posts')).toBe(true);
    expect(tableInScope(scope, 'wp_users')).toBe(false);
    expect(tableInScope(scopeOf([]), 'wp_users')).toBe(true);
  });
});
