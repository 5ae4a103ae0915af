// What the commands on the database take and give.
import type { WireCell } from './row-codec.ts';

/** Key values of one row, in the order of the table's key columns. */
export type KeyTuple = WireCell[];

export interface SumsOf {
  name: string;
  bounds: KeyTuple[];
  lo?: KeyTuple;
  hi?: KeyTuple;
}

/** Rows and 16 hex (XOR of the row hashes; SUM modulo 2^64 for tables without a key). */
export type RangeSum = [rows: number, sum: string];

export interface GroupsRead {
  table: string;
  lo?: KeyTuple;
  hi?: KeyTuple;
  width: number;
  of?: { width: number; groups: (number | string)[] };
}

export interface RowsRead {
  table: string;
  lo?: KeyTuple;
  hi?: KeyTuple;
  groups?: (number | string)[];
  width?: number;
}

/** Whole rows of one read. `bytes` are row bytes; parts of a read come in order. */
export interface RowsPart {
  i: number;
  table: string;
  columns: string[];
  bytes: Buffer;
  /** The read is finished. */
  end: boolean;
  /** Key after which the read goes on, when it is not finished and this is the last that the site gave of it so far. */
  after?: KeyTuple;
}

/** Part of a table without a key. */
export type TablePart =
  | { kind: 'columns'; columns: string[] }
  | { kind: 'rows'; bytes: Buffer }
  | { kind: 'end'; isWhole: boolean };

/** Sums of groups of rows of one read; `too-many`: more than are worth comparing. */
export type GroupSums = [group: bigint, rows: number, xor: string][] | 'too-many';

export interface CopyRange {
  lo: KeyTuple | null;
  hi: KeyTuple | null;
  sum: RangeSum;
}

export interface LoadPart {
  /** Number of the part within its table, the same in every attempt. */
  seq: number;
  /** Row bytes. */
  bytes: Buffer;
}

export interface SessionOption {
  session?: string | undefined;
  signal?: AbortSignal | undefined;
}
