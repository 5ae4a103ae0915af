import type { TableShape } from '../database/table-shape.ts';

// The row sum of PROTOCOL.md section 5 as SQL for a whole table, on the server in which the dump was loaded. The plugin
// has the same in `db-table.php`; both are compared with the sums that were made from the bytes that travelled.

/** Statements before any sum: values as the bytes that are stored, moments in UTC. */
export const SUM_SESSION =
  "SET NAMES binary; SET SESSION time_zone = '+00:00', sql_mode = 'NO_AUTO_VALUE_ON_ZERO,ALLOW_INVALID_DATES';";

/** One statement: number of rows and the sum of their hashes, 16 UPPER hex (LOWER leaves binary text as it is). */
export function sumSql(shape: TableShape): string {
  const reads = shape.columns.map((column) => readSql(column));
  const lengths = reads.map((read) => `COALESCE(LENGTH(${read}),'N')`).join(',');
  const text = `CONCAT_WS(',',${lengths},${reads.join(',')})`;
  const instead = `CONCAT_WS(',',${lengths},${reads.map((read) => `SHA1(${read})`).join(',')})`;
  const hash = `CAST(CONV(LEFT(COALESCE(SHA1(${text}),SHA1(${instead})),16),16,10) AS UNSIGNED)`;
  const sum =
    shape.key.length === 0
      ? `CAST(MOD(COALESCE(SUM(CAST(${hash} AS DECIMAL(20,0))),0),18446744073709551616) AS UNSIGNED)`
      : `BIT_XOR(${hash})`;
  return `SELECT COUNT(*),LPAD(HEX(${sum}),16,'0') FROM ${quote(shape.name)};`;
}

function readSql(column: { name: string; form: string; type: string }): string {
  const name = quote(column.name);
  if (column.form === 'num' || column.form === 'hex') return name;
  if (column.form === 'double') return `CONCAT(${name} + 0E0)`;
  if (column.type.toLowerCase() === 'json') return `CAST(CAST(${name} AS CHAR CHARACTER SET utf8mb4) AS BINARY)`;
  // These would be cast to their inner form, not to their text.
  if (/^(?:uuid|inet4|inet6)\b/iu.test(column.type)) return `CONCAT(${name})`;
  return `CAST(${name} AS BINARY)`;
}

function quote(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``;
}
