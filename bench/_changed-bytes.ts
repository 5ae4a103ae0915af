// How many bytes of rows really changed between two moments: the tables as text, one row a line, sorted and compared.
import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { getKeeper } from '../e2e/harness/keeper.ts';
import type { TestSite } from '../e2e/harness/test-site.ts';
import { readDatabase } from '../src/backups/database/index.ts';
import { openSiteRepository } from '../src/backups/index.ts';
import type { KeyTuple } from '../src/connector/index.ts';
import type { CaredSite } from './_ground.ts';

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

/** First column of the rows of one table that are new or have other values in `after`: whole numbers, in order. */
export async function changedKeys(before: Moment, after: Moment, table: string): Promise<number[]> {
  const { stdout } = await run(
    'sh',
    ['-c', `LC_ALL=C comm -13 ${before.lines} ${after.lines} | awk -F '\\t' '$1 == "${table}" { print $2 }'`],
    { maxBuffer: 256 * 1024 * 1024 },
  );
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map(Number)
    .toSorted((a, b) => a - b);
}

/**
 * Bytes of the key ranges of a table that hold one of these keys (whole numbers, in order), as this snapshot has them. From
 * the keys and the snapshot's own bounds alone: what a later backup fetched has no part in it.
 */
export async function rangeBytes(
  cared: Pick<CaredSite, 'platform' | 'siteId'>,
  snapshotId: string,
  table: string,
  keys: readonly number[],
): Promise<number> {
  const repo = await openSiteRepository(cared.platform, cared.siteId);
  try {
    await repo.loadIndex();
    const snapshot = (await repo.listSnapshots()).find((one) => one.id === snapshotId);
    const folder = snapshot && (await repo.findNode(snapshot.tree, ['database']));
    if (folder?.subtree === undefined) throw new Error(`snapshot ${snapshotId} has no database`);
    const { tables } = await readDatabase(repo, folder.subtree, { strict: true });
    let bytes = 0;
    let at = 0;
    for (const range of tables.get(table)?.manifest.ranges ?? []) {
      const bound = wholeNumber(range.bound?.[0]);
      const first = at;
      while (at < keys.length && (keys[at] ?? 0) <= bound) at += 1;
      if (at > first) bytes += range.bytes;
    }
    if (at < keys.length) throw new Error(`${keys.length - at} changed keys of ${table} are in no range`);
    return bytes;
  } finally {
    await repo.close();
  }
}

function wholeNumber(cell: KeyTuple[number] | undefined): number {
  if (cell === null || cell === undefined || !('t' in cell)) throw new Error('a bound that is no whole number');
  return Number(cell.t);
}

/** What a peer's incremental backup moves for the database: the whole dump, compressed as they do (gzip). */
export async function fullDumpBytes(site: TestSite): Promise<number> {
  const file = join(await (await getKeeper()).makeFastFolder('dump'), 'dump.sql');
  await site.db.dump(file);
  await run('gzip', ['-1', file]);
  return (await readFile(`${file}.gz`)).length;
}
