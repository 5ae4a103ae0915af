import { expect, test } from 'vitest';
import { policyProblem } from './check-policy.ts';

const usual = {
  receiptMs: 60_000,
  callMs: 180_000,
  nextMs: 300_000,
  officeHours: { days: [1, 2, 3, 4, 5], from: '09:00', to: '17:00' },
};

test.each([
  ['the usual one', {}, undefined],
  ['a receipt just in time', { receiptMs: 157_000, callMs: 170_000 }, undefined],
  ['a receipt that breaks five minutes', { receiptMs: 157_001, callMs: 170_000 }, 'receipt-too-long'],
  ['a call at the same time as the second path', { receiptMs: 60_000, callMs: 60_000 }, 'call-before-receipt'],
  ['a call after three minutes', { callMs: 180_001 }, 'call-too-late'],
  ['a next one who is asked with the call', { nextMs: 180_000 }, 'next-before-call'],
  ['a next one after five minutes', { nextMs: 300_001 }, 'next-too-late'],
  ['no hours at all', { officeHours: { days: [], from: '09:00', to: '17:00' } }, 'no-office-hours'],
  ['quick all through', { receiptMs: 15_000, callMs: 60_000, nextMs: 120_000 }, undefined],
])('%s', (_name, change, code) => {
  expect(policyProblem({ ...usual, ...change })?.code).toBe(code);
});
