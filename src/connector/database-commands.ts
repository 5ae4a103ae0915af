import * as shapes from './answers.ts';
import { checked, type AnswerRecord, type SiteCaller } from './caller.ts';
import { ConnectorError, siteText } from './errors.ts';
import type {
  CopyRange,
  GroupsRead,
  GroupSums,
  KeyTuple,
  LoadPart,
  RangeSum,
  RowsPart,
  RowsRead,
  SessionOption,
  SumsOf,
  TablePart,
} from './database-parts.ts';
import type { AnswerEnd } from './frame-parser.ts';
import { holdSession, type SnapshotSession } from './session.ts';

/** One unit of work may be one row: the largest row that is taken, beyond `max_bytes`. */
export const LARGEST_ROW = 96 * 1024 * 1024;
// One request's list of reads.
const READS_AT_A_TIME = 2000;

/** Groups of one read that are kept: a range has some thousand rows, and a site that names more makes memory of nothing. */
const MOST_GROUPS = 10_000;
/** What a stream that is left half-way ends with; nobody reads it. */
const NO_END: AnswerEnd = { ok: false, time: 0, ms: 0, peak: 0 };

/** A session answers at once, or not at all. */
const SESSION_SHOWS_WITHIN_MS = 6000;

/** The commands on the database. */
export class DatabaseCommands {
  readonly #client: SiteCaller;

  constructor(client: SiteCaller) {
    this.#client = client;
  }

  async tables(options: SessionOption & { prefix?: string; all?: boolean } = {}): Promise<shapes.SiteTable[]> {
    const { prefix, all } = options;
    const args = {
      ...(prefix === undefined ? {} : { prefix }),
      ...(all === undefined ? {} : { all }),
      ...sessionOf(options),
    };
    const { records } = await this.#client.call('db.tables', args, {
      maxAnswerBytes: 32 * 1024 * 1024,
      ...signalOf(options),
    });
    const tables = records.map((record) => checked(shapes.TableRecord, record.value));
    if (new Set(tables.map((table) => table.name)).size !== tables.length) throw new ConnectorError('answer-invalid');
    return tables;
  }

  /** Views, triggers, routines, events and facts of the server; at most 5000. */
  async schema(options: SessionOption = {}): Promise<shapes.SchemaRecord[]> {
    const { records } = await this.#client.call('db.schema', sessionOf(options), {
      maxAnswerBytes: 32 * 1024 * 1024,
      ...signalOf(options),
    });
    const values = records.map((record) => record.value);
    return checked(shapes.Schema, values);
  }

  /** Sums of the ranges of several tables: for each entry as many as it has bounds, and one. */
  async sums(tables: readonly SumsOf[], options: SessionOption = {}): Promise<RangeSum[][]> {
    return await this.#sums('db.sums', tables, options);
  }

  /** As `sums`, of a table that a restore has loaded beside the live one. */
  async loadedSums(run: string, table: string, bounds: KeyTuple[]): Promise<RangeSum[]> {
    const sums: RangeSum[] = [];
    while (sums.length < bounds.length + 1) {
      const range = sums.length;
      const { records } = await this.#client.call(
        'load.sums',
        (limits) => ({
          run,
          table,
          bounds,
          budget_ms: limits.budgetMs,
          ...(range === 0 ? {} : { from: { table: 0, range } }),
        }),
        { maxAnswerBytes: 16 * 1024 * 1024 },
      );
      for (const { value } of records) {
        refuseProblem(value, () => table);
        const record = checked(shapes.LoadedSums, value);
        if (record.from !== sums.length) throw notAdvancing('load.sums');
        for (const sum of record.sums) sums.push(sum);
      }
      if (sums.length === range || sums.length > bounds.length + 1) throw notAdvancing('load.sums');
    }
    return sums;
  }

  async #sums(command: string, tables: readonly SumsOf[], options: SessionOption): Promise<RangeSum[][]> {
    const results: RangeSum[][] = tables.map(() => []);
    let base = 0;
    let range = 0;
    while (base < tables.length) {
      const first = base;
      const { records, end } = await this.#client.call(
        command,
        (limits) => ({
          tables: tables.slice(first),
          budget_ms: limits.budgetMs,
          ...(range === 0 ? {} : { from: { table: 0, range } }),
          ...sessionOf(options),
        }),
        { maxAnswerBytes: 16 * 1024 * 1024, ...signalOf(options) },
      );
      for (const { value } of records) {
        refuseProblem(value, (i) => tables[first + i]?.name);
        const record = checked(shapes.SumsRecord, value);
        const sums = results[first + record.i];
        if (sums === undefined || record.from !== sums.length) throw notAdvancing(command);
        for (const sum of record.sums) sums.push(sum);
      }
      // Where to go on is counted here, not believed: the first entry that has not all its sums.
      while (base < tables.length && sumsMissing(tables, results, base) <= 0) {
        if (sumsMissing(tables, results, base) < 0) throw notAdvancing(command);
        base += 1;
      }
      const advanced = base > first || (results[base]?.length ?? 0) > range;
      if (base < tables.length && (!advanced || (end['next'] ?? null) === null)) throw notAdvancing(command);
      range = results[base]?.length ?? 0;
    }
    return results;
  }

  /** Sums of groups of rows: floor(first key column / width). */
  async groups(reads: readonly GroupsRead[], options: SessionOption & { digits?: number } = {}): Promise<GroupSums[]> {
    const results: GroupSums[] = [];
    while (results.length < reads.length) {
      const base = results.length;
      const { records } = await this.#client.call(
        'db.groups',
        (limits) => ({
          reads: reads.slice(base, base + READS_AT_A_TIME),
          digits: options.digits ?? 16,
          budget_ms: limits.budgetMs,
          ...sessionOf(options),
        }),
        { maxAnswerBytes: 16 * 1024 * 1024, ...signalOf(options) },
      );
      for (const { value } of records) {
        refuseProblem(value, (i) => reads[base + i]?.table);
        const record = checked(shapes.GroupsRecord, value);
        if (base + record.i !== results.length || results.length >= reads.length) throw notAdvancing('db.groups');
        results.push(
          record.groups.length > MOST_GROUPS
            ? 'too-many'
            : record.groups.map(([group, rows, xor]) => [BigInt(group), rows, xor]),
        );
      }
      if (results.length === base) throw notAdvancing('db.groups');
    }
    return results;
  }

  /** Rows of several reads, in order, whole rows in each part. Every read ends with a part that has `end`. */
  async *rows(
    reads: readonly RowsRead[],
    options: SessionOption & { maxRows?: number } = {},
  ): AsyncGenerator<RowsPart, void, void> {
    let base = 0;
    let after: KeyTuple | null = null;
    while (base < reads.length) {
      const first = base;
      const from = after;
      const { records, end } = await this.#client.call(
        'db.rows',
        (limits) => ({
          reads: reads.slice(first, first + READS_AT_A_TIME),
          max_rows: options.maxRows ?? 1_000_000,
          max_bytes: limits.maxBytes,
          budget_ms: limits.budgetMs,
          ...(from === null ? {} : { from: { i: 0, after: from } }),
          ...sessionOf(options),
        }),
        { maxAnswerBytes: 10 * 1024 * 1024 + LARGEST_ROW, ...signalOf(options) },
      );
      const parts = rowsParts(records, reads, first);
      const last = parts.at(-1);
      base = last === undefined ? first : last.end ? last.i + 1 : last.i;
      const isDone = base >= Math.min(reads.length, first + READS_AT_A_TIME);
      after = isDone ? null : cursorOf(end, base - first);
      const stuck = !isDone && base === first && JSON.stringify(after) === JSON.stringify(from);
      if (stuck) throw notAdvancing('db.rows');
      if (last !== undefined && !last.end && after !== null) last.after = after;
      yield* parts;
    }
  }

  /**
   * A table without a key in one answer, as it comes: its columns, then row bytes cut anywhere. Nothing may be believed
   * before the part `end` has come; its `isWhole` is false when the host could not give all of it. Throws what the site
   * says of the table.
   */
  async *streamTable(
    table: string,
    options: SessionOption & { maxBytes: number; budgetMs: number },
  ): AsyncGenerator<TablePart, void, void> {
    const { maxBytes, budgetMs } = options;
    const args = { reads: [{ table }], max_bytes: maxBytes, budget_ms: budgetMs, ...sessionOf(options) };
    const frames = this.#client.stream('db.rows', args, {
      maxAnswerBytes: maxBytes + LARGEST_ROW,
      totalTimeoutMs: budgetMs * 2 + 60_000,
      idleTimeoutMs: 60_000,
      ...signalOf(options),
    });
    let hasEnded = false;
    try {
      for (;;) {
        const step = await frames.next();
        if (step.done === true) {
          const isWhole = (step.value['next'] ?? null) === null;
          if (isWhole && !hasEnded) throw notAdvancing('db.rows');
          yield { kind: 'end', isWhole };
          return;
        }
        if (step.value.type === 'D') {
          if (hasEnded) throw notAdvancing('db.rows');
          yield { kind: 'rows', bytes: step.value.bytes };
        }
        if (step.value.type !== 'J') continue;
        refuseProblem(step.value.value, () => table);
        const record = checked(shapes.RowsRecord, step.value.value);
        if (record.i !== 0) throw notAdvancing('db.rows');
        if (record.end === true) hasEnded = true;
        else yield { kind: 'columns', columns: record.cols ?? [] };
      }
    } finally {
      // Whoever stops half-way also ends the request: a snapshot session serves one at a time.
      await frames.return(NO_END);
    }
  }

  /** Opens a snapshot that all commands with its id read from. Throws `no-session` where the host does not allow it. */
  async openSession(maxMs: number, signal?: AbortSignal): Promise<SnapshotSession> {
    const abort = new AbortController();
    const signals = [abort.signal, ...(signal === undefined ? [] : [signal])];
    const frames = this.#client.stream(
      'db.session.open',
      { max_ms: maxMs, mode: 'p' },
      {
        signal: AbortSignal.any(signals),
        totalTimeoutMs: maxMs + 30_000,
        idleTimeoutMs: 20_000,
        maxAnswerBytes: 4 * 1024 * 1024,
      },
    );
    // A front that holds answers back until they end never shows the first frame: go on without, and soon.
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      abort.abort();
    }, SESSION_SHOWS_WITHIN_MS);
    try {
      return await holdSession(frames, abort, async (session) => {
        await this.#client.call('db.session.close', { session }, { retries: 0 });
      });
    } catch (error) {
      throw late ? new ConnectorError('no-session', { cause: error }) : error;
    } finally {
      clearTimeout(timer);
    }
  }

  /** Makes the new tables of a restore beside the live ones. */
  async openLoad(run: string, tables: readonly { name: string; create: string }[]): Promise<void> {
    await this.#client.callUntilDone('load.open', { run, tables });
  }

  /** Copies ranges from the live table; gives per range whether it was copied and has the wanted sum. */
  async copyRanges(run: string, table: string, ranges: readonly CopyRange[]): Promise<boolean[]> {
    const copied: boolean[] = [];
    while (copied.length < ranges.length) {
      const from = copied.length;
      const { records } = await this.#client.call(
        'load.copy',
        (limits) => ({
          run,
          table,
          ranges: ranges.slice(from).map(({ lo, hi }) => [lo, hi]),
          sums: ranges.slice(from).map(({ sum }) => sum),
          budget_ms: limits.budgetMs,
        }),
        { maxAnswerBytes: 8 * 1024 * 1024 },
      );
      for (const { value } of records) {
        const { i, ok } = checked(shapes.StageDone, value);
        if (from + i !== copied.length || copied.length >= ranges.length) throw notAdvancing('load.copy');
        copied.push(ok);
      }
      if (copied.length === from) throw notAdvancing('load.copy');
    }
    return copied;
  }

  /** Row bytes into the new table. A part whose `seq` is there already is not inserted again. */
  async loadRows(run: string, table: string, cols: readonly string[], parts: readonly LoadPart[]): Promise<void> {
    const args = { run, table, cols, parts: parts.map(({ seq, bytes }) => [seq, bytes.length]) };
    await this.#client.call('load.rows', args, { blob: parts.map(({ bytes }) => bytes) });
  }

  /** Puts the new tables in the place of the old ones in one step. */
  async swap(run: string, drop: readonly string[], after: readonly unknown[]): Promise<void> {
    await this.#client.callUntilDone('load.swap', { run, drop, after });
  }

  async revertLoad(run: string): Promise<void> {
    await this.#client.callUntilDone('load.revert', { run });
  }

  async dropLoad(run: string): Promise<void> {
    await this.#client.callUntilDone('load.drop', { run });
  }
}

/** Throws when a record says that its table cannot be read; `details.table` names it. */
function refuseProblem(value: unknown, tableOf: (i: number) => string | undefined): void {
  const problem = shapes.TableProblem.safeParse(value);
  if (!problem.success) return;
  const { i, error, message } = problem.data;
  const table = tableOf(i) ?? '';
  throw new ConnectorError(error, {
    retryable: false,
    details: { table, siteSays: siteText(`${table}: ${message ?? ''}`) },
  });
}

/** Records of db.rows as parts: reads in order, none left out, none of them twice. */
function rowsParts(records: readonly AnswerRecord[], reads: readonly RowsRead[], first: number): RowsPart[] {
  let columns: string[] = [];
  let expected = first;
  return records.map(({ value, data }) => {
    refuseProblem(value, (n) => reads[first + n]?.table);
    const record = checked(shapes.RowsRecord, value);
    const i = first + record.i;
    const read = reads[i];
    if (read === undefined || i !== expected) throw notAdvancing('db.rows');
    if (record.cols) columns = record.cols;
    if (record.end === true) expected += 1;
    const bytes = data.length === 1 ? data[0]! : Buffer.concat(data);
    return { i, table: read.table, columns, bytes, end: record.end === true };
  });
}

function cursorOf(end: AnswerEnd, i: number): KeyTuple | null {
  const cursor = checked(shapes.RowsNext.nullish(), end['next']);
  if (cursor === null || cursor === undefined || cursor.i !== i) throw notAdvancing('db.rows');
  return cursor.after ?? null;
}

function sumsMissing(tables: readonly SumsOf[], results: RangeSum[][], i: number): number {
  return (tables[i]?.bounds.length ?? 0) + 1 - (results[i]?.length ?? 0);
}

function notAdvancing(command: string): ConnectorError {
  return new ConnectorError('answer-invalid', {
    details: { command, what: 'not what was asked, or it does not advance' },
  });
}

function sessionOf(options: SessionOption): { session?: string } {
  return options.session === undefined ? {} : { session: options.session };
}

function signalOf(options: SessionOption): { signal?: AbortSignal } {
  return options.signal === undefined ? {} : { signal: options.signal };
}
