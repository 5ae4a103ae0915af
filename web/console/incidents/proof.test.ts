import { expect, test } from 'vitest';
import type { TimelineEntry } from '../../../src/incidents/contract.ts';
import { proofOf } from './proof.ts';

const at = (seconds: number): string => new Date(Date.UTC(2026, 10, 28, 3, 10, 21) + seconds * 1000).toISOString();
const sms = (kind: 'accepted' | 'delivered', seconds: number, purpose = 'alarm'): TimelineEntry => ({
  at: at(seconds),
  kind,
  by: { name: 'messages', kind: 'house' },
  facts: {},
  site: null,
  message: {
    means: 'sms',
    purpose,
    to: '+31612345678',
    guard: 'Noor',
    provider: 'Modem',
    attempt: 0,
    step: 0,
    text: 'STORING',
    problem: null,
  },
});
const incident = {
  firstFailureAt: at(0),
  confirmedAt: at(51),
  acknowledged: null,
  fixedAt: null,
  resolvedAt: null,
  timeline: [sms('accepted', 52), sms('delivered', 55), sms('accepted', 300, 'update')],
};

test('the proof of an open outage: what was, with seconds; what comes next; what comes later', () => {
  expect(proofOf(incident).map(({ key, after, state }) => [key, after, state])).toEqual([
    ['first', 0, 'done'],
    ['confirmed', 51, 'done'],
    ['accepted', 52, 'done'],
    ['delivered', 55, 'done'],
    ['acknowledged', 0, 'now'],
    ['fixed', 0, 'later'],
  ]);
});

test('of one that is over only what came about', () => {
  const over = proofOf({ ...incident, timeline: [], fixedAt: at(90), resolvedAt: at(107) });
  expect(over.map(({ key, after }) => [key, after])).toEqual([
    ['first', 0],
    ['confirmed', 51],
    ['fixed', 90],
  ]);
});
