import { existsSync } from 'node:fs';
import { Readable } from 'node:stream';
import { beforeAll, describe, expect, it } from 'vitest';
import { openScratchDatabase, type ScratchDatabase } from './scratch-database.ts';

describe('a throw-away MariaDB', () => {
  let database: ScratchDatabase;

  beforeAll(async () => {
    database = await openScratchDatabase({});
  });

  it('loads SQL and answers questions about it', async () => {
    const rows = Array.from({ length: 1000 }, (_, i) => `INSERT INTO t VALUES (${i}, 'row ${i} é');\n`);
    await database.load(Readable.from(['CREATE TABLE t (id int primary key, name text) CHARSET utf8mb4;\n', ...rows]));
    expect(await database.query('SELECT COUNT(*), MAX(name) FROM t')).toEqual([['1000', 'row 999 é']]);
  });

  it('gives the words of the server when it refuses', async () => {
    await expect(database.load(Readable.from(['INSERT INTO nowhere VALUES (1);\n']))).rejects.toThrow(/nowhere/u);
  });

  it.each([
    ['a command of the client', '\\! touch /var/tmp/nw-scratch-broken-out\n'],
    ['a file of the machine', "SELECT LOAD_FILE('/etc/passwd') INTO OUTFILE '/var/tmp/nw-scratch-broken-out';\n"],
    ['an account', 'CREATE USER evil@localhost;\n'],
  ])('does not let SQL of a site reach %s', async (_name, sql) => {
    await expect(database.load(Readable.from([sql]))).rejects.toMatchObject({ code: 'trial-load-failed' });
    expect(existsSync('/var/tmp/nw-scratch-broken-out')).toBe(false);
  });

  it('leaves nothing behind', async () => {
    expect(existsSync(database.folder)).toBe(true);
    await database.close();
    expect(existsSync(database.folder)).toBe(false);
  });
});
