import { describe, expect, it } from 'vitest';
import { dailyMinute, decideBackup, hourlyMinute, lastSlot, nextSlot, type ScheduleFacts } from './schedule.ts';

const zone = 'Europe/Amsterdam';
const at = (text: string) => Date.parse(text);

function facts(extra: Partial<ScheduleFacts>): ScheduleFacts {
  return {
    siteId: 'shop',
    plan: 'daily',
    timeZone: zone,
    now: at('2026-11-23T12:00:00Z'),
    since: at('2026-01-01T00:00:00Z'),
    failuresInRow: 0,
    busy: false,
    ...extra,
  };
}

describe('slots', () => {
  it('spread a thousand sites over the whole night, about evenly', () => {
    const quarters = new Map<number, number>();
    for (let i = 0; i < 1000; i++) {
      const minute = dailyMinute(`site-${i}`);
      expect(minute).toBeGreaterThanOrEqual(30);
      expect(minute).toBeLessThan(300);
      const quarter = Math.floor(minute / 15);
      quarters.set(quarter, (quarters.get(quarter) ?? 0) + 1);
    }
    expect(quarters.size).toBe(18);
    // 1000 / 18 = 56 on average.
    for (const count of quarters.values()) expect(count).toBeGreaterThan(25);
  });

  it('spread hourly sites over the hour', () => {
    const minutes = new Set(Array.from({ length: 600 }, (_, i) => hourlyMinute(`site-${i}`)));
    expect(minutes.size).toBe(40);
    expect(Math.max(...minutes)).toBe(39);
  });

  it.each<[string, string]>([
    ['winter', '2026-11-23T12:00:00Z'],
    ['the night summer time begins', '2026-03-29T12:00:00Z'],
    ['the night summer time ends', '2026-10-25T12:00:00Z'],
  ])('daily slots lie in the night of the site: %s', (_name, now) => {
    for (let i = 0; i < 50; i++) {
      const slot = lastSlot(`site-${i}`, 'daily', zone, at(now));
      const hour = Number(
        new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', hourCycle: 'h23' }).format(slot),
      );
      expect(hour).toBeLessThanOrEqual(5);
    }
  });

  it.each(['daily', 'hourly'] as const)('next %s slot comes after now, the last one not', (plan) => {
    for (let hour = 0; hour < 24 * 7; hour++) {
      const now = at('2026-10-22T00:00:00Z') + hour * 3_600_000;
      expect(lastSlot('shop', plan, zone, now)).toBeLessThanOrEqual(now);
      const next = nextSlot('shop', plan, zone, now);
      expect(next).toBeGreaterThan(now);
      expect(lastSlot('shop', plan, zone, next)).toBe(next);
    }
  });

  it('hourly slots follow the hours of a zone that is half an hour off', () => {
    for (let i = 0; i < 50; i++) {
      const slot = lastSlot(`site-${i}`, 'hourly', 'Asia/Kolkata', at('2026-11-23T12:00:00Z'));
      const minute = Number(
        new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Kolkata', minute: 'numeric' }).format(slot),
      );
      expect(minute).toBe(hourlyMinute(`site-${i}`));
    }
  });
});

describe('what is due now', () => {
  const slot = lastSlot('shop', 'daily', zone, at('2026-11-23T12:00:00Z'));
  const hourSlot = lastSlot('shop', 'hourly', zone, at('2026-11-23T12:00:00Z'));

  it.each<[string, Partial<ScheduleFacts>, boolean, string]>([
    ['never backed up', {}, true, 'first-backup'],
    ['a new site before its first slot', { since: at('2026-11-23T11:59:00Z') }, true, 'first-backup'],
    ['done after the slot', { lastGoodStart: slot + 60_000 }, false, 'waiting-for-slot'],
    [
      'done before the slot, one minute past it',
      { lastGoodStart: slot - 60_000, now: slot + 60_000 },
      true,
      'slot-reached',
    ],
    ['missed while we were down', { lastGoodStart: slot - 86_400_000 }, true, 'slot-missed'],
    ['running already', { busy: true }, false, 'busy'],
    ['just failed', { failuresInRow: 1, lastAttemptEnd: at('2026-11-23T11:59:00Z') }, false, 'waiting-for-retry'],
    [
      'failed once, 3 minutes ago',
      { failuresInRow: 1, lastAttemptEnd: at('2026-11-23T11:57:00Z') },
      true,
      'retry-after-failure',
    ],
    [
      'failed nine times, 20 minutes ago',
      { failuresInRow: 9, lastAttemptEnd: at('2026-11-23T11:40:00Z') },
      false,
      'waiting-for-retry',
    ],
    [
      'failed nine times, 31 minutes ago',
      { failuresInRow: 9, lastAttemptEnd: at('2026-11-23T11:29:00Z') },
      true,
      'retry-after-failure',
    ],
    ['hourly, done this hour', { plan: 'hourly', lastGoodStart: hourSlot + 1 }, false, 'waiting-for-slot'],
    ['hourly, done last hour', { plan: 'hourly', lastGoodStart: hourSlot - 1 }, true, 'slot-missed'],
    ['hourly, at its minute', { plan: 'hourly', lastGoodStart: hourSlot - 1, now: hourSlot }, true, 'slot-reached'],
    [
      'back to daily with a fresh hourly backup',
      { lastGoodStart: at('2026-11-23T11:00:00Z') },
      false,
      'waiting-for-slot',
    ],
  ])('%s', (_name, extra, due, code) => {
    const decision = decideBackup(facts(extra));
    expect(decision.due).toBe(due);
    expect(decision.reason.code).toBe(code);
    expect(decision.nextAt).toBeGreaterThan(facts(extra).now);
  });

  it('a day of asking every minute gives one daily and 24 hourly backups', () => {
    for (const [plan, wanted] of [
      ['daily', 1],
      ['hourly', 24],
    ] as const) {
      let lastGoodStart = at('2026-11-22T23:00:00Z');
      let count = 0;
      for (let now = at('2026-11-22T23:01:00Z'); now < at('2026-11-23T23:01:00Z'); now += 60_000)
        if (decideBackup(facts({ plan, now, lastGoodStart })).due) {
          lastGoodStart = now;
          count++;
        }
      expect(count).toBe(wanted);
    }
  });
});
