import { implement } from '@orpc/server';
import type { Platform } from '../platform/platform.ts';
import { auditContract } from './contract.ts';
import { searchAudit } from './search-audit.ts';
import { listActions } from './store.ts';

const os = implement(auditContract).$context<{ platform: Platform }>();

export const auditRoutes = os.router({
  list: os.list.handler(({ context, input }) => searchAudit(context.platform.db, input)),
  actions: os.actions.handler(({ context }) => listActions(context.platform.db)),
});
