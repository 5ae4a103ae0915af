import { implement } from '@orpc/server';
import type { ApiContext } from '../../identity/index.ts';
import { browseTables, browseTree } from './browse-snapshot.ts';
import { momentsContract } from './contract.ts';
import { showChangedFiles, showChanges } from './show-changes.ts';
import { showGrowth } from './show-growth.ts';
import { showMoment } from './show-moment.ts';
import { showTimeline } from './show-timeline.ts';
import { weighSite } from './weigh-snapshot.ts';

const os = implement(momentsContract).$context<ApiContext>();

export const momentsRoutes = os.router({
  timeline: os.timeline.handler(({ context, input }) => showTimeline(context.platform, input)),
  show: os.show.handler(({ context, input }) => showMoment(context.platform, input)),
  changes: os.changes.handler(({ context, input }) => showChanges(context.platform, input)),
  changedFiles: os.changedFiles.handler(({ context, input }) => showChangedFiles(context.platform, input)),
  tree: os.tree.handler(({ context, input }) => browseTree(context.platform, input)),
  tables: os.tables.handler(({ context, input }) => browseTables(context.platform, input)),
  weight: os.weight.handler(({ context, input }) => weighSite(context.platform, input)),
  growth: os.growth.handler(({ context, input }) => showGrowth(context.platform, input)),
});
