import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addRows, changeRows } from '../../../e2e/harness/load.ts';
import { runCommand } from '../../../e2e/harness/run-command.ts';
import { startSite } from '../../../e2e/harness/start-site.ts';
import type { TestSite } from '../../../e2e/harness/test-site.ts';
import { pairSite, SiteClient, type SiteCredentials, type Traffic } from '../../connector/index.ts';
import { systemClock } from '../../platform/clock.ts';
import { initRepository, openLocalBackend, type Id, type RepositoryApi } from '../../restic/index.ts';
import { dumpDatabase, readDatabase, type DumpResult } from './index.ts';

const limitBytes = 5e9;
const transport = { allowPrivateAddresses: true };
let site: TestSite;
let credentials: SiteCredentials;
let folder: string;
let repo: RepositoryApi;
let tree: Id | undefined;

/** Tables with all that a database can hold; names without prefix. */
const oddTables = (prefix: string): string => `
SET NAMES utf8mb4; SET sql_mode='NO_AUTO_VALUE_ON_ZERO';
CREATE TABLE \`${prefix}types\` (
  id bigint NOT NULL AUTO_INCREMENT, ti tinyint(3) unsigned zerofill, bi bigint unsigned, de decimal(40,20), fl float, do double,
  b1 bit(1), b17 bit(17), b64 bit(64), da date, dt datetime(6), ts timestamp(3) NULL, tm time(2), ye year,
  ch char(10) CHARACTER SET latin1, la varchar(100) CHARACTER SET latin1, uc varchar(50) CHARACTER SET ucs2,
  sj varchar(50) CHARACTER SET sjis, gb text CHARACTER SET gbk, u3 varchar(50) CHARACTER SET utf8mb3,
  em longtext CHARACTER SET utf8mb4, bn binary(8), vb varbinary(300), tb tinyblob, lb longblob,
  en enum('één','twee','') CHARACTER SET latin1, se set('a','b','ç') CHARACTER SET latin1, js json,
  ge geometry, po point, \`odd \`\` name, (x)\` varchar(20) DEFAULT 'de\\'f',
  gv int GENERATED ALWAYS AS (ti + 1) VIRTUAL, gs varchar(120) GENERATED ALWAYS AS (CONCAT(la, '!')) STORED, hid int INVISIBLE DEFAULT 3,
  PRIMARY KEY (id)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COMMENT='tabel met ''alles'' é';
INSERT INTO \`${prefix}types\` (id) VALUES (-5), (0), (9007199254740993), (9223372036854775807);
INSERT INTO \`${prefix}types\` (id,ti,bi,de,fl,do,b1,b17,b64,da,dt,ts,tm,ye,ch,la,uc,sj,gb,u3,em,bn,vb,tb,lb,en,se,js,ge,po,\`odd \`\` name, (x)\`,hid)
 VALUES (1,7,18446744073709551615,'-12345678901234567890.12345678901234567890',0.1,-1.7976931348623157e308,b'1',b'10000000000000001',b'1111111111111111111111111111111111111111111111111111111111111111',
 '0000-00-00','2026-03-29 02:30:00.123456','2026-10-25 00:30:00.5','-838:59:59.99',2026,'café  ','na\\n''ve\\\\ "x"','日本','表示','中文','€','😀 regel\\r\\n\\0\\Zeinde',
 'ab\\0',REPEAT(x'00ff275c0a1a',50),x'',REPEAT(x'0001feff',40000),'één','a,ç','{"a": [1, "é"]}',ST_GeomFromText('POLYGON((0 0,0 1,1 1,0 0))'),ST_GeomFromText('POINT(1.5 -2.25)',4326),'(NULL),',NULL),
 (2,0,0,0,16777216,1e-300,b'0',0,0,'1000-01-01','0000-00-00 00:00:00',NULL,'00:00:00',1901,'','','','','','','','','','','','','','null',NULL,NULL,'',0),
 (3,255,1,'0.00000000000000000001',3.4e38,2.2250738585072014e-308,b'1',1,1,'9999-12-31','9999-12-31 23:59:59.999999',NULL,'838:59:59',2155,NULL,CONVERT(x'c3a9c280' USING latin1),NULL,NULL,NULL,NULL,REPEAT('\\'',5000),NULL,NULL,NULL,NULL,NULL,NULL,'"x"',NULL,NULL,NULL,5);
UPDATE \`${prefix}types\` SET la = x'c3a9e282acff80' WHERE id = 2;
CREATE TABLE \`${prefix}tekst\` (naam varchar(100) COLLATE utf8mb4_general_ci NOT NULL, n int, v text, PRIMARY KEY (naam)) DEFAULT CHARSET=utf8mb4;
INSERT INTO \`${prefix}tekst\` SELECT CONCAT(IF(seq % 3, 'é', 'E'), seq, CHAR(64 + seq % 30), '€'), seq, REPEAT(MD5(seq), 5) FROM seq_1_to_4000;
CREATE TABLE \`${prefix}paar\` (a int NOT NULL, b varchar(20) CHARACTER SET latin1 NOT NULL, v varchar(200), PRIMARY KEY (a, b)) DEFAULT CHARSET=utf8mb4;
INSERT INTO \`${prefix}paar\` SELECT CAST(seq DIV 50 AS SIGNED) - 40, CONCAT('x', seq), REPEAT(SHA1(seq), 4) FROM seq_1_to_5000;
CREATE TABLE \`${prefix}bin\` (k varbinary(32) NOT NULL PRIMARY KEY, v int);
INSERT INTO \`${prefix}bin\` SELECT UNHEX(SHA1(seq)), seq FROM seq_1_to_3000;
CREATE TABLE \`${prefix}groot\` (id bigint unsigned NOT NULL PRIMARY KEY, v varchar(100));
INSERT INTO \`${prefix}groot\` SELECT 18446744073709551615 - seq * 7, MD5(seq) FROM seq_1_to_3000;
CREATE TABLE \`${prefix}keyless\` (a int, b varchar(50)) DEFAULT CHARSET=latin1;
INSERT INTO \`${prefix}keyless\` SELECT seq % 40, REPEAT('é', seq % 5) FROM seq_1_to_6000;
CREATE TABLE \`${prefix}lijst\` (k enum('z','a','m') NOT NULL PRIMARY KEY, v int);
INSERT INTO \`${prefix}lijst\` VALUES ('z', 1), ('a', 2), ('m', 3);
CREATE TABLE \`${prefix}leeg\` (id int PRIMARY KEY);
CREATE TABLE \`${prefix}my\` (id int PRIMARY KEY, v text) ENGINE=MyISAM;
INSERT INTO \`${prefix}my\` VALUES (1, 'a'), (2, NULL);
CREATE TABLE \`${prefix}ra\`\`re/naam é\` (id int PRIMARY KEY, v text);
INSERT INTO \`${prefix}ra\`\`re/naam é\` VALUES (1, 'x');
CREATE TABLE \`${prefix}reus\` (id int PRIMARY KEY, v longblob);
INSERT INTO \`${prefix}reus\` VALUES (1, 'klein'), (2, REPEAT(x'00112233445566778899aabbccddeeff', 600000)), (3, 'na');
`;

/** Made by the site's own user: one may read the SQL of one's own routines only. */
const objects = (prefix: string): string => `SET NAMES utf8mb4; SET sql_mode='NO_AUTO_VALUE_ON_ZERO';
CREATE VIEW \`${prefix}zicht2\` AS SELECT id FROM \`${prefix}leeg\`;
CREATE VIEW \`${prefix}een_zicht\` AS SELECT id, 'é' AS e FROM \`${prefix}zicht2\`;
DELIMITER ;;
CREATE TRIGGER \`${prefix}tr\` BEFORE INSERT ON \`${prefix}leeg\` FOR EACH ROW BEGIN SET NEW.id = NEW.id; END;;
CREATE FUNCTION \`${prefix}fn\`(x int) RETURNS int DETERMINISTIC BEGIN RETURN x + 1; END;;
CREATE PROCEDURE \`${prefix}pr\`() BEGIN SELECT 'a;b'; END;;
DELIMITER ;
`;

beforeAll(async () => {
  site = await startSite();
  await site.db.load(oddTables(site.tablePrefix));
  const { user, password, socket, name } = site.db;
  const reach = ['--socket', socket, '-u', user, `-p${password}`, '--default-character-set=utf8mb4', name];
  await runCommand('mariadb', reach, { input: objects(site.tablePrefix) });
  await addRows(site, 8000);
  const code = await site.makePairingCode();
  const pairing = await pairSite({
    siteId: 'dump',
    url: site.url,
    code,
    platform: 'Test',
    clock: systemClock,
    transport,
  });
  credentials = pairing.credentials;
  folder = await mkdtemp('/var/tmp/nw-dump-');
  repo = await initRepository(openLocalBackend(join(folder, 'repo')), 'geheim');
});

afterAll(async () => {
  await repo?.close();
  await site?.stop();
  if (folder) await rm(folder, { recursive: true });
});

async function withClient<T>(work: (client: SiteClient) => Promise<T>): Promise<T> {
  const client = new SiteClient({ credentials, claim: 1, clock: systemClock, transport });
  try {
    await client.status();
    return await work(client);
  } finally {
    client.close();
  }
}

async function dump(consistent = false): Promise<DumpResult & { tree: Id; traffic: Traffic }> {
  const lock = await repo.lock({ exclusive: false, holder: 'test' });
  try {
    await repo.loadIndex();
    const writer = repo.writer(lock);
    return await withClient(async (client) => {
      const result = await dumpDatabase({ client, repo, writer, parentTree: tree, consistent, timeNs: 1n, limitBytes });
      tree = await writer.saveTree(result.nodes);
      await writer.close();
      return { ...result, tree, traffic: client.traffic };
    });
  } finally {
    await lock.release();
  }
}

/** The snapshot's folder on disk, loaded by the mariadb program into a database of its own. */
async function loadElsewhere(snapshot: Id, name: string): Promise<{ differences: string }> {
  const target = join(folder, name);
  await repo.restore(snapshot, target);

  const root = ['--socket', site.db.socket, '-u', 'root', '--max-allowed-packet=512M'];
  await runCommand('mariadb', root, { input: `CREATE DATABASE ${name} CHARACTER SET utf8mb4;` });
  try {
    await runCommand('sh', ['-c', `mariadb ${root.join(' ')} ${name} < load.sql`], { cwd: target });
    const live = join(folder, `${name}.live.sql`);
    const loaded = join(folder, `${name}.loaded.sql`);
    await site.db.dump(live);
    const tools = [
      '--skip-dump-date',
      '--skip-comments',
      '--skip-extended-insert',
      '--order-by-primary',
      '--hex-blob',
      '--no-tablespaces',
    ];
    const more = [
      '--single-transaction',
      '--skip-lock-tables',
      '--routines',
      '--events',
      '--triggers',
      '--max-allowed-packet=512M',
    ];
    await runCommand('sh', [
      '-c',
      `mariadb-dump --socket ${site.db.socket} -u root ${[...tools, ...more].join(' ')} ${name} > ${loaded}`,
    ]);
    const skip = (text: string): string =>
      text
        .split('\n')
        .filter((line) => !line.includes('nachtwacht_nonces') && !/^\/\*!50013 DEFINER|DEFINER=/.test(line))
        .join('\n');
    const [a, b] = [skip(await readFile(live, 'latin1')), skip(await readFile(loaded, 'latin1'))];
    if (a === b) return { differences: '' };
    const linesA = a.split('\n');
    const linesB = b.split('\n');
    const at = linesA.findIndex((line, i) => line !== linesB[i]);
    return { differences: `line ${at}:\n${linesA[at]?.slice(0, 600)}\n${linesB[at]?.slice(0, 600)}` };
  } finally {
    await runCommand('mariadb', root, { input: `DROP DATABASE ${name};` });
  }
}

test('every kind of column, key and table is dumped byte for byte and loads by itself', async () => {
  const result = await dump();
  expect(result.report).toEqual([]);
  expect(await loadElsewhere(result.tree, 'nw_first')).toEqual({ differences: '' });
});

test('an unchanged database moves next to nothing and gives the same tree', async () => {
  const before = tree;
  const result = await dump();
  expect(result.tree).toBe(before);
  expect(result.rangesChanged).toBe(0);
  expect(result.traffic.up + result.traffic.down).toBeLessThan(40_000);
});

test('changes, deletions and insertions everywhere are found and spliced in', async () => {
  const p = site.tablePrefix;
  await changeRows(site, 40, { scattered: true });
  await site.db.sql(`
    DELETE FROM ${p}load_rows WHERE id IN (1, 17, 4000, 8000); INSERT INTO ${p}load_rows VALUES (17, NOW(), 'terug', 1, 'x'), (9000, NOW(), 'ver', 2, 'y');
    DELETE FROM ${p}load_rows WHERE id BETWEEN 5000 AND 6500;
    UPDATE ${p}tekst SET v = 'anders' WHERE n IN (5, 2000, 3999); DELETE FROM ${p}tekst WHERE n BETWEEN 100 AND 140; INSERT INTO ${p}tekst VALUES ('e-nieuw', -1, 'x'), ('Zz', -2, 'y');
    UPDATE ${p}paar SET v = 'anders' WHERE a IN (-40, 0, 12) AND b LIKE '%7'; DELETE FROM ${p}paar WHERE a = 3; INSERT INTO ${p}paar VALUES (3, 'nieuw', NULL), (-999, 'laag', ''), (999, 'hoog', '');
    UPDATE ${p}bin SET v = -v WHERE v IN (1, 1500, 2999); DELETE FROM ${p}bin WHERE v = 77;
    UPDATE ${p}groot SET v = 'anders' WHERE id % 1000 = 1; INSERT INTO ${p}groot VALUES (5, 'laag');
    UPDATE ${p}keyless SET a = 99 WHERE a = 7 LIMIT 2; UPDATE ${p}lijst SET v = 9 WHERE k = 'a';
    UPDATE ${p}types SET em = 'anders', b17 = 3 WHERE id IN (0, 3); DELETE FROM ${p}types WHERE id = -5; INSERT INTO ${p}types (id) VALUES (-6);
    UPDATE ${p}reus SET v = 'nu klein' WHERE id = 3; INSERT INTO ${p}leeg VALUES (1);
    ALTER TABLE ${p}my ADD COLUMN extra int DEFAULT 4;`);
  const result = await dump();
  expect(result.report).toEqual([]);
  expect(await loadElsewhere(result.tree, 'nw_second')).toEqual({ differences: '' });
  const again = await dump();
  expect(again.tree).toBe(result.tree);
});

test('two equal rows of a table without a key that become two other equal rows are seen', async () => {
  const p = site.tablePrefix;
  await site.db.sql(`DELETE FROM ${p}keyless; INSERT INTO ${p}keyless VALUES (1, 'a'), (1, 'a'), (2, 'b');`);
  await dump();
  await site.db.sql(`UPDATE ${p}keyless SET b = 'c' WHERE a = 1;`);
  const result = await dump();
  expect(result.rangesChanged).toBe(1);
  expect(await loadElsewhere(result.tree, 'nw_keyless')).toEqual({ differences: '' });
});

test('a table that is emptied, dropped or new', async () => {
  const p = site.tablePrefix;
  await site.db.sql(
    `DELETE FROM ${p}load_rows; DROP TABLE ${p}bin; CREATE TABLE ${p}nieuw (id int PRIMARY KEY); INSERT INTO ${p}nieuw VALUES (1);`,
  );
  const result = await dump();
  expect(await loadElsewhere(result.tree, 'nw_emptied')).toEqual({ differences: '' });
  const { tables } = await readDatabase(repo, result.tree);
  expect(tables.has(`${p}bin`)).toBe(false);
  expect(tables.get(`${p}load_rows`)?.ranges).toEqual([]);
});

test('where the host allows it all rows are of one moment, whatever is written meanwhile', async () => {
  const p = site.tablePrefix;
  await site.db.sql(`DROP TABLE IF EXISTS ${p}twee; CREATE TABLE ${p}twee (id int PRIMARY KEY, v int);`);
  await addRows(site, 30_000);
  const lock = await repo.lock({ exclusive: false, holder: 'test' });
  try {
    await repo.loadIndex();
    const writer = repo.writer(lock);
    let written = false;
    const result = await withClient(
      async (client) =>
        await dumpDatabase({
          client,
          repo,
          writer,
          consistent: true,
          timeNs: 1n,
          limitBytes,
          onProgress: ({ step }) => {
            if (step !== 'rows' || written) return;
            written = true;
            runCommandNow(`DELETE FROM ${p}load_rows; INSERT INTO ${p}twee VALUES (1, 1);`);
          },
        }),
    );
    const saved = await writer.saveTree(result.nodes);
    await writer.close();
    expect(written).toBe(true);
    expect(result).toMatchObject({ consistent: true, report: [] });
    const { tables } = await readDatabase(repo, saved);
    const rows = (name: string): number =>
      tables.get(`${p}${name}`)?.ranges.reduce((sum, range) => sum + range.rows, 0) ?? -1;
    expect([rows('load_rows'), rows('twee')]).toEqual([30_000, 0]);
  } finally {
    await lock.release();
  }
});

/** Runs SQL and waits for it: nothing of the dump goes on meanwhile. */
function runCommandNow(sql: string): void {
  execFileSync('mariadb', ['--socket', site.db.socket, '-u', 'root', site.db.name], { input: sql });
}

test('a damaged table is reported, the others are dumped', async () => {
  const p = site.tablePrefix;
  await site.db.sql(`CREATE TABLE ${p}kapot (id int PRIMARY KEY, v int) ENGINE=CSV;`).catch(() => undefined);
  await site.db.sql(
    `CREATE TABLE ${p}kapot (id int PRIMARY KEY, v int) ENGINE=MyISAM; INSERT INTO ${p}kapot VALUES (1, 1);
     CREATE TABLE ${p}kapot_log (v int) ENGINE=MyISAM; INSERT INTO ${p}kapot_log VALUES (1), (2);`,
  );
  await dump();
  // The second has no key and comes in one answer: what the database says of it must not pass for its end.
  for (const name of [`${p}kapot`, `${p}kapot_log`]) {
    await site.db.sql(`FLUSH TABLES ${name};`);
    await rm(join(site.db.socket, '../data', site.db.name, `${name}.MYD`));
  }
  const result = await dump();
  expect(result.report.map(({ name }) => name)).toEqual([`${p}kapot`, `${p}kapot_log`]);
  expect(result.tables).toBeGreaterThan(10);
  await site.db.sql(`DROP TABLE ${p}kapot, ${p}kapot_log;`);
});
