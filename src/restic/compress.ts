import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { damaged } from './errors.ts';

/** Level 3 is about restic's "auto": measured within 2 % of its sizes on PHP, CSS and SQL. */
const LEVEL = 3;
const PARAMS = { [constants.ZSTD_c_compressionLevel]: LEVEL };

/** zstd's answer is gathered in pieces of this many bytes at least and at most. */
const PIECE = { least: 512, most: 1024 * 1024 };

/** One zstd frame. */
export function compress(plain: Uint8Array): Buffer {
  // Half the input holds nearly every answer in one piece without wasting the rest of it.
  const chunkSize = Math.min(Math.max(plain.length >>> 1, PIECE.least), PIECE.most);
  return zstdCompressSync(plain, { params: PARAMS, chunkSize });
}

/** Plain bytes of zstd data; at most `limit` bytes, so that a bomb ends as an error. */
export function decompress(data: Uint8Array, limit: number, what: string): Buffer {
  try {
    // chunkSize near the answer's size saves joining many small pieces.
    const chunkSize = Math.min(Math.max(limit, 1024), 1 << 20);
    return zstdDecompressSync(data, { maxOutputLength: Math.max(limit, 1), chunkSize });
  } catch (error) {
    throw damaged(`${what} does not decompress to at most ${limit} bytes`, error);
  }
}

/** File types whose bytes zstd cannot shrink: images, sound, films, archives, fonts that are compressed already. */
const DENSE = new Set(
  (
    'jpg jpeg jpe png gif webp avif heic heif jxl mp3 m4a aac ogg oga opus flac wma mp4 m4v mov mkv webm avi wmv mpg mpeg ' +
    '3gp zip gz tgz bz2 tbz xz txz zst lz4 7z rar br woff woff2 docx xlsx pptx odt ods odp epub jar apk phar.gz'
  ).split(' '),
);

/** False when compressing a file of this name is a waste of CPU; use as `compress` of `saveBlob` and `saveStream`. */
export function worthCompressing(fileName: string): boolean {
  const dot = fileName.lastIndexOf('.');
  return dot < 0 || !DENSE.has(fileName.slice(dot + 1).toLowerCase());
}
