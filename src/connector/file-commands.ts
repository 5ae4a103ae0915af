import { checked, nextCursor, type AnswerRecord, type SiteCaller } from './caller.ts';
import * as shapes from './answers.ts';
import { ConnectorError } from './errors.ts';
import { decodeName, decodePath } from './wire-path.ts';

export interface FolderPart {
  /** Wire form; '' = the root. */
  path: string;
  entries: shapes.FileEntry[];
  /** The folder goes on in the next part. */
  more: boolean;
}

export interface SkippedPath {
  path: string;
  why: string;
  detail: string;
}

export interface FileListPage {
  folders: FolderPart[];
  skipped: SkippedPath[];
  /** Go on from here, also in another process; null = the list is finished. */
  next: unknown;
}

export interface FileRead {
  /** Root id. */
  root: string;
  /** Path in wire form. */
  p: string;
  /** Offset, bytes. */
  o: number;
  /** Length, bytes. */
  n: number;
}

/** Part of one read. Parts of a read come in order; `last` marks its last part. */
export interface FilePart {
  /** Index in the reads. */
  i: number;
  /** Offset in the file of the first byte of `data`. */
  offset: number;
  /** Views of the answer's memory: good until the next parts are asked for. */
  data: readonly Buffer[];
  length: number;
  last: boolean;
  /** Code when the file could not be read; then `data` is empty. */
  error?: string;
  size: number;
  mtime: number;
  ctime: number;
  eof: boolean;
  /** The file changed while it was read. */
  changed: boolean;
}

export interface FileHash {
  i: number;
  error?: string;
  size: number;
  mtime: number;
  ctime: number;
  sha256: string;
}

export interface StagedFile {
  root: string;
  p: string;
  o: number;
  n: number;
  size: number;
  /** Of the whole file; '' in parts that are not the last. */
  sha256: string;
  mode: number;
  mtime: number;
  type: 'f' | 'd' | 'l';
  target?: string;
}

export interface PlanStep {
  op: 'put' | 'remove' | 'mkdir' | 'chmod';
  root: string;
  p: string;
  [fact: string]: unknown;
}

const LIST_ENTRIES = 5000;
// Paths take room in a request: this many reads at a time are enough for any budget.
const READS_AT_A_TIME = 500;

/** The commands on files. */
export class FileCommands {
  readonly #client: SiteCaller;

  constructor(client: SiteCaller) {
    this.#client = client;
  }

  /** Folders that make up the installation. */
  async roots(): Promise<shapes.FileRoot[]> {
    const { end } = await this.#client.call('files.roots', {});
    if (!Array.isArray(end['roots']) || end['roots'].length > 1000) throw new ConnectorError('answer-invalid');
    return end['roots'].map((root) => checked(shapes.FileRoot, root));
  }

  /** Depth-first list of a root, a page for each answer. Every name and path in it is checked. It always ends. */
  async *list(options: {
    root: string;
    exclude?: string[];
    cursor?: unknown;
    /** Answers that it took to the cursor: they count for the end that a list must have. */
    answers?: number;
    maxEntries?: number;
    signal?: AbortSignal;
  }): AsyncGenerator<FileListPage, void, void> {
    let cursor: unknown = options.cursor ?? null;
    for (let answers = (options.answers ?? 0) + 1; ; answers++) {
      const { records, end } = await this.#client.call(
        'files.list',
        (limits) => ({
          root: options.root,
          exclude: options.exclude ?? [],
          budget_ms: limits.budgetMs,
          max_entries: options.maxEntries ?? LIST_ENTRIES,
          ...(cursor === null ? {} : { cursor }),
        }),
        { maxAnswerBytes: 16 * 1024 * 1024, ...signalOf(options) },
      );
      const next = nextCursor('files.list', { next: end['next'], cursor, answers });
      if (next !== null && records.length === 0) {
        throw new ConnectorError('answer-invalid', {
          details: { command: 'files.list', what: 'the list does not advance' },
        });
      }
      yield { ...listPage(records), next };
      if (next === null) return;
      cursor = next;
    }
  }

  /** Ranges of files, in order, the parts of an answer together. What is yielded was verified against its checksum. */
  async *read(
    reads: readonly FileRead[],
    options: { mode?: string; signal?: AbortSignal } = {},
  ): AsyncGenerator<FilePart[]> {
    let done = 0;
    let offset = reads[0]?.o ?? 0;
    while (done < reads.length) {
      const base = done;
      const baseOffset = offset;
      const answer = await this.#client.call(
        'files.read',
        (limits) => ({
          ...(options.mode === undefined ? {} : { mode: options.mode }),
          reads: readWindow(reads, base, baseOffset, limits.maxBytes),
          max_bytes: limits.maxBytes,
          budget_ms: limits.budgetMs,
        }),
        { maxAnswerBytes: 12 * 1024 * 1024, ...signalOf(options) },
      );
      const parts = readParts(answer.records, reads, base, baseOffset);
      for (const part of parts) {
        if (part.i < done) throw new ConnectorError('answer-invalid', { details: { command: 'files.read' } });
        done = part.last ? part.i + 1 : part.i;
        offset = part.last ? (reads[done]?.o ?? 0) : part.offset + part.length;
      }
      if (done === base && offset === baseOffset) {
        throw new ConnectorError('answer-invalid', { details: { command: 'files.read', what: 'nothing was read' } });
      }
      try {
        yield parts;
      } finally {
        answer.release();
      }
    }
  }

  /** Full hashes made by the site, in order. */
  async *hash(
    reads: readonly { root: string; p: string }[],
    options: { signal?: AbortSignal } = {},
  ): AsyncGenerator<FileHash> {
    let done = 0;
    while (done < reads.length) {
      const base = done;
      const { records } = await this.#client.call(
        'files.hash',
        (limits) => ({ reads: reads.slice(base, base + READS_AT_A_TIME), budget_ms: limits.budgetMs }),
        signalOf(options),
      );
      for (const { value } of records) {
        const record = checked(shapes.HashRecord, value);
        if (base + record.i !== done || done >= reads.length) throw new ConnectorError('answer-invalid');
        done += 1;
        const { size, mtime, ctime, sha256, error } = record;
        yield {
          i: base + record.i,
          size: size ?? 0,
          mtime: mtime ?? 0,
          ctime: ctime ?? 0,
          sha256: sha256 ?? '',
          ...(typeof error === 'string' ? { error } : {}),
        };
      }
      if (done === base) throw new ConnectorError('answer-invalid', { details: { command: 'files.hash' } });
    }
  }

  /** Makes the stage folder; `bytes`: how much will come. */
  async openStage(run: string, bytes: number): Promise<void> {
    await this.#client.call('stage.open', { run, bytes });
  }

  /** Parts of files into the stage folder; `blob` = their bytes in order. Returns per file whether it is whole and right. */
  async stage(
    run: string,
    files: readonly StagedFile[],
    blob: readonly Buffer[],
  ): Promise<{ i: number; ok: boolean }[]> {
    const { end } = await this.#client.call('stage.put', { run, files }, { blob });
    const done = end['done'];
    if (!Array.isArray(done)) throw new ConnectorError('answer-invalid', { details: { command: 'stage.put' } });
    return done.map((one: unknown) => checked(shapes.StageDone, one));
  }

  async plan(run: string, ops: readonly PlanStep[], more: boolean): Promise<void> {
    await this.#client.call('stage.plan', { run, ops, more });
  }

  /** Swaps staged files in; goes on until it is finished. Throws with `details.rolled_back` when the site put all back. */
  async commit(run: string, onProgress?: (end: Record<string, unknown>) => void): Promise<void> {
    await this.#client.callUntilDone('stage.commit', { run }, onProgress);
  }

  async revert(run: string): Promise<void> {
    await this.#client.callUntilDone('stage.revert', { run });
  }

  async dropStage(run: string): Promise<void> {
    await this.#client.callUntilDone('stage.drop', { run });
  }

  /** How far the stage of a run is: the fields of the end frame, and its records. */
  async stageState(run: string): Promise<{ end: Record<string, unknown>; records: unknown[] }> {
    const { end, records } = await this.#client.call('stage.state', { run }, { maxAnswerBytes: 8 * 1024 * 1024 });
    return { end, records: records.map((record) => record.value) };
  }
}

function listPage(records: AnswerRecord[]): { folders: FolderPart[]; skipped: SkippedPath[] } {
  const folders: FolderPart[] = [];
  const skipped: SkippedPath[] = [];
  for (const { value } of records) {
    if (typeof value === 'object' && value !== null && 'skip' in value) {
      const record = checked(shapes.SkipRecord, value);
      // A skip is a line in a report: a path that cannot be is still told, but never followed.
      skipped.push({ path: record.skip, why: record.why, detail: record.detail ?? '' });
      continue;
    }
    const record = checked(shapes.FolderRecord, value);
    decodePath(record.d);
    const entries = record.e.map(([name, type, size, mtime, ctime, mode, target]): shapes.FileEntry => {
      decodeName(name);
      return { name, type, size, mtime, ctime, mode, ...(typeof target === 'string' ? { target } : {}) };
    });
    folders.push({ path: record.d, entries, more: record.more === true });
  }
  return { folders, skipped };
}

function readWindow(reads: readonly FileRead[], from: number, offset: number, maxBytes: number): FileRead[] {
  const window: FileRead[] = [];
  let bytes = 0;
  for (let i = from; i < reads.length && window.length < READS_AT_A_TIME && bytes < maxBytes; i++) {
    const read = reads[i]!;
    const o = i === from ? offset : read.o;
    const n = read.n - (o - read.o);
    window.push({ root: read.root, p: read.p, o, n });
    bytes += n;
  }
  return window;
}

function readParts(records: AnswerRecord[], reads: readonly FileRead[], base: number, baseOffset: number): FilePart[] {
  const parts: FilePart[] = [];
  const said = records.map(({ value }) => checked(shapes.ReadRecord, value));
  for (let at = 0; at < records.length; at++) {
    const first = said[at]!;
    let data = records[at]!.data;
    let facts = first;
    // Further records with the same index correct the facts and may carry more bytes.
    for (let more = said[at + 1]; more?.i === first.i; more = said[at + 1]) {
      facts = { ...facts, ...more };
      if (records[at + 1]!.data.length > 0) data = [...data, ...records[at + 1]!.data];
      at += 1;
    }
    const read = reads[base + first.i];
    if (read === undefined) throw new ConnectorError('answer-invalid', { details: { command: 'files.read' } });
    const offset = first.i === 0 ? baseOffset : read.o;
    const wanted = read.n - (offset - read.o);
    const length = data.reduce((sum, bytes) => sum + bytes.length, 0);
    if (length > wanted || (typeof facts.n === 'number' && facts.n !== length)) {
      throw new ConnectorError('answer-invalid', { details: { command: 'files.read', what: 'length' } });
    }
    const error = typeof facts.error === 'string' ? facts.error : undefined;
    const eof = facts.eof === true;
    parts.push({
      i: base + first.i,
      offset,
      data: error === undefined ? data : [],
      length: error === undefined ? length : 0,
      last: error !== undefined || eof || length === wanted,
      size: facts.size ?? 0,
      mtime: facts.mtime ?? 0,
      ctime: facts.ctime ?? 0,
      eof,
      changed: facts.changed === true,
      ...(error === undefined ? {} : { error }),
    });
  }
  return parts;
}

function signalOf(options: { signal?: AbortSignal }): { signal?: AbortSignal } {
  return options.signal === undefined ? {} : { signal: options.signal };
}
