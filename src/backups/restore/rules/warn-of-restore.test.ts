import { describe, expect, test } from 'vitest';
import type { TableChange } from './plan-restore.ts';
import { warnOfRestore, type WarnFacts } from './warn-of-restore.ts';

const good = { complete: true, wrong: false, consistent: true, gaps: [] };
const facts = (changes: TableChange[], more: Partial<WarnFacts> = {}): WarnFacts => ({
  plan: { tables: { scope: 'all', changes }, order: { ok: true, order: 'only-tables', why: 'no-files' } },
  thenMs: 0,
  presentMs: 1_000_000,
  nowMs: 1_000_000,
  snapshot: good,
  ...more,
});
const replaced = (name: string, rowsNow: number, rowsThen: number): TableChange => ({
  name,
  action: 'replace',
  rowsNow,
  rowsThen,
  why: 'differs',
});

describe('what a person should know before going back', () => {
  test('orders, customers and forms that came after the moment, and each only once', () => {
    const changes = [
      replaced('wp_wc_orders', 112, 100),
      replaced('wp_users', 7, 5),
      replaced('wp_wc_customer_lookup', 9, 5),
      replaced('wp_gf_entry', 3, 1),
      replaced('wp_options', 500, 100),
      replaced('wp_posts', 40, 38),
    ];
    expect(warnOfRestore(facts(changes))).toEqual([
      { code: 'newer-rows', severe: true, what: 'orders', count: 12, table: 'wp_wc_orders' },
      { code: 'newer-rows', severe: true, what: 'customers', count: 2, table: 'wp_users' },
      { code: 'newer-rows', severe: true, what: 'entries', count: 2, table: 'wp_gf_entry' },
      { code: 'newer-content', severe: false, count: 2, table: 'wp_posts' },
    ]);
  });

  test('nothing when no row is lost, also when the table stays as it is', () => {
    const same: TableChange = { name: 'wp_wc_orders', action: 'kept', rowsNow: 9, rowsThen: 1, why: 'own-table' };
    expect(warnOfRestore(facts([replaced('wp_wc_orders', 100, 112), same]))).toEqual([]);
  });

  test('a snapshot that lacks something or was found damaged, a database that cannot be read, an old look', () => {
    const gaps = [{ code: 'files-missing' as const, count: 1, examples: ['root:a'] }];
    const unknown: TableChange = { name: 'wp_posts', action: 'replace', rowsThen: 4, why: 'unknown-now' };
    const found = warnOfRestore(
      facts([unknown], {
        snapshot: { complete: false, wrong: true, consistent: false, gaps },
        nowMs: 3_600_000 + 1_000_000,
      }),
    );
    expect(found.map((one) => one.code)).toEqual([
      'snapshot-wrong',
      'snapshot-incomplete',
      'database-unknown',
      'not-one-moment',
      'present-old',
    ]);
  });
});
