import { ConnectorError, LARGEST_ROW, RowScanner, type RowsRead } from '../../connector/index.ts';
import type { RepositoryApi, Writer } from '../../restic/types.ts';
import { isTableCode, isTableError, type Comparison } from './compare-tables.ts';
import { RangeBuilder, type StoredRange } from './range-builder.ts';
import { isSmall } from './rules/ranges.ts';
import type { SiteDatabase } from './site-database.ts';
import { parseText } from './sql-text.ts';
import type { TableDump } from './table-dump.ts';
import { refuseOtherColumns } from './table-shape.ts';

export interface ReadHooks {
  onRows: (dump: TableDump, rows: number, bytes: number) => Promise<void>;
  onSkip: (dump: TableDump, error: ConnectorError) => void;
}

/** Reads what comes after the last known range of each table: new rows, or all of a new table. All in one stream. */
export async function readTails(
  tables: readonly Comparison[],
  site: SiteDatabase,
  repo: Pick<RepositoryApi, 'readBlob' | 'hasBlob'>,
  writer: Pick<Writer, 'saveBlob'>,
  hooks: ReadHooks,
): Promise<void> {
  // Largest first, dealt out in turn: the lanes end at about the same time.
  const order = tables.toSorted((a, b) => b.dump.rowsExpected - a.dump.rowsExpected);
  const lanes = Array.from({ length: site.lanes }, (_, lane) => order.filter((_table, i) => i % site.lanes === lane));
  await Promise.all(lanes.map(async (lane) => await readLane(lane, site, repo, writer, hooks)));
}

async function readLane(
  tables: readonly Comparison[],
  site: SiteDatabase,
  repo: Pick<RepositoryApi, 'readBlob' | 'hasBlob'>,
  writer: Pick<Writer, 'saveBlob'>,
  hooks: ReadHooks,
): Promise<void> {
  let waiting = tables.map((table) => table.dump);
  let together = true;
  while (waiting.length > 0) {
    const lot = together ? waiting : waiting.slice(0, 1);
    const finished = new Set<TableDump>();
    try {
      await readLot(lot, site, repo, writer, { ...hooks, onEnd: (dump) => finished.add(dump) });
    } catch (error) {
      if (!isTableError(error)) throw error;
      const named = lot.find((dump) => dump.shape.name === error.details['table']);
      const broken = named ?? (lot.length === 1 ? lot[0] : undefined);
      // Nobody says which table it was: from here on one at a time.
      if (broken === undefined) together = false;
      else {
        hooks.onSkip(broken, error);
        finished.add(broken);
      }
    }
    waiting = waiting.filter((dump) => !finished.has(dump));
  }
}

async function readLot(
  dumps: readonly TableDump[],
  site: SiteDatabase,
  repo: Pick<RepositoryApi, 'readBlob' | 'hasBlob'>,
  writer: Pick<Writer, 'saveBlob'>,
  hooks: ReadHooks & { onEnd: (dump: TableDump) => void },
): Promise<void> {
  let tail: Tail | undefined;
  for await (const part of site.rows(dumps.map(tailRead))) {
    const dump = dumps[part.i]!;
    if (tail?.dump !== dump) tail = await Tail.begin(dump, repo, writer);
    refuseOtherColumns(dump.shape, part.columns, part.bytes.length);
    const rows = await tail.add(part.bytes);
    await hooks.onRows(dump, rows, part.bytes.length);
    if (!part.end) continue;
    await tail.close();
    hooks.onEnd(dump);
  }
}

function tailRead(dump: TableDump): RowsRead {
  const last = dump.known.at(-1)?.bound;
  return { table: dump.shape.name, ...(last === null || last === undefined ? {} : { lo: last }) };
}

/** The growing end of one table. */
class Tail {
  readonly dump: TableDump;
  readonly #builder: RangeBuilder;
  #joins: boolean;

  private constructor(dump: TableDump, builder: RangeBuilder, joins: boolean) {
    this.dump = dump;
    this.#builder = builder;
    this.#joins = joins;
  }

  static async begin(
    dump: TableDump,
    repo: Pick<RepositoryApi, 'readBlob' | 'hasBlob'>,
    writer: Pick<Writer, 'saveBlob'>,
  ): Promise<Tail> {
    const builder = new RangeBuilder(dump.shape, writer);
    // A small last range takes the new rows in, else every run would leave one more small range.
    const last = dump.lastRange;
    const id = last?.ids[0];
    const joins =
      last !== undefined &&
      id !== undefined &&
      last.ids.length === 1 &&
      isSmall(last.bytes, last.rows) &&
      repo.hasBlob('data', id);
    if (joins) {
      const { rowBytes } = parseText(await repo.readBlob('data', id), dump.shape.insertHead, dump.shape.columns.length);
      await builder.add(new RowScanner(rowBytes, dump.shape.columns.length));
    }
    return new Tail(dump, builder, joins);
  }

  async add(bytes: Buffer): Promise<number> {
    const rows = await this.#builder.add(new RowScanner(bytes, this.dump.shape.columns.length));
    if (this.#builder.rangesBegun > 0) this.#give(await this.#builder.stored(), false);
    return rows;
  }

  async close(): Promise<void> {
    this.#give(await this.#builder.close(), true);
  }

  #give(ranges: StoredRange[], complete: boolean): void {
    if (ranges.length > 0 && this.#joins) {
      this.dump.dropLastRange();
      this.#joins = false;
    }
    this.dump.setTail(ranges, complete);
  }
}

// Without a key a table comes in one answer: its largest size, and the longest time that a host is asked for.
const WHOLE_TABLE_BYTES = 4 * 1024 * 1024 * 1024;
const WHOLE_TABLE_MS = 5 * 60 * 1000;
const TRIES = 3;

/** A table without a key: all of it in one answer, believed only when its end has come. */
export async function readWholeTable(
  dump: TableDump,
  site: SiteDatabase,
  writer: Pick<Writer, 'saveBlob'>,
  hooks: ReadHooks,
): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      const ranges = await readOnce(dump, site, writer, hooks);
      dump.startOver();
      dump.setTail(ranges, true);
      return;
    } catch (error) {
      if (!(error instanceof ConnectorError)) throw error;
      if (isTableCode(error.code)) return hooks.onSkip(dump, error);
      if (!error.retryable || attempt === TRIES) throw error;
    }
  }
}

async function readOnce(
  dump: TableDump,
  site: SiteDatabase,
  writer: Pick<Writer, 'saveBlob'>,
  hooks: ReadHooks,
): Promise<StoredRange[]> {
  const { columns, name } = dump.shape;
  const builder = new RangeBuilder(dump.shape, writer);
  const cutter = new RowCutter(name, columns.length);
  const take = async (whole: Buffer): Promise<void> => {
    const rows = await builder.add(new RowScanner(whole, columns.length));
    await hooks.onRows(dump, rows, whole.length);
  };
  for await (const part of site.streamTable(name, WHOLE_TABLE_BYTES, WHOLE_TABLE_MS)) {
    if (part.kind === 'columns') refuseOtherColumns(dump.shape, part.columns, 0);
    else if (part.kind === 'rows') await take(cutter.push(part.bytes));
    else if (part.isWhole) await take(cutter.end());
    else throw tooLarge(name);
  }
  return await builder.close();
}

const EMPTY = Buffer.alloc(0);

/** Gives out whole rows of a byte stream. A row that spans many frames is looked at only each time it has doubled. */
class RowCutter {
  readonly #table: string;
  readonly #columns: number;
  #parts: Buffer[] = [];
  #size = 0;
  #lookAt = 0;

  constructor(table: string, columns: number) {
    this.#table = table;
    this.#columns = columns;
  }

  push(bytes: Buffer): Buffer {
    this.#parts.push(bytes);
    this.#size += bytes.length;
    if (this.#size > LARGEST_ROW) throw tooLarge(this.#table);
    return this.#size < this.#lookAt ? EMPTY : this.#cut();
  }

  end(): Buffer {
    const whole = this.#cut();
    if (this.#size > 0) throw new ConnectorError('answer-corrupt', { details: { reason: 'a row is cut' } });
    return whole;
  }

  #cut(): Buffer {
    const bytes = Buffer.concat(this.#parts);
    const scanner = new RowScanner(bytes, this.#columns);
    let end = 0;
    try {
      while (scanner.next()) end = scanner.rowEnd;
    } catch (error) {
      // The last row is not whole yet.
      if (!(error instanceof ConnectorError)) throw error;
    }
    this.#parts = [bytes.subarray(end)];
    this.#size = bytes.length - end;
    this.#lookAt = end === 0 ? Math.min(this.#size * 2, LARGEST_ROW) : 0;
    return bytes.subarray(0, end);
  }
}

function tooLarge(table: string): ConnectorError {
  return new ConnectorError('table-too-large', {
    message: `The table ${table} has no primary key and the host could not give it in one go: give it a primary key.`,
    details: { table },
  });
}
