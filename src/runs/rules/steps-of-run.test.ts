import { describe, expect, test } from 'vitest';
import { stepsOfRun, type RunFacts } from './steps-of-run.ts';

const states = (saga: string, state: RunFacts['state'], progress?: string, journal: string[] = []) =>
  stepsOfRun({ saga, state, progress, journal: new Set(journal) })
    .map((step) => step.state)
    .join(' ');

describe('how far a run is', () => {
  test.each([
    ['waiting', 'queued', undefined, [], 'later later later later later'],
    ['just begun', 'running', undefined, ['begin'], 'now later later later later'],
    ['reading rows', 'running', 'database-rows', ['begin'], 'done now later later later'],
    ['fetching files', 'running', 'fetch', ['begin'], 'done done now later later'],
    ['taken over after the progress was lost', 'running', undefined, ['begin', 'store'], 'done done done done now'],
    ['taken over, the progress is of before', 'running', 'fetch', ['begin', 'store'], 'done done done done now'],
    ['failed', 'failed', 'database-sums', ['begin'], 'done failed later later later'],
    ['over', 'done', 'check', ['begin', 'store', 'check', 'record'], 'done done done done done'],
  ] as const)('a backup: %s', (_name, state, progress, journal, expected) => {
    expect(states('backup-site', state, progress, [...journal])).toBe(expected);
  });

  test('a restore keeps the present state first, and may have no tables to load', () => {
    expect(states('restore-site', 'running', 'walk', ['begin', 'snapshot'])).toBe('now later later later later');
    expect(states('restore-site', 'running', 'stage-files', ['begin', 'present'])).toBe('done now later later later');
    expect(states('restore-site', 'running', 'swap-files', ['present', 'files-staged'])).toBe(
      'done done done now later',
    );
    expect(states('restore-site', 'failed', 'revert', ['present', 'files-staged'])).toBe('done done done done failed');
  });

  test('a saga that nobody described has no phases', () => {
    expect(stepsOfRun({ saga: 'x', state: 'running', journal: new Set(), progress: 'y' })).toEqual([]);
  });
});
