import { z } from 'zod';
import type { KeyTuple } from '../../connector/index.ts';
import { NachtwachtError } from '../../platform/errors.ts';
import { makeShape, type TableShape } from './table-shape.ts';

// The manifest of a table lies beside its SQL file in the snapshot. Its ranges and the file's content blobs are the
// same list: blob 0 is the file's head, then the blobs of each range in order, the last is its tail.

export interface ManifestRange {
  /** Key of the last row that belongs to it; null in tables without a key. */
  bound: KeyTuple | null;
  rows: number;
  /** 16 lower hex (PROTOCOL.md, "Row sum"). */
  sum: string;
  /** Bytes of SQL text. */
  bytes: number;
  /** Content blobs that hold it: 1, more when a row is very large. */
  blobs: number;
}

export interface TableManifest {
  shape: TableShape;
  /** False in what a broken-off run left: rows after the last bound are missing. */
  complete: boolean;
  ranges: ManifestRange[];
}

const VERSION = 1;
const Cell = z.union([z.strictObject({ t: z.string() }), z.strictObject({ b: z.string() }), z.null()]);
const count = z.number().int().min(0);
const Shape = z.strictObject({
  version: z.literal(VERSION),
  table: z.string().min(1),
  columns: z.array(z.tuple([z.string(), z.enum(['text', 'hex', 'num', 'bit', 'geom', 'double']), z.string()])),
  key: z.array(z.string()),
  create: z.string(),
  complete: z.boolean(),
  // bound, rows, sum, bytes, blobs
  ranges: z.array(z.tuple([z.array(Cell).nullable(), count, z.string().regex(/^[0-9a-f]{16}$/), count, count.min(1)])),
});

/** JSON of a manifest, one range a line. */
export function writeManifest(manifest: TableManifest): Buffer {
  const { shape, complete, ranges } = manifest;
  const head = JSON.stringify({
    version: VERSION,
    table: shape.name,
    columns: shape.columns.map((column) => [column.name, column.form, column.type]),
    key: shape.key,
    create: shape.create,
    complete,
  });
  const lines = ranges.map(({ bound, rows, sum, bytes, blobs }) => JSON.stringify([bound, rows, sum, bytes, blobs]));
  return Buffer.from(`${head.slice(0, -1)},"ranges":[\n${lines.join(',\n')}\n]}\n`, 'utf8');
}

/** Throws `manifest-unreadable` when it is of another version or not a manifest. */
export function readManifest(json: Buffer): TableManifest {
  let parsed: z.infer<typeof Shape>;
  try {
    parsed = Shape.parse(JSON.parse(json.toString('utf8')));
  } catch (cause) {
    throw new NachtwachtError({
      code: 'manifest-unreadable',
      kind: 'store',
      message: 'The manifest of a table in the snapshot cannot be read: it is damaged or of a newer version.',
      nextStep: 'Use the version of Nachtwacht that made the snapshot, or load its SQL files with the mariadb program.',
      retryable: false,
      cause,
    });
  }
  const columns = parsed.columns.map(([name, form, type]) => ({ name, form, type }));
  return {
    shape: makeShape(parsed.table, columns, parsed.key, parsed.create),
    complete: parsed.complete,
    ranges: parsed.ranges.map(([bound, rows, sum, bytes, blobs]) => ({ bound, rows, sum, bytes, blobs })),
  };
}
