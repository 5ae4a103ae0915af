import zlib from 'node:zlib';
import { CheckFailure } from './check-failure.ts';

/**
 * Undoes the content encodings of a body, to at most `most` bytes: what would unfold to gigabytes is cut off there. A body
 * that ends early gives what there is, as in browsers. Throws CheckFailure when it is not what it says.
 */
export async function decodeBody(
  raw: Buffer,
  encodings: string | undefined,
  most: number,
): Promise<{ body: Buffer; isCut: boolean }> {
  let body = raw;
  let isCut = false;
  const names = (encodings ?? '')
    .toLowerCase()
    .split(',')
    .map((name) => name.trim());
  // Applied in the order in which they stand, so undone from the end; nobody means more than two.
  for (const name of names.toReversed().slice(0, 2)) {
    if (name === '' || name === 'identity' || body.length === 0) continue;
    const decoded = await decode(body, name, most);
    body = decoded.body;
    isCut ||= decoded.isCut;
  }
  return { body, isCut };
}

async function decode(raw: Buffer, name: string, most: number): Promise<{ body: Buffer; isCut: boolean }> {
  const codec = codecOf(raw, name);
  if (codec === undefined) throw new CheckFailure('answer', 'ERR_CONTENT_ENCODING');
  try {
    return { body: codec.whole(raw, most), isCut: false };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code !== 'ERR_BUFFER_TOO_LARGE')
      throw new CheckFailure('answer', code.startsWith('Z_') ? code : 'Z_DATA_ERROR');
    return { body: await begin(codec.stream(), raw, most), isCut: true };
  }
}

interface Codec {
  whole(raw: Buffer, most: number): Buffer;
  stream(): zlib.Gunzip | zlib.Inflate | zlib.InflateRaw | zlib.BrotliDecompress;
}

const chunkSize = 64 * 1024;
const lenient = { finishFlush: zlib.constants.Z_SYNC_FLUSH, chunkSize };
const lenientBrotli = { finishFlush: zlib.constants.BROTLI_OPERATION_FLUSH, chunkSize };

// At once rather than through a stream: a stream goes through a thread, which costs more than the work for a usual page.
function codecOf(raw: Buffer, name: string): Codec | undefined {
  if (name === 'gzip' || name === 'x-gzip')
    return {
      whole: (bytes, most) => zlib.gunzipSync(bytes, { ...lenient, maxOutputLength: most }),
      stream: () => zlib.createGunzip(lenient),
    };
  if (name === 'br')
    return {
      whole: (bytes, most) => zlib.brotliDecompressSync(bytes, { ...lenientBrotli, maxOutputLength: most }),
      stream: () => zlib.createBrotliDecompress(lenientBrotli),
    };
  if (name !== 'deflate') return undefined;
  // Some servers send it without the wrapping that the standard asks for (RFC 9110, 8.4.1.2).
  const isWrapped = ((raw[0] ?? 0) & 0x0f) === 8;
  return isWrapped
    ? {
        whole: (bytes, most) => zlib.inflateSync(bytes, { ...lenient, maxOutputLength: most }),
        stream: () => zlib.createInflate(lenient),
      }
    : {
        whole: (bytes, most) => zlib.inflateRawSync(bytes, { ...lenient, maxOutputLength: most }),
        stream: () => zlib.createInflateRaw(lenient),
      };
}

/** The first `most` bytes of what comes out of a stream. */
function begin(stream: ReturnType<Codec['stream']>, raw: Buffer, most: number): Promise<Buffer> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const done = (): void => {
      stream.destroy();
      resolve(Buffer.concat(chunks).subarray(0, most));
    };
    stream.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes >= most) done();
    });
    stream.on('end', done).on('error', done);
    stream.end(raw);
  });
}
