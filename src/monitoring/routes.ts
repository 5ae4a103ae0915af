import { implement } from '@orpc/server';
import type { ApiContext } from '../identity/index.ts';
import { followIds } from '../platform/database/index.ts';
import type { Platform } from '../platform/platform.ts';
import { changeTarget } from './change-target.ts';
import { checkNow } from './check-now.ts';
import { monitoringContract, type WatchChanges } from './contract.ts';
import { setReferences } from './set-references.ts';
import { showDays } from './show-days.ts';
import { showSeries } from './show-series.ts';
import { showSite } from './show-site.ts';
import { showSites } from './show-sites.ts';
import { showWatchers } from './show-watchers.ts';

const os = implement(monitoringContract).$context<ApiContext>();

export const monitoringRoutes = os.router({
  sites: os.sites.handler(({ context, input }) => showSites(context.platform, input)),
  site: os.site.handler(({ context, input }) => showSite(context.platform, input.site)),
  series: os.series.handler(({ context, input }) => showSeries(context.platform, input)),
  days: os.days.handler(({ context, input }) => showDays(context.platform, input)),
  changes: os.changes.handler(async ({ context, signal }) => followWatch(context.platform, signal)),
  change: os.change.handler(async ({ context, input: { site, ...change } }) => {
    await changeTarget(context.platform, context.actor, site, change);
    return showSite(context.platform, site);
  }),
  checkNow: os.checkNow.handler(({ context, input }) => checkNow(context.platform, context.actor, input.site)),
  watchers: os.watchers.handler(({ context }) => showWatchers(context.platform)),
  setReferences: os.setReferences.handler(async ({ context, input }) => ({
    referenceHosts: await setReferences(context.platform, context.actor, input.hosts),
  })),
});

/** Triggers tell which site's phase, verdict or cause changed (migration 0120). */
async function* followWatch(
  platform: Platform,
  signal: AbortSignal | undefined,
): AsyncGenerator<WatchChanges, void, void> {
  for await (const { all, ids } of followIds(platform, 'watch_changed', signal)) yield { all, sites: ids };
}
