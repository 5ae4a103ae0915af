import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeShape } from '../database/table-shape.ts';
import { openScratchDatabase, type ScratchDatabase } from './scratch-database.ts';
import { SUM_SESSION, sumSql } from './trial-sums.ts';
import { RangeSummer, RowHasher } from '../database/row-sum.ts';
import { encodeRows, RowScanner, type Cell } from '../../connector/index.ts';

describe('sums of a loaded table', () => {
  let scratch: ScratchDatabase;

  beforeAll(async () => {
    scratch = await openScratchDatabase({});
  });

  afterAll(async () => {
    await scratch.close();
  });

  it.each([
    ['with a key', ['id']],
    ['without one, where equal rows count', []],
  ])('are those of the bytes that travelled: %s', async (_name, key) => {
    const table = `t${key.length}`;
    const columns = [
      { name: 'id', form: 'num' as const, type: 'int(11)' },
      { name: 'name', form: 'text' as const, type: 'varchar(50)' },
      { name: 'latin', form: 'text' as const, type: 'varchar(50)' },
      { name: 'raw', form: 'hex' as const, type: 'blob' },
      { name: 'made', form: 'text' as const, type: 'datetime' },
      { name: 'share', form: 'double' as const, type: 'float' },
      { name: 'flags', form: 'bit' as const, type: 'bit(10)' },
      { name: 'price', form: 'num' as const, type: 'decimal(10,2)' },
    ];
    await scratch.load(
      Readable.from([
        `CREATE TABLE ${table} (id int ${key.length > 0 ? 'primary key' : ''}, name varchar(50) CHARACTER SET utf8mb4, latin varchar(50) CHARACTER SET latin1,
          raw blob, made datetime, share float, flags bit(10), price decimal(10,2));
        INSERT INTO ${table} VALUES (1, 'een é ☕', 'caf\u00e9', x'00ff01', '2026-11-23 09:00:00', 0.5, b'1000000001', 12.50),
          (2, NULL, '', NULL, NULL, NULL, NULL, NULL), (3, 'drie', 'x', '', '1000-01-01 00:00:00', 1.25, b'0', -1.00);`,
      ]),
    );
    const cells: Cell[][] = [
      [
        '1',
        'een é ☕',
        Buffer.from('caf\u00e9', 'latin1'),
        Buffer.from([0, 255, 1]),
        '2026-11-23 09:00:00',
        '0.5',
        Buffer.from([2, 1]),
        '12.50',
      ],
      ['2', null, '', null, null, null, null, null],
      ['3', 'drie', 'x', '', '1000-01-01 00:00:00', '1.25', Buffer.from([0, 0]), '-1.00'],
    ].map((row) => row.map((cell) => (typeof cell === 'string' ? Buffer.from(cell) : cell)));
    const scanner = new RowScanner(encodeRows(cells), columns.length);
    const hasher = new RowHasher();
    const summer = new RangeSummer(key.length === 0);
    while (scanner.next()) {
      hasher.hash(scanner);
      summer.add(hasher.high, hasher.low);
    }
    const shape = makeShape(table, columns, key, '');
    const answer = await scratch.query(`${SUM_SESSION}\n${sumSql(shape)}`);
    expect(answer).toEqual([['3', summer.hex.toUpperCase()]]);
  });
});
