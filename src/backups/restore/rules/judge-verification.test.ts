import { describe, expect, it } from 'vitest';
import { judgeVerification, type TouchedPath } from './judge-verification.ts';

const wanted = { sha256: 'aa', size: 1 };
const base = { root: 'root', path: 'a.php' };
const one = (touched: Omit<TouchedPath, 'root' | 'path'>) => judgeVerification([{ ...base, ...touched }], 1000);

describe('judgeVerification', () => {
  it('is content with the wanted bytes and with absence', () => {
    expect(one({ wanted, found: { ...wanted, mtime: 5, ctime: 1001 } })).toMatchObject({
      ok: true,
      checked: 1,
      changedSince: [],
    });
    expect(one({ wanted: 'absent', found: 'absent' })).toMatchObject({ ok: true });
  });

  it('calls other bytes wrong when nobody wrote after the swap', () => {
    expect(one({ wanted, found: { sha256: 'bb', size: 1, mtime: 999, ctime: 1001 } }).wrong).toEqual([
      { ...base, why: 'other-bytes' },
    ]);
  });

  it('does not blame the restore for a log the site wrote to after the swap', () => {
    const verdict = one({ wanted, found: { sha256: 'bb', size: 9, mtime: 1002, ctime: 1002 } });
    expect(verdict).toMatchObject({ ok: true, changedSince: [base] });
  });

  it.each([
    ['missing', { wanted, found: 'absent' }],
    ['unreadable', { wanted, found: 'unreadable' }],
    ['still-there', { wanted: 'absent', found: { sha256: 'x', size: 1, mtime: 5, ctime: 5 } }],
  ] as const)('calls it %s', (why, touched) => {
    expect(one(touched)).toMatchObject({ ok: false, wrong: [{ why }] });
  });
});
