import { implement } from '@orpc/server';
import type { ApiContext } from '../identity/index.ts';
import { changeDrills } from './change-drills.ts';
import { drillsContract } from './contract.ts';
import { showDrills, shownDrill, shownSettings } from './show-drills.ts';
import { startDrill } from './start-drill.ts';

const os = implement(drillsContract).$context<ApiContext>();

export const drillsRoutes = os.router({
  list: os.list.handler(({ context, input }) => showDrills(context.platform, input.limit)),
  start: os.start.handler(async ({ context }) => shownDrill(await startDrill(context.platform, context.actor))),
  settings: os.settings.handler(async ({ context: { platform, actor }, input }) =>
    shownSettings(platform, await changeDrills(platform, actor, input)),
  ),
});
