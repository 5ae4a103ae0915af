import {
  siteText,
  type ConnectorError,
  type SchemaRecord,
  type SiteClient,
  type SiteTable,
} from '../../connector/index.ts';
import type { Id, RepositoryApi, TreeNode, Writer } from '../../restic/types.ts';
import type { Consistency } from '../rules/site-report.ts';
import { HARD_FACTOR } from '../rules/too-large.ts';
import { databaseFolder, partialFolder } from './database-folder.ts';
import { compareTables, isTableError, type Comparison } from './compare-tables.ts';
import { readDatabase, type StoredTable } from './read-database.ts';
import { refreshRanges, type StaleRange } from './refresh-ranges.ts';
import { leaveOutTables, rowBudgetOf } from './rules/row-budget.ts';
import { faultOfSql } from './rules/site-sql.ts';
import { overLimit, SiteDatabase } from './site-database.ts';
import { readTails, readWholeTable } from './read-rows.ts';
import { TableDump } from './table-dump.ts';
import { isSameShape, shapeOfTable } from './table-shape.ts';

export interface DumpInput {
  client: Pick<SiteClient, 'database' | 'traffic'>;
  repo: Pick<RepositoryApi, 'hasBlob' | 'readBlob' | 'loadTree' | 'readFile'>;
  writer: Pick<Writer, 'saveBlob' | 'saveTree'>;
  /** Tree of the `database` folder of the parent snapshot. */
  parentTree?: Id | undefined;
  /** Tree of the `database` folder that a broken-off run left (`onPartial`). */
  partialTree?: Id | undefined;
  /** Ask for one snapshot for the whole database. */
  consistent: boolean;
  /** Time of the new files in the snapshot, nanoseconds since 1970. */
  timeNs: bigint;
  /** What the site's contract allows (P14), bytes: tables far beyond it are left out and reported. */
  limitBytes: number;
  /** Called now and then while rows come; throws when there is no room for more. */
  makeSureOfRoom?: (() => Promise<void>) | undefined;
  /** Tables of other prefixes too. */
  allTables?: boolean;
  /** Tables to leave out, by exact name; each is reported. */
  excludeTables?: readonly string[];
  signal?: AbortSignal | undefined;
  onProgress?: ((progress: DumpProgress) => void) | undefined;
  /** Now and then during a long run: nodes of the `database` folder with all that is done; a later run takes their tree as `partialTree`. */
  onPartial?: ((nodes: TreeNode[]) => Promise<void>) | undefined;
}

export interface DumpProgress {
  step: 'tables' | 'sums' | 'changes' | 'rows';
  /** Table at hand. */
  detail: string;
  rowsDone: number;
  /** Estimate. */
  rowsTotal: number;
  bytesDone: number;
}

/** Something that is not in the snapshot, or not as it should be, and why. */
export interface DumpReport {
  kind: 'table' | 'object' | 'database';
  name: string;
  code: string;
  message: string;
}

export interface DumpResult {
  /** Nodes of the `database` folder. */
  nodes: TreeNode[];
  tables: number;
  rows: number;
  ranges: number;
  rangesChanged: number;
  /** Row bytes that came over. */
  bytesFetched: number;
  /** SQL text of ranges that changed. */
  bytesChanged: number;
  /** SQL text in all. */
  bytesTotal: number;
  /** Whether all rows are of one moment. */
  consistent: boolean;
  /** Why they are, or are not. */
  consistency: string;
  consistencyCode: Consistency;
  report: DumpReport[];
}

// Old text that is held at a time while ranges are spliced.
const BATCH_BYTES = 8 * 1024 * 1024;
const PARTIAL_EVERY_BYTES = 64 * 1024 * 1024;

/**
 * Dumps the site's database into the repository. Unchanged ranges are taken over from the parent by their blob ids;
 * of changed ones only rows that changed travel. Returns the nodes of the snapshot's `database` folder.
 */
export async function dumpDatabase(input: DumpInput): Promise<DumpResult> {
  const run = new DumpRun(input);
  const site = new SiteDatabase(input.client.database, {
    budget: rowBudgetOf(input.limitBytes),
    makeSureOfRoom: input.makeSureOfRoom,
    signal: input.signal,
  });
  if (input.consistent) await site.openSnapshot();
  try {
    return await run.dump(site);
  } finally {
    await site.close();
  }
}

class DumpRun {
  readonly #input: DumpInput;
  readonly #report: DumpReport[] = [];
  readonly #progress: DumpProgress = { step: 'tables', detail: '', rowsDone: 0, rowsTotal: 0, bytesDone: 0 };
  #dumps: TableDump[] = [];
  #bytesFetched = 0;
  #unsaved = 0;

  constructor(input: DumpInput) {
    this.#input = input;
  }

  async dump(site: SiteDatabase): Promise<DumpResult> {
    const { repo, writer } = this.#input;
    const stored = await this.#stored();
    const tables = await this.#tables(site);
    const schema = await site.schema();
    for (const record of schema) this.#noteFault(record);
    this.#dumps = tables.map((table) => {
      const shape = shapeOfTable(table);
      const known = stored(shape.name);
      const usable = known !== undefined && isSameShape(known.manifest.shape, shape) ? known : undefined;
      return new TableDump(shape, usable, repo, Math.max(0, table.rows ?? 0));
    });
    // Text is row bytes with quotes, or hex: at least half of it came as rows.
    for (const dump of this.#dumps) site.keep(dump.shape.name, Math.floor(dump.bytes / 2));
    this.#progress.rowsTotal = this.#dumps.reduce((sum, dump) => sum + dump.rowsExpected, 0);

    this.#tell('sums');
    const comparisons = await compareTables(this.#dumps, site, (dump, error) => this.#skip(dump, error));
    this.#progress.rowsDone = comparisons.reduce((sum, { dump }) => sum + dump.rowsKept, 0);
    await this.#refresh(comparisons, site);
    await this.#readRows(comparisons, site);

    const dumps = this.#dumps.filter((dump) => !dump.isSkipped);
    const snapshot = site.state();
    for (const { kind, name, sql, error } of schema) {
      if (kind === 'server' || typeof sql === 'string') continue;
      this.#note('object', name ?? '', 'not-readable', `The ${kind} could not be read: ${siteText(error ?? 'no SQL')}`);
    }
    if (this.#input.consistent && !snapshot.consistent) this.#note('database', '', 'no-snapshot', snapshot.reason);
    return {
      nodes: await databaseFolder(writer, dumps, this.#input.timeNs, { schema, snapshot, report: this.#report }),
      tables: dumps.length,
      rows: dumps.reduce((sum, dump) => sum + dump.rows, 0),
      ranges: dumps.reduce((sum, dump) => sum + dump.rangeCount, 0),
      rangesChanged: dumps.reduce((sum, dump) => sum + dump.rangesChanged, 0),
      bytesFetched: this.#bytesFetched,
      bytesChanged: dumps.reduce((sum, dump) => sum + dump.bytesChanged, 0),
      bytesTotal: dumps.reduce((sum, dump) => sum + dump.bytes, 0),
      consistent: snapshot.consistent,
      consistency: snapshot.reason,
      consistencyCode: snapshot.code,
      report: this.#report,
    };
  }

  async #tables(site: SiteDatabase): Promise<SiteTable[]> {
    this.#tell('tables');
    const excluded = new Set(this.#input.excludeTables);
    const tables = await site.tables(this.#input.allTables === true);
    const wanted = tables.filter((table) => table.kind === 'table' && !excluded.has(table.name));
    const sizes = wanted.map(({ name, bytes }) => ({ name, bytes: bytes ?? 0 }));
    const tooLarge = new Set(leaveOutTables(sizes, this.#input.limitBytes));
    return tables.filter((table) => {
      if (table.kind !== 'table') return false;
      if (excluded.has(table.name))
        this.#note('table', table.name, 'excluded', 'It is on the list of tables to leave out.');
      else if (tooLarge.has(table.name)) {
        const { code, message } = overLimit('database-over-limit', table.name, this.#input.limitBytes * HARD_FACTOR);
        this.#note('table', table.name, code, message);
      } else if (table.columns.length > 0 && table.create !== '') {
        const fault = faultOfSql('table', table.create);
        if (fault === undefined) return true;
        this.#note('table', table.name, 'sql-not-acceptable', `Its SQL does not just make this table (${fault}).`);
      } else this.#note('table', table.name, 'no-columns', 'The server could not say its columns: it may be crashed.');
      return false;
    });
  }

  /** SQL that does more than make its object is not in the file that somebody loads by hand some day. */
  #noteFault({ kind, name, sql, sql_mode: mode }: SchemaRecord): void {
    const fault = kind === 'server' || typeof sql !== 'string' ? undefined : faultOfSql(kind, sql, mode ?? '');
    if (fault === undefined) return;
    const message = `Its SQL does not just make this ${kind} (${fault}): it is in about.json and not in objects.sql.`;
    this.#note('object', name ?? '', 'sql-not-acceptable', message);
  }

  async #stored(): Promise<(name: string) => StoredTable | undefined> {
    const { repo, parentTree, partialTree } = this.#input;
    const trees = [partialTree, parentTree].filter((tree) => tree !== undefined);
    const databases = await Promise.all(trees.map(async (tree) => await readDatabase(repo, tree)));
    return (name) => databases.map((database) => database.tables.get(name)).find((table) => table !== undefined);
  }

  async #refresh(comparisons: readonly Comparison[], site: SiteDatabase): Promise<void> {
    const stale = comparisons.flatMap(({ dump, stale: ranges }) => ranges.map((range) => ({ dump, range })));
    const batches = batchesOf(stale);
    let next = 0;
    const lane = async (): Promise<void> => {
      for (let batch = batches[next++]; batch !== undefined; batch = batches[next++]) {
        await this.#refreshBatch(batch, site);
      }
    };
    await Promise.all(Array.from({ length: site.lanes }, lane));
  }

  async #refreshBatch(all: readonly Stale[], site: SiteDatabase): Promise<void> {
    const batch = all.filter(({ dump }) => !dump.isSkipped);
    this.#tell('changes', batch[0]?.dump.shape.name);
    const { repo, writer } = this.#input;
    try {
      const fresh = await refreshRanges(
        batch.map(({ range }) => range),
        site.rowSource((bytes) => this.#fetched(bytes)),
        repo,
        writer,
      );
      for (const [i, { dump, range }] of batch.entries()) {
        dump.replace(range.index, fresh[i] ?? []);
        this.#progress.rowsDone += range.rows;
      }
    } catch (error) {
      // A table that went away since its sums were taken: the others of the batch go on without it.
      const gone = isTableError(error)
        ? batch.find(({ dump }) => dump.shape.name === error.details['table'])
        : undefined;
      if (gone === undefined || !isTableError(error)) throw error;
      this.#skip(gone.dump, error);
      return await this.#refreshBatch(batch, site);
    }
    await this.#partial();
  }

  async #readRows(comparisons: readonly Comparison[], site: SiteDatabase): Promise<void> {
    const { writer } = this.#input;
    const onRows = async (dump: TableDump, rows: number, bytes: number): Promise<void> => {
      this.#progress.rowsDone += rows;
      this.#fetched(bytes);
      this.#tell('rows', dump.shape.name);
      await this.#partial();
    };
    const onSkip = (dump: TableDump, error: ConnectorError): void => this.#skip(dump, error);
    const growing = comparisons.filter(
      ({ dump, tailRows }) => tailRows > 0 && dump.shape.kind !== 'none' && !dump.isSkipped,
    );
    await readTails(growing, site, this.#input.repo, writer, { onRows, onSkip });
    for (const { dump, isSame } of comparisons) {
      if (dump.shape.kind === 'none' && !isSame && !dump.isSkipped)
        await readWholeTable(dump, site, writer, { onRows, onSkip });
    }
  }

  #fetched(bytes: number): void {
    this.#bytesFetched += bytes;
    this.#unsaved += bytes;
    this.#progress.bytesDone += bytes;
  }

  async #partial(): Promise<void> {
    const { onPartial, writer, timeNs } = this.#input;
    if (onPartial === undefined || this.#unsaved < PARTIAL_EVERY_BYTES) return;
    this.#unsaved = 0;
    await onPartial(await partialFolder(writer, this.#dumps, timeNs));
  }

  #skip(dump: TableDump, error: ConnectorError): void {
    dump.isSkipped = true;
    this.#note('table', dump.shape.name, error.code, error.message);
  }

  #note(kind: DumpReport['kind'], name: string, code: string, message: string): void {
    this.#report.push({ kind, name, code, message });
  }

  #tell(step: DumpProgress['step'], detail = ''): void {
    this.#progress.step = step;
    this.#progress.detail = detail;
    this.#input.onProgress?.({ ...this.#progress });
  }
}

interface Stale {
  dump: TableDump;
  range: StaleRange & { index: number };
}

function batchesOf(stale: readonly Stale[]): Stale[][] {
  const batches: Stale[][] = [];
  let bytes = Infinity;
  for (const one of stale) {
    if (bytes >= BATCH_BYTES) {
      batches.push([]);
      bytes = 0;
    }
    batches.at(-1)?.push(one);
    bytes += one.range.known.bytes;
  }
  return batches;
}
