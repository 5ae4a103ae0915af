import { NachtwachtError } from '../platform/errors.ts';
import type { Platform } from '../platform/platform.ts';
import { getSite } from '../sites/index.ts';
import { readReport } from './earlier-snapshots.ts';
import { findSnapshotRow } from './find-snapshot.ts';
import { openSiteRepository } from './open-site-repository.ts';
import type { SiteReport } from './rules/site-report.ts';

/** What a backup said of itself when it was made, read from the snapshot. */
export async function showReport(
  platform: Platform,
  input: { site: string; snapshot: string },
): Promise<SiteReport & Record<string, unknown>> {
  const site = await getSite(platform.db, input.site, { removedToo: true });
  const row = await findSnapshotRow(platform.db, site.id, input.snapshot);
  const repo = await openSiteRepository(platform, site.id);
  try {
    await repo.loadIndex();
    const snapshot = (await repo.listSnapshots()).find((one) => one.id === row.id);
    const report = snapshot === undefined ? undefined : await readReport(repo, snapshot.tree);
    if (report !== undefined) return { ...report };
  } finally {
    await repo.close();
  }
  throw new NachtwachtError({
    code: 'snapshot-gone',
    kind: 'store',
    message: 'The snapshot is in our list and not in its repository.',
    nextStep: 'Verify the repository: nachtwacht verify; somebody may have removed it with the restic program.',
    retryable: false,
    details: { snapshot: row.id },
  });
}
