import { expect, test } from 'vitest';
import { readReply } from './reply.ts';

test.each([
  '7a',
  '7A',
  '7 a',
  'a7',
  'A 7',
  'a  7',
  ' 7a ',
  '7a.',
  '7-a',
  '7: A',
  '#7 a',
  'ok 7',
  '7 ok',
  '7 ja!',
  'ack 7',
  '７a',
])('%j takes number 7', (text) => {
  expect(readReply(text)).toEqual({ what: 'take', code: 7 });
});

test.each(['7d', 'D7', 'klaar 7', '7 done.', '7 Klaar'])('%j says that 7 is done', (text) => {
  expect(readReply(text)).toEqual({ what: 'done', code: 7 });
});

test.each(['a', 'A', 'ok', 'Ja.', ' a '])('%j takes the latest', (text) => {
  expect(readReply(text)).toEqual({ what: 'take', code: undefined });
});

test.each(['STOP', 'stop.', 'Unsubscribe'])('%j is a stop', (text) => {
  expect(readReply(text)).toEqual({ what: 'stop' });
});

test.each([
  '',
  '7',
  '0a',
  '1234a',
  '7x',
  'a 7 8',
  '7a 8a',
  'nee',
  'ok?7a; drop',
  'wie is dit',
  'constructor',
  `a${' '.repeat(200)}`,
  '7aa',
])('%j is unclear', (text) => {
  expect(readReply(text)).toEqual({ what: 'unclear' });
});
