import { expect, test } from 'vitest';
import { judgeMaintenance } from './maintenance.ts';

const minute = 60_000;
const longest = { restore: 60 * minute, update: 10 * minute };

test.each([
  ['no work', [], false, 'no-work'],
  ['work that keeps no site from answering', [{ saga: 'backup', startedAt: 0 }], false, 'no-work'],
  ['a restore of half an hour', [{ saga: 'restore', startedAt: 70 * minute }], true, 'own-work'],
  ['a restore that lasts too long', [{ saga: 'restore', startedAt: 40 * minute }], false, 'lasts-too-long'],
  ['work that just reached its limit', [{ saga: 'update', startedAt: 90 * minute }], false, 'lasts-too-long'],
  [
    'one that lasts too long beside one that does not',
    [
      { saga: 'update', startedAt: 0 },
      { saga: 'restore', startedAt: 80 * minute },
    ],
    true,
    'own-work',
  ],
])('%s', (_name, work, inMaintenance, code) => {
  const judged = judgeMaintenance(100 * minute, work, longest);
  expect(judged.inMaintenance).toBe(inMaintenance);
  expect(judged.reason.code).toBe(code);
});

test('says until when', () => {
  expect(judgeMaintenance(minute, [{ saga: 'update', startedAt: 0 }], longest)).toMatchObject({ until: 10 * minute });
});
