import { createHash, type Hash } from 'node:crypto';
import { z } from 'zod';
import { ConnectorError, encodeName, type PlanStep, type SiteClient } from '../../connector/index.ts';
import { NachtwachtError } from '../../platform/errors.ts';
import type { RepositoryApi, TreeNode } from '../../restic/index.ts';
import { batchFiles, type FilePart } from './rules/batch-files.ts';
import type { FileOperation } from './rules/plan-restore.ts';

const MOST_FILES = 200;
const MOST_OPERATIONS = 1000;
const TRIES_SMALLER = 8;

type Put = Extract<FileOperation<TreeNode>, { op: 'put' }>;

const StagedFile = z.looseObject({
  root: z.string(),
  p: z.string(),
  have: z.number().int().min(0),
  size: z.number(),
  ok: z.boolean(),
});

/** What has been made ready on the site. `sha256` by `root:path`, of the files sent in this attempt. */
export interface Staged {
  files: number;
  bytes: number;
  sha256: Map<string, string>;
}

/**
 * Brings every file of the plan to the site's stage folder, beside the live ones: small ones together, large ones in
 * ranges; what an earlier attempt brought is not sent again. Memory: one batch and one blob at a time.
 */
export async function stageFiles(
  site: SiteClient,
  repository: RepositoryApi,
  run: string,
  operations: readonly FileOperation<TreeNode>[],
  onProgress: (done: { files: number; bytes: number; detail: string }) => void,
): Promise<Staged> {
  const puts = operations.filter((one): one is Put => one.op === 'put');
  const files = puts.filter((one) => one.kind === 'file');
  await site.files.openStage(
    run,
    files.reduce((sum, one) => sum + one.size, 0),
  );
  const have = await stagedBefore(site, run);
  const staged: Staged = { files: 0, bytes: 0, sha256: new Map() };
  const toSend = files.map((one) => ({ size: one.size, have: have.get(keyOf(one)) ?? 0 }));
  for (const [index, one] of toSend.entries()) {
    if (one.have > 0 && one.have >= one.size) count(staged, files[index]?.size ?? 0);
  }
  const reader = openReader(repository, files);
  const sendAndCount = async (parts: ReadyPart[]): Promise<void> => {
    await sendParts(site, run, parts);
    for (const part of parts) {
      staged.bytes += part.bytes.length;
      if (part.sha256 === '') continue;
      staged.files += 1;
      staged.sha256.set(keyOf(part.file), part.sha256);
    }
    onProgress({ files: staged.files, bytes: staged.bytes, detail: parts.at(-1)?.file.path ?? '' });
  };
  // One batch travels while the next is read from the repository.
  let sending: Promise<void> = Promise.resolve();
  try {
    for (const batch of batchFiles(toSend, () => ({
      maxBytes: site.learned.limits.maxPutBytes,
      maxFiles: MOST_FILES,
    }))) {
      const parts: ReadyPart[] = [];
      for (const part of batch) parts.push(await reader.read(part));
      await sending;
      sending = sendAndCount(parts);
      // An early failure is thrown by the next await; until then it must not count as unhandled.
      sending.catch(() => undefined);
    }
    await sending;
  } finally {
    await reader.close();
  }
  return staged;
}

/** Writes the plan to the site in order. Safe to repeat: every call says where its operations begin. */
export async function sendPlan(
  site: SiteClient,
  run: string,
  operations: readonly FileOperation<TreeNode>[],
): Promise<void> {
  for (let from = 0; from === 0 || from < operations.length; from += MOST_OPERATIONS) {
    const ops = operations.slice(from, from + MOST_OPERATIONS).map((one) => wireOperation(one));
    await site.call('stage.plan', { run, from, ops, more: from + ops.length < operations.length });
  }
}

function wireOperation(one: FileOperation<TreeNode>): PlanStep {
  const base = { op: one.op, root: one.root, p: one.path };
  if (one.op === 'remove') return { ...base, type: one.kind === 'dir' ? 'd' : one.kind === 'file' ? 'f' : 'l' };
  if (one.op !== 'put') return { ...base, mode: one.mode };
  const mtime = Number(one.source.mtimeNs / 1_000_000_000n);
  if (one.kind === 'file') return { ...base, type: 'f', mode: one.mode, mtime };
  return {
    ...base,
    type: 'l',
    mode: one.mode,
    mtime,
    target: encodeName(one.source.linktarget ?? ''),
  };
}

async function stagedBefore(site: SiteClient, run: string): Promise<Map<string, number>> {
  const { records } = await site.files.stageState(run);
  const have = new Map<string, number>();
  for (const record of records) {
    const file = StagedFile.safeParse(record);
    if (!file.success) continue;
    const { root, p, have: bytes, size, ok } = file.data;
    // All bytes there but not found good: killed before its hash was compared. It is sent again.
    have.set(`${root}:${p}`, bytes < size || ok ? bytes : 0);
  }
  return have;
}

interface ReadyPart extends FilePart {
  file: Put;
  bytes: Buffer;
  /** Of the whole file, with its last part; '' before that. */
  sha256: string;
}

/** Sends one batch; when the host takes no body of this size, in halves. */
async function sendParts(site: SiteClient, run: string, parts: ReadyPart[], tries = 0): Promise<void> {
  const total = parts.reduce((sum, part) => sum + part.bytes.length, 0);
  try {
    const done = await site.files.stage(
      run,
      parts.map(({ file, offset, bytes, sha256 }) => ({
        root: file.root,
        p: file.path,
        type: 'f' as const,
        o: offset,
        n: bytes.length,
        size: file.size,
        sha256,
        mode: file.mode,
        mtime: Number(file.source.mtimeNs / 1_000_000_000n),
      })),
      parts.map((part) => part.bytes),
    );
    const refused = done.find((one) => !one.ok);
    if (refused !== undefined) throw notTaken(parts[refused.i]?.file.path ?? '');
  } catch (error) {
    const tooLarge = error instanceof ConnectorError && error.code === 'request-too-large';
    if (!tooLarge || tries >= TRIES_SMALLER || total < 1024) throw error;
    for (const half of halves(parts)) await sendParts(site, run, half, tries + 1);
  }
}

function notTaken(path: string): NachtwachtError {
  return new NachtwachtError({
    code: 'stage-refused',
    kind: 'site',
    message: `The site received ${path} with other bytes than we sent.`,
    nextStep: 'It is sent again; when it goes on, look at the disk of the site.',
    retryable: true,
    details: { path },
  });
}

function halves(parts: ReadyPart[]): ReadyPart[][] {
  const [first] = parts;
  if (first === undefined) return [];
  if (parts.length > 1) {
    const middle = Math.ceil(parts.length / 2);
    return [parts.slice(0, middle), parts.slice(middle)];
  }
  const middle = Math.ceil(first.bytes.length / 2);
  return [
    [{ ...first, bytes: first.bytes.subarray(0, middle), length: middle, sha256: '' }],
    [{ ...first, bytes: first.bytes.subarray(middle), offset: first.offset + middle, length: first.length - middle }],
  ];
}

/** Reads the parts in the order in which they are asked, hashing each file from its first byte on. */
function openReader(
  repository: RepositoryApi,
  files: readonly Put[],
): { read(part: FilePart): Promise<ReadyPart>; close(): Promise<void> } {
  let current: { index: number; blobs: AsyncIterator<Buffer>; hash: Hash; at: number; rest: Buffer } | undefined;
  const next = async (state: NonNullable<typeof current>): Promise<Buffer> => {
    const step = await state.blobs.next();
    if (step.done === true) throw new Error('a file of the snapshot is shorter than its tree says');
    state.hash.update(step.value);
    return step.value;
  };
  return {
    read: async (part) => {
      const file = files[part.index];
      if (file === undefined) throw new Error('no such file in the plan');
      if (current?.index !== part.index) {
        await current?.blobs.return?.();
        const blobs = repository.readFile(file.source)[Symbol.asyncIterator]();
        current = { index: part.index, blobs, hash: createHash('sha256'), at: 0, rest: Buffer.alloc(0) };
      }
      const state = current;
      // What the site has of it already is read once more, for the hash of the whole.
      while (state.at < part.offset) {
        if (state.rest.length === 0) state.rest = await next(state);
        const skip = Math.min(state.rest.length, part.offset - state.at);
        state.rest = state.rest.subarray(skip);
        state.at += skip;
      }
      const pieces: Buffer[] = [];
      let missing = part.length;
      while (missing > 0) {
        if (state.rest.length === 0) state.rest = await next(state);
        const piece = state.rest.subarray(0, missing);
        pieces.push(piece);
        state.rest = state.rest.subarray(piece.length);
        state.at += piece.length;
        missing -= piece.length;
      }
      const last = part.offset + part.length === file.size;
      const sha256 = last ? state.hash.copy().digest('hex') : '';
      return { ...part, file, bytes: Buffer.concat(pieces, part.length), sha256 };
    },
    close: async () => {
      await current?.blobs.return?.();
    },
  };
}

function keyOf(one: { root: string; path: string }): string {
  return `${one.root}:${one.path}`;
}

function count(staged: Staged, bytes: number): void {
  staged.files += 1;
  staged.bytes += bytes;
}
