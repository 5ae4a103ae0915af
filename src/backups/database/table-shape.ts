import { createHash } from 'node:crypto';
import { ConnectorError, type SiteTable } from '../../connector/index.ts';
import { keyKindOf, stableCreate, type KeyKind, type StoredColumn } from './rules/columns.ts';
import { insertHead } from './sql-text.ts';

/** What is needed to read and write a table's rows. */
export interface TableShape {
  name: string;
  columns: StoredColumn[];
  /** Names of the key columns; [] when the key cannot be used. */
  key: string[];
  /** Where the key columns are in `columns`. */
  keyAt: number[];
  kind: KeyKind;
  /** SHOW CREATE TABLE. */
  create: string;
  /** SHA-256 of it without AUTO_INCREMENT: another one means another table. */
  createHash: string;
  /** First line of every range's text. */
  insertHead: Buffer;
}

/** The shape of a table as the site says it. */
export function shapeOfTable(table: SiteTable): TableShape {
  const columns = table.columns
    .filter((column) => column.gen !== true)
    .map((column): StoredColumn => ({ name: column.n, form: column.how, type: column.t }));
  return makeShape(table.name, columns, table.key, table.create);
}

/** The shape of a table from its parts. */
export function makeShape(
  name: string,
  columns: StoredColumn[],
  wantedKey: readonly string[],
  create: string,
): TableShape {
  const kind = keyKindOf(columns, wantedKey);
  const key = kind === 'none' ? [] : [...wantedKey];
  return {
    name,
    columns,
    key,
    keyAt: key.map((part) => columns.findIndex((column) => column.name === part)),
    kind,
    create,
    createHash: createHash('sha256').update(stableCreate(create), 'utf8').digest('hex'),
    insertHead: insertHead(name, columns),
  };
}

/** Whether rows written for one shape can stand among rows of the other. */
export function isSameShape(a: TableShape, b: TableShape): boolean {
  return (
    a.createHash === b.createHash &&
    a.kind === b.kind &&
    a.key.join('\n') === b.key.join('\n') &&
    JSON.stringify(a.columns) === JSON.stringify(b.columns)
  );
}

/**
 * Throws `answer-invalid` (retryable) unless rows came with the columns that the table was described with: it was
 * altered in between. A read without rows need not name them.
 */
export function refuseOtherColumns(shape: TableShape, columns: readonly unknown[], bytes: number): void {
  if (bytes === 0 && columns.length === 0) return;
  if (columns.length === shape.columns.length && columns.every((name, i) => name === shape.columns[i]?.name)) return;
  throw new ConnectorError('answer-invalid', { details: { table: shape.name, what: 'columns' }, retryable: true });
}
