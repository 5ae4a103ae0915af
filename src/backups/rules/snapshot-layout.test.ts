import { expect, it } from 'vitest';
import { pathInSnapshot, pathOnSite, tagsOf, tagValue } from './snapshot-layout.ts';

it.each<[string, string, string[]]>([
  ['root', '', ['files', 'root']],
  ['root', 'wp-content/a b.jpg', ['files', 'root', 'wp-content', 'a b.jpg']],
  ['x-0123abcd', 'a', ['files', 'x-0123abcd', 'a']],
])('%s:%s lies at %j and comes back', (root, path, wanted) => {
  expect(pathInSnapshot(root, path)).toEqual(wanted);
  expect(pathOnSite(wanted)).toEqual({ root, path });
});

it("knows what is not one of the site's files", () => {
  expect(pathOnSite(['database', 'wp_posts.sql'])).toBeUndefined();
  expect(pathOnSite(['files'])).toBeUndefined();
});

it('tags a snapshot and reads it back', () => {
  const tags = tagsOf({ site: '42', run: 'r1', reason: 'daily', consistent: true, complete: false });
  expect(tags).toEqual(['site=42', 'run=r1', 'reason=daily', 'consistent=yes', 'complete=no']);
  expect(tagValue(tags, 'complete')).toBe('no');
  expect(tagValue(['sites=3'], 'site')).toBeUndefined();
});
