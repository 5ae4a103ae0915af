import { describe, expect, test } from 'vitest';
import { gatherWaiting, type JudgedSite } from './gather-waiting.ts';
import { stateOfReason, type SiteReason } from './site-state.ts';

let number = 0;
function site(...reasons: SiteReason[]): JudgedSite {
  const id = `s${String(++number).padStart(3, '0')}`;
  return { id, url: `https://${id}.nl`, state: stateOfReason(reasons[0]?.code ?? 'backup-good'), reasons };
}

describe('what waits for the operator', () => {
  test('nothing when all is well or at work', () => {
    expect(gatherWaiting([site({ code: 'backup-good' }), site({ code: 'work-under-way' })])).toEqual([]);
  });

  test('broken first, then what waits, then what cannot be told; the worst trouble first, then the longest', () => {
    const lines = gatherWaiting([
      site({ code: 'not-paired' }),
      site({ code: 'quote-needed', share: 1.1 }),
      site({ code: 'backup-incomplete', since: 50 }),
      site({ code: 'duty-overdue', duty: 'backup-hourly', since: 200 }),
      site({ code: 'duty-overdue', duty: 'backup-daily', since: 100 }),
    ]);
    expect(lines.map((line) => line.reason.code)).toEqual([
      'duty-overdue',
      'duty-overdue',
      'backup-incomplete',
      'quote-needed',
      'not-paired',
    ]);
    expect(lines.map((line) => line.action)).toEqual(['back-up', 'back-up', 'look', 'look', 'pair']);
    expect(lines.map((line) => line.reason.since)).toEqual([100, 200, 50, undefined, undefined]);
  });

  test('three with the same trouble are three lines, four are one', () => {
    const late = (since: number): JudgedSite => site({ code: 'duty-overdue', duty: 'backup-daily', since });
    expect(gatherWaiting([late(1), late(2), late(3)])).toHaveLength(3);
    const [line, ...more] = gatherWaiting([late(4), late(2), late(3), late(5), site({ code: 'paused' })]);
    expect(line).toMatchObject({ count: 4, action: 'see-list', reason: { since: 2 }, state: 'broken' });
    expect(line?.sites).toHaveLength(3);
    expect(more).toHaveLength(1);
  });

  test('the same promise broken for different causes is not one thing', () => {
    const failed = (code: string): JudgedSite =>
      site({ code: 'backup-failed', saga: 'backup-site', error: { code, message: 'x' } });
    const lines = gatherWaiting([failed('a'), failed('a'), failed('a'), failed('a'), failed('b')]);
    expect(lines.map((line) => line.count)).toEqual([4, 1]);
  });

  test('an outage is told by its incident; what else is the matter with the site stands here', () => {
    const out: SiteReason = { code: 'out', since: 1, incident: 7 };
    expect(
      gatherWaiting([site(out, { code: 'backup-good' }), site(out), site(out, { code: 'work-under-way' })]),
    ).toEqual([]);
    const lines = gatherWaiting([site(out, { code: 'duty-overdue', since: 2 }), site(out, { code: 'size-near' })]);
    expect(lines.map(({ state, reason, action }) => [state, reason.code, action])).toEqual([
      ['broken', 'duty-overdue', 'back-up'],
      ['waits', 'size-near', 'look'],
    ]);
  });

  test('a late site tells why, when its failed backup does', () => {
    const error = { code: 'site-unreachable', message: 'The site does not answer.' };
    const [line] = gatherWaiting([
      site({ code: 'duty-overdue', since: 1 }, { code: 'backup-failed', since: 2, error }),
    ]);
    expect(line?.reason).toEqual({ code: 'duty-overdue', since: 1, error });
  });
});
