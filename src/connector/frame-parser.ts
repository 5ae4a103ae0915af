import { crc32 } from 'node:zlib';
import { ConnectorError, siteText } from './errors.ts';

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

export interface FrameLimits {
  /** Cap on the bytes after inflating, frame heads included. */
  maxBytes: number;
  /** Cap on all JSON together: parsed JSON takes many times its length. Default 8 MiB. */
  maxJsonBytes?: number;
}

/** Gets what frames hold, in order. Until the parser is over nothing of it may be believed: the checksum comes last. */
export interface FrameSink {
  record(value: unknown): void;
  /** Bytes that belong to the last record: a piece of the parser's memory. */
  data(bytes: Buffer): void;
  /** The memory stays as it is once data were given out; else only as long as `data` runs. */
  readonly keepsData: boolean;
}

const MAX_DATA_FRAME = 1024 * 1024;
// A frame costs memory beyond its bytes; no honest answer has this many.
const MAX_FRAMES = 200_000;
const MAX_END_FRAME = 64 * 1024;
const HEAD = 5;

/**
 * Takes frames apart (PROTOCOL.md section 3). Everything happens inside `push`, without a promise or a copy for each
 * frame: an answer has thousands of them. Throws `answer-corrupt` and `answer-too-large`.
 */
export class FrameParser {
  readonly #limits: FrameLimits;
  readonly #sink: FrameSink;
  #checksum = 0;
  #memory: Buffer;
  /** Bytes in memory; of these parsed into frames; of these in the checksum. */
  #filled = 0;
  #parsed = 0;
  #summed = 0;
  #isKept = false;
  #total = 0;
  #jsonTotal = 0;
  #frames = 0;
  #end: AnswerEnd | undefined;

  /** `memory`: room to begin with; replaced by a larger one when it is full. */
  constructor(limits: FrameLimits, sink: FrameSink, memory: Buffer) {
    this.#limits = limits;
    this.#sink = sink;
    this.#memory = memory;
  }

  get memory(): Buffer {
    return this.#memory;
  }

  /** Takes over a copy of these bytes. True when the end frame was among them: what follows is not looked at. */
  push(bytes: Buffer): boolean {
    if (this.#end !== undefined) return true;
    this.#append(bytes);
    while (this.#end === undefined && this.#parseFrame());
    this.#sumParsed();
    return this.#end !== undefined;
  }

  /** The end frame. Throws `answer-cut` when none has come. */
  get end(): AnswerEnd {
    if (this.#end === undefined) throw new ConnectorError('answer-cut');
    return this.#end;
  }

  #append(bytes: Buffer): void {
    if (this.#filled + bytes.length > this.#memory.length) {
      const from = this.#isKept ? 0 : this.#parsed;
      const needed = this.#filled - from + bytes.length;
      const target =
        needed <= this.#memory.length
          ? this.#memory
          : Buffer.allocUnsafeSlow(Math.max(needed, this.#memory.length * 2));
      this.#memory.copy(target, 0, from, this.#filled);
      this.#memory = target;
      this.#filled -= from;
      this.#parsed -= from;
      this.#summed -= from;
    }
    this.#memory.set(bytes, this.#filled);
    this.#filled += bytes.length;
  }

  /** False when the next frame is not whole yet. Lengths are judged before their bytes are waited for. */
  #parseFrame(): boolean {
    const start = this.#parsed;
    if (this.#filled - start < HEAD) return false;
    const type = this.#memory[start];
    const length = this.#memory.readUInt32BE(start + 1);
    const end = start + HEAD + length;
    if (type === 0x45 /* E */) {
      if (length > MAX_END_FRAME) throw tooLarge('end frame', length);
      if (end > this.#filled) return false;
      this.#sumParsed();
      this.#end = checkEnd(this.#memory.subarray(start + HEAD, end), this.#checksum, this.#frames);
      return true;
    }
    const total = this.#total + HEAD + length;
    if (total > this.#limits.maxBytes) throw tooLarge('bytes', total);
    if (this.#frames >= MAX_FRAMES) throw tooLarge('frames', this.#frames + 1);
    const isRecord = type === 0x4a; /* J */
    if (!isRecord && type !== 0x44 /* D */ && type !== 0x50 /* P */)
      throw new ConnectorError('answer-corrupt', { details: { frameType: type ?? -1 } });
    const jsonTotal = this.#jsonTotal + (isRecord ? length : 0);
    if (jsonTotal > (this.#limits.maxJsonBytes ?? 8 * 1024 * 1024)) throw tooLarge('JSON', jsonTotal);
    if (!isRecord && length > MAX_DATA_FRAME) throw tooLarge('frame', length);
    if (end > this.#filled) return false;
    this.#total = total;
    this.#jsonTotal = jsonTotal;
    this.#frames += 1;
    this.#parsed = end;
    if (isRecord) this.#sink.record(parseJson(this.#memory, start + HEAD, end));
    else if (type === 0x44 && length > 0) {
      this.#isKept ||= this.#sink.keepsData;
      this.#sink.data(this.#memory.subarray(start + HEAD, end));
    }
    return true;
  }

  #sumParsed(): void {
    if (this.#end !== undefined || this.#summed === this.#parsed) return;
    this.#checksum = crc32(this.#memory.subarray(this.#summed, this.#parsed), this.#checksum);
    this.#summed = this.#parsed;
  }
}

function checkEnd(payload: Buffer, checksum: number, frames: number): AnswerEnd {
  const fields = fieldsOf(parseJson(payload, 0, payload.length));
  if (
    fields['crc32'] !== checksum.toString(16).padStart(8, '0') ||
    (fields['frames'] !== undefined && fields['frames'] !== frames)
  ) {
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

function parseJson(bytes: Buffer, start: number, end: number): unknown {
  try {
    return JSON.parse(bytes.toString('utf8', start, end));
  } catch (cause) {
    throw new ConnectorError('answer-corrupt', { cause, details: { reason: 'JSON' } });
  }
}

function tooLarge(what: string, value: number): ConnectorError {
  return new ConnectorError('answer-too-large', { details: { what, value } });
}
