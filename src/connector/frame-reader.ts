import { pipeline, Readable, type Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { ConnectorError } from './errors.ts';
import { freeMemory } from './free-memory.ts';
import { FrameParser, type AnswerEnd, type FrameLimits, type FrameSink } from './frame-parser.ts';

/** One frame of an answer (PROTOCOL.md section 3). `J`: a JSON record. `D`: bytes that belong to the last `J`. */
export type Frame = { type: 'J'; value: unknown } | { type: 'D'; bytes: Buffer };

export interface ReadOptions extends FrameLimits {
  /** Nonce of the request: the marker has it. */
  nonce: string;
  /** Content-Encoding of the HTTP answer. */
  encoding?: string | undefined;
}

/** The body of an answer, chunk by chunk. */
export interface ByteSource extends AsyncIterable<Buffer> {
  /**
   * Hands out what has not been asked for yet, without a promise for each chunk, until `take` says that it has enough.
   * A chunk is only good while `take` runs.
   */
  each?(take: (chunk: Buffer) => boolean): Promise<void>;
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

/** Room that an answer gets to begin with, bytes. */
export const FIRST_MEMORY = 64 * 1024;
const MAX_NOISE = 64 * 1024;
const CHUNK = 128 * 1024;
// The plugin writes a line for every piece that it flushes, 1 MiB of bytes at most.
const MAX_LINE = 2 * 1024 * 1024;

/**
 * Frames of one answer as they come; returns the end frame. Throws `answer-cut`, `answer-corrupt`, `answer-too-large`, or
 * NoMarkerError. Until it has returned, nothing that it yielded may be believed: the checksum comes last.
 */
export async function* readFrames(source: ByteSource, options: ReadOptions): AsyncGenerator<Frame, AnswerEnd, void> {
  let frames: Frame[] = [];
  const sink: FrameSink = {
    keepsData: false,
    record: (value) => frames.push({ type: 'J', value }),
    data: (bytes) => frames.push({ type: 'D', bytes: Buffer.from(bytes) }),
  };
  const parser = new FrameParser(options, sink, Buffer.allocUnsafeSlow(FIRST_MEMORY));
  const answer = await openAnswer(source, options);
  try {
    for await (const chunk of answer.chunks) {
      const isOver = parser.push(chunk);
      yield* frames;
      frames = [];
      if (isOver) break;
    }
    return parser.end;
  } finally {
    await answer.close();
  }
}

/** As `readFrames`, into a parser: nearly without a promise where the answer is plain, as most bytes of a backup are. */
export async function readInto(parser: FrameParser, source: ByteSource, options: ReadOptions): Promise<AnswerEnd> {
  const answer = await openAnswer(source, options);
  try {
    if (answer.isDirect && source.each !== undefined) {
      if (!parser.push(answer.begun())) await source.each((chunk) => parser.push(chunk));
    } else {
      for await (const chunk of answer.chunks) {
        const isOver = parser.push(chunk);
        freeMemory(chunk);
        if (isOver) break;
      }
    }
    return parser.end;
  } finally {
    await answer.close();
  }
}

interface OpenAnswer {
  /** Frame bytes: everything after the marker, inflated and decoded. */
  chunks: AsyncIterable<Buffer>;
  /** The rest of the source is frame bytes as they are. */
  isDirect: boolean;
  /** When direct: what was read of the source beyond the marker. */
  begun(): Buffer;
  close(): Promise<void>;
}

/** Takes off what lies around the frames: content encodings, noise, marker, deflate and base64. */
async function openAnswer(source: ByteSource, options: ReadOptions): Promise<OpenAnswer> {
  const raw = new ByteQueue(source);
  const queues = [raw];
  const close = async (): Promise<void> => {
    for (const queue of queues.toReversed()) await queue.close();
  };
  try {
    let bytes = raw;
    const unpack = (layer: AsyncIterable<Buffer>): void => {
      bytes = new ByteQueue(layer);
      queues.push(bytes);
    };
    for (const layer of encodingsOf(options.encoding)) unpack(through(bytes.rest(), layer()));
    // A second gzip layer when the site and its server both compressed.
    const start = await bytes.peek(2);
    if (start[0] === 0x1f && start[1] === 0x8b) unpack(through(bytes.rest(), createGunzip({ chunkSize: CHUNK })));
    const mode = await findMarker(bytes, options.nonce);
    const isDirect = mode === 'p' && bytes === raw;
    return {
      chunks: mode === 'p' ? bytes.rest() : decodeMode(bytes, mode),
      isDirect,
      begun: () => raw.takeAll(),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Layers of a Content-Encoding, the outermost first. */
function encodingsOf(encoding: string | undefined): (() => Transform)[] {
  const known: Record<string, () => Transform> = {
    gzip: () => createGunzip({ chunkSize: CHUNK }),
    'x-gzip': () => createGunzip({ chunkSize: CHUNK }),
    deflate: () => createInflate({ chunkSize: CHUNK }),
    br: () => createBrotliDecompress({ chunkSize: CHUNK }),
  };
  const names = (encoding ?? '').toLowerCase().split(',');
  return names.toReversed().flatMap((name) => known[name.trim()] ?? []);
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

/** Pulls chunks from a source, with a look ahead. */
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

  /** The first `length` bytes, fewer at the end, without taking them. */
  async peek(length: number): Promise<Buffer> {
    while (this.#size < length) if (!(await this.#pull())) break;
    const bytes = this.takeAll();
    this.putBack(bytes);
    return bytes.subarray(0, length);
  }

  /** What lies here already. */
  takeAll(): Buffer {
    const bytes = this.#chunks.length === 1 ? this.#chunks[0]! : Buffer.concat(this.#chunks);
    this.#chunks = [];
    this.#size = 0;
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
