import { implement } from '@orpc/server';
import type { ApiContext } from '../identity/index.ts';
import { backUpSites } from './back-up-sites.ts';
import { overviewContract } from './contract.ts';
import { followChanges } from './follow-changes.ts';
import { showSites } from './show-sites.ts';
import { showToday } from './show-today.ts';

const os = implement(overviewContract).$context<ApiContext>();

export const overviewRoutes = os.router({
  today: os.today.handler(({ context }) => showToday(context.platform)),
  sites: os.sites.handler(({ context, input }) => showSites(context.platform, input)),
  changes: os.changes.handler(async ({ context, signal }) => followChanges(context.platform, signal)),
  backUp: os.backUp.handler(({ context, input }) => backUpSites(context.platform, context.actor, input.sites)),
});
