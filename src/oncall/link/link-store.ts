import type { Db } from '../../platform/database/index.ts';

export interface GuardLinkRow {
  hash: Buffer;
  incident_id: string;
  guard_id: string;
  made_at: Date;
  expires_at: Date;
}

export async function insertLink(db: Db, row: GuardLinkRow): Promise<void> {
  await db.insertInto('guard_links').values(row).execute();
}

/** By the hash of its secret; one that is over its time as well, so that the page can say so. */
export function findLink(db: Db, hash: Buffer): Promise<GuardLinkRow | undefined> {
  return db.selectFrom('guard_links').selectAll().where('hash', '=', hash).executeTakeFirst();
}

export async function deleteLinks(db: Db, expiredBefore: Date): Promise<void> {
  await db.deleteFrom('guard_links').where('expires_at', '<', expiredBefore).execute();
}
