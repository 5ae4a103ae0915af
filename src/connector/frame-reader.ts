import { createHash } from 'node:crypto';
import { pipeline, Readable, type Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { ConnectorError, siteText } from './errors.ts';

/** One frame of an answer (PROTOCOL.md section 3). `J`: a JSON record. `D`: bytes that belong to the last `J`. */
export type Frame = { type: 'J'; value: unknown } | { type: 'D'; bytes: Buffer };

/** The end frame. Fields beyond these depend on the command. */
export interface AnswerEnd {
  ok: boolean;
  /** Site's clock, Unix seconds. */
  time: number;
  /** Milliseconds that the site worked. */
  ms: number;
  /** Peak memory of PHP, bytes. */
  peak: number;
  code?: string;
  message?: string;
  retry?: boolean;
  [field: string]: unknown;
}

export interface ReadOptions {
  /** Nonce of the request: the marker has it. */
  nonce: string;
  /** Cap on the bytes after inflating, frame heads included. */
  maxBytes: number;
  /** Cap on all JSON together: parsed JSON takes many times its length. Default 8 MiB. */
  maxJsonBytes?: number;
  /** Content-Encoding of the HTTP answer. */
  encoding?: string | undefined;
}

/** What came instead of our marker; the caller decides what it was. */
export class NoMarkerError extends Error {
  /** Up to 64 KiB of what was read, latin1. */
  readonly text: string;
  constructor(text: string) {
    super('no marker in the answer');
    this.text = text;
  }
}

const MAX_NOISE = 64 * 1024;
const MAX_DATA_FRAME = 1024 * 1024;
// A frame costs memory beyond its bytes; no honest answer has this many.
const MAX_FRAMES = 200_000;
const MAX_END_FRAME = 64 * 1024;
const CHUNK = 128 * 1024;
// The plugin writes a line for every piece that it flushes, 1 MiB of bytes at most.
const MAX_LINE = 2 * 1024 * 1024;

/**
 * Frames of one answer in order; returns the end frame. Throws `answer-cut`, `answer-corrupt`, `answer-too-large`, or
 * NoMarkerError. Until it has returned, nothing that it yielded may be believed: the checksum comes last.
 */
export async function* readFrames(
  source: AsyncIterable<Buffer>,
  options: ReadOptions,
): AsyncGenerator<Frame, AnswerEnd, void> {
  const bytes = new ByteQueue(unpack(source, options.encoding));
  try {
    const mode = await findMarker(bytes, options.nonce);
    const inner = mode === 'p' ? bytes : new ByteQueue(decodeMode(bytes, mode));
    try {
      return yield* parseFrames(inner, options);
    } finally {
      await inner.close();
    }
  } finally {
    await bytes.close();
  }
}

async function* parseFrames(bytes: ByteQueue, options: ReadOptions): AsyncGenerator<Frame, AnswerEnd, void> {
  const hash = createHash('sha256');
  const maxJson = options.maxJsonBytes ?? 8 * 1024 * 1024;
  let total = 0;
  let jsonTotal = 0;
  let frames = 0;
  for (;;) {
    const head = await bytes.take(5);
    const type = head[0];
    const length = head.readUInt32BE(1);
    if (type === 0x45 /* E */) {
      if (length > MAX_END_FRAME) throw tooLarge('end frame', length);
      return checkEnd(await bytes.take(length), hash.digest('hex'), frames);
    }
    total += 5 + length;
    frames += 1;
    if (total > options.maxBytes) throw tooLarge('bytes', total);
    if (frames > MAX_FRAMES) throw tooLarge('frames', frames);
    if (type === 0x4a /* J */) {
      jsonTotal += length;
      if (jsonTotal > maxJson) throw tooLarge('JSON', jsonTotal);
      const payload = await bytes.take(length);
      hash.update(head).update(payload);
      yield { type: 'J', value: parseJson(payload) };
    } else if (type === 0x44 /* D */ || type === 0x50 /* P */) {
      if (length > MAX_DATA_FRAME) throw tooLarge('frame', length);
      const payload = await bytes.take(length);
      hash.update(head).update(payload);
      if (type === 0x44 && length > 0) yield { type: 'D', bytes: payload };
    } else {
      throw new ConnectorError('answer-corrupt', { details: { frameType: type ?? -1 } });
    }
  }
}

function checkEnd(payload: Buffer, sha256: string, frames: number): AnswerEnd {
  const fields = fieldsOf(parseJson(payload));
  if (fields['sha256'] !== sha256 || (fields['frames'] !== undefined && fields['frames'] !== frames)) {
    throw new ConnectorError('answer-corrupt', { details: { reason: 'checksum' } });
  }
  if (typeof fields['ok'] !== 'boolean' || typeof fields['time'] !== 'number' || !Number.isFinite(fields['time'])) {
    throw new ConnectorError('answer-corrupt', { details: { reason: 'end frame' } });
  }
  const { ms, peak, code, message, retry } = fields;
  return {
    ...fields,
    ok: fields['ok'],
    time: fields['time'],
    ms: typeof ms === 'number' && ms >= 0 ? ms : 0,
    peak: typeof peak === 'number' && peak >= 0 ? peak : 0,
    ...(typeof code === 'string' ? { code } : {}),
    ...(typeof message === 'string' ? { message: siteText(message) } : {}),
    ...(typeof retry === 'boolean' ? { retry } : {}),
  };
}

function fieldsOf(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new ConnectorError('answer-corrupt');
  return { ...value };
}

function parseJson(payload: Buffer): unknown {
  try {
    return JSON.parse(payload.toString('utf8'));
  } catch (cause) {
    throw new ConnectorError('answer-corrupt', { cause, details: { reason: 'JSON' } });
  }
}

function tooLarge(what: string, value: number): ConnectorError {
  return new ConnectorError('answer-too-large', { details: { what, value } });
}

/** Skips what a site puts before our answer (BOM, notices, HTML) and reads the marker line. */
async function findMarker(bytes: ByteQueue, nonce: string): Promise<string> {
  const marker = Buffer.from(`NW1-BEGIN-${nonce}-`, 'latin1');
  let seen = Buffer.alloc(0);
  for (;;) {
    const at = seen.indexOf(marker);
    if (at !== -1 && seen.length >= at + marker.length + 2) {
      const mode = String.fromCharCode(seen[at + marker.length] ?? 0);
      if (seen[at + marker.length + 1] !== 0x0a || !'pzby'.includes(mode))
        throw new NoMarkerError(seen.toString('latin1'));
      bytes.putBack(seen.subarray(at + marker.length + 2));
      return mode;
    }
    if (at === -1 && seen.length > MAX_NOISE) throw new NoMarkerError(seen.toString('latin1', 0, MAX_NOISE));
    const chunk = await bytes.some();
    if (chunk === undefined) throw new NoMarkerError(seen.toString('latin1', 0, MAX_NOISE));
    seen = Buffer.concat([seen, chunk]);
  }
}

/** Takes off Content-Encoding, and a second gzip layer when the site and its server both compressed. */
function unpack(source: AsyncIterable<Buffer>, encoding: string | undefined): AsyncIterable<Buffer> {
  let out = source;
  for (const layer of (encoding ?? '')
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
    .toReversed()) {
    if (layer === 'gzip' || layer === 'x-gzip') out = through(out, createGunzip({ chunkSize: CHUNK }));
    else if (layer === 'deflate') out = through(out, createInflate({ chunkSize: CHUNK }));
    else if (layer === 'br') out = through(out, createBrotliDecompress({ chunkSize: CHUNK }));
  }
  return gunzipAgain(out);
}

async function* gunzipAgain(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const queue = new ByteQueue(source);
  try {
    const start = await queue.peek(2);
    const zipped = start[0] === 0x1f && start[1] === 0x8b;
    yield* zipped ? through(queue.rest(), createGunzip({ chunkSize: CHUNK })) : queue.rest();
  } finally {
    await queue.close();
  }
}

async function* decodeMode(bytes: ByteQueue, mode: string): AsyncGenerator<Buffer> {
  const plain = mode === 'b' || mode === 'y' ? decodeBase64(bytes.rest()) : bytes.rest();
  if (mode === 'b') yield* plain;
  else yield* through(plain, createInflate({ chunkSize: CHUNK }));
}

/** Base64 in lines, each padded for itself, ended by a line '.'. */
async function* decodeBase64(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let left = '';
  for await (const chunk of source) {
    const lines = (left + chunk.toString('latin1')).split('\n');
    left = lines.pop() ?? '';
    if (left.length > MAX_LINE) throw new ConnectorError('answer-corrupt', { details: { reason: 'base64 line' } });
    const parts: Buffer[] = [];
    let ended = false;
    for (const raw of lines) {
      const line = raw.trim();
      ended = line === '.';
      if (ended) break;
      if (!/^[A-Za-z0-9+/]*={0,2}$/.test(line))
        throw new ConnectorError('answer-corrupt', { details: { reason: 'base64' } });
      parts.push(Buffer.from(line, 'base64'));
    }
    if (parts.length > 0) yield Buffer.concat(parts);
    if (ended || left === '.') return;
  }
  throw new ConnectorError('answer-cut');
}

/** A source through a zlib stream, one chunk at a time: a bomb is read only as far as somebody asks. */
async function* through(source: AsyncIterable<Buffer>, zlib: Transform): AsyncGenerator<Buffer> {
  const input = Readable.from(source, { objectMode: false, highWaterMark: CHUNK });
  let failed: unknown;
  pipeline(input, zlib, (error) => {
    failed = error ?? undefined;
  });
  try {
    for await (const chunk of zlib) if (Buffer.isBuffer(chunk)) yield chunk;
  } catch (cause) {
    const error = failed ?? cause;
    if (error instanceof ConnectorError) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const isZlib = code.startsWith('Z_') || code.startsWith('ERR__ERROR') || code.startsWith('ERR_BROTLI');
    if (!isZlib) throw error;
    throw new ConnectorError(code === 'Z_BUF_ERROR' ? 'answer-cut' : 'answer-corrupt', { cause: error });
  } finally {
    zlib.destroy();
    input.destroy();
  }
}

/** Pulls chunks from a source and hands out exact lengths without copying more than once. */
class ByteQueue {
  readonly #source: AsyncIterator<Buffer>;
  #chunks: Buffer[] = [];
  #size = 0;
  #ended = false;

  constructor(source: AsyncIterable<Buffer>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  putBack(bytes: Buffer): void {
    if (bytes.length === 0) return;
    this.#chunks.unshift(bytes);
    this.#size += bytes.length;
  }

  /** The next chunk, however long, or undefined at the end. */
  async some(): Promise<Buffer | undefined> {
    while (this.#size === 0) if (!(await this.#pull())) return undefined;
    const chunk = this.#chunks.shift() ?? Buffer.alloc(0);
    this.#size -= chunk.length;
    return chunk;
  }

  /** Exactly `length` bytes; throws `answer-cut` when the source ends before. */
  async take(length: number): Promise<Buffer> {
    while (this.#size < length) if (!(await this.#pull())) throw new ConnectorError('answer-cut');
    if (length === 0) return Buffer.alloc(0);
    const first = this.#chunks[0]!;
    if (first.length > length) {
      this.#chunks[0] = first.subarray(length);
      this.#size -= length;
      return first.subarray(0, length);
    }
    const parts: Buffer[] = [];
    for (let missing = length; missing > 0;) {
      const chunk = this.#chunks.shift()!;
      const part = chunk.length > missing ? chunk.subarray(0, missing) : chunk;
      if (part.length < chunk.length) this.#chunks.unshift(chunk.subarray(missing));
      parts.push(part);
      missing -= part.length;
    }
    this.#size -= length;
    return parts.length === 1 ? parts[0]! : Buffer.concat(parts, length);
  }

  /** Up to `length` bytes without taking them. */
  async peek(length: number): Promise<Buffer> {
    while (this.#size < length) if (!(await this.#pull())) break;
    const bytes = await this.take(Math.min(length, this.#size));
    this.putBack(bytes);
    return bytes;
  }

  async *rest(): AsyncGenerator<Buffer> {
    for (let chunk = await this.some(); chunk !== undefined; chunk = await this.some()) yield chunk;
  }

  async close(): Promise<void> {
    this.#chunks = [];
    this.#size = 0;
    await this.#source.return?.();
  }

  async #pull(): Promise<boolean> {
    if (this.#ended) return false;
    const next = await this.#source.next();
    if (next.done === true) {
      this.#ended = true;
      return false;
    }
    if (next.value.length > 0) {
      this.#chunks.push(next.value);
      this.#size += next.value.length;
    }
    return true;
  }
}
