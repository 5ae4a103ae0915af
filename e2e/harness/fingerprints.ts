import { createHash } from 'node:crypto';
import { closeSync, createReadStream, lstatSync, openSync, readdirSync, readlinkSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { getKeeper } from './keeper.ts';
import type { Database } from './mariadb.ts';
import type { TestSite } from './test-site.ts';

/** What a site holds, to be compared later: every file by hash, every table by its rows. */
export interface Fingerprint {
  /** Path (bytes as latin1) to `type mode size sha256`, or `l target`, or `d mode`. */
  files: Map<string, string>;
  /** Path to whole seconds. */
  times: Map<string, number>;
  /** Table, view, or other object to the hash of its statements and rows. */
  tables: Map<string, { hash: string; rows: number }>;
  /** The dump they come from; kept until the process ends, so that differences can be shown. */
  dump: string;
}

export interface FingerprintOptions {
  /** Paths that are no part of the comparison, besides our plugin's own state. */
  ignore?: (path: string) => boolean;
  ignoreTables?: (name: string) => boolean;
  /** Count next ids (AUTO_INCREMENT) as part of a table. Default false: rows only. */
  nextIds?: boolean;
}

/** Our plugin's own counters and staging folders: they change with every request, and no backup holds them. */
const ownFile = /^wp-content\/nachtwacht-[^/]*(\/|$)/;
const ownTable = /nachtwacht/;
const ownRow = /^INSERT INTO `\w*(options|sitemeta)` VALUES \(\d+,(\d+,)?'_?(site_)?(transient_)?(timeout_)?nachtwacht/;

/** Reads the whole site. 5,000 files and 100,000 rows take about a second. */
export function takeFingerprint(site: TestSite, options: FingerprintOptions = {}): Promise<Fingerprint> {
  return fingerprintOf(site.dir, site.db, options);
}

/** The same of a site's files and tables wherever they lie, such as a snapshot that was unpacked. */
export async function fingerprintOf(
  dir: string,
  db: Pick<Database, 'dump'>,
  options: FingerprintOptions = {},
): Promise<Fingerprint> {
  const files = new Map<string, string>();
  const times = new Map<string, number>();
  walk(Buffer.from(dir), '', files, times, (path) => ownFile.test(path) || options.ignore?.(path) === true);
  const keeper = await getKeeper();
  const dump = join(await keeper.makeFolder('dump'), 'dump.sql');
  await db.dump(dump);
  const tables = new Map<string, { hash: string; rows: number }>();
  for await (const [name, lines] of readTables(dump, options.nextIds === true)) {
    if (ownTable.test(name) || options.ignoreTables?.(name) === true) continue;
    const hash = createHash('sha256');
    for (const line of lines) hash.update(line).update('\n');
    tables.set(name, { hash: hash.digest('hex'), rows: lines.filter((line) => line.startsWith('INSERT')).length });
  }
  return { files, times, tables, dump };
}

function walk(
  folder: Buffer,
  path: string,
  files: Map<string, string>,
  times: Map<string, number>,
  ignored: (path: string) => boolean,
): void {
  for (const name of readdirSync(folder, { encoding: 'buffer' })) {
    const full = Buffer.concat([folder, Buffer.from('/'), name]);
    const at = path === '' ? name.toString('latin1') : `${path}/${name.toString('latin1')}`;
    if (ignored(at)) continue;
    const facts = lstatSync(full);
    const mode = (facts.mode & 0o7777).toString(8);
    if (facts.isDirectory()) {
      files.set(at, `d ${mode}`);
      walk(full, at, files, times, ignored);
    } else if (facts.isSymbolicLink()) {
      files.set(at, `l ${readlinkSync(full, { encoding: 'buffer' }).toString('latin1')}`);
    } else if (facts.isFile()) {
      files.set(at, `f ${mode} ${facts.size} ${hashFile(full)}`);
      times.set(at, Math.floor(facts.mtimeMs / 1000));
    }
  }
}

const piece = Buffer.allocUnsafeSlow(1024 * 1024);

/** Without promises and with one buffer for all: thousands of small files, a third of the CPU seconds. */
function hashFile(path: Buffer): string {
  const hash = createHash('sha256');
  const file = openSync(path, 'r');
  try {
    for (let read = readSync(file, piece); read > 0; read = readSync(file, piece)) hash.update(piece.subarray(0, read));
  } finally {
    closeSync(file);
  }
  return hash.digest('hex');
}

/** Statements of a dump, table by table. Tables without a key have no order of their own: their rows are sorted. */
async function* readTables(dump: string, nextIds: boolean): AsyncGenerator<[string, string[]]> {
  let name = '';
  let lines: string[] = [];
  const finish = (): [string, string[]] => {
    const keyed = lines.some((line) => line.startsWith('  PRIMARY KEY') || line.startsWith('  UNIQUE KEY'));
    return [name, keyed ? lines : lines.toSorted()];
  };
  for await (const line of createInterface({ input: createReadStream(dump, 'latin1'), crlfDelay: Infinity })) {
    const starts = /^(?:DROP TABLE IF EXISTS|\/\*!50001 DROP VIEW IF EXISTS) `((?:[^`]|``)+)`/.exec(line);
    if (starts !== null && starts[1] !== name) {
      if (lines.length > 0) yield finish();
      name = starts[1] ?? '';
      lines = [];
    }
    if (name === '' || line.startsWith('/*!40') || ownRow.test(line)) continue;
    lines.push(nextIds ? line : line.replace(/^(\) ENGINE=.*) AUTO_INCREMENT=\d+/, '$1'));
  }
  if (lines.length > 0) yield finish();
}

export interface CompareOptions {
  /** Also compare when files were last changed, to the second. */
  times?: boolean;
  /** How many differences of each kind to list. */
  limit?: number;
  ignore?: (path: string) => boolean;
  ignoreTables?: (name: string) => boolean;
}

/** The differences in words, empty when there are none: first the files, then the tables with their first different rows. */
export async function compareFingerprints(
  before: Fingerprint,
  after: Fingerprint,
  options: CompareOptions = {},
): Promise<string[]> {
  const limit = options.limit ?? 10;
  const files = differences(before.files, after.files, (a, b) => `was ${a}, is ${b}`).filter(
    (found) => options.ignore?.(found.name) !== true,
  );
  const times =
    options.times === true ? differences(before.times, after.times, (a, b) => `changed at ${a}, now ${b}`) : [];
  const tables = differences(
    before.tables,
    after.tables,
    (a, b) => `${a.rows} rows, now ${b.rows}`,
    (a, b) => a.hash === b.hash,
  ).filter((found) => options.ignoreTables?.(found.name) !== true);
  const told = [...files.slice(0, limit), ...times.slice(0, limit)].map((found) => `file ${found.name}: ${found.text}`);
  if (files.length > limit) told.push(`... ${files.length - limit} more files`);
  for (const table of tables.slice(0, limit)) {
    told.push(`table ${table.name}: ${table.text}`);
    told.push(...(await rowDifferences(before.dump, after.dump, table.name)));
  }
  if (tables.length > limit) told.push(`... ${tables.length - limit} more tables`);
  return told;
}

function differences<T>(
  before: Map<string, T>,
  after: Map<string, T>,
  say: (a: T, b: T) => string,
  same: (a: T, b: T) => boolean = (a, b) => a === b,
): { name: string; text: string }[] {
  const found: { name: string; text: string }[] = [];
  for (const [name, was] of before) {
    const is = after.get(name);
    if (is === undefined) found.push({ name, text: 'is gone' });
    else if (!same(was, is)) found.push({ name, text: say(was, is) });
  }
  for (const name of after.keys()) if (!before.has(name)) found.push({ name, text: 'is new' });
  return found;
}

async function rowDifferences(before: string, after: string, table: string): Promise<string[]> {
  const lines = async (dump: string): Promise<string[]> => {
    for await (const [name, found] of readTables(dump, false)) if (name === table) return found;
    return [];
  };
  const [was, is] = [await lines(before), await lines(after)];
  const wasSet = new Set(was);
  const isSet = new Set(is);
  return [
    ...was
      .filter((line) => !isSet.has(line))
      .slice(0, 3)
      .map((line) => `  - ${line.slice(0, 300)}`),
    ...is
      .filter((line) => !wasSet.has(line))
      .slice(0, 3)
      .map((line) => `  + ${line.slice(0, 300)}`),
  ];
}
