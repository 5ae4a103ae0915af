import type { Platform } from '../../platform/platform.ts';
import type { RepositoryApi } from '../../restic/index.ts';
import { openSiteRepository } from '../open-site-repository.ts';

/** Opens the site's repository under a shared lock, so that nothing is pruned meanwhile, and closes it afterwards. */
export async function withRepository<T>(
  platform: Platform,
  siteId: string,
  work: (repository: RepositoryApi) => Promise<T>,
): Promise<T> {
  const repository = await openSiteRepository(platform, siteId);
  try {
    const lock = await repository.lock({ exclusive: false, holder: `restore ${siteId}`, waitMs: 60_000 });
    try {
      await repository.loadIndex();
      return await work(repository);
    } finally {
      await lock.release();
    }
  } finally {
    await repository.close();
  }
}
