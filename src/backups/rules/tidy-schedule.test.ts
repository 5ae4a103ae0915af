import { expect, it } from 'vitest';
import { decideTidy } from './tidy-schedule.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

it.each<[string, Parameters<typeof decideTidy>[0], boolean, boolean, string]>([
  ['nothing stored yet', { now: 0 }, false, false, 'nothing-stored'],
  ['first day', { now: 5 * HOUR, firstStored: 0, lastStored: 4 * HOUR }, false, false, 'tidied-today'],
  ['hourly site after a day', { now: 25 * HOUR, firstStored: 0, lastStored: 24 * HOUR }, true, false, 'day-passed'],
  [
    'tidied an hour ago',
    { now: 26 * HOUR, firstStored: 0, lastStored: 25.5 * HOUR, tidiedAt: 25 * HOUR },
    false,
    false,
    'tidied-today',
  ],
  [
    'nothing new since',
    { now: 90 * DAY, firstStored: 0, lastStored: DAY, tidiedAt: 2 * DAY },
    false,
    false,
    'nothing-new',
  ],
  [
    'a week without prune',
    { now: 8 * DAY, firstStored: 0, lastStored: 7.9 * DAY, tidiedAt: 6 * DAY },
    true,
    true,
    'week-passed',
  ],
  [
    'pruned two days ago',
    { now: 8 * DAY, firstStored: 0, lastStored: 7.9 * DAY, tidiedAt: 6 * DAY, prunedAt: 6 * DAY },
    true,
    false,
    'day-passed',
  ],
  [
    'failed half an hour ago',
    { now: 8 * DAY, firstStored: 0, lastStored: 7.9 * DAY, lastTry: 8 * DAY - HOUR / 2 },
    false,
    false,
    'tried-recently',
  ],
  [
    'backups that fail, and nothing was ever stored',
    { now: 8 * DAY, failuresInRow: 3, lastFailure: 8 * DAY - HOUR },
    true,
    true,
    'backups-fail',
  ],
  [
    'the same within a day of the last prune',
    { now: 8 * DAY, failuresInRow: 9, lastFailure: 8 * DAY - HOUR, prunedAt: 7.5 * DAY },
    false,
    false,
    'nothing-stored',
  ],
  [
    'failures that were pruned already',
    {
      now: 9 * DAY,
      firstStored: 0,
      lastStored: DAY,
      tidiedAt: 7 * DAY,
      failuresInRow: 3,
      lastFailure: 6 * DAY,
      prunedAt: 7 * DAY,
    },
    false,
    false,
    'nothing-new',
  ],
  [
    'one failure, from which the next may go on',
    { now: 8 * DAY, firstStored: 0, lastStored: DAY, tidiedAt: 2 * DAY, failuresInRow: 1, lastFailure: 8 * DAY - HOUR },
    false,
    false,
    'nothing-new',
  ],
])('%s', (_name, facts, due, prune, code) => {
  expect(decideTidy(facts)).toEqual({ due, prune, reason: { code } });
});
