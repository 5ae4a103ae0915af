import { describe, expect, test } from 'vitest';
import { septetsOf } from '../../channels/sms/rules/segment.ts';
import { alarmSms, overSms, silentSms, testSms } from '../sms-text.ts';
import { gather, type Seen } from './gather.ts';
import { isTimely, readSignature, signedText } from './signed-request.ts';
import { judgeSilence } from './silent.ts';
import { realTimes, timesOf } from './times.ts';

describe('several second locations together', () => {
  test.each<[asked: string[], answers: [string, Seen][], isOver: boolean, says: Seen | 'wait']>([
    [['a'], [], false, 'wait'],
    [['a'], [['a', 'down']], false, 'down'],
    [['a'], [['a', 'up']], false, 'up'],
    [['a'], [['a', 'none']], false, 'none'],
    [['a'], [], true, 'none'],
    [['a', 'b'], [['a', 'down']], false, 'wait'],
    [['a', 'b'], [['a', 'up']], false, 'up'],
    [
      ['a', 'b'],
      [
        ['a', 'down'],
        ['b', 'none'],
      ],
      false,
      'down',
    ],
    [
      ['a', 'b'],
      [
        ['a', 'down'],
        ['b', 'up'],
      ],
      false,
      'up',
    ],
    [['a', 'b'], [['a', 'down']], true, 'down'],
    [['a', 'b'], [['a', 'none']], true, 'none'],
    [[], [['c', 'down']], false, 'wait'],
    [[], [['c', 'down']], true, 'down'],
  ])('asked %j, answered %j, over %s: %s', (asked, answers, isOver, says) => {
    expect(gather({ asked, answers: new Map(answers), isOver })).toBe(says);
  });
});

describe('a silent second location', () => {
  const at = (seconds: number, canAlarm: boolean, others = 0) =>
    judgeSilence(seconds * 1000, { lastSeenAt: 0, canAlarm }, others, realTimes);

  test.each<[seconds: number, canAlarm: boolean, others: number, verdict: object]>([
    [89, true, 0, { state: 'seen' }],
    // It can alarm by itself and has the word first: ours is held back.
    [90, true, 0, { state: 'silent', tellFrom: 900_000, notice: true, why: 'alarms-by-itself' }],
    // It cannot: ours goes at once.
    [90, false, 0, { state: 'silent', tellFrom: 90_000, notice: true, why: 'cannot-alarm' }],
    // Another one still looks along: no reason to write to somebody at night.
    [90, false, 1, { state: 'silent', tellFrom: 90_000, notice: false, why: 'cannot-alarm' }],
  ])('after %d s, can alarm: %s, others: %d', (seconds, canAlarm, others, verdict) => {
    expect(at(seconds, canAlarm, others)).toMatchObject(verdict);
  });
});

describe('signed requests', () => {
  const headers: Record<string, string> = {
    'x-nachtwacht-probe': 'abcdef123456',
    'x-nachtwacht-time': '1790000000000',
    'x-nachtwacht-nonce': 'AAAAAAAAAAAAAAAAAAAAAAAA',
    'x-nachtwacht-signature': `${'A'.repeat(86)}==`,
  };
  test('are read when all four headers are in form', () => {
    expect(readSignature((name) => headers[name])).toMatchObject({ probe: 'abcdef123456', time: 1_790_000_000_000 });
  });
  test.each(Object.keys(headers))('are none without %s, or with another one in it', (name) => {
    expect(readSignature((each) => (each === name ? undefined : headers[each]))).toBeUndefined();
    expect(readSignature((each) => (each === name ? 'x\ny' : headers[each]))).toBeUndefined();
  });
  test('count for two minutes before and after', () => {
    const now = 1_790_000_000_000;
    expect([-120_001, -120_000, 0, 120_000, 120_001].map((off) => isTimely(now + off, now))).toEqual([
      false,
      true,
      true,
      true,
      false,
    ]);
  });
  test('sign method, path, who, when and body', () => {
    const text = signedText({ method: 'POST', path: '/p', probe: 'a', time: 1, nonce: 'n', bodyHash: 'h' });
    expect(text).toBe('nachtwacht-probe-1\nPOST\n/p\na\n1\nn\nh');
  });
});

test('times scale all alike', () => {
  expect(timesOf(10)).toMatchObject({ beatMs: 1000, silentMs: 9000 });
  expect(timesOf(1)).toEqual(realTimes);
});

describe('texts', () => {
  const since = Date.parse('2026-07-28T12:32:00Z');
  const facts = { name: 'FRANKFURT', language: 'nl' as const, timeZone: 'Europe/Amsterdam' };
  test('say what, from where and since when, on the wall of the agency', () => {
    expect(alarmSms(facts, { reason: 'core-silent', since })).toBe(
      'STORING Nachtwacht zelf is niet bereikbaar vanuit FRANKFURT sinds 14:32. Kijk of hij nog draait.',
    );
    expect(alarmSms({ ...facts, language: 'en' }, { reason: 'watch-silent', since })).toBe(
      'OUTAGE Nachtwacht itself: the watch stands still since 14:32 (seen from FRANKFURT). Sites are not checked.',
    );
    expect(overSms(facts, since)).toBe('Nachtwacht: de wacht werkt weer sinds 14:32 (gezien vanuit FRANKFURT).');
  });
  test('fit one segment whatever the name', () => {
    const name = 'X'.repeat(30);
    for (const language of ['nl', 'en'] as const) {
      const long = { ...facts, name, language };
      const texts = [
        ...(['core-silent', 'watch-silent', 'database-away'] as const).map((reason) =>
          alarmSms(long, { reason, since }),
        ),
        overSms(long, since),
        testSms(long),
        silentSms(long, since),
      ];
      for (const text of texts) expect(septetsOf(text) ?? 999).toBeLessThanOrEqual(160);
    }
  });
});
