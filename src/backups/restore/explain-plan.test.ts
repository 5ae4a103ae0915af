import { describe, expect, it } from 'vitest';
import { explainPlan } from './explain-plan.ts';
import { summarizePlan } from './rules/summarize-plan.ts';
import { orderRestore } from './rules/order-restore.ts';
import type { FileOperation, TableChange } from './rules/plan-restore.ts';

const operations: FileOperation<string>[] = [
  { op: 'put', root: 'root', path: 'wp-config.php', kind: 'file', size: 3000, mode: 0o640, source: 'x' },
  { op: 'put', root: 'root', path: 'wp-includes/load.php', kind: 'file', size: 9000, mode: 0o644, source: 'x' },
  { op: 'remove', root: 'root', path: 'wp-content/evil.php', kind: 'file' },
];
const files = {
  operations,
  kept: [{ root: 'root', path: 'wp-content/cache', why: 'not-in-snapshot' as const }],
  added: 1,
  changed: 1,
  removed: 1,
  modesChanged: 0,
  foldersAdded: 0,
  foldersRemoved: 0,
  bytes: 12_000,
};
const tables: TableChange[] = [
  { name: 'wp_posts', action: 'replace', rowsNow: 9, rowsThen: 12_345, why: 'differs' },
  { name: 'wp_users', action: 'same', rowsNow: 1, rowsThen: 1, why: 'equal' },
];
const order = orderRestore({ databaseReachable: true, filesToDo: true, tablesToDo: true, putsConfig: true });
const plan = summarizePlan(files, new Set(['root:wp-config.php']), tables, order, { files: 'all', tables: 'all' });

describe('explainPlan', () => {
  it('says in English what will change, by name', () => {
    expect(explainPlan(plan, 'en')).toEqual([
      '1 file comes back:',
      '    wp-includes/load.php',
      '1 file is replaced:',
      '    wp-config.php',
      '1 file that was not there then is removed:',
      '    wp-content/evil.php',
      '12 kB go to the site.',
      'table wp_posts: from 9 to 12,345 rows (structure or rows differ)',
      '1 table is as it was.',
      'wp-content/cache: was left out of the snapshot, so it is left alone',
      'Files and tables are both made ready beside the site, then swapped directly after each other.',
    ]);
  });

  it('says the same in Dutch', () => {
    const lines = explainPlan(plan, 'nl');
    expect(lines).toContain('tabel wp_posts: van 9 naar 12.345 rijen (structuur of rijen verschillen)');
    expect(lines).toHaveLength(explainPlan(plan, 'en').length);
  });

  it('names at most twenty and counts the rest', () => {
    const many = Array.from(
      { length: 25 },
      (_, i) => ({ op: 'remove', root: 'root', path: `f${i}`, kind: 'file' }) as const,
    );
    const summary = summarizePlan(
      { ...files, operations: many, added: 0, changed: 0, removed: 25, kept: [] },
      new Set(),
      [],
      order,
      { files: 'all', tables: 'none' },
    );
    const lines = explainPlan(summary, 'en');
    expect(lines[0]).toBe('25 files that were not there then are removed:');
    expect(lines).toContain('    and 5 more');
    expect(lines).toContain('The database is not touched.');
  });
});
