// SQL that a site gives in the place of what makes a table or an object: what the programs that load a dump would do with
// it, and that it does not get into a snapshot.
import { generateKeyPairSync } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startMariaDb, type Database, type MariaDb } from '../../../e2e/harness/mariadb.ts';
import { keyIdOf, SiteClient } from '../../connector/index.ts';
import { systemClock } from '../../platform/clock.ts';
import { initRepository, openLocalBackend } from '../../restic/index.ts';
import { startProtocolSite, tableRecord } from '../test-protocol-site.ts';
import { contentOf, dumpDatabase, readDatabase } from './index.ts';
import { faultOfSql, type SqlKind } from './rules/site-sql.ts';
import { linesOf, objectsFile } from './schema-file.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nw-site-sql-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

describe('loaded by hand', () => {
  let server: MariaDb;
  let database: Database;
  const touched = (): string => join(folder, 'touched');

  beforeAll(async () => {
    server = await startMariaDb();
    database = await server.createDatabase('by_hand');
    await database.sql('CREATE TABLE canary (a int); CREATE TABLE wp_a (a int);');
  });
  afterAll(async () => {
    await server?.stop();
  });

  /** Whether it did more than make its object. */
  async function reachesFurther(sql: string | Buffer): Promise<boolean> {
    await database.load(sql).catch(() => undefined);
    const found = existsSync(touched()) || (await database.count('SELECT COUNT(*) FROM canary')) > 0;
    await rm(touched(), { force: true });
    await database.sql('DELETE FROM canary');
    return found;
  }

  const second = 'INSERT INTO canary VALUES (1)';

  // Each reaches further without the rule, so a test of the rule alone does not deceive us.
  test.each<[what: string, kind: Exclude<SqlKind, 'table'>, sql: () => string, mode?: string]>([
    ['a second statement', 'view', () => `CREATE VIEW v AS SELECT 1; ${second}`],
    ['the delimiter', 'view', () => `CREATE VIEW v AS SELECT 1;; ${second}`],
    ['a command of the client', 'view', () => `CREATE VIEW v AS SELECT 1 \\! touch ${touched()}\n, 2`],
    ['one inside code', 'view', () => `CREATE VIEW v AS SELECT /*!50000 \\! touch ${touched()}\n*/ 1`],
    [
      'one behind what is no escape',
      'trigger',
      () => `CREATE TRIGGER v BEFORE INSERT ON wp_a FOR EACH ROW SET @a = '\\';; ${second};; -- '\n`,
      'NO_BACKSLASH_ESCAPES',
    ],
    [
      'a name that looks like a block',
      'routine',
      () => `CREATE PROCEDURE v() SELECT 1 AS begin; ${second}; SELECT 1 end`,
    ],
    [
      'code of another version',
      'routine',
      () => `CREATE PROCEDURE v() /*!99999 BEGIN */ SELECT 1; ${second}; /*!99999 END */ SELECT 1`,
    ],
    ['a comment that swallows the end', 'view', () => `CREATE VIEW v AS SELECT 1; ${second}; --`],
    ['another kind', 'view', () => 'CREATE OR REPLACE TABLE canary SELECT 1 AS a'],
  ])('%s is refused', async (_what, kind, sql, mode) => {
    expect(faultOfSql(kind, sql(), mode)).toBeDefined();
    const object = { kind, name: 'v', sql: sql(), ...(mode === undefined ? {} : { sql_mode: mode }) };
    expect(await reachesFurther(`${linesOf(object).join('\n')}\n`)).toBe(true);
    expect(await reachesFurther(objectsFile([object]))).toBe(false);
  });

  test('a view is not read under the mode of the routine before it', async () => {
    const sql = `CREATE VIEW v2 AS SELECT '\\';; ${second};; -- ' AS a`;
    expect(faultOfSql('view', sql)).toBeUndefined();
    const file = objectsFile([
      { kind: 'routine', name: 'r', sql: 'CREATE PROCEDURE r() SELECT 1', sql_mode: 'NO_BACKSLASH_ESCAPES' },
      { kind: 'view', name: 'v2', sql },
    ]);
    expect(await reachesFurther(file)).toBe(false);
    expect(await database.sql('SELECT * FROM v2')).toEqual([[`';; ${second};; -- `]]);
  });
});

test('a dump holds what makes its tables and objects, and says what else a site gave', async () => {
  const evil = { ...tableRecord('wp_evil', ['id']), create: 'CREATE TABLE `wp_evil` (`id` int); DROP DATABASE x' };
  const view = { kind: 'view', name: 'wp_view', sql: 'CREATE VIEW `wp_view` AS select 1 AS `a`' };
  const trigger = {
    kind: 'trigger',
    name: 'wp_tr',
    table: 'wp_options',
    sql: 'CREATE TRIGGER wp_tr; \\! id',
    sql_mode: '',
  };
  const site = await startProtocolSite('refused', {
    'db.tables': () => ({
      frames: [
        ['J', evil],
        ['J', tableRecord('wp_options', ['id'])],
      ],
    }),
    'db.schema': () => ({
      frames: [
        ['J', { kind: 'server', version: '11.8' }],
        ['J', trigger],
        ['J', view],
      ],
    }),
  });
  const { privateKey } = generateKeyPairSync('ed25519');
  const client = new SiteClient({
    credentials: {
      siteId: 's',
      url: site.url,
      entries: { direct: `${site.url}/rescue.php` },
      privateKey,
      keyId: keyIdOf(privateKey),
    },
    claim: 1,
    clock: systemClock,
    transport: { allowPrivateAddresses: true },
  });
  const repo = await initRepository(openLocalBackend(join(folder, 'repo')), 'x', { cost: { N: 2, r: 8, p: 1 } });
  const lock = await repo.lock({ exclusive: false, holder: 'test' });
  try {
    await client.status();
    await repo.loadIndex();
    const writer = repo.writer(lock);
    const result = await dumpDatabase({ client, repo, writer, consistent: false, timeNs: 1n, limitBytes: 1e9 });
    const tree = await writer.saveTree(result.nodes);
    await writer.close();
    expect(result.report.map(({ kind, name, code }) => [kind, name, code])).toEqual([
      ['table', 'wp_evil', 'sql-not-acceptable'],
      ['object', 'wp_tr', 'sql-not-acceptable'],
    ]);
    const held = await readDatabase(repo, tree);
    expect([...held.tables.keys()]).toEqual(['wp_options']);
    const [objects, about] = await Promise.all(
      ['objects.sql', 'about.json'].map(async (name) =>
        (await contentOf(repo, held.nodes.get(name)!)).toString('utf8'),
      ),
    );
    expect(objects).toContain('select 1 AS `a`');
    expect(objects).not.toContain('! id');
    // The site itself gets it back: it is its own.
    expect(about).toContain('! id');
  } finally {
    await lock.release();
    await repo.close();
    client.close();
    site.close();
  }
});
