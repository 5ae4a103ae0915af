import { createCipheriv } from 'node:crypto';
import { readdir, mkdir, open, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestSite } from './test-site.ts';
import { own } from './wordpress.ts';

export interface Amount {
  files: number;
  bytes: number;
}

export interface UploadOptions {
  /** Middle of the log-normal sizes; default 20,000 bytes. */
  medianBytes?: number;
  /** Spread of the logarithm; default 1.2, which makes the mean twice the median. */
  spread?: number;
  /** Another seed gives other bytes, sizes and names. */
  seed?: number;
}

/** Numbers between 0 and 1 that are the same in every run (mulberry32). */
function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Bytes that do not compress, like pictures; the same for the same seed. */
function noise(seed: number, length: number): Buffer {
  const key = Buffer.alloc(16);
  key.writeUInt32LE(seed >>> 0);
  return createCipheriv('aes-128-ctr', key, Buffer.alloc(16)).update(Buffer.alloc(length));
}

/** Puts `count` uploads of log-normal size under wp-content/uploads/, 250 to a folder. 17,000 (0.7 GB) take about 8 s. */
export async function addUploads(site: TestSite, count: number, options: UploadOptions = {}): Promise<Amount> {
  const seed = options.seed ?? 1;
  const random = randomNumbers(seed);
  const root = join(site.dir, 'wp-content/uploads');
  let bytes = 0;
  for (let i = 0; i < count; i += 1) {
    const folder = join(root, `load-${seed}`, String(Math.floor(i / 250)).padStart(3, '0'));
    if (i % 250 === 0) await mkdir(folder, { recursive: true });
    // Box-Muller: two uniform numbers give one normal one.
    const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    const size = Math.max(16, Math.round((options.medianBytes ?? 20_000) * Math.exp((options.spread ?? 1.2) * normal)));
    await writeFile(join(folder, `foto-${i}.jpg`), noise(seed * 1_000_003 + i, size));
    bytes += size;
  }
  await own(join(root, `load-${seed}`));
  return { files: count, bytes };
}

let appended = 0;

/** A few new uploads with names of their own, as one hour brings. */
export function appendUploads(site: TestSite, count: number, options: UploadOptions = {}): Promise<Amount> {
  appended += 1;
  return addUploads(site, count, { ...options, seed: (options.seed ?? 500_000) + appended });
}

/** Overwrites every n-th upload of `addUploads` with other bytes of the same length, so that `count` files change. */
export async function changeUploads(site: TestSite, count: number, seed = 1): Promise<Amount> {
  const root = join(site.dir, 'wp-content/uploads', `load-${seed}`);
  const files: string[] = [];
  for (const folder of (await readdir(root)).toSorted())
    for (const name of (await readdir(join(root, folder))).toSorted()) files.push(join(root, folder, name));
  const step = Math.max(1, Math.floor(files.length / count));
  let bytes = 0;
  let done = 0;
  for (let i = 0; i < files.length && done < count; i += step) {
    const path = files[i] ?? '';
    const { size } = await stat(path);
    const handle = await open(path, 'r+');
    await handle.write(noise(seed * 7_000_003 + i, size), 0, size, 0);
    await handle.close();
    bytes += size;
    done += 1;
  }
  return { files: done, bytes };
}

/** One sparse file of that many bytes among the uploads: large for whoever reads it, small on the disk. */
export async function addSparseFile(site: TestSite, name: string, bytes: number): Promise<void> {
  const path = join(site.dir, 'wp-content/uploads', name);
  const handle = await open(path, 'w');
  await handle.truncate(bytes);
  await handle.close();
  await own(path);
}

/** One file of that many bytes that do not compress, written in pieces of 8 MB. */
export async function addLargeFile(site: TestSite, name: string, bytes: number): Promise<void> {
  const path = join(site.dir, 'wp-content/uploads', name);
  const handle = await open(path, 'w');
  for (let at = 0; at < bytes; at += 8_388_608) await handle.write(noise(at + 11, Math.min(8_388_608, bytes - at)));
  await handle.close();
  await own(path);
}

export interface RowOptions {
  /** Table without its prefix; made when absent. Default `load_rows`. */
  table?: string;
}

/** Adds `count` rows of about 200 bytes with an integer key: 500,000 take 2 s. Gives the table's full name. */
export async function addRows(site: TestSite, count: number, options: RowOptions = {}): Promise<string> {
  const table = site.tablePrefix + (options.table ?? 'load_rows');
  await site.db.sql(`
    CREATE TABLE IF NOT EXISTS ${table} (
      id bigint unsigned NOT NULL AUTO_INCREMENT, made datetime NOT NULL, kind varchar(32) NOT NULL,
      amount decimal(12,2) NULL, payload text NOT NULL, PRIMARY KEY (id), KEY kind (kind)
    ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
    SET @last = (SELECT COALESCE(MAX(id), 0) FROM ${table});
    INSERT INTO ${table} SELECT @last + seq, '2026-01-01' + INTERVAL seq SECOND, CONCAT('kind-', seq % 17),
      IF(seq % 11 = 0, NULL, seq / 7), CONCAT(SHA1(seq), ' regel ', seq, ' ', REPEAT(MD5(seq * 3), 3)) FROM seq_1_to_${count};
    ANALYZE TABLE ${table};`);
  return table;
}

/**
 * Changes `count` rows of `addRows`. `scattered`: spread evenly over the table; else one run of neighbours in the middle.
 * Gives the bytes of the changed rows as text.
 */
export async function changeRows(
  site: TestSite,
  count: number,
  options: RowOptions & { scattered?: boolean } = {},
): Promise<{ rows: number; bytes: number }> {
  const table = site.tablePrefix + (options.table ?? 'load_rows');
  const total = await site.db.count(`SELECT COUNT(*) FROM ${table}`);
  const step = Math.max(1, Math.floor(total / count));
  const where =
    options.scattered === true
      ? `id % ${step} = 0 AND id <= ${step * count}`
      : `id > ${Math.floor(total / 2)} AND id <= ${Math.floor(total / 2) + count}`;
  const rows = await site.db.sql(`
    UPDATE ${table} SET payload = CONCAT(SHA1(payload), SUBSTRING(payload, 41)), amount = COALESCE(amount, 0) + 1 WHERE ${where};
    SELECT COUNT(*), SUM(LENGTH(id) + LENGTH(made) + LENGTH(kind) + LENGTH(amount) + LENGTH(payload)) FROM ${table} WHERE ${where};`);
  return { rows: Number(rows[0]?.[0]), bytes: Number(rows[0]?.[1]) };
}
