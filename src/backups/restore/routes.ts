import { implement } from '@orpc/server';
import type { ApiContext } from '../../identity/index.ts';
import { restoresContract } from './contract.ts';
import { downloadRestore } from './download-restore.ts';
import { diffSnapshots, previewRestore } from './preview-restore.ts';
import { lookAtPresent, requestRestore, undoRestore } from './request-restore.ts';
import { requestFolderRestore } from './restore-folder-saga.ts';
import { showRestores } from './show-restores.ts';
import { requestTrialRestore } from './trial-restore.ts';

const os = implement(restoresContract).$context<ApiContext>();

export const restoresRoutes = os.router({
  diff: os.diff.handler(({ context, input }) => diffSnapshots(context.platform, input)),
  look: os.look.handler(({ context, input }) => lookAtPresent(context.platform, context.actor, input)),
  preview: os.preview.handler(({ context, input }) => previewRestore(context.platform, input)),
  start: os.start.handler(({ context, input }) => requestRestore(context.platform, context.actor, input)),
  undo: os.undo.handler(({ context, input }) => undoRestore(context.platform, context.actor, input)),
  list: os.list.handler(({ context, input }) => showRestores(context.platform, input)),
  toFolder: os.toFolder.handler(({ context, input }) => requestFolderRestore(context.platform, context.actor, input)),
  download: os.download.handler(({ context, input }) =>
    downloadRestore(context.platform, context.actor, {
      ...input,
      files: typeof input.files === 'string' ? [input.files] : input.files,
      tables: typeof input.tables === 'string' ? [input.tables] : input.tables,
    }),
  ),
  trial: os.trial.handler(({ context, input }) => requestTrialRestore(context.platform, context.actor, input)),
});
