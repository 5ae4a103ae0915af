import { describe, expect, it } from 'vitest';
import { decideRetention, defaultRetention, type RetainedSnapshot, type RetentionPolicy } from './retention.ts';
import type { BackupReason } from './snapshot-layout.ts';

const zone = 'Europe/Amsterdam';

function snap(time: string, extra: Partial<RetainedSnapshot> = {}): RetainedSnapshot {
  return { id: time, time: Date.parse(time), reason: 'hourly', good: true, ...extra };
}

function everyHour(from: string, count: number): RetainedSnapshot[] {
  const start = Date.parse(from);
  return Array.from({ length: count }, (_, i) => snap(new Date(start + i * 3_600_000).toISOString()));
}

function kept(snapshots: RetainedSnapshot[], now: string, policy: RetentionPolicy = defaultRetention): string[] {
  return decideRetention(snapshots, policy, zone, Date.parse(now))
    .filter((one) => one.keep)
    .map((one) => one.id);
}

describe('which snapshots stay', () => {
  it('keeps 48 hours, 35 days and 12 months of an hourly site of more than a year', () => {
    const all = everyHour('2025-06-01T00:10:00Z', 24 * 500);
    const newest = all.at(-1)?.id ?? '';
    const decisions = decideRetention(all, defaultRetention, zone, Date.parse(newest));
    const stay = decisions.filter((one) => one.keep);
    const codes = (code: string) => stay.filter((one) => one.reasons.some((why) => why.code === code)).length;
    expect(codes('hour')).toBe(48);
    expect(codes('day')).toBe(35);
    expect(codes('month')).toBe(12);
    // 48 hours, 33 days before them, and the months before those days.
    expect(stay.length).toBeGreaterThanOrEqual(48 + 32 + 10);
    expect(stay.length).toBeLessThanOrEqual(48 + 33 + 11);
    expect(decisions).toHaveLength(all.length);
    expect(decisions.every((one) => one.reasons.length > 0)).toBe(true);
  });

  it('keeps 35 days and 12 months of a daily site', () => {
    const all = Array.from({ length: 400 }, (_, i) =>
      snap(new Date(Date.parse('2025-06-01T01:10:00Z') + i * 86_400_000).toISOString(), { reason: 'daily' }),
    );
    const stay = kept(all, all.at(-1)?.id ?? '');
    expect(stay.length).toBeGreaterThanOrEqual(35 + 10);
    expect(stay.length).toBeLessThanOrEqual(35 + 12);
  });

  it.each<[string, RetainedSnapshot[], string, string[]]>([
    ['nothing', [], '2026-11-23T12:00:00Z', []],
    [
      'one that is wrong',
      [snap('2026-11-23T10:00:00Z', { good: false })],
      '2026-11-23T12:00:00Z',
      ['2026-11-23T10:00:00Z'],
    ],
    [
      'the last good one, years old, behind later ones that are incomplete',
      [
        snap('2021-01-01T10:00:00Z'),
        ...Array.from({ length: 60 }, (_, i) =>
          snap(new Date(Date.parse('2026-09-20T10:00:00Z') + i * 86_400_000).toISOString(), { good: false }),
        ),
      ],
      '2026-11-18T12:00:00Z',
      ['2021-01-01T10:00:00Z'],
    ],
    [
      'the good one of an hour before a later incomplete one',
      [snap('2026-11-23T10:05:00Z'), snap('2026-11-23T10:45:00Z', { good: false }), snap('2026-11-23T11:05:00Z')],
      '2026-11-23T12:00:00Z',
      ['2026-11-23T10:05:00Z', '2026-11-23T11:05:00Z'],
    ],
    [
      'one that lies in the future because a clock was wrong',
      [snap('2026-11-23T10:05:00Z'), snap('2030-01-01T00:00:00Z')],
      '2026-11-23T12:00:00Z',
      ['2030-01-01T00:00:00Z', '2026-11-23T10:05:00Z'],
    ],
  ])('always keeps %s', (_name, all, now, wanted) => {
    expect(kept(all, now)).toEqual(expect.arrayContaining(wanted));
  });

  it('never lets an incomplete snapshot push the good one of its hour out', () => {
    const stay = kept(
      [snap('2026-11-23T10:05:00Z'), snap('2026-11-23T10:45:00Z', { good: false }), snap('2026-11-23T11:05:00Z')],
      '2026-11-23T12:00:00Z',
    );
    expect(stay).not.toContain('2026-11-23T10:45:00Z');
  });

  it('counts days that have a snapshot: a site that was away for 60 days keeps what it had', () => {
    const before = everyHour('2026-08-01T00:10:00Z', 24 * 10);
    const all = [...before, snap('2026-10-20T10:00:00Z')];
    const stay = kept(all, '2026-10-20T11:00:00Z');
    expect(stay).toHaveLength(1 + 11); // ten days in UTC touch eleven in Amsterdam
  });

  it('takes days in the time zone of the site', () => {
    // 22:30Z and 23:30Z of one UTC day are two days in Amsterdam in winter.
    const all = [snap('2026-11-10T22:30:00Z'), snap('2026-11-10T23:30:00Z'), snap('2026-11-20T12:00:00Z')];
    expect(kept(all, '2026-11-20T13:00:00Z')).toHaveLength(3);
    expect(
      decideRetention(all, defaultRetention, 'UTC', Date.parse('2026-11-20T13:00:00Z')).filter((one) => one.keep),
    ).toHaveLength(2);
  });

  it('makes two hours of the doubled hour when summer time ends', () => {
    // 02:30 local twice on 2026-10-25.
    const all = [snap('2026-10-25T00:30:00Z'), snap('2026-10-25T01:30:00Z')];
    expect(kept(all, '2026-10-25T02:00:00Z')).toHaveLength(2);
  });

  it.each<[BackupReason, number, boolean]>([
    ['before-update', 13, true],
    ['before-update', 15, false],
    ['before-restore', 13, true],
    ['by-hand', 13, true],
    ['hourly', 13, false],
  ])('%s of %d days ago stays: %s', (reason, days, stays) => {
    const now = Date.parse('2026-11-23T12:00:00Z');
    const at = new Date(now - days * 86_400_000 - 3_600_000);
    const one = snap(at.toISOString(), { reason });
    const later = snap(new Date(at.getTime() + 1_800_000).toISOString());
    const newest = snap(new Date(now - 60_000).toISOString());
    expect(kept([one, later, newest], new Date(now).toISOString()).includes(one.id)).toBe(stays);
  });

  it('keeps what a restore reads or a person set aside, and says so', () => {
    const all = [
      snap('2020-01-01T00:00:00Z', { held: 'in-use' }),
      snap('2020-01-01T01:00:00Z'),
      ...everyHour('2026-01-01T00:00:00Z', 24 * 400),
    ];
    const one = decideRetention(all, defaultRetention, zone, Date.parse('2027-03-01T00:00:00Z')).find(
      (each) => each.id === '2020-01-01T00:00:00Z',
    );
    expect(one).toMatchObject({ keep: true, reasons: [{ code: 'held', by: 'in-use' }] });
  });

  it('says by which one a removed snapshot is replaced, or that it is too old', () => {
    const all = [snap('2026-11-01T08:00:00Z'), snap('2026-11-01T09:00:00Z'), snap('2026-11-20T12:00:00Z')];
    expect(decideRetention(all, defaultRetention, zone, Date.parse('2026-11-20T13:00:00Z')).at(-1)).toEqual({
      id: '2026-11-01T08:00:00Z',
      keep: false,
      reasons: [{ code: 'replaced', by: '2026-11-01T09:00:00Z' }],
    });
    const none: RetentionPolicy = { hourly: 0, daily: 1, monthly: 1, beforeChangeDays: 0 };
    expect(decideRetention(all, none, zone, Date.parse('2026-11-20T13:00:00Z')).at(-2)).toMatchObject({
      keep: false,
      reasons: [{ code: 'too-old' }],
    });
  });

  it('is not moved by the order in which snapshots are given, and twice gives the same', () => {
    const all = everyHour('2026-01-01T00:10:00Z', 2000);
    const now = all.at(-1)?.id ?? '';
    const stay = kept(all, now);
    expect(kept(all.toReversed(), now)).toEqual(stay);
    const left = all.filter((one) => stay.includes(one.id));
    expect(kept(left, now)).toEqual(stay);
  });

  it.each([0, 1, 5, 50])('a policy of all %d never removes the last good one', (n) => {
    const policy = { hourly: n, daily: n, monthly: n, beforeChangeDays: 0 };
    const all = [...everyHour('2026-11-01T00:10:00Z', 30), snap('2026-11-20T12:00:00Z', { good: false })];
    expect(kept(all, '2026-11-23T13:00:00Z', policy)).toContain(all[29]?.id);
  });
});
