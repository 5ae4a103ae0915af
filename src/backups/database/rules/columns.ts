// What is known of a table's columns and key before any row is read.

/** How a column's raw bytes are written in SQL (PROTOCOL.md, db.tables). */
export type ColumnForm = 'text' | 'hex' | 'num' | 'bit' | 'geom' | 'double';

/** A column that is in the row bytes (not generated), in their order. */
export interface StoredColumn {
  name: string;
  form: ColumnForm;
  /** Column type as the server says it, such as `bigint(20) unsigned`. */
  type: string;
}

/** How a table can be cut into ranges. */
export type KeyKind =
  | 'integer' // the first key column is a whole number: groups of keys can be summed
  | 'ordered' // other key: ranges by key tuples
  | 'none'; // no usable key: one pass, all or nothing

const INTEGER = /^(?:tiny|small|medium|big)?int\b|^integer\b/i;
// Types whose ORDER BY is the order in which a literal compares: not enum, set (index order), bit, float, geometry, json.
const ORDERED =
  /^(?:(?:tiny|small|medium|big)?int|integer|decimal|numeric|year|date|datetime|timestamp|time|char|varchar|binary|varbinary|uuid|inet4|inet6|tinytext|text|mediumtext|longtext|tinyblob|blob|mediumblob|longblob)\b/i;

/** Which of the three ways fits a key. */
export function keyKindOf(columns: readonly StoredColumn[], key: readonly string[]): KeyKind {
  const parts = key.map((name) => columns.find((column) => column.name === name));
  if (parts.length === 0 || parts.some((part) => part === undefined || !ORDERED.test(part.type))) return 'none';
  return INTEGER.test(parts[0]?.type ?? '') ? 'integer' : 'ordered';
}

/** A CREATE TABLE without what changes with every insert. */
export function stableCreate(create: string): string {
  // SHOW CREATE TABLE escapes line ends inside comments: a line that begins with the bracket is the table's end.
  return create.replace(/(\n\) ENGINE=\w+) AUTO_INCREMENT=\d+/, '$1');
}
