import { expect, test } from 'vitest';
import { availabilityInWords, watchMark, watchState } from './watch-facts.ts';

test('a month with an outage is never told as whole', () => {
  expect(availabilityInWords(1, 'nl')).toBe('100%');
  expect(availabilityInWords(0.999996, 'nl')).toBe('99,999%');
  expect(availabilityInWords(0.99977, 'en')).toBe('99.97%');
});

test('what cannot be told is neither well nor broken; our own work is no outage', () => {
  const seen = { enabled: true, cause: null, detail: null, inMaintenance: false };
  expect(watchMark({ ...seen, phase: 'well', verdict: 'unknown' })).toBe('unsure');
  expect(watchMark({ ...seen, phase: 'out', verdict: 'down' })).toBe('broken');
  expect(watchMark({ ...seen, phase: 'out', verdict: 'down', inMaintenance: true })).toBe('work');
  expect(watchState({ ...seen, phase: 'well', verdict: 'up', enabled: false }, 'nl')).toBe('wordt niet bewaakt');
});
