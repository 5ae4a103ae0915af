import { writeVarint, type RowScanner } from '../../connector/index.ts';
import { NachtwachtError } from '../../platform/errors.ts';
import type { StoredColumn } from './rules/columns.ts';

// Rows as SQL text: one INSERT for each range, one row a line, so that a range is read back line by line.
//   INSERT INTO `t` (`a`,`b`) VALUES
//   (1,'text'),
//   (2,NULL);
// The text is loaded under SET NAMES binary: string literals are bytes and reach the column unconverted, whatever its
// character set is.

/** Binary values up to this length are written in hex; longer ones as escaped bytes, half the size of hex. */
const HEX_UP_TO = 64 * 1024;

const NEWLINE = 10;
const QUOTE = 39;
const OPEN = 40;
const CLOSE = 41;
const COMMA = 44;
const BACKSLASH = 92;

// Escapes of the MySQL client libraries: NUL, LF, CR, Ctrl-Z, quote, backslash.
const ESCAPE = new Uint8Array(256);
const UNESCAPE = new Uint8Array(256);
for (const [byte, letter] of [
  [0, '0'],
  [10, 'n'],
  [13, 'r'],
  [26, 'Z'],
  [39, "'"],
  [92, '\\'],
] as const) {
  ESCAPE[byte] = letter.charCodeAt(0);
  UNESCAPE[letter.charCodeAt(0)] = byte;
}
const HEX = Buffer.from('0123456789ABCDEF', 'latin1');
const UNHEX = new Int8Array(256).fill(-1);
for (let i = 0; i < 16; i++) UNHEX[HEX[i]!] = i;
const NUMBER = /^-?\d{1,80}(?:\.\d{1,80})?(?:e[-+]?\d{1,4})?$/i;
const INTRODUCER = Buffer.from("_utf8mb4'", 'latin1');

/** An identifier in backticks. */
export function quoteName(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``;
}

/** First line of a range's text. */
export function insertHead(table: string, columns: readonly StoredColumn[]): Buffer {
  const names = columns.map((column) => quoteName(column.name)).join(',');
  return Buffer.from(`INSERT INTO ${quoteName(table)} (${names}) VALUES\n`, 'utf8');
}

/** Bytes that grow. */
export class GrowingBytes {
  bytes: Buffer;
  length = 0;

  constructor(size = 64 * 1024) {
    this.bytes = Buffer.allocUnsafe(size);
  }

  /** Makes room for `more` bytes beyond `length`. */
  reserve(more: number): Buffer {
    const needed = this.length + more;
    if (needed > this.bytes.length) {
      const larger = Buffer.allocUnsafe(Math.max(needed, this.bytes.length * 2));
      this.bytes.copy(larger, 0, 0, this.length);
      this.bytes = larger;
    }
    return this.bytes;
  }

  append(bytes: Buffer): void {
    this.reserve(bytes.length);
    bytes.copy(this.bytes, this.length);
    this.length += bytes.length;
  }
}

/** Appends the scanner's present row as `(v1,v2,...)`, without comma or newline. */
export function appendRow(out: GrowingBytes, scanner: RowScanner, columns: readonly StoredColumn[]): void {
  const { bytes, starts, lengths } = scanner;
  const room = (scanner.rowEnd - scanner.rowStart) * 2 + columns.length * 16 + 16;
  const to = out.reserve(room);
  let at = out.length;
  to[at++] = OPEN;
  for (let c = 0; c < columns.length; c++) {
    if (c > 0) to[at++] = COMMA;
    const length = lengths[c]!;
    const start = starts[c]!;
    if (length < 0) {
      at += to.write('NULL', at, 'latin1');
      continue;
    }
    const { form, type } = columns[c]!;
    if ((form === 'num' || form === 'double') && isNumber(bytes, start, length)) {
      at += bytes.copy(to, at, start, start + length);
    } else if ((form === 'hex' || form === 'bit' || form === 'geom') && length > 0 && length <= HEX_UP_TO) {
      at = writeHex(to, at, bytes, start, start + length);
    } else {
      // MySQL takes no binary string for a JSON column (error 3144): name its character set.
      if (type === 'json') at += INTRODUCER.copy(to, at);
      else to[at++] = QUOTE;
      at = writeEscaped(to, at, bytes, start, start + length);
      to[at++] = QUOTE;
    }
  }
  to[at++] = CLOSE;
  out.length = at;
}

/** Digits only is the usual case; the rest is judged by its full form. A site could send anything as a 'number'. */
function isNumber(bytes: Buffer, start: number, length: number): boolean {
  if (length === 0 || length > 160) return false;
  for (let i = start; i < start + length; i++) {
    const byte = bytes[i]!;
    if (byte < 48 || byte > 57) return NUMBER.test(bytes.toString('latin1', start, start + length));
  }
  return true;
}

function writeHex(to: Buffer, from: number, bytes: Buffer, start: number, end: number): number {
  let at = from;
  to[at++] = 48;
  to[at++] = 120;
  for (let i = start; i < end; i++) {
    const byte = bytes[i]!;
    to[at++] = HEX[byte >> 4]!;
    to[at++] = HEX[byte & 15]!;
  }
  return at;
}

function writeEscaped(to: Buffer, from: number, bytes: Buffer, start: number, end: number): number {
  let at = from;
  let run = start;
  for (let i = start; i < end; i++) {
    const letter = ESCAPE[bytes[i]!]!;
    if (letter === 0) continue;
    at += copyRun(to, at, bytes, run, i);
    to[at++] = BACKSLASH;
    to[at++] = letter;
    run = i + 1;
  }
  return at + copyRun(to, at, bytes, run, end);
}

function copyRun(to: Buffer, at: number, bytes: Buffer, start: number, end: number): number {
  const length = end - start;
  if (length > 40) return bytes.copy(to, at, start, end);
  for (let i = 0; i < length; i++) to[at + i] = bytes[start + i]!;
  return length;
}

export interface ParsedText {
  /** Row bytes (PROTOCOL.md section 5) of all rows. */
  rowBytes: Buffer;
  /** Per row where its `(...)` begins and ends in the text. */
  starts: Int32Array;
  ends: Int32Array;
}

/** Reads the text of a range back, exactly. Throws `dump-unreadable` for anything that `appendRow` does not write. */
export function parseText(text: Buffer, head: Buffer, columns: number): ParsedText {
  if (text.compare(head, 0, head.length, 0, Math.min(head.length, text.length)) !== 0) throw unreadable(0);
  const rows = countLines(text, head.length);
  if (rows < 1) throw unreadable(head.length);
  const starts = new Int32Array(rows);
  const ends = new Int32Array(rows);
  const out = Buffer.allocUnsafe(text.length + rows * columns + 16);
  let to = 0;
  let at = head.length;
  for (let row = 0; row < rows; row++) {
    starts[row] = at;
    if (text[at++] !== OPEN) throw unreadable(at);
    for (let c = 0; c < columns; c++) {
      const first = text[at]!;
      if (first === QUOTE || first === 95 /* _ */) {
        const open = first === QUOTE ? at + 1 : at + INTRODUCER.length;
        if (first !== QUOTE && text.compare(INTRODUCER, 0, INTRODUCER.length, at, open) !== 0) throw unreadable(at);
        let escapes = 0;
        let close = open;
        for (let byte = text[close]; byte !== QUOTE; byte = text[close]) {
          if (byte === undefined || byte === NEWLINE) throw unreadable(close);
          if (byte === BACKSLASH) {
            escapes += 1;
            close += 2;
          } else {
            close += 1;
          }
        }
        to = writeVarint(out, to, close - open - escapes + 1);
        if (escapes === 0) to += copyRun(out, to, text, open, close);
        else to = writeUnescaped(out, to, text, open, close);
        at = close + 1;
      } else {
        let end = at;
        while (text[end] !== COMMA && text[end] !== CLOSE) {
          if (text[end] === undefined || text[end] === NEWLINE) throw unreadable(end);
          end += 1;
        }
        if (first === 78 /* N */) {
          if (end - at !== 4) throw unreadable(at);
          out[to++] = 0;
        } else if (first === 48 && text[at + 1] === 120) {
          to = writeUnhexed(out, writeVarint(out, to, (end - at - 2) / 2 + 1), text, at + 2, end);
        } else {
          to = writeVarint(out, to, end - at + 1);
          to += copyRun(out, to, text, at, end);
        }
        at = end;
      }
      if (text[at++] !== (c === columns - 1 ? CLOSE : COMMA)) throw unreadable(at);
    }
    ends[row] = at;
    if (text[at] !== (row === rows - 1 ? 59 /* ; */ : COMMA) || text[at + 1] !== NEWLINE) throw unreadable(at);
    at += 2;
  }
  if (at !== text.length) throw unreadable(at);
  return { rowBytes: out.subarray(0, to), starts, ends };
}

function writeUnescaped(out: Buffer, from: number, text: Buffer, start: number, end: number): number {
  let to = from;
  for (let i = start; i < end; i++) {
    let byte = text[i]!;
    if (byte === BACKSLASH) {
      const letter = text[++i]!;
      byte = UNESCAPE[letter]!;
      if (byte === 0 && letter !== 48) throw unreadable(i);
    }
    out[to++] = byte;
  }
  return to;
}

function writeUnhexed(out: Buffer, from: number, text: Buffer, start: number, end: number): number {
  let to = from;
  if ((end - start) % 2 !== 0) throw unreadable(start);
  for (let i = start; i < end; i += 2) {
    const value = (UNHEX[text[i]!]! << 4) | UNHEX[text[i + 1]!]!;
    if (value < 0) throw unreadable(i);
    out[to++] = value;
  }
  return to;
}

function countLines(text: Buffer, from: number): number {
  let lines = 0;
  for (let at = text.indexOf(NEWLINE, from); at !== -1; at = text.indexOf(NEWLINE, at + 1)) lines += 1;
  return lines;
}

function unreadable(at: number): NachtwachtError {
  return new NachtwachtError({
    code: 'dump-unreadable',
    kind: 'store',
    message: `The SQL text of a table in the snapshot is not what was written (at byte ${at}).`,
    nextStep: 'Run `nachtwacht backup` again: the table is read anew; check the repository.',
    retryable: false,
  });
}
