import { createHash } from 'node:crypto';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import type { ListObjectsV2CommandOutput } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { damaged, ResticError } from './errors.ts';
import { assertFileName, isId } from './hash.ts';
import type { Backend, FileType } from './types.ts';

export interface S3Options {
  /** Default: Amazon's for the region. */
  endpoint?: string;
  region: string;
  bucket: string;
  /** Folder of the repository inside the bucket, without slashes at its ends; '' for the bucket itself. */
  prefix: string;
  accessKeyId: string;
  secretAccessKey: string;
  /** `endpoint/bucket` instead of `bucket.endpoint`; default true when an endpoint is given. */
  forcePathStyle?: boolean;
}

const FOLDERS = { key: 'keys', data: 'data', index: 'index', snapshot: 'snapshots', lock: 'locks' };
const ATTEMPTS = 5;
const CONNECT_MS = 10_000;
/** Without any byte for this long a request counts as dead. */
const SILENCE_MS = 60_000;
/** Larger files go in parts, each of which is retried by itself. */
const MULTIPART_FROM = 32 * 1024 * 1024;
const PART_SIZE = 16 * 1024 * 1024;

/** Repository files in an S3 bucket, in restic's layout. */
export function openS3Backend(options: S3Options): Backend {
  return new S3Backend(options);
}

class S3Backend implements Backend {
  readonly description: string;
  readonly #client: S3Client;
  readonly #bucket: string;
  readonly #prefix: string;

  constructor(options: S3Options) {
    this.#bucket = options.bucket;
    const prefix = options.prefix.replaceAll(/^\/+|\/+$/g, '');
    this.#prefix = prefix === '' ? '' : `${prefix}/`;
    this.description = `s3:${options.endpoint ?? options.region}/${options.bucket}/${prefix}`;
    this.#client = new S3Client({
      region: options.region,
      ...(options.endpoint === undefined ? {} : { endpoint: options.endpoint }),
      forcePathStyle: options.forcePathStyle ?? options.endpoint !== undefined,
      credentials: { accessKeyId: options.accessKeyId, secretAccessKey: options.secretAccessKey },
      maxAttempts: ATTEMPTS,
      // Stores other than Amazon's often do not know the newer checksum headers.
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
      requestHandler: { connectionTimeout: CONNECT_MS, requestTimeout: SILENCE_MS, socketTimeout: SILENCE_MS },
    });
  }

  async *list(type: FileType): AsyncIterable<{ name: string; size: number }> {
    if (type === 'config') {
      yield* this.#listConfig();
      return;
    }
    const folder = `${this.#prefix}${FOLDERS[type]}/`;
    let token: string | undefined;
    do {
      const page: ListObjectsV2CommandOutput = await this.#ask(`list ${type}`, () =>
        this.#client.send(new ListObjectsV2Command({ Bucket: this.#bucket, Prefix: folder, ContinuationToken: token })),
      );
      for (const { Key: key, Size: size } of page.Contents ?? []) {
        const name = key?.slice(key.lastIndexOf('/') + 1);
        if (isId(name) && key === this.#key(type, name)) yield { name, size: size ?? 0 };
      }
      const next = page.IsTruncated === true ? page.NextContinuationToken : undefined;
      // A store that gives the same page again and again must not hold us for ever.
      if (next !== undefined && next === token) throw damaged('the store lists the same page twice');
      token = next;
    } while (token !== undefined);
  }

  async read(type: FileType, name: string, range?: { offset: number; length: number }): Promise<Buffer> {
    if (range?.length === 0) return Buffer.alloc(0);
    const data = await this.#ask(`read ${type} ${name}`, async () => {
      const answer = await this.#client.send(
        new GetObjectCommand({
          Bucket: this.#bucket,
          Key: this.#key(type, name),
          ...(range === undefined ? {} : { Range: `bytes=${range.offset}-${range.offset + range.length - 1}` }),
        }),
      );
      const body = await answer.Body?.transformToByteArray();
      return Buffer.from(body?.buffer ?? new ArrayBuffer(), body?.byteOffset, body?.byteLength);
    });
    if (range !== undefined && data.length !== range.length) {
      throw damaged(`${type} ${name} ends before byte ${range.offset + range.length}`);
    }
    return data;
  }

  async write(type: FileType, name: string, data: Buffer, options: { ifAbsent?: boolean } = {}): Promise<void> {
    const place = { Bucket: this.#bucket, Key: this.#key(type, name), Body: data };
    await this.#ask(`write ${type} ${name}`, async () => {
      if (data.length >= MULTIPART_FROM && options.ifAbsent !== true) {
        await new Upload({ client: this.#client, params: place, partSize: PART_SIZE, queueSize: 2 }).done();
        return;
      }
      // With this header the store itself refuses bytes that were changed on the way.
      const ContentMD5 = createHash('md5').update(data).digest('base64');
      const condition = options.ifAbsent === true ? { IfNoneMatch: '*' } : {};
      await this.#client.send(new PutObjectCommand({ ...place, ContentMD5, ...condition }));
    });
  }

  async remove(type: FileType, name: string): Promise<void> {
    const place = { Bucket: this.#bucket, Key: this.#key(type, name) };
    await this.#ask(`remove ${type} ${name}`, () => this.#client.send(new DeleteObjectCommand(place)));
  }

  async close(): Promise<void> {
    this.#client.destroy();
  }

  async *#listConfig(): AsyncIterable<{ name: string; size: number }> {
    try {
      yield { name: '', size: (await this.read('config', '')).length };
    } catch (error) {
      if (!(error instanceof ResticError) || error.code !== 'not-found') throw error;
    }
  }

  #key(type: FileType, name: string): string {
    if (type === 'config') return `${this.#prefix}config`;
    assertFileName(name);
    const inside = type === 'data' ? `${name.slice(0, 2)}/${name}` : name;
    return `${this.#prefix}${FOLDERS[type]}/${inside}`;
  }

  async #ask<T>(what: string, request: () => Promise<T>): Promise<T> {
    try {
      return await request();
    } catch (error) {
      throw this.#explain(error, what);
    }
  }

  #explain(error: unknown, what: string): unknown {
    if (error instanceof ResticError || !(error instanceof Error)) return error;
    const status = httpStatusOf(error);
    const where = this.description;
    if (error.name === 'NoSuchBucket') {
      return new ResticError('no-bucket', `The bucket of ${where} does not exist.`, {
        nextStep: 'Create the bucket, or correct its name.',
        cause: error,
      });
    }
    if (status === 404) {
      return new ResticError('not-found', `Could not ${what}: it is not in ${where}.`, {
        nextStep: 'Run a check of the repository.',
        cause: error,
      });
    }
    if (status === 412 || status === 409) {
      return new ResticError('exists', `Could not ${what}: it exists in ${where}.`, {
        nextStep: 'Choose another place.',
        cause: error,
      });
    }
    if (status === 416) return damaged(`${what}: the file is shorter than expected`, error);
    if (status === 401 || status === 403) {
      return new ResticError('access-denied', `${where} refuses to ${what}: ${error.name}.`, {
        nextStep: 'Check the access key, the secret key, and the rights they have on the bucket.',
        cause: error,
      });
    }
    return new ResticError('store-failed', `Could not ${what} at ${where}: ${error.name}: ${error.message}`, {
      nextStep: 'Check that the store can be reached; the work goes on when it is started again.',
      retryable: status === undefined || status >= 500 || status === 429 || status === 408,
      cause: error,
    });
  }
}

/** The SDK hangs the answer's facts on every error that came by HTTP, whatever its class. */
function httpStatusOf(error: Error): number | undefined {
  const metadata = '$metadata' in error ? error.$metadata : undefined;
  if (typeof metadata !== 'object' || metadata === null || !('httpStatusCode' in metadata)) return undefined;
  return typeof metadata.httpStatusCode === 'number' ? metadata.httpStatusCode : undefined;
}
