import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getKeeper } from '../harness/keeper.ts';
import { startPluginSite, type PluginSite } from './plugin-site.ts';

// Tables of every kind go out and come back: compared with mariadb-dump before and after; foreign keys, views and triggers too.

let plugin: PluginSite;
const tables = ['wp_parent', 'wp_odd', 'wp_latin', 'wp_nokey'];

beforeAll(async () => {
  plugin = await startPluginSite({});
  await plugin.site.db.load(`SET NAMES utf8mb4; SET sql_mode = 'ALLOW_INVALID_DATES,NO_AUTO_VALUE_ON_ZERO';
    CREATE TABLE wp_parent (id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY, n varchar(20)) ENGINE=InnoDB;
    INSERT INTO wp_parent VALUES (0,'zero'),(1,'één'),(18446744073709551614,'last');
    CREATE TABLE wp_odd (a int NOT NULL, b varbinary(9) NOT NULL, p bigint unsigned, bits bit(10), g point, f float, d double, j json,
      e enum('x','é') , dt datetime(3), ts timestamp NULL, y year, z int(5) zerofill, de decimal(20,5), u uuid, bl longblob, s set('a','b'),
      gen int AS (a + 1) STORED, PRIMARY KEY (a, b), CONSTRAINT fk_odd FOREIGN KEY (p) REFERENCES wp_parent (id) ON DELETE CASCADE) ENGINE=InnoDB;
    INSERT INTO wp_odd (a,b,p,bits,g,f,d,j,e,dt,ts,y,z,de,u,bl,s) VALUES
      (0,x'00ff',0,b'1000000001',ST_GeomFromText('POINT(1 2)',4326),0.1,1e300/3,'{"a":"é😀"}','é','0000-00-00','2020-03-29 01:30:00',2020,42,-1.5,uuid(),x'00ff27225c0a',"a,b"),
      (-5,x'',1,NULL,NULL,NULL,-0.0,NULL,NULL,'2024-02-31',NULL,NULL,NULL,NULL,NULL,'',''),
      (7,x'27',NULL,b'0',NULL,1e30,5e-324,'[]','x','9999-12-31 23:59:59.999',NULL,1901,0,99999.99999,NULL,REPEAT(x'80',300000),'a');
    CREATE TABLE wp_latin (k varchar(20) CHARACTER SET latin1 COLLATE latin1_swedish_ci NOT NULL PRIMARY KEY, v text CHARACTER SET latin1) ENGINE=InnoDB;
    INSERT INTO wp_latin VALUES ('é', x'c3a9e9ff'), ('Z','z'), ('a b','');
    CREATE TABLE wp_nokey (v varchar(10)) ENGINE=MyISAM; INSERT INTO wp_nokey VALUES ('x'),('x'),(NULL);
    CREATE TABLE wp_child (p bigint unsigned, CONSTRAINT fk_child FOREIGN KEY (p) REFERENCES wp_parent (id)) ENGINE=InnoDB;
    INSERT INTO wp_child VALUES (1);
    CREATE VIEW wp_view AS SELECT id, n FROM wp_parent;
    CREATE TRIGGER wp_trig BEFORE INSERT ON wp_parent FOR EACH ROW SET NEW.n = CONCAT(NEW.n, '!');`);
});
afterAll(async () => {
  await plugin.site.stop();
});

async function dump(): Promise<string> {
  const file = join(await (await getKeeper()).makeFolder('dump'), 'dump.sql');
  await plugin.site.db.dump(file, [...tables, 'wp_child']);
  // The definer is the database user who restores: it is stripped on the way out.
  return (await readFile(file, 'latin1')).replaceAll(/DEFINER=`[^`]*`@`[^`]*`/g, '');
}

describe('tables of every kind', () => {
  it('are read, loaded beside, swapped in, and put back', async () => {
    const { database } = plugin.client('direct');
    const before = await dump();
    const shape = (await database.tables()).filter(({ name }) => tables.includes(name));
    const schema = (await database.schema()).filter(({ kind }) => kind !== 'server');
    expect(schema.map(({ kind, name }) => `${kind} ${name}`)).toEqual(['view wp_view', 'trigger wp_trig']);
    const run = randomBytes(16).toString('hex');
    await database.openLoad(
      run,
      shape.map(({ name, create }) => ({ name, create })),
    );
    for (const { name } of shape) {
      const parts: Buffer[] = [];
      let cols: string[] = [];
      for await (const part of database.rows([{ table: name }])) {
        parts.push(part.bytes);
        cols = part.columns;
      }
      const blob = Buffer.concat(parts);
      const args = { run, table: name, cols, parts: [[0, blob.length]] };
      const client = plugin.client('direct');
      expect((await client.call('load.rows', args, { blob: [blob] })).end).toMatchObject({ parts: 1 });
      // The same part again does nothing.
      expect((await client.call('load.rows', args, { blob: [blob] })).end).toMatchObject({ parts: 0 });
      const [live] = await database.sums([{ name, bounds: [] }]);
      expect(await database.loadedSums(run, name, [])).toEqual(live);
    }
    const client = plugin.client('direct');
    // What is live differs by now: the swap brings the old rows back, the way back brings these.
    await plugin.site.db.sql("DELETE FROM wp_latin; UPDATE wp_parent SET n = 'changed' WHERE id = 1");
    const changed = await dump();
    const { end } = await client.call('load.swap', { run, drop: [], after: schema });
    expect(end).toMatchObject({ phase: 'swapped', failed: [] });
    expect(await dump()).toBe(before);
    await plugin.site.db.sql("INSERT INTO wp_parent (n) SELECT 'no' FROM DUAL WHERE FALSE");
    await expect(plugin.site.db.sql('INSERT INTO wp_child VALUES (999)')).rejects.toThrow(/foreign key/i);
    expect(await plugin.site.db.count('SELECT COUNT(*) FROM wp_view')).toBe(3);
    expect((await client.call('load.revert', { run })).end).toMatchObject({ phase: 'reverted', failed: [] });
    expect(await dump()).toBe(changed);
    expect((await database.schema()).filter(({ kind }) => kind !== 'server')).toEqual(schema);
    await client.call('load.drop', { run });
    expect(await plugin.site.db.sql("SHOW TABLES LIKE 'nw%'")).toEqual([]);
    expect(await plugin.messages()).toBe('');
  });

  it('that only have to go are set aside, and put back', async () => {
    const { database } = plugin.client('direct');
    const before = await dump();
    const run = randomBytes(16).toString('hex');
    await database.openLoad(run, []);
    await database.swap(run, ['wp_nokey'], []);
    expect(await plugin.site.db.sql("SHOW TABLES LIKE 'wp_nokey'")).toEqual([]);
    await database.revertLoad(run);
    expect(await dump()).toBe(before);
    await database.dropLoad(run);
    expect(await plugin.site.db.sql("SHOW TABLES LIKE 'nw%'")).toEqual([]);
    expect(await plugin.messages()).toBe('');
  });
});
