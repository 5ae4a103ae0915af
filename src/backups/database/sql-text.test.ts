import { expect, test } from 'vitest';
import { decodeRows, encodeRows, RowScanner, type Cell } from '../../connector/index.ts';
import type { ColumnForm, StoredColumn } from './rules/columns.ts';
import { appendRow, GrowingBytes, insertHead, parseText, quoteName } from './sql-text.ts';

const column = (form: ColumnForm, type = 'x'): StoredColumn => ({ name: `c_${form}`, form, type });
const bytes = (text: string): Buffer => Buffer.from(text, 'utf8');
const all = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));

function textOf(columns: StoredColumn[], rows: Cell[][]): { head: Buffer; text: Buffer } {
  const head = insertHead('t`x', columns);
  const out = new GrowingBytes(16);
  out.append(head);
  const scanner = new RowScanner(encodeRows(rows), columns.length);
  for (let row = 0; scanner.next(); row++) {
    if (row > 0) out.append(bytes(',\n'));
    appendRow(out, scanner, columns);
  }
  out.append(bytes(';\n'));
  return { head, text: Buffer.from(out.bytes.subarray(0, out.length)) };
}

const cases: { name: string; form: ColumnForm; type?: string; value: Cell; sql: string }[] = [
  { name: 'null', form: 'text', value: null, sql: 'NULL' },
  { name: 'the text NULL', form: 'text', value: bytes('NULL'), sql: "'NULL'" },
  { name: 'empty text', form: 'text', value: bytes(''), sql: "''" },
  { name: 'empty binary', form: 'hex', value: bytes(''), sql: "''" },
  { name: 'quotes and backslashes', form: 'text', value: bytes(`a'b"c\\d\\'`), sql: `'a\\'b"c\\\\d\\\\\\''` },
  { name: 'line ends', form: 'text', value: bytes('a\nb\r\nc\t'), sql: "'a\\nb\\r\\nc\t'" },
  { name: 'NUL and Ctrl-Z', form: 'text', value: Buffer.from([0, 26]), sql: "'\\0\\Z'" },
  { name: 'looks like the end of a row', form: 'text', value: bytes("'),\n('"), sql: "'\\'),\\n(\\''" },
  { name: 'emoji', form: 'text', value: bytes('😀'), sql: "'😀'" },
  { name: 'number', form: 'num', value: bytes('-12.50'), sql: '-12.50' },
  { name: 'zerofill', form: 'num', value: bytes('0007'), sql: '0007' },
  { name: 'largest bigint', form: 'num', value: bytes('18446744073709551615'), sql: '18446744073709551615' },
  { name: 'double', form: 'double', value: bytes('1.7976931348623157e308'), sql: '1.7976931348623157e308' },
  { name: 'a number that is none', form: 'num', value: bytes('1);DROP TABLE x'), sql: "'1);DROP TABLE x'" },
  { name: 'hex look-alike in a number', form: 'num', value: bytes('0x41'), sql: "'0x41'" },
  { name: 'binary', form: 'hex', value: Buffer.from([0, 255, 16]), sql: '0x00FF10' },
  { name: 'bit', form: 'bit', value: Buffer.from([1, 2]), sql: '0x0102' },
  { name: 'geometry', form: 'geom', value: Buffer.from([0, 0, 0, 0, 1]), sql: '0x0000000001' },
  { name: 'JSON of MySQL', form: 'text', type: 'json', value: bytes('{"a": "b"}'), sql: `_utf8mb4'{"a": "b"}'` },
];

test.each(cases)('$name', ({ form, type, value, sql }) => {
  const columns = [column('num'), column(form, type)];
  const rows = [
    [bytes('1'), value],
    [bytes('2'), value],
  ];
  const { head, text } = textOf(columns, rows);
  expect(text.toString('utf8')).toBe(`${head.toString()}(1,${sql}),\n(2,${sql});\n`);
  expect(decodeRows(parseText(text, head, 2).rowBytes, 2)).toEqual(rows);
});

test('all bytes, long texts and long binaries come back exactly', () => {
  const columns = [column('text'), column('hex'), column('text')];
  const long = Buffer.concat(Array.from({ length: 400 }, () => all));
  const rows: Cell[][] = [
    [all, all, null],
    [long, long, bytes('x'.repeat(200_000))],
    [null, null, null],
    [bytes('z'), Buffer.from([7]), bytes("'".repeat(5000))],
  ];
  const { head, text } = textOf(columns, rows);
  const { rowBytes, starts, ends } = parseText(text, head, 3);
  expect(decodeRows(rowBytes, 3)).toEqual(rows);
  expect(text.toString('latin1').split('\n')).toHaveLength(rows.length + 2);
  expect(text.toString('latin1', starts[2], ends[2])).toBe('(NULL,NULL,NULL)');
  // A long binary is not doubled by hex.
  expect(text.length).toBeLessThan(long.length * 2.2 + 220_000);
});

test.each([
  ['another table', 'INSERT INTO `u` (`c_num`) VALUES\n(1);\n'],
  ['no rows', 'INSERT INTO `t``x` (`c_num`) VALUES\n'],
  ['cut', 'INSERT INTO `t``x` (`c_num`) VALUES\n(1),\n(2'],
  ['too many values', 'INSERT INTO `t``x` (`c_num`) VALUES\n(1,2);\n'],
  ['no end', 'INSERT INTO `t``x` (`c_num`) VALUES\n(1),\n'],
  ['open quote', "INSERT INTO `t``x` (`c_num`) VALUES\n('a);\n"],
  ['odd hex', 'INSERT INTO `t``x` (`c_num`) VALUES\n(0x123);\n'],
  ['junk after', 'INSERT INTO `t``x` (`c_num`) VALUES\n(1);\nDROP TABLE x;\n'],
])('not a range: %s', (_name, text) => {
  expect(() => parseText(bytes(text), insertHead('t`x', [column('num')]), 1)).toThrow(/not what was written/);
});

test('names are quoted', () => {
  expect(quoteName('a`b')).toBe('`a``b`');
});
