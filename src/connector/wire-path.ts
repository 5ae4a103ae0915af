import { ConnectorError, siteText } from './errors.ts';

// PROTOCOL.md section 4: UTF-8 as it is; '%', control bytes and bytes outside valid UTF-8 as %XX (upper hex).
const MAX_PATH_BYTES = 4096;
const HEX = Array.from({ length: 256 }, (_, byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`);
const PLAIN = /^[^%\p{Cc}\ufffd\ud800-\udfff]*$/u;

/** A name as it is in a tree: text when it is valid UTF-8, else its raw bytes. */
export type FileName = string | Buffer;

/** Wire form of one name. */
export function encodeName(name: FileName): string {
  if (typeof name === 'string' && PLAIN.test(name)) return name;
  const bytes = typeof name === 'string' ? Buffer.from(name, 'utf8') : name;
  let out = '';
  let at = 0;
  while (at < bytes.length) {
    const byte = bytes[at] ?? 0;
    const length = byte < 0x80 ? 1 : sequenceLength(bytes, at);
    if (length === 0 || byte < 0x20 || byte === 0x7f || byte === 0x25) {
      out += HEX[byte];
      at += 1;
    } else {
      out += bytes.toString('utf8', at, at + length);
      at += length;
    }
  }
  return out;
}

/** Wire form of a path: names joined by '/'; [] is the root itself. */
export function encodePath(names: readonly FileName[]): string {
  return names.map(encodeName).join('/');
}

/**
 * Names of a path in wire form. A site is not trusted: anything that is not the canonical form of a path
 * below its root throws `bad-path`.
 */
export function decodePath(path: string): FileName[] {
  if (path === '') return [];
  if (Buffer.byteLength(path) > MAX_PATH_BYTES * 3) throw badPath(path);
  const names = path.split('/').map(decodeName);
  const bytes = names.reduce((sum, name) => sum + Buffer.byteLength(name) + 1, -1);
  if (bytes > MAX_PATH_BYTES) throw badPath(path);
  return names;
}

/** One name in wire form; throws `bad-path` when it is empty, '.', '..', has '/' or NUL, or is not canonical. */
export function decodeName(wire: string): FileName {
  if (wire === '' || wire === '.' || wire === '..' || wire.includes('/')) throw badPath(wire);
  if (PLAIN.test(wire)) return wire;
  const bytes = unescape(wire);
  if (bytes.includes(0) || bytes.includes(0x2f) || encodeName(bytes) !== wire) throw badPath(wire);
  const text = bytes.toString('utf8');
  return Buffer.from(text, 'utf8').equals(bytes) ? text : bytes;
}

function unescape(wire: string): Buffer {
  const parts: Buffer[] = [];
  let from = 0;
  for (let at = wire.indexOf('%'); at !== -1; at = wire.indexOf('%', at + 3)) {
    const hex = wire.slice(at + 1, at + 3);
    if (!/^[0-9A-F]{2}$/.test(hex)) throw badPath(wire);
    parts.push(Buffer.from(wire.slice(from, at), 'utf8'), Buffer.from(hex, 'hex'));
    from = at + 3;
  }
  parts.push(Buffer.from(wire.slice(from), 'utf8'));
  return Buffer.concat(parts);
}

/** Length of the valid UTF-8 sequence (RFC 3629: no overlong forms, no surrogates) at `at`, 0 when there is none. */
function sequenceLength(bytes: Buffer, at: number): number {
  const a = bytes[at] ?? 0;
  const b = bytes[at + 1] ?? 0;
  const length = a >= 0xc2 && a <= 0xdf ? 2 : a >= 0xe0 && a <= 0xef ? 3 : a >= 0xf0 && a <= 0xf4 ? 4 : 0;
  if (length === 0 || at + length > bytes.length) return 0;
  const low = a === 0xe0 ? 0xa0 : a === 0xf0 ? 0x90 : 0x80;
  const high = a === 0xed ? 0x9f : a === 0xf4 ? 0x8f : 0xbf;
  if (b < low || b > high) return 0;
  for (let i = 2; i < length; i++) if (((bytes[at + i] ?? 0) & 0xc0) !== 0x80) return 0;
  return length;
}

function badPath(path: string): ConnectorError {
  return new ConnectorError('bad-path', { details: { path: siteText(path) } });
}
