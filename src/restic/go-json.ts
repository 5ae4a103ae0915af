import { splitUtf8 } from './quote.ts';

// Pieces of JSON exactly as Go's encoding/json writes them, so that ids of trees equal restic's.

const ESCAPED = /[<>&\u2028\u2029]/g;
const MIN_SECONDS = -62167219200n; // year 0
const MAX_SECONDS = 253402300799n; // end of year 9999
const NANO = 1_000_000_000n;

/** A JSON string with Go's extra escapes. */
export function goString(text: string): string {
  const json = JSON.stringify(text.isWellFormed() ? text : text.toWellFormed());
  return json.replace(ESCAPED, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** A JSON string of bytes that are not all UTF-8: Go writes each bad one as the escape \ufffd, a good U+FFFD as itself. */
export function goStringOfBytes(bytes: Buffer): string {
  const parts = splitUtf8(bytes).map((part) => (typeof part === 'string' ? goString(part).slice(1, -1) : '\\ufffd'));
  return `"${parts.join('')}"`;
}

/** Times written lately: files that came together have the same ones. */
const written = new Map<bigint, string>();
const WRITTEN = 4096;

/** RFC 3339 in UTC without trailing zeros in the fraction. Times Go cannot write are moved to the nearest it can. */
export function goTime(ns: bigint): string {
  const known = written.get(ns);
  if (known !== undefined) return known;
  const text = formatTime(ns);
  if (written.size >= WRITTEN) written.clear();
  written.set(ns, text);
  return text;
}

function formatTime(ns: bigint): string {
  let seconds = ns / NANO;
  let rest = ns % NANO;
  if (rest < 0n) {
    seconds -= 1n;
    rest += NANO;
  }
  if (seconds < MIN_SECONDS) [seconds, rest] = [MIN_SECONDS, 0n];
  if (seconds > MAX_SECONDS) [seconds, rest] = [MAX_SECONDS, 0n];
  const whole = new Date(Number(seconds) * 1000).toISOString().slice(0, 19);
  if (rest === 0n) return `${whole}Z`;
  return `${whole}.${rest.toString().padStart(9, '0').replace(/0+$/, '')}Z`;
}

const TIME = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9})\d*)?(Z|[+-]\d\d:\d\d)$/;

/** Nanoseconds since 1970 of an RFC 3339 time with any offset; undefined when it is none. */
export function parseGoTime(text: unknown): bigint | undefined {
  const match = typeof text === 'string' ? TIME.exec(text) : null;
  if (match === null) return undefined;
  const date = new Date(0);
  date.setUTCFullYear(Number(match[1]), Number(match[2]) - 1, Number(match[3]));
  date.setUTCHours(Number(match[4]), Number(match[5]), Number(match[6]));
  const zone = match[8] ?? 'Z';
  const sign = zone.startsWith('-') ? -1 : 1;
  const offset = zone === 'Z' ? 0 : sign * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6)));
  const milliseconds = BigInt(date.getTime()) - BigInt(offset) * 60_000n;
  return milliseconds * 1_000_000n + BigInt((match[7] ?? '').padEnd(9, '0'));
}
