import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Platform } from '../../src/platform/platform.ts';
import { fingerprintOf, type Fingerprint } from './fingerprints.ts';
import { exportedPlace } from './judge-by-restic.ts';
import { getKeeper } from './keeper.ts';
import { sharedMariaDb, type Database } from './mariadb.ts';
import { newestRestic, runRestic } from './restic-binaries.ts';

let made = 0;

/** A snapshot as it lies on the disk and in a database, put there without any code of ours. */
export interface ReadSnapshot {
  /** To be compared with the site's own. */
  fingerprint: Fingerprint;
  /** Its database, loaded. */
  db: Database;
  /** Drops the database; happens by itself when the process ends. */
  drop(): Promise<void>;
}

/**
 * What a snapshot holds, read by restic with the exported key and loaded by the mariadb program, as a person without
 * Nachtwacht would: no restore of ours has a part in it, so a restore can be judged by it.
 */
export async function readSnapshot(platform: Platform, siteId: string, snapshot: string): Promise<ReadSnapshot> {
  const keeper = await getKeeper();
  const folder = await keeper.makeFastFolder('snapshot');
  made += 1;
  const db = await (await sharedMariaDb()).createDatabase(`snapshot_${process.pid}_${made}`);
  try {
    const place = await exportedPlace(platform, siteId, join(folder, 'cache'));
    const target = join(folder, 'target');
    await runRestic(await newestRestic(), place, ['restore', snapshot, '--target', target]);
    const database = join(target, 'database');
    const tables = (await readdir(join(database, 'tables'))).filter((name) => name.endsWith('.sql')).toSorted();
    // The order that load.sql names: tables/*.sql, then the objects that need them.
    const files = [...tables.map((name) => join('tables', name)), 'objects.sql'];
    await db.load(Buffer.concat(await Promise.all(files.map((name) => readFile(join(database, name))))));
    return { fingerprint: await fingerprintOf(join(target, 'files/root'), db), db, drop: () => db.drop() };
  } catch (error) {
    await db.drop();
    throw error;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
