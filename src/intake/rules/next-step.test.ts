import { expect, test } from 'vitest';
import { decideStep, type IntakeFacts } from './next-step.ts';

const fresh: IntakeFacts = { paired: false, plugin: 'unknown', inventory: false, measured: false, goodBackup: false };
const paired: IntakeFacts = { ...fresh, paired: true, inventory: true };
const stateOf = (facts: IntakeFacts) => Object.fromEntries(decideStep(facts).steps.map((one) => [one.name, one.state]));

test('a site that was only added waits for its plugin; once the plugin answers, for its code', () => {
  expect(decideStep(fresh)).toMatchObject({ step: 'plugin', reason: 'plugin-not-seen' });
  expect(decideStep({ ...fresh, plugin: 'absent' })).toMatchObject({ step: 'plugin', reason: 'plugin-not-seen' });
  expect(decideStep({ ...fresh, plugin: 'ready' })).toMatchObject({ step: 'pair', reason: 'plugin-seen' });
  expect(decideStep({ ...fresh, plugin: 'paired' })).toMatchObject({ step: 'plugin', reason: 'plugin-of-another' });
});

test('after pairing, measure and backup go on side by side', () => {
  const both: IntakeFacts = { ...paired, measureRun: { state: 'running' }, backupRun: { state: 'queued' } };
  expect(decideStep(both)).toMatchObject({ step: 'measure', reason: 'being-measured' });
  expect(stateOf(both)).toEqual({
    plugin: 'done',
    pair: 'done',
    inventory: 'done',
    measure: 'working',
    backup: 'working',
  });
  const measured: IntakeFacts = { ...both, measured: true, measureRun: { state: 'done' } };
  expect(decideStep(measured)).toMatchObject({ step: 'backup', reason: 'being-backed-up' });
});

test('nothing was started yet: somebody left right after pairing', () => {
  expect(decideStep(paired)).toMatchObject({ step: 'measure', reason: 'to-be-started' });
  expect(decideStep({ ...paired, measured: true })).toMatchObject({ step: 'backup', reason: 'to-be-started' });
});

test('what failed comes first, even when something else still works', () => {
  const facts: IntakeFacts = { ...paired, measureRun: { state: 'running' }, backupRun: { state: 'failed' } };
  expect(decideStep(facts)).toMatchObject({ step: 'backup', reason: 'backup-failed' });
  expect(decideStep({ ...paired, inventory: false })).toMatchObject({ step: 'inventory', reason: 'inventory-failed' });
  expect(decideStep({ ...paired, measureRun: { state: 'cancelled' } })).toMatchObject({ reason: 'measure-failed' });
});

test('a backup that was made but is not complete is told as such', () => {
  const facts: IntakeFacts = { ...paired, measured: true, backupRun: { state: 'done' } };
  expect(decideStep(facts)).toMatchObject({ step: 'backup', reason: 'backup-incomplete' });
});

test('with a good backup the site is safe, whatever the measurement came to', () => {
  const facts: IntakeFacts = { ...paired, goodBackup: true, measureRun: { state: 'failed' } };
  expect(decideStep(facts)).toMatchObject({ step: 'safe', reason: 'safe' });
  expect(decideStep({ ...fresh, goodBackup: true }).step).not.toBe('safe');
});
