import { describe, expect, test } from 'vitest';
import {
  isInOrder,
  judgeSite,
  reasonCodes,
  siteStates,
  stateOfReason,
  type SiteFacts,
  type WatchFacts,
} from './site-state.ts';

const now = Date.parse('2026-11-25T09:00:00Z');
const hour = 3_600_000;
const good: SiteFacts = {
  now,
  plan: 'daily',
  pairedAt: now - 90 * 24 * hour,
  paused: false,
  lastGoodAt: now - 6 * hour,
  size: { state: 'ok', share: 0.2 },
  overdue: [],
  alarms: [],
  watch: {
    watchedSince: now - 90 * 24 * hour,
    checkedAt: now - 30_000,
    verdict: 'up',
    certificateEndsAt: now + 60 * 24 * hour,
  },
};
const seen = (over: Partial<WatchFacts>): Partial<SiteFacts> => ({
  watch: { watchedSince: now - 90 * 24 * hour, ...over },
});
const outage = { since: now - 600_000, cause: 'database-error', incident: 412 };
const justNow = { checkedAt: now - 30_000, verdict: 'up' } as const;
const tooLarge = { state: 'quote-needed', share: 1.2 } as const;
const alarm = (code: string, facts?: unknown) => ({ code, raisedAt: now - hour, facts });
const because = { code: 'site-unreachable', message: 'The site does not answer.' };

describe('the state of a site', () => {
  test.each<[string, Partial<SiteFacts>, string, string]>([
    ['a good backup of tonight', {}, 'well', 'backup-good'],
    ['work under way', { running: { saga: 'backup-site' } }, 'working', 'work-under-way'],
    ['not paired', { pairedAt: undefined, lastGoodAt: undefined }, 'unsure', 'not-paired'],
    ['paired just now', { lastGoodAt: undefined }, 'unsure', 'no-backup-yet'],
    ['its first backup runs', { lastGoodAt: undefined, running: { saga: 'backup-site' } }, 'working', 'work-under-way'],
    ['80 % of its size', { size: { state: 'near', share: 0.8 } }, 'waits', 'size-near'],
    ['beyond its size', { size: tooLarge }, 'waits', 'quote-needed'],
    ['beyond its size while working', { size: tooLarge, running: { saga: 'backup-site' } }, 'waits', 'quote-needed'],
    ['paused', { paused: true, lastGoodAt: now - 900 * hour }, 'unsure', 'paused'],
    ['late', { overdue: [{ kind: 'backup-daily', due: now - 3 * hour }] }, 'broken', 'duty-overdue'],
    [
      'late while its backup runs',
      { overdue: [{ kind: 'backup-daily', due: now - 3 * hour }], running: { saga: 'backup-site' } },
      'broken',
      'duty-overdue',
    ],
    ['a failed backup', { alarms: [alarm('backup-site-failed', because)] }, 'broken', 'backup-failed'],
    ['an incomplete backup', { alarms: [alarm('backup-incomplete')] }, 'broken', 'backup-incomplete'],
    ['a failed restore', { alarms: [alarm('restore-site-failed', because)] }, 'broken', 'restore-failed'],
    ['a failed trial restore', { alarms: [alarm('trial-restore-failed', because)] }, 'broken', 'work-failed'],
    [
      'damage counts most',
      { alarms: [alarm('backup-site-failed'), alarm('backup-data-damaged')], overdue: [{ kind: 'x', due: now }] },
      'broken',
      'backup-damaged',
    ],
    ['an alarm that nobody knew of when this was written', { alarms: [alarm('meteor')] }, 'broken', 'alarm'],
    ['no backup for 36 hours, though nobody raised an alarm', { lastGoodAt: now - 37 * hour }, 'broken', 'backup-old'],
    ['daily, 35 hours ago', { lastGoodAt: now - 35 * hour }, 'well', 'backup-good'],
    ['hourly, 4 hours ago', { plan: 'hourly', lastGoodAt: now - 4 * hour }, 'broken', 'backup-old'],
    ['out', seen({ ...justNow, verdict: 'down', out: outage }), 'broken', 'out'],
    [
      'out, and damaged backups: visitors come first',
      { ...seen({ out: outage }), alarms: [alarm('backup-damaged')] },
      'broken',
      'out',
    ],
    ['out, though nobody has looked for an hour', seen({ checkedAt: now - hour, out: outage }), 'broken', 'out'],
    ['failing, not confirmed', seen({ ...justNow, verdict: 'down' }), 'well', 'backup-good'],
    ['the last look could not tell', seen({ ...justNow, verdict: 'unknown' }), 'unsure', 'watch-blind'],
    ['looked at 10 minutes ago', seen({ ...justNow, checkedAt: now - 600_000 }), 'well', 'backup-good'],
    ['looked at longer ago', seen({ ...justNow, checkedAt: now - 600_001 }), 'unsure', 'watch-blind'],
    ['new, nobody has looked yet', seen({ watchedSince: now - 60_000 }), 'well', 'backup-good'],
    ['nobody has ever looked', seen({}), 'unsure', 'watch-blind'],
    ['not to be watched', { watch: undefined }, 'well', 'backup-good'],
    ['not seen and not paired: pairing comes first', { ...seen({}), pairedAt: undefined }, 'unsure', 'not-paired'],
    ['a certificate for 15 days', seen({ ...justNow, certificateEndsAt: now + 15 * 24 * hour }), 'well', 'backup-good'],
    [
      'a certificate for 13 days',
      seen({ ...justNow, certificateEndsAt: now + 13 * 24 * hour }),
      'waits',
      'certificate-ending',
    ],
    [
      'a certificate that has ended is an outage or none',
      seen({ ...justNow, certificateEndsAt: now }),
      'well',
      'backup-good',
    ],
    ['hourly, 2 hours ago', { plan: 'hourly', lastGoodAt: now - 2 * hour }, 'well', 'backup-good'],
  ])('%s', (_name, facts, state, code) => {
    const verdict = judgeSite({ ...good, ...facts });
    expect(verdict.state).toBe(state);
    expect(verdict.reasons[0]?.code).toBe(code);
  });

  test('an alarm of a promise or of size is not told twice', () => {
    const facts = {
      ...good,
      size: tooLarge,
      overdue: [{ kind: 'backup-daily', due: now - hour }],
      alarms: [alarm('backup-daily-overdue'), alarm('site-quote-needed')],
    };
    expect(judgeSite(facts).reasons.map((reason) => reason.code)).toEqual(['duty-overdue', 'quote-needed']);
  });

  test('a paused site is not called broken for what stands still on purpose', () => {
    const facts = { ...good, paused: true, alarms: [alarm('backup-site-failed')], overdue: [{ kind: 'x', due: now }] };
    expect(judgeSite(facts)).toMatchObject({ state: 'unsure', reasons: [{ code: 'paused', since: good.lastGoodAt }] });
    expect(judgeSite({ ...facts, alarms: [alarm('backup-damaged')] }).state).toBe('broken');
  });

  test('keeps what went wrong, and since when', () => {
    const { reasons } = judgeSite({ ...good, alarms: [alarm('backup-site-failed', because)] });
    expect(reasons[0]).toEqual({
      code: 'backup-failed',
      saga: 'backup-site',
      alarm: 'backup-site-failed',
      since: now - hour,
      error: because,
    });
    expect(reasons[1]?.code).toBe('backup-good');
  });

  test('an outage tells what the watch found, since when, and by which number; the certificate beside it', () => {
    const { reasons } = judgeSite({ ...good, ...seen({ out: outage, certificateEndsAt: now + hour }) });
    expect(reasons).toEqual([
      { code: 'out', since: outage.since, cause: 'database-error', incident: 412 },
      { code: 'certificate-ending', until: now + hour },
      { code: 'backup-good', since: good.lastGoodAt },
    ]);
  });

  test('facts of an alarm that are not as expected do no harm', () => {
    for (const facts of [null, 5, 'x', [], { message: 5 }, { message: '' }])
      expect(judgeSite({ ...good, alarms: [alarm('a-failed', facts)] }).reasons[0]).not.toHaveProperty('error');
  });

  test('in order are those that wait, work or are well', () => {
    expect(siteStates.filter(isInOrder)).toEqual(['waits', 'working', 'well']);
    for (const code of reasonCodes) expect(siteStates).toContain(stateOfReason(code));
  });
});
