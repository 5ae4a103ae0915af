import { expect, test } from 'vitest';
import { toldInTime, type Told } from './told-in-time.ts';

const one = (toldAfterSeconds: number | null, seconds = 900, isOurWork = false): Told => ({
  toldAfterSeconds,
  seconds,
  isOurWork,
});

test.each<[string, Told[], ReturnType<typeof toldInTime>]>([
  ['nothing happened', [], { outages: 0, kept: 0, slowestSeconds: null }],
  ['told in time', [one(61), one(143)], { outages: 2, kept: 2, slowestSeconds: 143 }],
  ['just in time, and just not', [one(300), one(301)], { outages: 2, kept: 1, slowestSeconds: 301 }],
  ['nobody was told of a long one', [one(null, 301)], { outages: 1, kept: 0, slowestSeconds: null }],
  ['over before anybody had to be told', [one(null, 300)], { outages: 0, kept: 0, slowestSeconds: null }],
  ['our own work', [one(null, 4000, true)], { outages: 0, kept: 0, slowestSeconds: null }],
])('%s', (_case, outages, expected) => {
  expect(toldInTime(outages)).toEqual(expected);
});
