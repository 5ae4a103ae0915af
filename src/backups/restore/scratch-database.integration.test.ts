import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startMariaDb, type Database, type MariaDb } from '../../../e2e/harness/mariadb.ts';
import { openScratchDatabase, type ScratchDatabase } from './scratch-database.ts';

/** Comes back when this statement runs in the server. */
async function untilItRuns(ask: (sql: string) => Promise<(string | null)[][]>, statement: string): Promise<void> {
  const running = `SELECT COUNT(*) FROM information_schema.processlist WHERE info LIKE '${statement}%'`;
  while (Number((await ask(running))[0]?.[0]) === 0);
}

/** Command lines of all processes that name this. */
function processesOf(name: string): string[] {
  const lines = readdirSync('/proc').flatMap((pid) => {
    try {
      return /^\d+$/u.test(pid) ? [readFileSync(`/proc/${pid}/cmdline`, 'utf8')] : [];
    } catch {
      return [];
    }
  });
  return lines.filter((line) => line.includes(name));
}

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
    expect(processesOf(database.folder)).toEqual([]);
  });
});

describe('SQL that does not want to end', () => {
  it.each<[what: string, work: (database: ScratchDatabase) => Promise<unknown>]>([
    ['a load', (database) => database.load(Readable.from(['SELECT SLEEP(1000);\n']))],
    ['a question', (database) => database.query('SELECT SLEEP(1000)')],
  ])('%s ends soon after the run does, and nothing is left', async (_what, work) => {
    const run = new AbortController();
    const database = await openScratchDatabase({ signal: run.signal });
    const working = work(database);
    await untilItRuns((sql) => database.query(sql), 'SELECT SLEEP');
    const aborted = performance.now();
    run.abort(new Error('claim lost'));
    await expect(working).rejects.toThrow('claim lost');
    expect(performance.now() - aborted).toBeLessThan(2000);
    await expect(database.query('SELECT 1')).rejects.toThrow('claim lost');
    await database.close();
    expect(existsSync(database.folder)).toBe(false);
    expect(processesOf(database.folder)).toEqual([]);
  });

  it('ends at the limit of the server, and the next one has its turn', async () => {
    const database = await openScratchDatabase({ limits: { statementS: 1, quietMs: 60_000 } });
    try {
      await expect(database.load(Readable.from(['SELECT SLEEP(1000);\n']))).rejects.toThrow(/max_statement_time/u);
      expect(await database.query('SELECT 1')).toEqual([['1']]);
    } finally {
      await database.close();
    }
  });

  it('ends when it took that limit off, and the next one does not wait behind it', async () => {
    const database = await openScratchDatabase({ limits: { statementS: 1, quietMs: 1500 } });
    try {
      const sql = 'SET SESSION max_statement_time = 0;\nSELECT SLEEP(1000);\n';
      const facts = { code: 'trial-load-failed', message: 'A statement did not end in the time that is given to it.' };
      await expect(database.load(Readable.from([sql]))).rejects.toMatchObject(facts);
      const before = performance.now();
      await expect(database.query('SELECT SLEEP(1000)')).rejects.toMatchObject(facts);
      expect(performance.now() - before).toBeLessThan(500);
    } finally {
      await database.close();
    }
  });

  it('is no load that takes long but moves', async () => {
    const database = await openScratchDatabase({ limits: { statementS: 60, quietMs: 1000 } });
    try {
      // Larger than what a pipe takes in ahead, so that the parts go as the statements end.
      const slow = `DO SLEEP(0.2) /*${'x'.repeat(300_000)}*/;\n`;
      const before = performance.now();
      await database.load(Readable.from(Array<string>(7).fill(slow)));
      expect(performance.now() - before).toBeGreaterThan(1000);
    } finally {
      await database.close();
    }
  });
});

describe('a database on a server of the operator', () => {
  let server: MariaDb;
  let own: Database;
  let url: string;

  beforeAll(async () => {
    server = await startMariaDb({ settings: ['--local-infile=1'] });
    own = await server.createDatabase('operator');
    await own.sql(
      "CREATE USER trial@'127.%' IDENTIFIED BY 'p\\\\\"w'; GRANT ALL ON `nachtwacht\\_trial\\_%`.* TO trial@'127.%';",
    );
    url = `mysql://trial:${encodeURIComponent('p\\"w')}@${server.host}:${server.port}`;
  });

  afterAll(async () => {
    await server?.stop();
  });

  const databases = async (): Promise<unknown> => own.sql("SHOW DATABASES LIKE 'nachtwacht%'");

  it('is made, loaded, and gone afterwards', async () => {
    const database = await openScratchDatabase({ url });
    await database.load(Readable.from(['CREATE TABLE t (id int);\nINSERT INTO t VALUES (7);\n']));
    expect(await database.query('SELECT id FROM t')).toEqual([['7']]);
    expect(await databases()).toHaveLength(1);
    await database.close();
    expect(await databases()).toEqual([]);
    expect(existsSync(database.folder)).toBe(false);
  });

  it('gets no file of this machine', async () => {
    const database = await openScratchDatabase({ url });
    try {
      const sql = "CREATE TABLE t (a text);\nLOAD DATA LOCAL INFILE '/etc/hostname' INTO TABLE t;\n";
      await expect(database.load(Readable.from([sql]))).rejects.toMatchObject({ code: 'trial-load-failed' });
      expect(await database.query('SELECT COUNT(*) FROM t')).toEqual([['0']]);
    } finally {
      await database.close();
    }
  });

  it('is gone soon after the run is, whatever runs in it and holds its tables', async () => {
    const run = new AbortController();
    const database = await openScratchDatabase({ url, signal: run.signal });
    await database.load(Readable.from(['CREATE TABLE t (id int);\nINSERT INTO t VALUES (7);\n']));
    const working = database.load(Readable.from(['UPDATE t SET id = SLEEP(1000);\n']));
    await untilItRuns((sql) => own.sql(sql), 'UPDATE t SET');
    const aborted = performance.now();
    run.abort(new Error('claim lost'));
    await expect(working).rejects.toThrow('claim lost');
    await database.close();
    expect(performance.now() - aborted).toBeLessThan(3000);
    expect(await databases()).toEqual([]);
    expect(await own.count("SELECT COUNT(*) FROM information_schema.processlist WHERE info LIKE 'UPDATE%'")).toBe(0);
    expect(processesOf(database.folder)).toEqual([]);
  });
});
