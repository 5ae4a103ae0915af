import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { createHash, randomBytes } from 'node:crypto';
import { mkdir, open, readdir, readFile, unlink } from 'node:fs/promises';
import path from 'node:path';
import type { S3Config } from '../platform/config.ts';
import { systemCodeOf } from '../platform/errors.ts';
import type { Platform } from '../platform/platform.ts';
import {
  explainStoreError,
  storeSteps,
  type StoreFailure,
  type StoreProblem,
  type StoreStep,
} from './rules/explain-store-error.ts';

export type StorageToTest = { kind: 'folder'; folder: string } | ({ kind: 's3' } & S3Config);

export interface StorageTest {
  ok: boolean;
  /** What went well, in order; `ms` as it was measured. */
  done: { step: StoreStep; ms: number }[];
  problem: StoreProblem | null;
}

/** A person waits for the answer. */
const patienceMs = 8000;
const size = 64 * 1024;

/** Puts, reads back, lists and deletes one object of 64 kB, as a backup would; nothing is left behind when it went well. */
export async function probeStorage(
  platform: Pick<Platform, 'clock'>,
  storage: StorageToTest,
  options: { /** For tests: how wrong our clock is. */ clockOffsetMs?: number } = {},
): Promise<StorageTest> {
  const content = randomBytes(size);
  const name = `nachtwacht-test-${randomBytes(8).toString('hex')}`;
  const store =
    storage.kind === 'folder' ? folderStore(storage.folder, name) : s3Store(storage, name, options.clockOffsetMs ?? 0);
  const done: StorageTest['done'] = [];
  try {
    for (const step of storeSteps) {
      const began = platform.clock.monotonicMs();
      const problem = await attempt(platform, store, step, content);
      if (problem !== undefined) {
        // What was put must not stay; whether that works was not the question.
        if (step === 'read' || step === 'list') await store.run('delete', content).catch(() => {});
        return { ok: false, done, problem };
      }
      done.push({ step, ms: Math.round(platform.clock.monotonicMs() - began) });
    }
    return { ok: true, done, problem: null };
  } finally {
    store.close();
  }
}

async function attempt(
  platform: Pick<Platform, 'clock'>,
  store: Store,
  step: StoreStep,
  content: Buffer,
): Promise<StoreProblem | undefined> {
  try {
    if (await store.run(step, content)) return undefined;
    return { code: step === 'put' ? 'no-s3' : 'differs' };
  } catch (error) {
    return explainStoreError(failureOf(error, step, platform.clock.now().getTime()));
  }
}

/** One step; false = it went through, and the answer is not what a store gives. */
interface Store {
  run(step: StoreStep, content: Buffer): Promise<boolean>;
  close(): void;
}

function folderStore(folder: string, name: string): Store {
  const file = path.join(folder, name);
  const steps: Record<StoreStep, (content: Buffer) => Promise<boolean>> = {
    put: async (content) => {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const handle = await open(file, 'wx', 0o600);
      try {
        await handle.writeFile(content);
        await handle.sync();
      } finally {
        await handle.close();
      }
      return true;
    },
    read: async (content) => content.equals(await readFile(file)),
    list: async () => (await readdir(folder)).includes(name),
    delete: async () => {
      await unlink(file);
      return true;
    },
  };
  return { run: (step, content) => steps[step](content), close: () => {} };
}

function s3Store(store: S3Config, name: string, systemClockOffset: number): Store {
  const { endpoint, region, bucket, prefix, accessKey, secretKey } = store;
  const client = new S3Client({
    endpoint,
    region,
    forcePathStyle: true,
    credentials: { accessKeyId: accessKey, secretAccessKey: secretKey },
    // A second try would hide what the first one met.
    maxAttempts: 1,
    systemClockOffset,
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: { connectionTimeout: patienceMs, requestTimeout: patienceMs, socketTimeout: patienceMs },
  });
  const key = prefix === '' ? name : `${prefix}/${name}`;
  const place = { Bucket: bucket, Key: key };
  const steps: Record<StoreStep, (content: Buffer) => Promise<boolean>> = {
    put: async (content) => {
      const ContentMD5 = createHash('md5').update(content).digest('base64');
      const answer = await client.send(new PutObjectCommand({ ...place, Body: content, ContentMD5 }), timely());
      // A web page says 200 to anything; a store names what it took.
      return answer.ETag !== undefined;
    },
    read: async (content) => {
      const answer = await client.send(new GetObjectCommand(place), timely());
      const found = await answer.Body?.transformToByteArray();
      return found !== undefined && content.equals(found);
    },
    list: async () => {
      const answer = await client.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: key }), timely());
      return answer.Contents?.some((one) => one.Key === key) === true;
    },
    delete: async () => {
      await client.send(new DeleteObjectCommand(place), timely());
      return true;
    },
  };
  return { run: (step, content) => steps[step](content), close: () => client.destroy() };
}

function timely(): { abortSignal: AbortSignal } {
  return { abortSignal: AbortSignal.timeout(2 * patienceMs) };
}

/** The SDK hangs the answer's facts on whatever it throws, and the system's code on the error or its cause. */
function failureOf(error: unknown, step: StoreStep, ourTime: number): StoreFailure {
  const facts = error instanceof Error ? error : new Error(String(error));
  const response = fieldOf(fieldOf(facts, '$response'), 'headers');
  const date = fieldOf(response, 'date');
  const status = fieldOf(fieldOf(facts, '$metadata'), 'httpStatusCode');
  const region = fieldOf(response, 'x-amz-bucket-region') ?? fieldOf(facts, 'Region');
  const storeTime = typeof date === 'string' ? Date.parse(date) : Number.NaN;
  return {
    step,
    name: facts.name === 'SyntaxError' || facts.name === 'Error' ? facts.message.slice(0, 200) : facts.name,
    status: typeof status === 'number' ? status : undefined,
    systemCode: codeBeneath(facts),
    storeTime: Number.isNaN(storeTime) ? undefined : storeTime,
    ourTime,
    region: typeof region === 'string' ? region : undefined,
  };
}

function fieldOf(of: unknown, name: string): unknown {
  return typeof of === 'object' && of !== null && name in of
    ? Object.getOwnPropertyDescriptor(of, name)?.value
    : undefined;
}

/** The system's code of an error or of what caused it. */
function codeBeneath(error: unknown): string | undefined {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    const code = systemCodeOf(at);
    if (code !== undefined && /^[A-Z][A-Z0-9_]+$/.test(code)) return code;
    if (at instanceof AggregateError && at.errors.length > 0) return codeBeneath(at.errors[0]);
  }
  return undefined;
}
