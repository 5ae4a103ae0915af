import { recordAudit } from '../../audit/index.ts';
import { requireScope, type Actor } from '../../identity/index.ts';
import type { Platform } from '../../platform/platform.ts';
import { defineSaga, startSaga } from '../../platform/saga/index.ts';
import { getSite, siteSubject } from '../../sites/index.ts';
import { scopeOf, type StartedRestore } from './request-restore.ts';
import { prepareFolder, restoreToFolder } from './restore-to-folder.ts';
import { withRepository } from './hold-repository.ts';
import type { RestoreRequest, RestoreScope } from './rules/choose-scope.ts';
import { findSnapshot } from './snapshot-contents.ts';
import { insertRestore, updateRestore, type NewRestore } from './store.ts';

export interface FolderRestoreInput {
  siteId: string;
  snapshot: string;
  scope: RestoreScope;
  folder: string;
  requestedBy: string;
}

/** Writes a snapshot into a folder of the worker's machine. Beside everything: it does not hold up backups. */
export const restoreFolder = defineSaga<FolderRestoreInput, { files: number; bytes: number; folder: string }>({
  name: 'restore-to-folder',
  subject: ({ siteId }) => `folder-restore:${siteId}`,
  run: async (run, input, platform) => {
    const began = await run.step('begin', async () => ({ at: platform.clock.now().getTime() }));
    await insertRestore(platform.db, rowOf(run.runId, input, new Date(began.at)));
    await updateRestore(platform.db, run.runId, { state: 'running' });
    await run.step('prepare', async () => {
      await prepareFolder(input.folder);
      return true;
    });
    const done = await run.step('write', () =>
      withRepository(platform, input.siteId, async (repository) => {
        const snapshot = await findSnapshot(repository, input.siteId, input.snapshot);
        return restoreToFolder(repository, snapshot.tree, input.scope, input.folder, {
          signal: run.signal,
          onProgress: ({ files, bytes }) => run.progress({ step: 'write', filesDone: files, bytesDone: bytes }),
        });
      }),
    );
    const evidence = { ...done, folder: input.folder };
    await updateRestore(platform.db, run.runId, { state: 'done', evidence, finishedAt: platform.clock.now() });
    return evidence;
  },
  cleanUp: async (run, _input, platform, why) => {
    await updateRestore(platform.db, run.runId, {
      state: 'failed',
      evidence: { why },
      finishedAt: platform.clock.now(),
    });
  },
});

/** Asks for a snapshot in a folder. Only for administrators: it writes on the machine itself. */
export async function requestFolderRestore(
  platform: Platform,
  actor: Actor,
  input: RestoreRequest & { site: string; snapshot: string; folder: string },
): Promise<StartedRestore> {
  requireScope(actor, 'admin');
  const site = await getSite(platform.db, input.site);
  const scope = scopeOf(input);
  const snapshot = await withRepository(platform, site.id, async (repository) =>
    findSnapshot(repository, site.id, input.snapshot),
  );
  const at = platform.clock.now();
  const saga = { siteId: site.id, snapshot: snapshot.id, scope, folder: input.folder, requestedBy: actor.name };
  const { runId } = await startSaga(platform, restoreFolder, saga, { requestedBy: actor.name });
  await platform.db.transaction().execute(async (trx) => {
    await insertRestore(trx, rowOf(runId, saga, at));
    const details = { snapshot: snapshot.id, folder: input.folder, scope };
    await recordAudit(trx, actor, { action: 'restore-to-folder-asked', subject: siteSubject(site.id), details, at });
  });
  return { restoreId: runId, runId };
}

function rowOf(runId: string, input: FolderRestoreInput, at: Date): NewRestore {
  const { siteId, snapshot, scope, requestedBy } = input;
  return { id: runId, siteId, snapshot, scope, target: 'folder', requestedBy, requestedAt: at, undoOf: null };
}
