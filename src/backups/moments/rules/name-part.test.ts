import { expect, test } from 'vitest';
import { partOf } from './name-part.ts';

test.each([
  ['root', 'wp-includes/version.php', 'core', 'WordPress'],
  ['root', 'index.php', 'core', 'WordPress'],
  ['root', 'wp-content/plugins/woocommerce/a/b.php', 'plugin', 'woocommerce'],
  ['root', 'wp-content/plugins/hello.php', 'plugin', 'hello.php'],
  ['root', 'wp-content/themes/storefront/style.css', 'theme', 'storefront'],
  ['root', 'wp-content/uploads/2025/11/a.jpg', 'uploads', '2025'],
  ['root', 'wp-content/uploads/a.jpg', 'uploads', 'uploads'],
  ['root', 'wp-content/languages/nl_NL.mo', 'folder', 'wp-content/languages'],
  ['root', 'wp-content/debug.log', 'folder', 'wp-content'],
  ['root', 'oud/2019/a.zip', 'folder', 'oud'],
  ['content', 'uploads/2025/a.jpg', 'uploads', '2025'],
  ['x-12345678', 'a/b', 'folder', 'x-12345678'],
])('%s %s belongs to %s %s', (root, path, kind, name) => {
  expect(partOf(root, path.split('/'))).toEqual({ kind, name });
});
