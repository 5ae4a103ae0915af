import { describe, expect, test } from 'vitest';
import { schemaObjects } from './schema-file.ts';

const view = (name: string, sql: string) => ({ kind: 'view' as const, name, sql });
const names = (records: Parameters<typeof schemaObjects>[0]): string[] =>
  schemaObjects(records).map(({ name }) => name);

describe('the order in which objects can be made', () => {
  test('routines, views, triggers, events; what is none is left out', () => {
    const sql = 'CREATE ...';
    const found = names([
      { kind: 'server', version: '11.8' },
      { kind: 'event', name: 'e', sql },
      { kind: 'trigger', name: 't', table: 'x', sql },
      view('v', sql),
      { kind: 'routine', name: 'r', sql },
      { kind: 'view', name: 'broken', error: 'no rights' },
    ]);
    expect(found).toEqual(['r', 'v', 't', 'e']);
  });

  test('a view stands behind all that it names, at any distance', () => {
    const found = names([
      view('a', 'select * from `b` join `c`'),
      view('b', 'select * from `d`'),
      view('c', 'select 1'),
      view('d', 'select * from `wp_posts`'),
    ]);
    expect(found).toEqual(['d', 'b', 'c', 'a']);
  });

  test('a part of a name is not that name', () => {
    expect(names([view('a', 'select * from `bb`'), view('b', 'select 1')])).toEqual(['a', 'b']);
  });

  test('a lone backtick in a text, and names with backticks', () => {
    expect(names([view('a', "select 'it`s' from `b`"), view('b', 'select 1')])).toEqual(['b', 'a']);
    expect(names([view('a', 'select * from `o``dd`'), view('o`dd', 'select 1')])).toEqual(['o`dd', 'a']);
    expect(names([view('a', 'select * from ````'), view('`', 'select 1')])).toEqual(['`', 'a']);
  });

  test('views that need each other all stay', () => {
    const found = names([view('a', 'from `b`'), view('b', 'from `c`'), view('c', 'from `a`'), view('d', 'from `d`')]);
    expect(found.toSorted()).toEqual(['a', 'b', 'c', 'd']);
  });
});

// As many as one answer may hold (connector/database-commands.ts), in all of its 8 MiB.
describe('five thousand views do not hold the process up', () => {
  const each = (8 * 1024 * 1024) / 5000;
  const many = (name: (i: number) => string, sql: (i: number) => string) =>
    Array.from({ length: 5000 }, (_, i) => view(name(i), sql(i).padEnd(each, ' ').slice(0, each)));

  test.each([
    [
      'a chain',
      many(
        (i) => `v${i}`,
        (i) => `from \`v${i + 1}\``,
      ),
    ],
    [
      'each names many',
      many(
        (i) => `v${i}`,
        (i) => Array.from({ length: 240 }, (_, n) => `\`v${(i * n) % 5000}\``).join(),
      ),
    ],
    [
      'only backticks',
      many(
        (i) => '`'.repeat(i % 250) + String(i),
        () => '`'.repeat(each),
      ),
    ],
    [
      'nothing but text',
      many(
        (i) => `v${i}`,
        () => 'x'.repeat(each),
      ),
    ],
  ])('%s', (_name, records) => {
    const before = performance.now();
    expect(schemaObjects(records)).toHaveLength(5000);
    expect(performance.now() - before).toBeLessThan(2000);
  });
});
