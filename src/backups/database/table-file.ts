import { createHash } from 'node:crypto';
import { quoteName } from './sql-text.ts';
import type { TableShape } from './table-shape.ts';

/** Start of a table's SQL file: the file loads by itself with the mariadb or mysql program. */
export function fileHead(shape: TableShape): Buffer {
  const name = quoteName(shape.name);
  return Buffer.from(
    [
      `-- Table ${oneLine(shape.name)}. Written by Nachtwacht. Every range of rows is one INSERT.`,
      'SET NAMES utf8mb4;',
      'SET @nw_mode=@@sql_mode, @nw_keys=@@foreign_key_checks, @nw_unique=@@unique_checks, @nw_zone=@@time_zone, @nw_commit=@@autocommit;',
      "SET sql_mode='NO_AUTO_VALUE_ON_ZERO', foreign_key_checks=0, unique_checks=0, time_zone='+00:00';",
      `DROP TABLE IF EXISTS ${name};`,
      `${shape.create};`,
      '-- Values are bytes: they reach their columns unconverted.',
      'SET NAMES binary;',
      'SET autocommit=0;',
      '',
    ].join('\n'),
    'utf8',
  );
}

/** End of a table's SQL file. */
export function fileTail(shape: TableShape): Buffer {
  return Buffer.from(
    [
      'COMMIT;',
      'SET NAMES utf8mb4;',
      'SET sql_mode=@nw_mode, foreign_key_checks=@nw_keys, unique_checks=@nw_unique, time_zone=@nw_zone, autocommit=@nw_commit;',
      `-- End of table ${oneLine(shape.name)}.`,
      '',
    ].join('\n'),
    'utf8',
  );
}

/** A file name for any table name: letters, digits and `_-$` as they are, other bytes as %XX. */
export function fileNameOf(table: string): string {
  const bytes = Buffer.from(table, 'utf8');
  let name = '';
  for (const byte of bytes) {
    const letter = String.fromCharCode(byte);
    name += /[A-Za-z0-9_$-]/.test(letter) ? letter : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  // Table names have 64 characters at most; a name made of others only could still pass a file system's limit.
  return name.length <= 240
    ? name
    : `${name.slice(0, 200)}~${createHash('sha256').update(bytes).digest('hex').slice(0, 16)}`;
}

/** A name as it may stand in a comment. */
export function oneLine(text: string): string {
  return text.replaceAll(/[^\p{L}\p{N}\p{P}\p{S} ]/gu, '?');
}
