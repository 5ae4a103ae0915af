import type { Db } from '../platform/database/index.ts';
import { findFirstGood } from './store.ts';

export interface FirstBackup {
  snapshot: string;
  /** Since then the site is safe. */
  storedAt: Date;
  files: number;
  rows: number;
  /** Of files and database, before compression. */
  bytes: number;
}

/** The oldest complete snapshot of a site that is kept and that no check found wrong. */
export async function firstGoodBackup(db: Db, siteId: string): Promise<FirstBackup | undefined> {
  const row = await findFirstGood(db, siteId);
  if (row === undefined) return undefined;
  const { files, rows, fileBytes, databaseBytes } = row.figures;
  return { snapshot: row.id, storedAt: row.stored_at, files, rows, bytes: fileBytes + databaseBytes };
}
