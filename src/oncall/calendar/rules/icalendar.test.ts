import { expect, test } from 'vitest';
import { escapeText, fold, icalendar } from './icalendar.ts';

const octets = (text: string): number => new TextEncoder().encode(text).length;

test('a feed with one event, line by line', () => {
  const text = icalendar('Dienst', [
    {
      uid: 'r1-20261125T080000Z@nachtwacht',
      from: new Date('2026-11-25T08:00:00Z'),
      to: new Date('2026-12-02T08:00:00Z'),
      summary: 'Noor: eerste lijn',
      stamp: new Date('2026-11-01T12:00:00.500Z'),
    },
  ]);
  expect(text.split('\r\n')).toEqual([
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Nachtwacht//On duty//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    'NAME:Dienst',
    'X-WR-CALNAME:Dienst',
    'REFRESH-INTERVAL;VALUE=DURATION:PT1H',
    'X-PUBLISHED-TTL:PT1H',
    'BEGIN:VEVENT',
    'UID:r1-20261125T080000Z@nachtwacht',
    'DTSTAMP:20261101T120000Z',
    'DTSTART:20261125T080000Z',
    'DTEND:20261202T080000Z',
    'SUMMARY:Noor: eerste lijn',
    'TRANSP:TRANSPARENT',
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ]);
});

test.each([
  ['a, b; c', String.raw`a\, b\; c`],
  [String.raw`C:\x`, String.raw`C:\\x`],
  ['one\ntwo\r\nthree\rfour', String.raw`one\ntwo\nthree\nfour`],
  ['bell\u0007 and nul\u0000', 'bell and nul'],
  ['BEGIN:VEVENT\r\nUID:x', String.raw`BEGIN:VEVENT\nUID:x`],
  ['Zoë 漢 😀', 'Zoë 漢 😀'],
])('%j is escaped', (text, escaped) => {
  expect(escapeText(text)).toBe(escaped);
});

test.each(['x'.repeat(75), 'x'.repeat(76), 'é'.repeat(200), '😀'.repeat(100), `SUMMARY:${'漢'.repeat(60)}`, ''])(
  'a line is folded at 75 octets, never within a character, and unfolds to itself: %#',
  (line) => {
    const parts = fold(line).split('\r\n');
    for (const part of parts) expect(octets(part)).toBeLessThanOrEqual(75);
    for (const part of parts.slice(1)) expect(part.startsWith(' ')).toBe(true);
    expect(fold(line).replaceAll('\r\n ', '')).toBe(line);
    expect(parts).toHaveLength(line === '' || octets(line) <= 75 ? 1 : parts.length);
  },
);
