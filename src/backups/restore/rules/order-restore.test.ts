import { describe, expect, it } from 'vitest';
import { orderRestore } from './order-restore.ts';

const healthy = { databaseReachable: true, filesToDo: true, tablesToDo: true, putsConfig: false };

describe('orderRestore', () => {
  it.each([
    ['a healthy site: both staged, then both swapped', healthy, 'together', 'both-stand-ready'],
    ['nothing differs', { ...healthy, filesToDo: false, tablesToDo: false }, 'nothing', 'equal'],
    ['no table to do', { ...healthy, tablesToDo: false }, 'only-files', 'no-tables'],
    ['no file to do', { ...healthy, filesToDo: false }, 'only-tables', 'no-files'],
    ['wp-config broken', { ...healthy, databaseReachable: false, putsConfig: true }, 'files-first', 'config-broken'],
    [
      'only files, database down',
      { ...healthy, databaseReachable: false, tablesToDo: false },
      'only-files',
      'no-tables',
    ],
  ] as const)('%s', (_name, site, order, why) => {
    expect(orderRestore(site)).toEqual({ ok: true, order, why });
  });

  it('refuses when no file of the plan can bring the database back', () => {
    expect(orderRestore({ ...healthy, databaseReachable: false })).toEqual({ ok: false, why: 'database-unreachable' });
  });
});
