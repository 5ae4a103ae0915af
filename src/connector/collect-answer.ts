import type { AnswerRecord } from './caller.ts';
import { ConnectorError } from './errors.ts';
import { FrameParser, type AnswerEnd, type FrameSink } from './frame-parser.ts';
import { FIRST_MEMORY, readInto, type ByteSource, type ReadOptions } from './frame-reader.ts';

const KEPT = 4;
const LARGEST_KEPT = 16 * 1024 * 1024;

/** Memory for the answers of one site, used again: mapping fresh megabytes for each costs more than parsing it. */
export class AnswerMemory {
  readonly #spare: Buffer[] = [];

  take(): Buffer {
    return this.#spare.pop() ?? Buffer.allocUnsafeSlow(FIRST_MEMORY);
  }

  give(memory: Buffer): void {
    if (this.#spare.length < KEPT && memory.length <= LARGEST_KEPT) this.#spare.push(memory);
  }
}

const NO_DATA: Buffer[] = [];

/** One answer, whole, in one piece of memory: the bytes of its records are views of it until `release`. */
export class AnswerCollector implements FrameSink {
  readonly keepsData = true;
  records: AnswerRecord[] = [];
  readonly #memory: AnswerMemory;
  #parser: FrameParser | undefined;
  #hasData = false;
  /** Bytes of the last record. */
  #last = NO_DATA;

  constructor(memory: AnswerMemory) {
    this.#memory = memory;
  }

  /** Reads an answer; what an attempt before left is dropped. */
  async collect(source: ByteSource, options: ReadOptions): Promise<AnswerEnd> {
    this.release();
    this.records = [];
    const parser = new FrameParser(options, this, this.#memory.take());
    this.#parser = parser;
    const end = await readInto(parser, source, options);
    if (!this.#hasData) this.release();
    return end;
  }

  record(value: unknown): void {
    this.#last = NO_DATA;
    this.records.push({ value, data: NO_DATA });
  }

  data(bytes: Buffer): void {
    const record = this.records.at(-1);
    if (record === undefined)
      throw new ConnectorError('answer-invalid', { details: { what: 'bytes without a record' } });
    // Most records have no bytes: they share one empty list.
    if (this.#last === NO_DATA) record.data = this.#last = [];
    this.#last.push(bytes);
    this.#hasData = true;
  }

  release(): void {
    if (this.#parser !== undefined) this.#memory.give(this.#parser.memory);
    this.#parser = undefined;
    this.#hasData = false;
  }
}
