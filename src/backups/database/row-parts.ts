import { RowScanner } from '../../connector/index.ts';
import type { RepositoryApi } from '../../restic/types.ts';
import type { StoredRange } from './range-builder.ts';
import { parseText } from './sql-text.ts';
import type { TableShape } from './table-shape.ts';

/** Bytes of one part of a range on its way to the site. Fixed: parts are numbered, the same in every attempt. */
const PART_BYTES = 256 * 1024;

/** Row bytes of a range as it is in the repository. */
export async function rowBytesOf(
  repo: Pick<RepositoryApi, 'readBlob'>,
  range: Pick<StoredRange, 'ids'>,
  shape: TableShape,
): Promise<Buffer> {
  const blobs = await Promise.all(range.ids.map(async (id) => await repo.readBlob('data', id)));
  return parseText(Buffer.concat(blobs), shape.insertHead, shape.columns.length).rowBytes;
}

/** Cuts row bytes between rows into parts of about 256 KiB; a larger row is a part of its own. */
export function cutRows(rowBytes: Buffer, columns: number): Buffer[] {
  const parts: Buffer[] = [];
  const scanner = new RowScanner(rowBytes, columns);
  let from = 0;
  while (scanner.next()) {
    if (scanner.rowEnd - from > PART_BYTES && scanner.rowStart > from) {
      parts.push(rowBytes.subarray(from, scanner.rowStart));
      from = scanner.rowStart;
    }
  }
  if (from < rowBytes.length) parts.push(rowBytes.subarray(from));
  return parts;
}
