import { describe, expect, test } from 'vitest';
import { judgeCare, monthInNumbers, nextDue, type CareFacts, type CareVerdict } from './my-site.ts';

const well: CareFacts = {
  paired: true,
  paused: false,
  lastGoodBackup: 900,
  overdue: false,
  out: false,
  restoring: false,
  requestWaits: false,
};

describe('how a site is, to its owner', () => {
  test.each<[Partial<CareFacts>, CareVerdict['state'], CareVerdict['reason']]>([
    [{}, 'well', 'all-kept'],
    [{ restoring: true, overdue: true }, 'working', 'restoring'],
    [{ out: true, overdue: true, requestWaits: true }, 'attention', 'out'],
    [{ out: true, paired: false, lastGoodBackup: undefined }, 'attention', 'out'],
    [{ out: true, restoring: true }, 'working', 'restoring'],
    [{ requestWaits: true }, 'working', 'request-waits'],
    [{ requestWaits: true, overdue: true }, 'attention', 'overdue'],
    [{ paired: false, lastGoodBackup: undefined }, 'starting', 'not-connected'],
    [{ paired: false }, 'attention', 'not-connected'],
    [{ paused: true }, 'attention', 'paused'],
    [{ overdue: true }, 'attention', 'overdue'],
    [{ lastGoodBackup: undefined }, 'starting', 'no-backup-yet'],
    [{ lastGoodBackup: undefined, overdue: true }, 'attention', 'overdue'],
  ])('%j: %s, %s', (change, state, reason) => {
    expect(judgeCare({ ...well, ...change })).toEqual({ state, reason });
  });
});

describe('the next backup', () => {
  const day = (hour: number, date = 10): Date => new Date(Date.UTC(2026, 10, date, hour));
  const window = { opensAt: day(0), due: day(6) };
  const next = { opensAt: day(0, 11), due: day(6, 11) };
  test.each<[string, Date | null, Date]>([
    ['none yet: this window', null, window.due],
    ['yesterday: this window', day(3, 9), window.due],
    ['made: the next', day(2), next.due],
    ['made at the first moment: the next', day(0), next.due],
  ])('%s', (_what, last, due) => {
    expect(nextDue(last, window, next)).toEqual(due);
  });
});

test('a month counts what was due', () => {
  const states = [
    { state: 'kept', count: 24 },
    { state: 'late', count: 1 },
    { state: 'open', count: 1 },
    { state: 'withdrawn', count: 3 },
  ];
  expect(monthInNumbers(states)).toEqual({ kept: 24, late: 1, missed: 0, open: 1, due: 25 });
});
