import type { Id, RepositoryApi } from '../../restic/index.ts';
import { readDatabase, type StoredDatabase, type StoredTable } from '../database/read-database.ts';
import { addSums } from '../database/row-sum.ts';
import { DATABASE_FOLDER } from '../rules/snapshot-layout.ts';
import type { TableState } from './rules/plan-restore.ts';
import { folderTree } from './snapshot-contents.ts';

export interface TablesOfSnapshot {
  tables: TableState[];
  stored: StoredDatabase;
  /** Tree of the `database` folder. */
  tree: Id;
}

/** The database part of a snapshot, undefined when it has none. Throws when a manifest does not fit its table. */
export async function readTables(repository: RepositoryApi, tree: Id): Promise<TablesOfSnapshot | undefined> {
  const database = await folderTree(repository, tree, DATABASE_FOLDER);
  if (database === undefined) return undefined;
  const stored = await readDatabase(repository, database, { strict: true });
  const tables = [...stored.tables.values()].map((table): TableState => {
    const total = totalOf(table);
    return {
      name: table.manifest.shape.name,
      rows: total.rows,
      digest: `${table.manifest.shape.createHash}:${total.rows}:${total.sum}`,
    };
  });
  return { tables, stored, tree: database };
}

/** Rows of a whole table and their sum, 16 lower hex: the same however the table is cut into ranges. */
export function totalOf(table: StoredTable): { rows: number; sum: string } {
  const { ranges, shape } = table.manifest;
  const sums = ranges.map((range) => range.sum);
  return {
    rows: ranges.reduce((rows, range) => rows + range.rows, 0),
    sum: shape.key.length === 0 ? addSums(sums) : xorSums(sums),
  };
}

function xorSums(sums: readonly string[]): string {
  return sums
    .reduce((total, sum) => total ^ BigInt(`0x${sum}`), 0n)
    .toString(16)
    .padStart(16, '0');
}
