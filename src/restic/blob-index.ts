import { randomBytes } from 'node:crypto';
import { damaged } from './errors.ts';
import { SEAL_OVERHEAD } from './seal.ts';
import type { BlobType, Id } from './types.ts';

const SEGMENT_BITS = 14;
const SEGMENT = 1 << SEGMENT_BITS;
const FIELDS = 4;

interface Segment {
  ids: Buffer;
  /** Pack number, offset, sealed length, uncompressed length with 0 for "not compressed". */
  fields: Uint32Array;
  types: Uint8Array;
}

/** A stretch of entries that came in together from one pack. */
export interface PackRun {
  pack: number;
  first: number;
  count: number;
}

/**
 * Where every blob lies. Typed arrays instead of an object per blob: about 60 bytes each, so a million blobs
 * take some 60 MB. Entries are numbered in the order they came in and never move.
 */
export class BlobIndex {
  readonly #segments: Segment[] = [];
  #count = 0;
  /** Open addressing; entry number + 1, 0 is free. */
  #table = new Uint32Array(1 << 12);
  #inTable = 0;
  readonly #packIds: Id[] = [];
  readonly #packNumbers = new Map<Id, number>();
  readonly #runs: PackRun[] = [];
  readonly #runsByPack: PackRun[][] = [];
  /** Random, so that nobody can choose contents that all land in one place of the table. */
  readonly #seed = randomBytes(4).readInt32LE(0) | 1;
  readonly #scratch = Buffer.alloc(32);

  /** Entries, duplicates included. */
  get size(): number {
    return this.#count;
  }

  get packCount(): number {
    return this.#packIds.length;
  }

  get runs(): readonly PackRun[] {
    return this.#runs;
  }

  /** Usually one: a pack that several index files name in part has several. */
  runsOf(pack: number): readonly PackRun[] {
    return this.#runsByPack[pack] ?? [];
  }

  packId(pack: number): Id {
    const id = this.#packIds[pack];
    if (id === undefined) throw new RangeError('no such pack');
    return id;
  }

  packNumber(id: Id): number | undefined {
    return this.#packNumbers.get(id);
  }

  /** Adds the blobs of one pack. Entries of this pack that are known already are skipped. */
  addPack(
    packId: Id,
    blobs: Iterable<{ type: BlobType; id: Buffer; offset: number; length: number; uncompressedLength: number }>,
  ): PackRun {
    let pack = this.#packNumbers.get(packId);
    const known = pack !== undefined;
    if (pack === undefined) {
      pack = this.#packIds.length;
      this.#packIds.push(packId);
      this.#packNumbers.set(packId, pack);
    }
    const first = this.#count;
    for (const blob of blobs) {
      if (blob.length < SEAL_OVERHEAD || blob.id.length !== 32)
        throw damaged(`the index of pack ${packId} has a bad entry`);
      if (known && this.#isKnown(pack, blob)) continue;
      this.#append(pack, blob);
    }
    const run = { pack, first, count: this.#count - first };
    if (run.count > 0) {
      this.#runs.push(run);
      (this.#runsByPack[pack] ??= []).push(run);
    }
    return run;
  }

  /** Entry number of a blob, -1 when unknown. */
  find(type: BlobType, id: Id): number {
    if (id.length !== 64 || this.#scratch.write(id, 'hex') !== 32) return -1;
    return this.#lookup(typeCode(type), this.#scratch);
  }

  findBytes(type: BlobType, id: Buffer): number {
    return this.#lookup(typeCode(type), id);
  }

  id(entry: number): Id {
    return this.idBytes(entry).toString('hex');
  }

  /** A view, valid as long as the index. */
  idBytes(entry: number): Buffer {
    const at = (entry & (SEGMENT - 1)) * 32;
    return this.#segment(entry).ids.subarray(at, at + 32);
  }

  type(entry: number): BlobType {
    return this.#segment(entry).types[entry & (SEGMENT - 1)] === 1 ? 'tree' : 'data';
  }

  pack(entry: number): number {
    return this.#field(entry, 0);
  }

  offset(entry: number): number {
    return this.#field(entry, 1);
  }

  /** Sealed bytes in the pack. */
  length(entry: number): number {
    return this.#field(entry, 2);
  }

  /** 0 when stored uncompressed. */
  uncompressedLength(entry: number): number {
    return this.#field(entry, 3);
  }

  /** Bytes of the blob itself. */
  plainLength(entry: number): number {
    return this.uncompressedLength(entry) || this.length(entry) - SEAL_OVERHEAD;
  }

  #field(entry: number, field: number): number {
    return this.#segment(entry).fields[(entry & (SEGMENT - 1)) * FIELDS + field] ?? 0;
  }

  #segment(entry: number): Segment {
    const segment = this.#segments[entry >>> SEGMENT_BITS];
    if (segment === undefined) throw new RangeError('no such index entry');
    return segment;
  }

  #isKnown(pack: number, blob: { type: BlobType; id: Buffer; offset: number }): boolean {
    const entry = this.findBytes(blob.type, blob.id);
    return entry >= 0 && this.pack(entry) === pack && this.offset(entry) === blob.offset;
  }

  #append(
    pack: number,
    blob: { type: BlobType; id: Buffer; offset: number; length: number; uncompressedLength: number },
  ): void {
    const entry = this.#count;
    const inSegment = entry & (SEGMENT - 1);
    if (inSegment === 0) {
      this.#segments.push({
        ids: Buffer.allocUnsafeSlow(SEGMENT * 32),
        fields: new Uint32Array(SEGMENT * FIELDS),
        types: new Uint8Array(SEGMENT),
      });
    }
    const segment = this.#segment(entry);
    blob.id.copy(segment.ids, inSegment * 32);
    segment.fields.set([pack, blob.offset, blob.length, blob.uncompressedLength], inSegment * FIELDS);
    const type = typeCode(blob.type);
    segment.types[inSegment] = type;
    this.#count++;
    if ((this.#inTable + 1) * 5 > this.#table.length * 3) this.#grow();
    if (this.#lookup(type, blob.id) < 0) {
      this.#insert(entry, type, blob.id);
      this.#inTable++;
    }
  }

  #slot(type: number, id: Buffer): number {
    const mixed = Math.imul(id.readInt32LE(0) ^ this.#seed, 0x9e3779b1) ^ Math.imul(id.readInt32LE(4), this.#seed);
    return ((mixed ^ (mixed >>> 15)) + type) & (this.#table.length - 1);
  }

  #lookup(type: number, id: Buffer): number {
    const mask = this.#table.length - 1;
    for (let slot = this.#slot(type, id); ; slot = (slot + 1) & mask) {
      const entry = (this.#table[slot] ?? 0) - 1;
      if (entry < 0) return -1;
      const segment = this.#segment(entry);
      const inSegment = entry & (SEGMENT - 1);
      if (segment.types[inSegment] !== type) continue;
      if (segment.ids.compare(id, 0, 32, inSegment * 32, inSegment * 32 + 32) === 0) return entry;
    }
  }

  #insert(entry: number, type: number, id: Buffer): void {
    const mask = this.#table.length - 1;
    let slot = this.#slot(type, id);
    while (this.#table[slot] !== 0) slot = (slot + 1) & mask;
    this.#table[slot] = entry + 1;
  }

  #grow(): void {
    const old = this.#table;
    this.#table = new Uint32Array(old.length * 2);
    for (const stored of old) {
      if (stored === 0) continue;
      const entry = stored - 1;
      this.#insert(entry, typeCode(this.type(entry)), this.idBytes(entry));
    }
  }
}

function typeCode(type: BlobType): number {
  return type === 'tree' ? 1 : 0;
}
