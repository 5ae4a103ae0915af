import { expect, test } from 'vitest';
import { keyKindOf, stableCreate } from './columns.ts';

test.each([
  ['bigint(20) unsigned', 'integer'],
  ['int', 'integer'],
  ['tinyint(1)', 'integer'],
  ['decimal(10,2)', 'ordered'],
  ['varchar(191)', 'ordered'],
  ['varbinary(16)', 'ordered'],
  ['datetime(6)', 'ordered'],
  ["enum('a','b')", 'none'],
  ["set('a','b')", 'none'],
  ['bit(8)', 'none'],
  ['double', 'none'],
  ['point', 'none'],
] as const)('a key of %s is of kind %s', (type, kind) => {
  expect(keyKindOf([{ name: 'k', form: 'text', type }], ['k'])).toBe(kind);
});

test('no key, or one of unknown or generated columns, is no key', () => {
  expect(keyKindOf([{ name: 'k', form: 'num', type: 'int' }], [])).toBe('none');
  expect(keyKindOf([{ name: 'k', form: 'num', type: 'int' }], ['gone'])).toBe('none');
});

test('the counter of new rows is no part of a table form', () => {
  const create =
    "CREATE TABLE `t` (\n `a` text COMMENT ') AUTO_INCREMENT=7'\n) ENGINE=InnoDB AUTO_INCREMENT=42 DEFAULT CHARSET=utf8mb4";
  expect(stableCreate(create)).toBe(create.replace(' AUTO_INCREMENT=42', ''));
  expect(stableCreate(stableCreate(create))).toBe(stableCreate(create));
});
