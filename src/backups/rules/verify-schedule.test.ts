import { describe, expect, it } from 'vitest';
import { decideSlice, decideTrialRestore, defaultVerify, type VerifyFacts } from './verify-schedule.ts';

const at = (text: string) => Date.parse(text);
const base: VerifyFacts = {
  siteId: 'shop',
  timeZone: 'Europe/Amsterdam',
  now: at('2026-11-23T22:00:00Z'),
  firstGoodBackup: at('2026-10-01T02:00:00Z'),
};

describe('rolling read-back', () => {
  it('reads every slice once in 30 days, one a day, whatever the hour it is asked', () => {
    const parts: number[] = [];
    let lastSlice: VerifyFacts['lastSlice'];
    for (let now = at('2026-11-01T00:00:00Z'); now < at('2026-12-01T00:00:00Z'); now += 1_800_000) {
      const decision = decideSlice({ ...base, now, lastSlice }, defaultVerify);
      if (!decision.due || decision.what === undefined) continue;
      parts.push(decision.what.part);
      lastSlice = { ...decision.what, at: now };
    }
    expect(parts).toEqual(Array.from({ length: 30 }, (_, i) => i + 1));
  });

  it('goes on with the next slice after missed days', () => {
    const decision = decideSlice(
      { ...base, lastSlice: { part: 30, of: 30, at: at('2026-11-18T12:00:00Z') } },
      defaultVerify,
    );
    expect(decision.what).toEqual({ part: 1, of: 30 });
  });

  it.each<[string, Partial<VerifyFacts>, string]>([
    ['no backup yet', { firstGoodBackup: undefined }, 'nothing-to-verify'],
    ['done today', { lastSlice: { part: 3, of: 30, at: at('2026-11-23T08:00:00Z') } }, 'slice-done-today'],
    ['tried 10 minutes ago without a verdict', { lastSliceTry: base.now - 600_000 }, 'tried-recently'],
    ['in the night', { now: at('2026-11-23T02:00:00Z') }, 'outside-hours'],
  ])('not due: %s', (_name, extra, code) => {
    expect(decideSlice({ ...base, ...extra }, defaultVerify)).toMatchObject({ due: false, reason: { code } });
  });
});

describe('monthly trial restore', () => {
  it.each<[string, Partial<VerifyFacts>, boolean, string]>([
    ['no backup yet', { firstGoodBackup: undefined }, false, 'nothing-to-verify'],
    ['never done', {}, true, 'trial-never-done'],
    ['tried an hour ago without a verdict', { lastTrialTry: base.now - 3_600_000 }, false, 'tried-recently'],
    ['first backup an hour ago', { firstGoodBackup: at('2026-11-23T21:00:00Z') }, false, 'trial-not-yet'],
    ['done three weeks ago', { lastTrialRestore: at('2026-11-02T12:00:00Z') }, false, 'trial-not-yet'],
    ['done a month and a day ago', { lastTrialRestore: at('2026-10-22T12:00:00Z') }, true, 'trial-month-passed'],
    [
      'done on 31 January, asked on 28 February',
      { lastTrialRestore: at('2026-01-31T12:00:00Z'), now: at('2026-02-28T22:00:00Z') },
      true,
      'trial-month-passed',
    ],
  ])('%s', (_name, extra, due, code) => {
    expect(decideTrialRestore({ ...base, ...extra }, defaultVerify)).toMatchObject({ due, reason: { code } });
  });
});
