import type { Db } from '../platform/database/index.ts';
import { resticAccess, type RepositoryPlace } from './rules/repository-place.ts';
import { listRepositories } from './store.ts';

/** A repository, without its password. */
export interface RepositoryState {
  siteId: string;
  place: RepositoryPlace;
  /** As restic names it. */
  address: string;
  /** Something was stored in it. */
  isMade: boolean;
  passwordSetAt: Date;
  exportedAt: Date | null;
  /** It has S3 keys of its own, so the house's do not count. */
  hasOwnKeys: boolean;
}

/** Of every site, removed ones too: their backups stay. */
export async function listRepositoryStates(db: Db): Promise<RepositoryState[]> {
  return (await listRepositories(db)).map((row) => ({
    siteId: row.site_id,
    place: row.place,
    address: resticAccess(row.place).repository,
    isMade: row.repository_id !== null,
    passwordSetAt: row.password_set_at,
    exportedAt: row.exported_at,
    hasOwnKeys: row.s3_keys !== null,
  }));
}
