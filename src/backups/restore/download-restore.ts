import { Readable } from 'node:stream';
import { recordAudit } from '../../audit/index.ts';
import { requireScope, type Actor } from '../../identity/index.ts';
import type { Platform } from '../../platform/platform.ts';
import { getSite, siteSubject } from '../../sites/index.ts';
import { openSiteRepository } from '../open-site-repository.ts';
import { scopeOf } from './request-restore.ts';
import type { RestoreRequest } from './rules/choose-scope.ts';
import { entriesInScope, findSnapshot } from './snapshot-contents.ts';
import { zipSnapshot } from './zip-snapshot.ts';

export interface Download {
  headers: Record<string, string>;
  body: ReadableStream;
}

/**
 * A snapshot, or the chosen part, as a zip that is made while it is read. The repository stays open and locked against
 * pruning until the last byte has gone or the reader has left.
 */
export async function downloadRestore(
  platform: Platform,
  actor: Actor,
  input: RestoreRequest & { site: string; snapshot: string },
): Promise<Download> {
  requireScope(actor, 'operate');
  const site = await getSite(platform.db, input.site);
  const scope = scopeOf(input);
  const repository = await openSiteRepository(platform, site.id);
  try {
    const lock = await repository.lock({ exclusive: false, holder: `download ${site.id}`, waitMs: 60_000 });
    try {
      await repository.loadIndex();
      const snapshot = await findSnapshot(repository, site.id, input.snapshot);
      const at = platform.clock.now();
      await recordAudit(platform.db, actor, {
        action: 'snapshot-downloaded',
        subject: siteSubject(site.id),
        details: { snapshot: snapshot.id, scope },
        at,
      });
      const zip = zipSnapshot(repository, entriesInScope(repository, snapshot.tree, scope));
      zip.once('close', () => {
        lock
          .release()
          .then(() => repository.close())
          .catch((error: unknown) => platform.log.warn({ err: error }, 'closing after a download failed'));
      });
      const name = `${new URL(site.url).hostname}-${snapshot.time.toISOString().slice(0, 16).replaceAll(':', '')}.zip`;
      return {
        headers: {
          'content-type': 'application/zip',
          'content-disposition': `attachment; filename="${name}"`,
          'x-nachtwacht-snapshot': snapshot.id,
        },
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- node:stream/web and the global one are the same
        body: Readable.toWeb(zip) as ReadableStream,
      };
    } catch (error) {
      await lock.release();
      throw error;
    }
  } catch (error) {
    await repository.close();
    throw error;
  }
}
