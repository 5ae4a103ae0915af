import { implement } from '@orpc/server';
import type { ApiContext } from '../identity/index.ts';
import { removeProvider, reorderProviders, saveProvider } from './change-providers.ts';
import { messagesContract } from './contract.ts';
import { showHealth } from './show-health.ts';
import { showMessages } from './show-messages.ts';
import { showProviders } from './show-providers.ts';
import { tryProvider } from './try-provider.ts';

const os = implement(messagesContract).$context<ApiContext>();

export const messagesRoutes = os.router({
  providers: os.providers.handler(({ context, input }) => showProviders(context.platform, input.means)),
  saveProvider: os.saveProvider.handler(({ context, input }) => saveProvider(context.platform, context.actor, input)),
  removeProvider: os.removeProvider.handler(async ({ context, input }) => {
    await removeProvider(context.platform, context.actor, input.provider);
    return showProviders(context.platform);
  }),
  reorderProviders: os.reorderProviders.handler(async ({ context, input }) => {
    await reorderProviders(context.platform, context.actor, input);
    return showProviders(context.platform, input.means);
  }),
  test: os.test.handler(({ context, input }) => tryProvider(context.platform, context.actor, input)),
  list: os.list.handler(({ context, input }) => {
    const { incident, state, purpose, limit } = input;
    return showMessages(context.platform.db, {
      limit,
      ...(incident === undefined ? {} : { incidentId: incident }),
      ...(state === undefined ? {} : { state }),
      ...(purpose === undefined ? {} : { purpose }),
    });
  }),
  health: os.health.handler(({ context }) => showHealth(context.platform)),
});
