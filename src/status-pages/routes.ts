import { implement } from '@orpc/server';
import type { ApiContext } from '../identity/index.ts';
import { statusPagesContract } from './contract.ts';
import { removePage, savePage } from './save-page.ts';
import { showPage, showPages } from './show-pages.ts';

const os = implement(statusPagesContract).$context<ApiContext>();

export const statusPagesRoutes = os.router({
  list: os.list.handler(({ context }) => showPages(context.platform)),
  save: os.save.handler(async ({ context: { platform, actor }, input }) =>
    showPage(platform, await savePage(platform, actor, input)),
  ),
  remove: os.remove.handler(async ({ context: { platform, actor }, input }) => {
    await removePage(platform, actor, input.slug);
    return { removed: true } as const;
  }),
});
