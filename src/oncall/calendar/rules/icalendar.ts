/** One event of a feed. `uid` stays the same for the same turn, so that a calendar changes it rather than adding one. */
export interface CalendarEvent {
  uid: string;
  from: Date;
  to: Date;
  summary: string;
  description?: string;
  /** When it was last changed, as far as that is known. */
  stamp: Date;
}

/**
 * A calendar of RFC 5545, made by hand: it is one component with six properties. Lines end in CRLF and are folded at 75
 * octets (3.1), text is escaped (3.3.11), times are UTC (3.3.5, form 2), and each event has UID, DTSTAMP, DTSTART and DTEND
 * (3.6.1). `refresh`: how often readers should come back, RFC 7986, 5.7, beside the older X-PUBLISHED-TTL.
 */
export function icalendar(name: string, events: readonly CalendarEvent[]): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Nachtwacht//On duty//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    `NAME:${escapeText(name)}`,
    `X-WR-CALNAME:${escapeText(name)}`,
    'REFRESH-INTERVAL;VALUE=DURATION:PT1H',
    'X-PUBLISHED-TTL:PT1H',
    ...events.flatMap((event) => [
      'BEGIN:VEVENT',
      `UID:${escapeText(event.uid)}`,
      `DTSTAMP:${utc(event.stamp)}`,
      `DTSTART:${utc(event.from)}`,
      `DTEND:${utc(event.to)}`,
      `SUMMARY:${escapeText(event.summary)}`,
      ...(event.description === undefined ? [] : [`DESCRIPTION:${escapeText(event.description)}`]),
      // On duty is not busy: meetings may be planned (3.8.2.7).
      'TRANSP:TRANSPARENT',
      'END:VEVENT',
    ]),
    'END:VCALENDAR',
  ];
  return `${lines.map(fold).join('\r\n')}\r\n`;
}

/** 3.3.11: backslash, semicolon and comma are escaped, a new line is `\n`; other control characters may not stand in text. */
export function escapeText(text: string): string {
  return text
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/[\\;,]/g, (character) => `\\${character}`)
    .replaceAll('\n', String.raw`\n`)
    .replaceAll(/(?!\t)\p{Cc}/gu, '');
}

/** 3.1: at most 75 octets a line without its end; it goes on after a blank. Characters are not cut apart. */
export function fold(line: string): string {
  const encoder = new TextEncoder();
  let folded = '';
  let octets = 0;
  for (const character of line) {
    const size = encoder.encode(character).length;
    if (octets + size > 75) {
      folded += '\r\n ';
      octets = 1;
    }
    folded += character;
    octets += size;
  }
  return folded;
}

function utc(moment: Date): string {
  return `${moment.toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
}
