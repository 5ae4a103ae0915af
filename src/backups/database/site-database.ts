import {
  ConnectorError,
  type GroupsRead,
  type KeyTuple,
  type RangeSum,
  type RowsPart,
  type RowsRead,
  type SchemaRecord,
  type SiteClient,
  type SiteTable,
  type SnapshotSession,
  type SumsOf,
  type TablePart,
} from '../../connector/index.ts';
import type { Consistency } from '../rules/site-report.ts';
import type { RowSource } from './refresh-ranges.ts';
import { judgeRowBytes, type RowBudget } from './rules/row-budget.ts';

export interface SnapshotState {
  consistent: boolean;
  code: Consistency;
  reason: string;
}

type Commands = SiteClient['database'];

// Longest run that one snapshot is asked for; the host may end it earlier.
// The plugin takes two hours at most (`max_ms`); more is refused as bad arguments and would cost the snapshot.
const SNAPSHOT_MS = 2 * 3600 * 1000;

/** A part counts as this many bytes at least: answers of nothing come to an end too. */
const LEAST_PART = 4096;
/** How often it is asked whether there is room for more. Row bytes. */
const ROOM_EVERY = 64 * 1024 * 1024;

/** The site's database during one dump: through one snapshot where the host allows it. */
export class SiteDatabase {
  readonly #commands: Commands;
  readonly #signal: AbortSignal | undefined;
  readonly #budget: RowBudget;
  readonly #taken = new Map<string, number>();
  #takenInAll = 0;
  #sinceRoom = 0;
  readonly #makeSureOfRoom: () => Promise<void>;
  #session: SnapshotSession | undefined;
  #state: SnapshotState = { consistent: false, code: 'not-asked', reason: 'One snapshot was not asked for.' };

  /** `makeSureOfRoom` throws when the repository's disk is full. */
  constructor(
    commands: Commands,
    options: {
      budget: RowBudget;
      makeSureOfRoom?: (() => Promise<void>) | undefined;
      signal?: AbortSignal | undefined;
    },
  ) {
    this.#commands = commands;
    this.#signal = options.signal;
    this.#budget = options.budget;
    this.#makeSureOfRoom = options.makeSureOfRoom ?? (async () => undefined);
  }

  /** Tables and rows are of one moment from here on, or `state` says why not. */
  async openSnapshot(): Promise<void> {
    try {
      this.#session = await this.#commands.openSession(SNAPSHOT_MS, this.#signal);
      this.#state = { consistent: true, code: 'one-snapshot', reason: 'All tables were read in one InnoDB snapshot.' };
    } catch (error) {
      if (!(error instanceof ConnectorError) || this.#signal?.aborted === true) throw error;
      this.#state = {
        consistent: false,
        code: 'not-allowed',
        reason: `The host does not allow one snapshot (${error.code}): tables are of slightly different moments.`,
      };
    }
  }

  /** A snapshot serves one request at a time; without it two go side by side. */
  get lanes(): number {
    return this.#session === undefined ? 2 : 1;
  }

  state(): SnapshotState {
    return this.#state;
  }

  async close(): Promise<void> {
    await this.#session?.close();
  }

  async tables(all: boolean): Promise<SiteTable[]> {
    return await this.#do(async (option) => await this.#commands.tables({ ...(all ? { all } : {}), ...option }));
  }

  async schema(): Promise<SchemaRecord[]> {
    return await this.#do(async (option) => await this.#commands.schema(option));
  }

  async sums(tables: readonly SumsOf[]): Promise<RangeSum[][]> {
    if (tables.length === 0) return [];
    return await this.#do(async (option) => await this.#commands.sums(tables, option));
  }

  /** Rows of reads; when the snapshot ends in between it goes on without. Throws as `count` does. */
  async *rows(reads: readonly RowsRead[]): AsyncGenerator<RowsPart, void, void> {
    let done = 0;
    let after: KeyTuple | undefined;
    for (;;) {
      const first = done;
      const rest = reads.slice(first);
      if (rest.length === 0) return;
      // Nothing more is asked for when the whole is used up.
      this.#refuseOverLimit(rest[0]?.table ?? '');
      if (after !== undefined && rest[0] !== undefined) rest[0] = { ...rest[0], lo: after };
      try {
        for await (const part of this.#commands.rows(rest, this.#options())) {
          await this.count(part.table, part.bytes.length);
          yield { ...part, i: part.i + first };
          done = first + part.i + (part.end ? 1 : 0);
          after = part.end ? undefined : (part.after ?? after);
        }
        return;
      } catch (error) {
        if (!this.#lostSnapshot(error)) throw error;
      }
    }
  }

  /** A table without a key, part by part, in one answer. Throws as `count` does. */
  async *streamTable(table: string, maxBytes: number, budgetMs: number): AsyncGenerator<TablePart, void, void> {
    this.#refuseOverLimit(table);
    for await (const part of this.#commands.streamTable(table, { ...this.#options(), maxBytes, budgetMs })) {
      await this.count(table, part.kind === 'rows' ? part.bytes.length : 0);
      yield part;
    }
  }

  /** Row bytes of a table that the snapshot has from its parent: they count too. */
  keep(table: string, bytes: number): void {
    this.#taken.set(table, bytes);
    this.#takenInAll += bytes;
  }

  /**
   * Counts row bytes that came. Throws `table-over-limit` and `database-over-limit`: the table has to be left out; and
   * what `makeSureOfRoom` throws.
   */
  async count(table: string, bytes: number): Promise<void> {
    const charged = Math.max(bytes, LEAST_PART);
    const taken = (this.#taken.get(table) ?? 0) + charged;
    this.#taken.set(table, taken);
    this.#takenInAll += charged;
    this.#refuseOverLimit(table);
    this.#sinceRoom += charged;
    if (this.#sinceRoom < ROOM_EVERY) return;
    this.#sinceRoom = 0;
    await this.#makeSureOfRoom();
  }

  #refuseOverLimit(table: string): void {
    const taken = { table: this.#taken.get(table) ?? 0, total: this.#takenInAll };
    const verdict = judgeRowBytes(taken, this.#budget);
    if (verdict.code !== 'go-on') throw overLimit(verdict.code, table, verdict.limitBytes);
  }

  /** What reading changed ranges needs; `onBytes` hears of row bytes that came. */
  rowSource(onBytes: (bytes: number) => void): RowSource {
    const counted = async function* (parts: AsyncIterable<RowsPart>): AsyncGenerator<RowsPart> {
      for await (const part of parts) {
        onBytes(part.bytes.length);
        yield part;
      }
    };
    return {
      rows: (reads) => counted(this.rows(reads)),
      sums: async (tables) => await this.sums(tables),
      groups: async (reads: readonly GroupsRead[], digits: number) =>
        await this.#do(async (option) => await this.#commands.groups(reads, { ...option, digits })),
    };
  }

  async #do<T>(work: (option: { session?: string; signal?: AbortSignal }) => Promise<T>): Promise<T> {
    try {
      return await work(this.#options());
    } catch (error) {
      if (!this.#lostSnapshot(error)) throw error;
      return await work(this.#options());
    }
  }

  #options(): { session?: string; signal?: AbortSignal } {
    return {
      ...(this.#session === undefined ? {} : { session: this.#session.id }),
      ...(this.#signal === undefined ? {} : { signal: this.#signal }),
    };
  }

  #lostSnapshot(error: unknown): boolean {
    const isGone = error instanceof ConnectorError && (error.code === 'session-gone' || error.code === 'no-session');
    if (!isGone || this.#session === undefined) return false;
    this.#session = undefined;
    this.#state = {
      consistent: false,
      code: 'ended-early',
      reason: 'The host ended the snapshot before all tables were read: some tables are of a later moment.',
    };
    return true;
  }
}

/** Why a table is left out that is beyond what a backup of the site takes. */
export function overLimit(code: string, table: string, limitBytes: number): ConnectorError {
  const what = code === 'table-over-limit' ? `The table ${table} has` : 'The tables together have';
  return new ConnectorError(code, {
    message: `${what} more than the ${limitBytes} bytes that a backup of this site takes: raise its limit or empty the table.`,
    details: { table, limitBytes },
  });
}
