import { implement } from '@orpc/server';
import type { ApiContext } from '../../identity/index.ts';
import { healthContract } from './contract.ts';
import { lookNow } from './look-now.ts';
import { showHealth } from './show-health.ts';

const os = implement(healthContract).$context<ApiContext>();

export const healthRoutes = os.router({
  show: os.show.handler(({ context, input }) => showHealth(context.platform, input.site)),
  lookNow: os.lookNow.handler(({ context, input }) => lookNow(context.platform, context.actor, input.site)),
});
