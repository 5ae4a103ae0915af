import { describe, expect, test } from 'vitest';
import { drillDue, lastDue, nextDue } from './due.ts';
import { judgeDrill } from './judge-drill.ts';

const zone = 'Europe/Amsterdam';
const tuesday = { day: 2, time: '10:30' };
const at = (text: string): Date => new Date(text);

describe('when a drill is due', () => {
  test.each([
    // 24 November 2026 is a Tuesday; winter time is UTC+1.
    ['2026-11-24T09:29:59Z', '2026-11-17T09:30:00Z', '2026-11-24T09:30:00Z'],
    ['2026-11-24T09:30:00Z', '2026-11-24T09:30:00Z', '2026-12-01T09:30:00Z'],
    ['2026-11-28T05:00:00Z', '2026-11-24T09:30:00Z', '2026-12-01T09:30:00Z'],
    // Summer time (UTC+2) ended on 25 October 2026.
    ['2026-10-24T12:00:00Z', '2026-10-20T08:30:00Z', '2026-10-27T09:30:00Z'],
  ])('at %s: the last was %s, the next is %s', (now, last, next) => {
    expect(lastDue(at(now), tuesday, zone)).toEqual(at(last));
    expect(nextDue(at(now), tuesday, zone)).toEqual(at(next));
  });

  test('a time that daylight saving leaves out is an hour later', () => {
    const night = { day: 7, time: '02:30' };
    expect(lastDue(at('2026-03-29T05:00:00Z'), night, zone)).toEqual(at('2026-03-29T01:30:00Z'));
  });

  const due = at('2026-11-24T09:30:00Z');
  const before = at('2026-11-17T09:30:00Z');
  test.each([
    ['2026-11-24T09:31:00Z', before, { do: 'hold', due }],
    ['2026-11-24T11:30:00Z', before, { do: 'hold', due }],
    ['2026-11-24T11:30:01Z', before, { do: 'skip', due, why: 'too-late' }],
    ['2026-11-24T09:31:00Z', due, { do: 'wait', until: at('2026-12-01T09:30:00Z'), why: 'held-already' }],
    ['2026-11-24T09:31:00Z', null, { do: 'skip', due, why: 'first-look' }],
    ['2026-11-24T09:29:00Z', before, { do: 'wait', until: due, why: 'held-already' }],
  ])('at %s, held for %s', (now, heldFor, decision) => {
    expect(drillDue(at(now), tuesday, zone, heldFor)).toEqual(decision);
  });
});

describe('how a drill stands', () => {
  const s = 1000;
  const nothing = { downAt: 0, confirmedAt: null, acceptedAt: null, deliveredAt: null };
  test.each([
    [10, nothing, { state: 'running', until: 600 * s, waitsFor: 'confirmed' }],
    [90, { ...nothing, confirmedAt: 80 * s }, { state: 'running', until: 600 * s, waitsFor: 'accepted' }],
    [
      90,
      { ...nothing, confirmedAt: 80 * s, acceptedAt: 84 * s },
      { state: 'running', until: 204 * s, waitsFor: 'delivered' },
    ],
    [
      99,
      { ...nothing, confirmedAt: 80 * s, acceptedAt: 84 * s, deliveredAt: 92 * s },
      { state: 'passed', seconds: 84 },
    ],
    // A path without receipts.
    [204, { ...nothing, confirmedAt: 80 * s, acceptedAt: 84 * s }, { state: 'passed', seconds: 84 }],
    [600, nothing, { state: 'failed', failure: 'not-confirmed' }],
    [600, { ...nothing, confirmedAt: 80 * s }, { state: 'failed', failure: 'not-accepted' }],
    [
      400,
      { ...nothing, confirmedAt: 80 * s, acceptedAt: 301 * s, deliveredAt: 302 * s },
      { state: 'failed', failure: 'too-late' },
    ],
    // Found only after a long stop of ours: what was measured counts.
    [9000, { ...nothing, confirmedAt: 80 * s, acceptedAt: 84 * s }, { state: 'passed', seconds: 84 }],
  ])('after %d s', (now, facts, verdict) => expect(judgeDrill(now * s, facts)).toEqual(verdict));
});
