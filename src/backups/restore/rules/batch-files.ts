/** A file that has to travel. `have`: bytes of it that lie on the site's stage already, from an earlier attempt. */
export interface FileToSend {
  size: number;
  have: number;
}

/** Part of one file. */
export interface FilePart {
  /** Index in the list that was given. */
  index: number;
  offset: number;
  length: number;
}

/** Small files together, large files in ranges: each batch at most `maxBytes` of bytes and `maxFiles` entries. */
export function* batchFiles(
  files: readonly FileToSend[],
  limit: () => { maxBytes: number; maxFiles: number },
): Generator<FilePart[]> {
  let batch: FilePart[] = [];
  let bytes = 0;
  let { maxBytes, maxFiles } = limit();
  for (const [index, file] of files.entries()) {
    let offset = Math.min(file.have, file.size);
    if (offset > 0 && offset === file.size) continue;
    do {
      if (batch.length > 0 && (batch.length >= maxFiles || bytes >= maxBytes)) {
        yield batch;
        batch = [];
        bytes = 0;
        ({ maxBytes, maxFiles } = limit());
      }
      const rest = file.size - offset;
      // A file that fits in a batch of its own is not torn to fill up the one before it.
      if (batch.length > 0 && rest > maxBytes - bytes && rest <= maxBytes) {
        yield batch;
        batch = [];
        bytes = 0;
        ({ maxBytes, maxFiles } = limit());
      }
      const length = Math.min(rest, maxBytes - bytes);
      batch.push({ index, offset, length });
      bytes += length;
      offset += length;
    } while (offset < file.size);
  }
  if (batch.length > 0) yield batch;
}
