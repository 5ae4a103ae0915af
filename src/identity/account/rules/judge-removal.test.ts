import { expect, test } from 'vitest';
import { judgeRemoval } from './judge-removal.ts';

const left = { role: 'customer', password: true, secondFactor: false, passkeysLeft: 0 } as const;

test('nobody shuts himself out', () => {
  expect(judgeRemoval({ ...left, password: false })).toEqual({ allowed: false, reason: 'last-way-in' });
  expect(judgeRemoval({ ...left, password: false, passkeysLeft: 1 })).toEqual({ allowed: true });
  expect(judgeRemoval(left)).toEqual({ allowed: true });
});

test('operators and guards keep a second factor', () => {
  for (const role of ['operator', 'guard'] as const) {
    expect(judgeRemoval({ ...left, role })).toEqual({ allowed: false, reason: 'last-second-factor' });
    expect(judgeRemoval({ ...left, role, secondFactor: true })).toEqual({ allowed: true });
    expect(judgeRemoval({ ...left, role, passkeysLeft: 1 })).toEqual({ allowed: true });
  }
});
