// How many bytes of rows really changed between two moments: the tables as text, one row a line, sorted and compared.
import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { getKeeper } from '../e2e/harness/keeper.ts';
import type { TestSite } from '../e2e/harness/test-site.ts';

const run = promisify(execFile);

export interface Moment {
  /** Sorted lines `table<TAB>row`. */
  lines: string;
  bytes: number;
}

/** All rows of the site's database at this moment. */
export async function takeMoment(site: TestSite): Promise<Moment> {
  const folder = await (await getKeeper()).makeFastFolder('moment');
  const all = join(folder, 'rows');
  await writeFile(all, '');
  const tables = await site.db.sql(
    `SELECT table_name FROM information_schema.tables WHERE table_schema = '${site.db.name}' AND table_type = 'BASE TABLE' AND table_name NOT LIKE '%nachtwacht%'`,
  );
  const client = [
    'mariadb',
    '--no-defaults',
    '-u',
    site.db.user,
    `--socket=${site.db.socket}`,
    '--batch',
    '--skip-column-names',
    '--quick',
  ];
  for (const [table] of tables) {
    const query = `${client.join(' ')} -e "SELECT * FROM \\\`${table}\\\`" ${site.db.name} | sed "s/^/${table}\\t/" >> ${all}`;
    await run('sh', ['-c', query], { env: { ...process.env, MYSQL_PWD: site.db.password } });
  }
  const lines = join(folder, 'sorted');
  await run('sh', ['-c', `LC_ALL=C sort -S 2G -o ${lines} ${all} && rm ${all}`]);
  const { stdout } = await run('stat', ['-c', '%s', lines]);
  return { lines, bytes: Number(stdout) };
}

/** Rows that are new or have other values in `after`, without the table's name: count and bytes. */
export async function changedRows(before: Moment, after: Moment): Promise<{ rows: number; bytes: number }> {
  const { stdout } = await run('sh', ['-c', `LC_ALL=C comm -13 ${before.lines} ${after.lines} | cut -f2- | wc -lc`]);
  const [rows, bytes] = stdout.trim().split(/\s+/).map(Number);
  return { rows: rows ?? 0, bytes: bytes ?? 0 };
}

/** What a peer's incremental backup moves for the database: the whole dump, compressed as they do (gzip). */
export async function fullDumpBytes(site: TestSite): Promise<number> {
  const file = join(await (await getKeeper()).makeFastFolder('dump'), 'dump.sql');
  await site.db.dump(file);
  await run('gzip', ['-1', file]);
  return (await readFile(`${file}.gz`)).length;
}
