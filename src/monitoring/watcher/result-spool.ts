import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { newId } from '../../platform/new-id.ts';
import type { CheckResult } from '../results/pack.ts';
import { readRecord, recordBytes, writeRecord, type SpooledResult } from './result-record.ts';

/** One file of results. `run`: the life of a spool that wrote it; sequence numbers count within it. */
export interface Segment {
  file: string;
  run: string;
  base: number;
  count: number;
  /** Records of it that are not in the database yet. */
  pending: number;
  /** Its records are no longer in memory: they are read from disk when the database takes them. */
  cold: boolean;
}

export interface SpoolLimits {
  /** All results on disk; beyond it the oldest go. */
  maxBytes: number;
  segmentBytes: number;
}

export const usualLimits: SpoolLimits = { maxBytes: 256_000_000, segmentBytes: 8_000_000 };

const bufferRecords = 512;

/**
 * Results on disk until the database has them: append-only files of records of a fixed size. A file goes when all of its
 * records are in the database. What a process that died left behind is cold: it is read and stored by the next one.
 */
export class ResultSpool {
  readonly run = newId();
  readonly folder: string;
  #limits: SpoolLimits;
  #segments: Segment[] = [];
  #active: Segment | undefined;
  #handle: number | undefined;
  #buffer = Buffer.alloc(bufferRecords * recordBytes);
  #buffered = 0;
  #next = 0;
  /** Results that had to go because the spool was full. */
  dropped = 0;

  constructor(folder: string, limits: SpoolLimits = usualLimits) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    this.folder = folder;
    this.#limits = limits;
    for (const name of readdirSync(folder)) {
      const match = /^results-([0-9a-z]+)-(\d{12})\.bin$/.exec(name);
      if (!match) continue;
      const file = path.join(folder, name);
      const count = Math.floor(statSync(file).size / recordBytes);
      if (count === 0) rmSync(file);
      else
        this.#segments.push({ file, run: match[1] ?? '', base: Number(match[2]), count, pending: count, cold: true });
    }
    this.#segments.sort((a, b) => statSync(a.file).mtimeMs - statSync(b.file).mtimeMs || a.base - b.base);
  }

  /** Takes a result; it is on disk after the next `write`. Gives its sequence number. */
  append(no: number, result: CheckResult): number {
    const seq = this.#next++;
    writeRecord(this.#buffer, this.#buffered * recordBytes, no, result);
    this.#buffered += 1;
    if (this.#buffered === bufferRecords) this.write();
    return seq;
  }

  /** Hands what was appended to the kernel: it survives the death of this process (not a power cut; see `sync`). */
  write(): void {
    if (this.#buffered === 0) return;
    const segment = this.#writable();
    writeSync(this.#handle ?? -1, this.#buffer, 0, this.#buffered * recordBytes);
    segment.count += this.#buffered;
    segment.pending += this.#buffered;
    this.#buffered = 0;
    this.#keepWithinBounds();
  }

  sync(): void {
    this.write();
    if (this.#handle !== undefined) fsyncSync(this.#handle);
  }

  /** These records, still in memory, are in the database now. */
  release(seqs: readonly number[]): void {
    for (const seq of seqs) {
      const segment = this.#ownSegmentOf(seq);
      if (segment) segment.pending -= 1;
    }
    for (const segment of this.#segments.filter((each) => !each.cold && each.pending <= 0)) {
      if (segment === this.#active && segment.count * recordBytes < this.#limits.segmentBytes / 8) continue;
      this.remove(segment);
    }
  }

  /** From now on the records so far are read from disk: whoever holds them in memory lets them go. */
  spill(): void {
    this.write();
    this.#closeActive();
    for (const segment of this.#segments) segment.cold = true;
  }

  /** Oldest first. */
  coldSegments(): Segment[] {
    return this.#segments.filter((segment) => segment.cold);
  }

  /** Whole records of a segment; what a crash left half written is left out. */
  read(segment: Segment): SpooledResult[] {
    const bytes = readFileSync(segment.file);
    const found: SpooledResult[] = [];
    for (let i = 0; i < segment.count; i++) {
      const record = readRecord(bytes, i * recordBytes);
      if (record && record.no > 0) found.push({ ...record, seq: segment.base + i });
    }
    return found;
  }

  remove(segment: Segment): void {
    if (segment === this.#active) this.#closeActive();
    this.#segments = this.#segments.filter((each) => each !== segment);
    rmSync(segment.file, { force: true });
  }

  /** Records that are not in the database. */
  get pending(): number {
    return this.#segments.reduce((sum, segment) => sum + segment.pending, this.#buffered);
  }

  get bytes(): number {
    return this.#segments.reduce((sum, segment) => sum + segment.count * recordBytes, 0);
  }

  /** Lives of this spool that have files. */
  runs(): Set<string> {
    return new Set([this.run, ...this.#segments.map((segment) => segment.run)]);
  }

  close(): void {
    this.sync();
    this.#closeActive();
  }

  #writable(): Segment {
    if (this.#active && this.#active.count * recordBytes >= this.#limits.segmentBytes) this.#closeActive();
    if (this.#active) return this.#active;
    const base = this.#next - this.#buffered;
    const file = path.join(this.folder, `results-${this.run}-${String(base).padStart(12, '0')}.bin`);
    this.#handle = openSync(file, 'a', 0o600);
    this.#active = { file, run: this.run, base, count: 0, pending: 0, cold: false };
    this.#segments.push(this.#active);
    return this.#active;
  }

  #closeActive(): void {
    if (this.#handle !== undefined) closeSync(this.#handle);
    this.#handle = undefined;
    this.#active = undefined;
  }

  #ownSegmentOf(seq: number): Segment | undefined {
    return this.#segments.findLast((segment) => segment.run === this.run && segment.base <= seq);
  }

  #keepWithinBounds(): void {
    while (this.bytes > this.#limits.maxBytes) {
      const oldest = this.#segments[0];
      if (!oldest) return;
      // Only what is on disk alone may go, else memory would count it as held.
      if (!oldest.cold) this.spill();
      this.dropped += oldest.pending;
      this.remove(oldest);
    }
  }
}
