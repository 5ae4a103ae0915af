import { ConnectorError, type LoadPart, type SiteClient, type SiteTable } from '../../connector/index.ts';
import { NachtwachtError } from '../../platform/errors.ts';
import type { RepositoryApi } from '../../restic/types.ts';
import type { StoredDatabase, StoredTable } from './read-database.ts';
import { planTables, type TableFacts, type TablePlan } from './rules/plan-restore.ts';
import { stableCreate } from './rules/columns.ts';
import { addSums } from './row-sum.ts';
import { cutRows, rowBytesOf } from './row-parts.ts';
import { isSameShape, shapeOfTable } from './table-shape.ts';

/** What a restore of the database would change. `tables`: names, or all that the snapshot has. */
export function planDatabaseRestore(
  present: StoredDatabase | undefined,
  wanted: StoredDatabase,
  tables: readonly string[] | 'all' = 'all',
): TablePlan[] {
  const only = tables === 'all' ? undefined : new Set(tables);
  return planTables(present === undefined ? undefined : factsOf(present), factsOf(wanted), only);
}

function factsOf(database: StoredDatabase): Map<string, TableFacts> {
  const facts = new Map<string, TableFacts>();
  for (const [name, { manifest, ranges }] of database.tables) {
    facts.set(name, {
      create: stableCreate(manifest.shape.create),
      ranges: ranges.map(({ bound, rows, sum, bytes }) => ({
        bound: bound === null ? '' : JSON.stringify(bound),
        rows,
        sum,
        bytes,
      })),
    });
  }
  return facts;
}

export interface RestoreInput {
  client: Pick<SiteClient, 'database' | 'learned'>;
  repo: Pick<RepositoryApi, 'readBlob'>;
  wanted: StoredDatabase;
  plan: readonly TablePlan[];
  /** 32 hex: the run's name on the site. */
  run: string;
  signal?: AbortSignal | undefined;
  onProgress?: ((progress: RestoreProgress) => void) | undefined;
}

export interface RestoreProgress {
  table: string;
  tablesDone: number;
  tablesTotal: number;
  /** Rows that are in the new tables, and of all of them. */
  rowsDone: number;
  rowsTotal: number;
  bytesDone: number;
}

export interface RestoreResult {
  tables: number;
  rows: number;
  rangesCopied: number;
  rangesLoaded: number;
  /** Row bytes that were sent. */
  bytesSent: number;
  /** To pass to `swap`. */
  drop: string[];
}

/**
 * Loads the tables of a plan beside the live ones and verifies them by their sums. Nothing of the live tables changes;
 * `client.database.swap(run, result.drop, objects)` puts them in place. Can be run again with the same `run` after a kill.
 */
export async function restoreDatabase(input: RestoreInput): Promise<RestoreResult> {
  const { client, wanted, plan, run, signal } = input;
  const work = plan.filter(({ action }) => action === 'create' || action === 'replace');
  const tables = work.map(({ name }) => tableOf(wanted, name));
  const drop = plan.filter(({ action }) => action === 'drop').map(({ name }) => name);
  const result: RestoreResult = {
    tables: tables.length,
    rows: 0,
    rangesCopied: 0,
    rangesLoaded: 0,
    bytesSent: 0,
    drop,
  };
  // Tables that only have to go are a load as well: the swap belongs to one, and so does putting them back.
  if (tables.length === 0 && drop.length === 0) return result;
  await client.database.openLoad(
    run,
    tables.map(({ manifest }) => ({ name: manifest.shape.name, create: manifest.shape.create })),
  );
  const live = new Map((await client.database.tables({ signal })).map((table) => [table.name, table]));
  const rowsTotal = work.reduce((sum, one) => sum + one.rowsThen, 0);
  for (const [tablesDone, table] of tables.entries()) {
    const load = new TableLoad(input, table, (rows) => {
      result.rows += rows;
      input.onProgress?.({
        table: table.manifest.shape.name,
        tablesDone,
        tablesTotal: tables.length,
        rowsDone: result.rows,
        rowsTotal,
        bytesDone: result.bytesSent + load.bytesSent,
      });
    });
    await load.run(live.get(table.manifest.shape.name));
    result.rangesCopied += load.rangesCopied;
    result.rangesLoaded += load.rangesLoaded;
    result.bytesSent += load.bytesSent;
    signal?.throwIfAborted();
  }
  return result;
}

/** One table on its way back. */
class TableLoad {
  readonly #input: RestoreInput;
  readonly #table: StoredTable;
  readonly #onRows: (rows: number) => void;
  rangesCopied = 0;
  rangesLoaded = 0;
  bytesSent = 0;

  constructor(input: RestoreInput, table: StoredTable, onRows: (rows: number) => void) {
    this.#input = input;
    this.#table = table;
    this.#onRows = onRows;
  }

  async run(live: SiteTable | undefined): Promise<void> {
    const copied = live === undefined ? new Set<number>() : await this.#copy(live);
    await this.#load(copied);
    await this.#verify();
  }

  /** Ranges that are the same in the live table need not travel: the server copies them. */
  async #copy(live: SiteTable): Promise<Set<number>> {
    const { manifest, ranges } = this.#table;
    const { shape } = manifest;
    const { client, run, signal } = this.#input;
    const done = new Set<number>();
    if (shape.kind === 'none' || ranges.length === 0 || !isSameShape(shape, shapeOfTable(live))) return done;
    const now = await this.#liveSums(signal);
    const same = ranges
      .map((range, i) => ({ i, lo: ranges[i - 1]?.bound ?? null, hi: range.bound, range }))
      .filter(({ i, range }) => now[i]?.[0] === range.rows && now[i][1] === range.sum);
    const copied = await client.database.copyRanges(
      run,
      shape.name,
      same.map(({ lo, hi, range }) => ({ lo, hi, sum: [range.rows, range.sum] })),
    );
    for (const [n, { i, range }] of same.entries()) {
      // The live table was written to in between: this range comes from the snapshot then.
      if (copied[n] !== true) continue;
      done.add(i);
      this.rangesCopied += 1;
      this.#onRows(range.rows);
    }
    return done;
  }

  async #liveSums(signal: AbortSignal | undefined): Promise<[number, string][]> {
    const { manifest, ranges } = this.#table;
    const bounds = ranges.map((range) => range.bound ?? []);
    try {
      const [sums] = await this.#input.client.database.sums([{ name: manifest.shape.name, bounds }], { signal });
      return sums ?? [];
    } catch (error) {
      // A damaged live table is no hindrance: everything comes from the snapshot.
      if (error instanceof ConnectorError && (error.code === 'db-error' || error.code === 'no-table')) return [];
      throw error;
    }
  }

  async #load(copied: ReadonlySet<number>): Promise<void> {
    const { manifest, ranges } = this.#table;
    const { client, run, repo } = this.#input;
    const columns = manifest.shape.columns.map((column) => column.name);
    let waiting: LoadPart[] = [];
    let bytes = 0;
    let rows = 0;
    const send = async (): Promise<void> => {
      if (waiting.length === 0) return;
      await client.database.loadRows(run, manifest.shape.name, columns, waiting);
      this.bytesSent += bytes;
      this.#onRows(rows);
      waiting = [];
      bytes = 0;
      rows = 0;
    };
    for (const [i, range] of ranges.entries()) {
      if (copied.has(i)) continue;
      this.#input.signal?.throwIfAborted();
      const rowBytes = await rowBytesOf(repo, range, manifest.shape);
      this.rangesLoaded += 1;
      for (const [n, part] of cutRows(rowBytes, manifest.shape.columns.length).entries()) {
        if (bytes + part.length > client.learned.limits.maxPutBytes) await send();
        // The number follows from the snapshot alone: the same part has it in every attempt.
        waiting.push({ seq: i * PARTS_PER_RANGE + n, bytes: part });
        bytes += part.length;
      }
      rows += range.rows;
    }
    await send();
  }

  async #verify(): Promise<void> {
    const { manifest, ranges } = this.#table;
    const { shape } = manifest;
    const { client, run } = this.#input;
    const keyed = shape.kind !== 'none';
    const sums = await client.database.loadedSums(
      run,
      shape.name,
      keyed ? ranges.map((range) => range.bound ?? []) : [],
    );
    const wanted: [number, string][] = keyed
      ? [...ranges.map((range): [number, string] => [range.rows, range.sum]), [0, '0'.repeat(16)]]
      : [[ranges.reduce((sum, range) => sum + range.rows, 0), addSums(ranges.map((range) => range.sum))]];
    const wrong = wanted.findIndex(([rows, sum], i) => sums[i]?.[0] !== rows || sums[i][1] !== sum);
    if (wrong === -1) return;
    throw new NachtwachtError({
      code: 'restore-not-exact',
      kind: 'site',
      message: `The table ${shape.name} was loaded beside the live one but is not what the snapshot holds (range ${wrong}).`,
      nextStep:
        'The live tables were not touched. Try again; when it goes on, restore into a folder and load the SQL files by hand.',
      retryable: true,
      details: { table: shape.name, range: wrong, wanted: wanted[wrong], got: sums[wrong] },
    });
  }
}

// A range has at most this many parts: it is far below 2^53 with any number of ranges.
const PARTS_PER_RANGE = 65_536;

function tableOf(database: StoredDatabase, name: string): StoredTable {
  const table = database.tables.get(name);
  if (table !== undefined) return table;
  throw new NachtwachtError({
    code: 'no-such-table',
    kind: 'not-found',
    message: `The snapshot has no table ${name}.`,
    nextStep: 'Look at the tables of the snapshot, or choose another one.',
    retryable: false,
  });
}
